/** What the chat sees of files: what is shown and selected, what is attached, and what is kept from it. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import {
  fileAttachment,
  folderAttachment,
  pictureAttachment,
  symbolAttachment,
  textAttachment,
} from "../../src/chat/attachments.ts";
import { attachmentsAt } from "../../src/extension/chatAttaching.ts";
import { slashWords, unknownCommandWords } from "../../src/extension/chatCommandWords.ts";
import { ChatContext } from "../../src/extension/chatContext.ts";
import { notReadWords } from "../../src/extension/chatContextWords.ts";
import { defaultAttachments, defaultQuestions } from "../../src/extension/chatDefaults.ts";
import { ChatMentions } from "../../src/extension/chatMentions.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { inFolder, reasons, textOf } from "./chatFolder.ts";
import { eventually } from "./editor.ts";

const CART =
  "export class Cart {\n  items: string[] = [];\n\n  addItem(item: string): void {\n    this.items.push(item);\n  }\n}\n";
const { signal } = new AbortController();

export const chatContextTests: readonly HostTest[] = [
  inFolder(
    "a picture that is dropped is sent as one, and not where it is ignored",
    { ".gitignore": "private/\n", "shot.png": "picture", "private/shot.png": "picture" },
    async (folder) => {
      const uris = ["shot.png", "private/shot.png"].map((name) => folder.uri(name).toString());
      const [shown, hidden] = await attachmentsAt(uris, folder.ignored);
      assert.ok(shown?.picture && hidden);
      assert.deepEqual([hidden.kind, hidden.picture], ["file", undefined]);
      assert.deepEqual(reasons(await folder.read(hidden)), ["ignored"]);
    },
  ),
  inFolder(
    "of a file that is in no folder of the workspace nothing but its name is told, and what a link in a folder leads to is not read",
    { "cart.ts": CART },
    async (folder) => {
      const elsewhere = mkdtempSync(join(tmpdir(), "elsewhere-"));
      try {
        writeFileSync(join(elsewhere, "notes.ts"), "const notes = 1;\n");
        const read = await folder.read(fileAttachment(vscode.Uri.file(join(elsewhere, "notes.ts")).toString()));
        assert.deepEqual([read.pieces[0]?.path, textOf(read)], ["notes.ts", "const notes = 1;\n"]);
        if (process.platform === "win32") return;
        symlinkSync(join(elsewhere, "notes.ts"), join(folder.path, "link.ts"));
        const all = await eventually("the link is seen", async () => {
          const now = await folder.read(folderAttachment(vscode.Uri.file(folder.path).toString()));
          return reasons(now).includes("ignored") || textOf(now).includes("notes") ? now : undefined;
        });
        assert.doesNotMatch(textOf(all), /notes|link\.ts/);
      } finally {
        rmSync(elsewhere, { recursive: true });
      }
    },
  ),
  inFolder(
    "of a folder of many files it is said how many are named only",
    Object.fromEntries(Array.from({ length: 310 }, (_, place) => [`f${place}.ts`, `f(${place});\n`])),
    async (folder) => {
      const read = await folder.read(folderAttachment(vscode.Uri.file(folder.path).toString()), { mostChars: 200_000 });
      assert.equal(read.pieces.length, 301);
      assert.deepEqual(
        read.notRead.map(({ reason, count }) => [reason, count]),
        [["too-large", 10]],
      );
    },
  ),
  inFolder(
    "a fresh question has the file that is shown, or what is selected in it",
    { "cart.ts": CART },
    async (folder) => {
      const editor = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      editor.selection = new vscode.Selection(0, 0, 0, 0);
      const [file, ...none] = await defaultAttachments(folder.ignored);
      assert.deepEqual([file?.kind, file?.label, none], ["file", "cart.ts", []]);
      editor.selection = new vscode.Selection(3, 2, 6, 0);
      const [selection] = await defaultAttachments(folder.ignored);
      assert.ok(selection);
      assert.equal(selection.label, "cart.ts:4-6");
      const read = await folder.read(selection);
      assert.equal(textOf(read), CART.split("\n").slice(3, 6).join("\n"));
      assert.deepEqual([read.pieces[0]?.line, reasons(read)], [3, []]);
      assert.match(read.pieces[0]?.path ?? "", /^chat-[^/]+\/cart\.ts$/);
    },
  ),
  inFolder(
    "nothing of a file that is ignored or secret is attached, not even where it is shown",
    {
      ".gitignore": "hidden.ts\n",
      "hidden.ts": "export const hiddenThing = 1;\n",
      ".env": "KEY=abc\n",
    },
    async (folder) => {
      for (const name of ["hidden.ts", ".env"]) {
        await vscode.window.showTextDocument(folder.uri(name));
        assert.deepEqual(await defaultAttachments(folder.ignored), []);
        assert.deepEqual(await defaultQuestions(folder.ignored), []);
        const read = await folder.read(fileAttachment(folder.uri(name).toString()));
        assert.deepEqual([read.pieces, reasons(read)], [[], ["ignored"]]);
      }
    },
  ),
  inFolder(
    "a file is read as it stands in the editor, and a long one around what is on the screen",
    {
      "long.txt": Array.from({ length: 5_000 }, (_, line) => `line ${line}`).join("\n"),
    },
    async (folder) => {
      const editor = await vscode.window.showTextDocument(folder.uri("long.txt"));
      await editor.edit((edit) => edit.insert(new vscode.Position(3_000, 0), "not saved yet "));
      editor.revealRange(new vscode.Range(3_000, 0, 3_000, 0), vscode.TextEditorRevealType.AtTop);
      await eventually(
        "the line on the screen",
        () =>
          editor.visibleRanges.some(
            ({ start, end }) => start.line <= 3_000 && end.line >= 3_000 && start.line > 2_000,
          ) || undefined,
      );
      const read = await folder.read(fileAttachment(folder.uri("long.txt").toString()), { mostChars: 4_000 });
      assert.match(textOf(read), /not saved yet line 3000/);
      assert.ok(textOf(read).length <= 4_000);
      assert.deepEqual([reasons(read), read.pieces[0]?.cut], [["cut"], true]);
      assert.equal(textOf(read).split("\n")[0], `line ${read.pieces[0]?.line}`);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },
  ),
  inFolder(
    "what can't be read is said, each with its reason, and is not waited for",
    { "empty.ts": "\n" },
    async (folder) => {
      writeFileSync(folder.uri("huge.log").fsPath, "x");
      truncateSync(folder.uri("huge.log").fsPath, 2 ** 31);
      writeFileSync(folder.uri("picture.bin").fsPath, Buffer.from([1, 0, 2, 0]));
      writeFileSync(folder.uri("latin.txt").fsPath, Buffer.from([0x66, 0xfc, 0x72]));
      if (process.platform === "linux") execFileSync("mkfifo", [folder.uri("pipe").fsPath]);
      const expected = {
        "huge.log": "too-large",
        "picture.bin": "binary",
        "latin.txt": "not-text",
        "gone.ts": "gone",
        "empty.ts": "empty",
        ...(process.platform === "linux" && { pipe: "not-text" }),
      };
      for (const [name, reason] of Object.entries(expected)) {
        const read = await folder.read(fileAttachment(folder.uri(name).toString()));
        assert.deepEqual([name, read.pieces.length, reasons(read)], [name, 0, [reason]]);
        assert.ok(notReadWords(read)[0]?.includes(name), notReadWords(read).join());
      }
    },
  ),
  inFolder(
    "a folder is its tree, its small files, and of the others what they define; nothing ignored is named",
    {
      ".gitignore": "secretPlans/\n",
      "secretPlans/plan.ts": "export const plan = 1;\n",
      "src/cart.ts": CART,
      "src/说明 文件.md": "购物车\n",
      "src/big.ts": `export function bigOne(): void {}\n${"// filler\n".repeat(2_000)}`,
    },
    async (folder) => {
      const read = await eventually("an outline of the large file", async () => {
        const now = await folder.read(folderAttachment(folder.uri("").toString()));
        return textOf(now).includes("bigOne") ? now : undefined;
      });
      const text = textOf(read);
      assert.match(read.pieces[0]?.text ?? "", /^chat-\w+\/\n {0}src\/\n {2}big\.ts\n {2}cart\.ts\n {2}说明 文件\.md/);
      assert.ok(text.includes("this.items.push(item)") && text.includes("购物车"));
      assert.doesNotMatch(text, /filler|secretPlans|plan\.ts|gitignored/);
      assert.ok(text.length <= 10_000 + read.pieces.length);
      assert.deepEqual(reasons(read), ["ignored"]);
      assert.equal(read.notRead[0]?.count, 1);
      assert.deepEqual(reasons(await folder.read(folderAttachment(folder.uri("nowhere").toString()))), ["gone"]);
    },
  ),
  inFolder(
    "a symbol is its definition, also when the file has changed since it was attached",
    {
      "cart.ts": CART,
      "cart.py": "# first\n\ndef add_item(cart, item):\n    cart.append(item)\n    return cart\n\nprint(1)\n",
    },
    async (folder) => {
      const uri = folder.uri("cart.ts").toString();
      await vscode.workspace.openTextDocument(folder.uri("cart.ts"));
      writeFileSync(folder.uri("cart.ts").fsPath, `// one line more\n${CART}`);
      const wanted = "  addItem(item: string): void {\n    this.items.push(item);\n  }";
      const read = await eventually("the definition where it is now", async () => {
        const now = await folder.read(symbolAttachment(uri, "addItem", { line: 3, endLine: 6 }));
        return textOf(now) === wanted && now.pieces[0]?.line === 4 ? now : undefined;
      });
      assert.deepEqual(reasons(read), []);
      const python = symbolAttachment(folder.uri("cart.py").toString(), "add_item", { line: 2, endLine: 3 });
      assert.equal(
        textOf(await folder.read(python)),
        "def add_item(cart, item):\n    cart.append(item)\n    return cart",
      );
      const gone = symbolAttachment(uri, "removedThing", { line: 3, endLine: 6 });
      assert.deepEqual(reasons(await folder.read(gone)), ["gone"]);
    },
  ),
  inFolder("what was pasted is a piece, a picture is none, and neither fails", {}, async (folder) => {
    const pasted = await folder.read(textAttachment("some output", "output"));
    assert.deepEqual([textOf(pasted), pasted.pieces[0]?.uri, reasons(pasted)], ["some output", undefined, []]);
    const picture = await folder.read(pictureAttachment({ mediaType: "image/png", base64: "AAAA" }, "p.png"));
    assert.deepEqual([picture.pieces, reasons(picture)], [[], []]);
    assert.equal(picture.attachment.picture?.base64, "AAAA");
  }),
  inFolder(
    "a source that hangs or fails holds up no question, and the others are read",
    { "cart.ts": CART },
    async (folder) => {
      const search = (): Promise<never> => new Promise(() => undefined);
      const ask = (): Promise<never> => Promise.reject(new Error("no index"));
      const context = new ChatContext(folder.ignored, { search, ask, states: [], isStopped: false });
      const attachments = [
        { id: "codebase", kind: "codebase", label: "@codebase" } as const,
        fileAttachment(folder.uri("cart.ts").toString()),
        fileAttachment("::not an address::"),
      ];
      const [codebase, file, bad] = await context.read(attachments, {
        question: "x",
        mostChars: 1_000,
        signal,
        timeLimitMs: 300,
      });
      assert.ok(codebase && file && bad);
      assert.deepEqual([reasons(codebase), reasons(file), reasons(bad)], [["time"], [], ["failed"]]);
      const stop = new AbortController();
      const stopped = context.read(attachments.slice(0, 1), { question: "x", mostChars: 1_000, signal: stop.signal });
      stop.abort();
      assert.notEqual(await Promise.race([stopped, setTimeout(2_000, "waits")]), "waits");
      context.dispose();
    },
  ),
  inFolder(
    "an empty thread has three questions about what is in the file that is shown",
    { "cart.ts": CART },
    async (folder) => {
      const collection = vscode.languages.createDiagnosticCollection("chat-test");
      try {
        await vscode.window.showTextDocument(folder.uri("cart.ts"));
        collection.set(folder.uri("cart.ts"), [
          new vscode.Diagnostic(new vscode.Range(4, 4, 4, 8), "Something is odd here"),
        ]);
        const questions = await eventually("questions from symbols", async () => {
          const now = await defaultQuestions(folder.ignored);
          return now.some((each) => each.includes("addItem")) ? now : undefined;
        });
        assert.equal(questions.length, 3);
        assert.equal(questions[0], "Why is line 5 marked with “Something is odd here”?");
        assert.ok(questions.includes("What does addItem() do?"), questions.join("\n"));
      } finally {
        collection.dispose();
      }
    },
  ),
  inFolder(
    "behind an @ stand files, folders and symbols of the workspace, and nothing ignored",
    {
      ".gitignore": "zebraHidden.ts\n",
      "zebraCart.ts": "export function zebraTotal(): number {\n  return 1;\n}\n",
      "zebraHidden.ts": "export function zebraSecret(): void {}\n",
      "斑马 车/说明.md": "x\n",
    },
    async (folder) => {
      const mentions = new ChatMentions(folder.ignored, folder.repositories);
      const labels = async (typed: string) => (await mentions.complete(typed, signal)).map(({ label }) => label);
      await eventually(
        "a symbol of the index or the language's service",
        async () => (await labels("zebra")).includes("zebraTotal") || undefined,
      );
      assert.equal((await labels("zebraC"))[0], "zebraCart.ts");
      assert.ok(!(await labels("zebra")).some((label) => /hidden|secret/i.test(label)));
      assert.deepEqual(await labels("folder 斑马"), ["斑马 车/"]);
      const [kind] = await mentions.complete("folder", signal);
      assert.deepEqual([kind?.label, kind?.attach], ["@folder", ""]);
      // The page asks for what stands there then, up to the next space.
      assert.ok((await labels(/^@(\S*)$/.exec(kind?.insert ?? "")?.[1] ?? "-")).includes("斑马 车/"));
      assert.deepEqual(await labels("zebraC what is"), []);
      assert.deepEqual(await labels("prob"), ["@problems"]);
      assert.ok((await labels("")).includes("@codebase"));
      const [cart] = await mentions.complete("zebraCart", signal);
      assert.equal(mentions.attachmentOf(cart?.attach ?? "")?.uri, folder.uri("zebraCart.ts").toString());
      assert.equal(mentions.attachmentOf("file:file:///etc/passwd"), undefined);
      const { attachments, notAttached } = await mentions.mentionedIn(
        "see @zebracart.ts and @zebraHidden.ts, @changes",
      );
      assert.deepEqual(
        attachments.map(({ label }) => label),
        ["zebraCart.ts", "@changes"],
      );
      assert.deepEqual(notAttached, ["zebraHidden.ts is ignored or secret: nothing of it is sent."]);
    },
  ),
  inFolder(
    "behind an @ stands nothing that a link leads to outside of the workspace",
    { "quaggaOwn.ts": "x\n" },
    async (folder) => {
      const outside = mkdtempSync(join(tmpdir(), "pairwise-outside-"));
      try {
        mkdirSync(join(outside, "deep"));
        writeFileSync(join(outside, "quaggaFar.ts"), "x\n");
        writeFileSync(join(outside, "deep", "quaggaDeep.ts"), "x\n");
        symlinkSync(outside, join(folder.path, "quaggaLink"), "junction");
        symlinkSync(join(outside, "quaggaFar.ts"), join(folder.path, "quaggaAlias.ts"));
        const found = await vscode.workspace.findFiles("**/quagga*.ts");
        assert.ok(
          found.some(({ path }) => path.endsWith("quaggaDeep.ts")),
          "the editor follows links",
        );
        const mentions = new ChatMentions(folder.ignored, folder.repositories);
        const labels = (await mentions.complete("file:quagga", signal)).map(({ label }) => label);
        assert.deepEqual(labels, ["quaggaOwn.ts"]);
        assert.deepEqual(await mentions.complete("folder:quagga", signal), []);
      } finally {
        rmSync(outside, { recursive: true, force: true });
      }
    },
  ),
  {
    name: "every command is told in words of its own, and one that there is not is said",
    async run() {
      const words = slashWords();
      assert.equal(new Set(words.map(({ title }) => title)).size, words.length);
      assert.ok(words.every(({ title, detail }) => title !== "" && detail !== ""));
      assert.match(unknownCommandWords("expalin", "explain"), /\/expalin.*\/explain/);
      assert.match(unknownCommandWords("nothing", undefined), /\/nothing/);
    },
  },
];
