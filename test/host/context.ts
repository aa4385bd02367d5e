import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import { madeUp } from "../support/secrets.ts";
import { askedIn, sentBy, withFiles } from "./contextFiles.ts";
import { diagnostics, eventually, setUser } from "./editor.ts";
import { openAtEnd, requestAfter, type } from "./files.ts";

const CART =
  "export interface Basket { readonly voucherCode: string }\nexport function emptyBasket(owner: string): Basket {\n  return secretBody;\n}\n";
const USE = "import { emptyBasket } from './basket';\nconst basket = emptyBasket('me');\nbasket.";

export const contextTests: readonly HostTest[] = [
  withFiles(
    "a request has the signatures of what another file defines, without its being open, and no bodies",
    { "basket.ts": CART, "main.ts": USE },
    async (server, folder) => {
      const sent = await askedIn(join(folder, "main.ts"), server, (text) => text.includes("voucherCode"));
      assert.match(sent, /basket\.ts\\n.*export interface Basket\\n {2}readonly voucherCode: string/);
      assert.doesNotMatch(sent, /secretBody/);
      assert.match(await diagnostics(), /Indexes: \d+ files/);
    },
  ),
  withFiles(
    "a file that is written is known a moment later, without being opened",
    { "basket.ts": CART, "main.ts": USE },
    async (server, folder) => {
      await askedIn(join(folder, "main.ts"), server, (text) => text.includes("voucherCode"));
      writeFileSync(join(folder, "basket.ts"), CART.replace("voucherCode", "couponNumber"));
      await askedIn(join(folder, "main.ts"), server, (text) => text.includes("couponNumber"));
    },
  ),
  withFiles(
    "what is typed in several files and not saved is known of all of them",
    {
      "basket.ts": CART,
      "ledger.ts": CART.replaceAll("Basket", "Ledger"),
      "main.ts": `${USE}owner;\nimport { emptyLedger } from './ledger';\nconst ledger = emptyLedger('me');\nledger.`,
    },
    async (server, folder) => {
      await askedIn(join(folder, "main.ts"), server, (text) => text.includes("voucherCode"));
      const documents = await Promise.all(
        ["basket.ts", "ledger.ts"].map((name) => vscode.workspace.openTextDocument(join(folder, name))),
      );
      const edit = new vscode.WorkspaceEdit();
      for (const [index, document] of documents.entries()) {
        const at = document.getText().indexOf("voucherCode");
        const range = new vscode.Range(document.positionAt(at), document.positionAt(at + "voucherCode".length));
        edit.replace(document.uri, range, `coupon${index}`);
      }
      await vscode.workspace.applyEdit(edit);
      try {
        // As the index tells it, each member in a line of its own.
        const isTold = (text: string) => /\\n {2}readonly coupon0/.test(text) && /\\n {2}readonly coupon1/.test(text);
        await askedIn(join(folder, "main.ts"), server, isTold);
        assert.ok(documents.every(({ isDirty }) => isDirty));
      } finally {
        await Promise.all(documents.map((document) => document.save()));
      }
    },
  ),
  withFiles(
    "switched off, nothing of other files is sent",
    { "basket.ts": CART, "main.ts": USE },
    async (server, folder) => {
      await setUser("context.maxTokens", 0);
      await askedIn(join(folder, "main.ts"), server, (text) => text.includes("emptyBasket"));
      assert.ok(!sentBy(server).some((text) => text.includes("voucherCode")));
    },
  ),
  withFiles(
    "files in a language that is switched off contribute nothing to others",
    { "basket.py": "class Basket:\n    voucher_code: str\n", "main.ts": "const basket = new Basket();\nbasket." },
    async (server, folder) => {
      const python = await vscode.workspace.openTextDocument(join(folder, "basket.py"));
      await vscode.window.showTextDocument(python, { preview: false });
      await askedIn(join(folder, "main.ts"), server, (text) => text.includes("voucher_code"));
      await setUser("languages", { python: false });
      const before = server.requests.length;
      await askedIn(join(folder, "main.ts"), server, (text) => !text.includes("voucher_code"));
      for (const text of sentBy(server).slice(before)) assert.doesNotMatch(text, /voucher_code/);
    },
  ),
  withFiles(
    "an open file in a language that is switched off contributes nothing, whatever its name ends with",
    {
      "shop.log": "for position in positions: total += position.price * northern_rate\n",
      "shop.notes": "for position in positions: total += position.price * southern_rate\n",
      "main.ts": "for (const position of positions) total += position.price",
    },
    async (server, folder) => {
      for (const name of ["shop.log", "shop.notes"]) {
        const document = await vscode.workspace.openTextDocument(join(folder, name));
        await vscode.window.showTextDocument(document, { preview: false });
      }
      await askedIn(join(folder, "main.ts"), server, (text) => text.includes("southern_rate"));
      await setUser("languages", { plaintext: false });
      const before = server.requests.length;
      await askedIn(join(folder, "main.ts"), server, (text) => !text.includes("southern_rate"));
      for (const text of sentBy(server).slice(before)) assert.doesNotMatch(text, /southern_rate/);
      for (const text of sentBy(server)) assert.doesNotMatch(text, /northern_rate/);
    },
  ),
  withFiles(
    "a file that becomes ignored is not sent once more while the same word is written",
    {
      ".pairwiseignore": "\n",
      "shop.ts": "for (const position of positions) total += position.price * northernRate;\n",
      "main.ts": "for (const position of positions) total += position.pri",
    },
    async (server, folder) => {
      for (const name of ["shop.ts", "main.ts"]) await openAtEnd(vscode.Uri.file(join(folder, name)));
      await askedIn(join(folder, "main.ts"), server, (text) => text.includes("northernRate"));
      const rules = await vscode.workspace.openTextDocument(join(folder, ".pairwiseignore"));
      const edit = new vscode.WorkspaceEdit();
      edit.insert(rules.uri, new vscode.Position(0, 0), "shop.ts");
      await vscode.workspace.applyEdit(edit);
      await rules.save();
      const before = server.requests.length;
      await type("c");
      await vscode.commands.executeCommand("pairwise.suggest");
      await requestAfter(server, before);
      for (const text of sentBy(server).slice(before)) assert.doesNotMatch(text, /northernRate/);
    },
  ),
  withFiles(
    "an ignored file contributes nothing, not even its name, and gets no suggestions",
    { ".pairwiseignore": "basket.ts\n", "basket.ts": CART, "main.ts": USE, "other.ts": "export const other = 1;\n" },
    async (server, folder) => {
      const hidden = await vscode.workspace.openTextDocument(join(folder, "basket.ts"));
      await vscode.window.showTextDocument(hidden);
      await vscode.commands.executeCommand("pairwise.suggest");
      await eventually("the reason", async () =>
        (await diagnostics()).includes("Status: ignored") ? true : undefined,
      );
      assert.equal(server.requests.length, 0);
      await askedIn(join(folder, "main.ts"), server, (text) => text.includes("emptyBasket"));
      for (const text of sentBy(server)) assert.doesNotMatch(text, /voucherCode|basket\.ts/);
    },
  ),
  withFiles(
    "no secret of an open file, of a file of the folder or of .env is sent",
    {
      "main.ts": `import { keys } from './keys';\n${Object.values(madeUp)
        .map(({ line }) => `/*\n${line}\n*/`)
        .join("\n")}\nconnect(keys.`,
      "keys.ts": `export const keys = { gitHub: "${madeUp["GitHub token"]?.secret}", other: 1 };\n`,
    },
    async (server, folder) => {
      const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
      const env = join(workspace, ".env.local");
      writeFileSync(env, "SHOP_NAME=unusual-value-77\n");
      try {
        writeFileSync(join(folder, "use.ts"), "const shop = 'unusual-value-77';\nopen(shop, ");
        await askedIn(join(folder, "main.ts"), server, (text) => text.includes("gitHub: "));
        await askedIn(join(folder, "use.ts"), server, (text) => /const shop = 'SECRET_/.test(text));
        const sent = sentBy(server).join("\n");
        assert.match(sent, /gitHub: \\"SECRET_/);
        for (const [kind, { secret }] of Object.entries(madeUp)) {
          for (const part of secret.split("\n")) assert.ok(!sent.includes(part), kind);
        }
      } finally {
        rmSync(env);
      }
    },
  ),
  withFiles(
    "indexing stops when it is told to, and goes on when it is rebuilt",
    { "a.ts": CART, "b.ts": USE },
    async (server, folder) => {
      await askedIn(join(folder, "b.ts"), server, () => true);
      const indexes = async () => (await diagnostics()).split("\n").find((line) => line.startsWith("Indexes:"));
      await eventually("an index", async () => (await indexes())?.includes("files"));
      await vscode.commands.executeCommand("pairwise.showIndex");
      await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
      await vscode.commands.executeCommand("pairwise.stopIndex");
      assert.equal(await indexes(), "Indexes: none.");
      await vscode.commands.executeCommand("pairwise.rebuildIndex");
      await eventually("an index again", async () => (await indexes())?.includes("read)"));
    },
  ),
];
