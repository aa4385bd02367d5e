/** What the chat sees beside files: problems, changes, the terminal and the code base. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import * as vscode from "vscode";
import {
  changesAttachment,
  codebaseAttachment,
  problemsAttachment,
  stagedAttachment,
  terminalAttachment,
} from "../../src/chat/attachments.ts";
import { Reading } from "../../src/extension/chatContextReading.ts";
import { readTerminal } from "../../src/extension/chatContextTerminal.ts";
import { searchText } from "../../src/extension/chatToolSearch.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { type ChatFolder, inFolder, reasons, textOf } from "./chatFolder.ts";
import { eventually, shellIntegration } from "./editor.ts";
import { whileSet } from "./files.ts";

const diagnostic = (line: number, message: string, severity: vscode.DiagnosticSeverity): vscode.Diagnostic =>
  Object.assign(new vscode.Diagnostic(new vscode.Range(line, 0, line, 5), message, severity), {
    source: "linter",
    code: "E1",
  });

export const chatSourceTests: readonly HostTest[] = [
  inFolder(
    "problems come with their lines, errors first, and none of an ignored file",
    {
      ".gitignore": "hidden.ts\n",
      "one.ts": "first();\nsecond();\n",
      "two.ts": "third();\n",
      "hidden.ts": "fourth();\n",
    },
    async (folder) => {
      const { Error, Warning, Hint } = vscode.DiagnosticSeverity;
      const collection = vscode.languages.createDiagnosticCollection("chat-test");
      try {
        collection.set(folder.uri("one.ts"), [
          diagnostic(0, "odd", Warning),
          diagnostic(1, "wrong", Error),
          diagnostic(1, "only a hint", Hint),
        ]);
        collection.set(folder.uri("two.ts"), [diagnostic(0, "strange", Warning)]);
        collection.set(folder.uri("hidden.ts"), [diagnostic(0, "hidden trouble", Error)]);
        // Those of files that other tests have opened may still be there.
        const read = await folder.read(problemsAttachment(), { mostChars: 1_000_000 });
        const text = textOf(read);
        assert.match(
          text,
          /line 2: error \(linter E1\): wrong\n {4}second\(\);\nline 1: warning \(linter E1\): odd\n {4}first\(\);/,
        );
        assert.ok(text.indexOf("wrong") < text.indexOf("strange"));
        assert.doesNotMatch(text, /hidden|fourth|only a hint/);
        assert.ok(reasons(read).includes("ignored"));
        assert.ok(read.pieces.every(({ path }) => path !== undefined && !path.includes("hidden")));
        const ofTwo = await folder.read(problemsAttachment(folder.uri("two.ts").toString()));
        assert.deepEqual([ofTwo.pieces.length, ofTwo.pieces[0]?.line], [1, 0]);
        collection.clear();
        const none = await folder.read(problemsAttachment(folder.uri("two.ts").toString()));
        assert.deepEqual(reasons(none), ["no-problems"]);
      } finally {
        collection.dispose();
      }
    },
  ),
  inFolder(
    "changes are the differences from the last commit, staged, unstaged and new, and none of a secret file",
    {
      "staged.ts": "const before = 1;\n",
      "both.ts": "one\ntwo\n",
      "unstaged.ts": "old\n",
      ".env": "TOKEN=abcdef\n",
      "旧.ts": "旧的\n",
    },
    async (folder) => {
      git(folder, "init", "-q");
      git(folder, "add", "-f", ".");
      git(folder, "commit", "-q", "-m", "first");
      await openRepository(folder);
      assert.deepEqual(reasons(await folder.read(changesAttachment, { timeLimitMs: 20_000 })), ["no-changes"]);
      const write = (name: string, text: string) => writeFileSync(folder.uri(name).fsPath, text);
      write("staged.ts", "const after = 2;\n");
      write("both.ts", "one changed\ntwo\n");
      git(folder, "add", ".");
      write("both.ts", "one changed\ntwo changed\n");
      write("unstaged.ts", "new\n");
      write(".env", "TOKEN=changed\n");
      write("旧.ts", "新的\n");
      write("untracked.ts", "fresh();\n");
      const read = await eventually("all changes", async () => {
        const now = await folder.read(changesAttachment, { timeLimitMs: 20_000 });
        return textOf(now).includes("fresh()") ? now : undefined;
      });
      const text = textOf(read);
      assert.match(text, /staged\.ts \(staged\)\n[\s\S]*-const before = 1;\n\+const after = 2;/);
      assert.match(text, /both\.ts \(staged and unstaged\)\n[^@]*@@[^@]*@@\n-one\n-two\n\+one changed\n\+two changed/);
      assert.match(text, /\/unstaged\.ts \(unstaged\)\n[\s\S]*-old\n\+new/);
      assert.match(text, /-旧的\n\+新的/);
      assert.match(text, /untracked\.ts \(new\)\n\+fresh\(\);/);
      assert.doesNotMatch(text, /TOKEN|\.env/);
      assert.ok(reasons(read).includes("ignored"));
      const staged = textOf(await folder.read(stagedAttachment, { timeLimitMs: 20_000 }));
      assert.ok(staged.includes("const after") && staged.includes("+one changed"));
      assert.doesNotMatch(staged, /two changed|\+new\b|fresh|新的/);
    },
  ),
  inFolder("without Git's extension the changes say so", {}, async (folder) => {
    await whileSet("git", "enabled", false, async () => {
      const read = await eventually("no Git", async () => {
        const now = await folder.read(changesAttachment);
        return reasons(now).includes("no-git") ? now : undefined;
      });
      assert.deepEqual(read.pieces, []);
    });
  }),
  inFolder(
    "the terminal's last commands are told with what they wrote, or that its shell tells nothing",
    {},
    async (folder) => {
      const before = await folder.read(terminalAttachment);
      assert.equal(before.pieces.length, 0);
      const terminal = vscode.window.createTerminal({ name: "chat test", cwd: folder.path });
      try {
        terminal.show();
        const integration = await shellIntegration(terminal);
        if (!integration) {
          assert.deepEqual(reasons(await folder.read(terminalAttachment)), ["no-shell-integration"]);
          return;
        }
        // VS Code loses what comes together with the command's end.
        integration.executeCommand("sleep 1; printf '\\033[31mred words\\033[0m\\n'; sleep 1; false");
        const read = await eventually("the command and its output", async () => {
          const now = await folder.read(terminalAttachment);
          return textOf(now).includes("exit code 1") ? now : undefined;
        });
        assert.match(textOf(read), /^\$ sleep [^\n]*\nred words\n\[exit code 1\]$/);
      } finally {
        terminal.dispose();
      }
    },
  ),
  inFolder("that VS Code has lost what a command wrote is said, to the model and to the user", {}, async () => {
    const ran = { command: "make", isCut: false, exitCode: 1, isRunning: false, isRead: true };
    const terminal = undefined as unknown as vscode.Terminal;
    // A command that writes nothing has the shell's mark.
    const commands = ["", "\u001B]633;C\u0007"].map((raw) => ({ ...ran, terminal, raw }));
    const reading = new Reading(terminalAttachment, 1_000, new AbortController().signal);
    await readTerminal(reading, { settled: async () => undefined, commands });
    const read = reading.close();
    assert.deepEqual(
      read.pieces.map(({ text }) => text),
      ["$ make\n[exit code 1]", "$ make\n[what it wrote is not known]\n[exit code 1]"],
    );
    assert.deepEqual(reasons(read), ["unheard"]);
  }),
  inFolder(
    "without room for them problems are counted, and their files are not read; no character is cut in two",
    { "a.ts": `${"x".repeat(299)}😀\n`, "b.ts": "second();\n" },
    async (folder) => {
      const collection = vscode.languages.createDiagnosticCollection("chat-test");
      try {
        const { Error, Warning } = vscode.DiagnosticSeverity;
        collection.set(folder.uri("a.ts"), [diagnostic(0, `${"m".repeat(999)}😀`, Error)]);
        collection.set(folder.uri("b.ts"), [diagnostic(0, "odd", Warning)]);
        assert.ok(textOf(await folder.read(problemsAttachment())).isWellFormed());
        const looked: string[] = [];
        const look = async ({ uri }: { readonly uri: vscode.Uri }): Promise<boolean> => {
          looked.push(uri.path.slice(-4));
          return false;
        };
        // Those of files that other tests have opened may still be there.
        const all = vscode.languages.getDiagnostics().flatMap(([, each]) => each);
        const told = all.filter(({ severity }) => severity <= Warning).length;
        const read = await folder.read(problemsAttachment(), { mostChars: 50, files: { look } });
        assert.deepEqual([read.notRead.map(({ reason, count }) => [reason, count]), looked], [[["cut", told]], []]);
        assert.ok(told >= 2, String(told));
      } finally {
        collection.dispose();
      }
    },
  ),
  inFolder(
    "a search for text cuts no character of a long line in two",
    {
      "faces.ts": `${"😀".repeat(200)}zebraFaces${"😀".repeat(200)}\n${"😀".repeat(200)} zebraFaces${"😀".repeat(200)}\n`,
    },
    async (folder) => {
      const { pieces } = await searchText("zebraFaces", folder.ignored, new AbortController().signal);
      const text = pieces.map((piece) => piece.text).join("\n");
      assert.equal(text.match(/zebraFaces/g)?.length, 2);
      assert.ok(text.isWellFormed());
    },
  ),
  inFolder(
    "the code base is searched for the question, and nothing ignored is found",
    {
      ".gitignore": "hidden.ts\n",
      "prices.ts":
        "/** Rounds the price of a zebra crossing. */\nexport function roundZebraPrice(price: number): number {\n  return Math.round(price);\n}\n",
      "hidden.ts": "export function hiddenZebraPrice(): void {}\n",
    },
    async (folder) => {
      const read = await eventually("a finding", async () => {
        const now = await folder.read(codebaseAttachment, { question: "Where is the zebra price rounded? @codebase" });
        // The index hears of new files a moment later.
        const isThere = now.pieces.some(({ path, line }) => path?.endsWith("/prices.ts") && line === 0);
        return isThere && reasons(now).length === 0 ? now : undefined;
      });
      assert.match(textOf(read), /roundZebraPrice/);
      assert.doesNotMatch(textOf(read), /hiddenZebra/);
      const nothing = await folder.read(codebaseAttachment, { question: "xylophonequux" });
      assert.deepEqual(reasons(nothing), ["nothing-found"]);
    },
  ),
];

function git({ path }: ChatFolder, ...args: readonly string[]): void {
  const who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false"];
  execFileSync("git", [...who, ...args], { cwd: path, stdio: "pipe" });
}

async function openRepository(folder: ChatFolder): Promise<void> {
  interface Git {
    getAPI(version: 1): { openRepository(uri: vscode.Uri): Promise<unknown> };
  }
  const extension = await vscode.extensions.getExtension<Git>("vscode.git")?.activate();
  assert.ok(extension, "the host has Git's extension");
  assert.ok(await extension.getAPI(1).openRepository(vscode.Uri.file(folder.path)));
}
