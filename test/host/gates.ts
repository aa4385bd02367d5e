import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import type { ModelServer } from "../support/modelServer.ts";
import { madeUp } from "../support/secrets.ts";
import { askedIn, sentBy, withFiles } from "./contextFiles.ts";
import { diagnostics, eventually } from "./editor.ts";
import { openAtEnd, status, withFolder } from "./files.ts";

const MAIN = "export function openShop(name: string) {\n  return name;\n}\nopenShop(";

async function show(...paths: readonly string[]): Promise<void> {
  for (const path of paths) await openAtEnd(vscode.Uri.file(path));
}

function nothingSent(server: ModelServer, secrets: Readonly<Record<string, string>>): void {
  const sent = server.requests.map(({ url, headers, body }) => url + JSON.stringify(headers) + body).join("\n");
  for (const [kind, secret] of Object.entries(secrets)) {
    for (const part of secret.split("\n"))
      assert.ok(!sent.includes(part), `${kind}: ${sent.slice(sent.indexOf(part) - 90).slice(0, 120)}`);
  }
}

/** Has a file be asked about until it is ignored, and nothing of it be sent. */
async function ignoredIn(file: string, server: ModelServer): Promise<void> {
  const before = server.requests.length;
  await openAtEnd(vscode.Uri.file(file));
  await vscode.commands.executeCommand("pairwise.suggest");
  await status("ignored");
  assert.equal(server.requests.length, before);
}

const { secret: aws = "", line: awsLine = "" } = madeUp["AWS key"] ?? {};
const { secret: token = "", line: tokenLine = "" } = madeUp["GitHub token"] ?? {};
const { secret: jwt = "", line: jwtLine = "" } = madeUp["JWT"] ?? {};
const { secret: pem = "", line: pemLine = "" } = madeUp["private key"] ?? {};

export const gateTests: readonly HostTest[] = [
  withFiles(
    "with a .env, an AWS key, a GitHub token, a private key and a JWT in open files, none of them is sent",
    {
      ".env": "SHOP_LOGIN=unusual-value-78\nADMIN_PASSWORD=open-sesame-9\n",
      "deep/in/.env.production": "OTHER=unusual-value-79\n",
      "server.pem": pemLine,
      "aws.ts": `export function openShopAtAws(name: string) {\n  ${awsLine}\n  return open(id, name, "unusual-value-79");\n}\n`,
      "github.ts": `export function openShopAtGitHub(name: string) {\n  ${tokenLine}\n  return open(token, name, "unusual-value-78");\n}\n`,
      "key.ts": `export function openShopKey(name: string) {\n  return \`${pemLine}\`;\n}\n`,
      "jwt.ts": `export function openShopJwt(name: string) {\n  ${jwtLine}\n  return open(bearer, name);\n}\n`,
      "main.ts": MAIN,
    },
    async (server, folder) => {
      const at = (name: string) => join(folder, name);
      await show(at(".env"), at("deep/in/.env.production"), at("server.pem"));
      for (const name of ["aws.ts", "github.ts", "key.ts", "jwt.ts"]) {
        await askedIn(at(name), server, (text) => text.includes("SECRET_"));
        const editor = await openAtEnd(vscode.Uri.file(at(name)));
        // An edit beside the secret, for what was edited last.
        await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), "  // edited\n"));
      }
      await askedIn(at("main.ts"), server, (text) => text.includes("openShopAtGitHub"));
      nothingSent(server, { aws, token, pem, jwt, a: "unusual-value-78", b: "unusual-value-79", c: "open-sesame-9" });
      for (const text of sentBy(server)) assert.doesNotMatch(text, /server\.pem|\.env/);
    },
  ),
  withFiles(
    "values of an open .env are not sent, also where no .env is searched for",
    {
      "dist/.env": "OTHER=unusual-value-80\n",
      "login.ts": 'export function logIn(name: string) {\n  return open(name, "unusual-value-80");\n}\n',
    },
    async (server, folder) => {
      await show(join(folder, "dist/.env"));
      await askedIn(join(folder, "login.ts"), server, (text) => text.includes("SECRET_"));
      nothingSent(server, { value: "unusual-value-80" });
    },
  ),
  withFiles(
    "what git's own exclude file, a nested .gitignore and a link to an ignored file say is heeded, also when it changes",
    {
      ".git/HEAD": "ref: refs/heads/main\n",
      ".git/info/exclude": "private.ts\n",
      ".gitignore": "*.gen.ts\n",
      "deep/.gitignore": "!kept.gen.ts\n",
      "deep/kept.gen.ts": MAIN,
      "deep/other.gen.ts": MAIN,
      "private.ts": MAIN,
      "main.ts": MAIN,
    },
    async (server, folder) => {
      const at = (name: string) => join(folder, name);
      symlinkSync(at("private.ts"), at("link.ts"));
      for (const name of ["deep/other.gen.ts", "link.ts"]) await ignoredIn(at(name), server);
      await askedIn(at("deep/kept.gen.ts"), server, (text) => text.includes("openShop"));
      await askedIn(at("main.ts"), server, (text) => text.includes("openShop"));
      appendFileSync(at(".gitignore"), "main.ts\n");
      await openAtEnd(vscode.Uri.file(at("main.ts")));
      await eventually("main.ts being ignored", async () => {
        await vscode.commands.executeCommand("pairwise.suggest");
        return (await diagnostics()).includes("Status: ignored") ? true : undefined;
      });
      const before = server.requests.length;
      await vscode.commands.executeCommand("type", { text: "x" });
      await vscode.commands.executeCommand("pairwise.suggest");
      assert.equal(server.requests.length, before);
    },
  ),
  withFiles(
    "what the exclude file of a worktree's repository says is heeded",
    {
      "repository/.git/info/exclude": "private.ts\n",
      "repository/.git/worktrees/work/commondir": "../..\n",
      "work/private.ts": MAIN,
      "work/main.ts": MAIN,
    },
    async (server, folder) => {
      writeFileSync(join(folder, "work/.git"), `gitdir: ${folder}/repository/.git/worktrees/work\n`);
      await ignoredIn(join(folder, "work/private.ts"), server);
      await askedIn(join(folder, "work/main.ts"), server, (text) => text.includes("openShop"));
    },
  ),
  withFolder("files of keys are secrets also where they are opened from elsewhere", async (folder, server) => {
    for (const name of [".aws/credentials", ".ssh/deploy", ".kube/config", "app/.env.local", "id_rsa"]) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `[default]\naws_secret_access_key = ${token}\n`);
      await ignoredIn(file, server);
    }
    assert.equal(server.requests.length, 0);
  }),
];
