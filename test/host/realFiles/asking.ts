/** What leaves the code as it is: a question to the chat, a review, a translation, tests in a file of their own; and better names. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { extname } from "node:path";
import * as vscode from "vscode";
import { actionNamed } from "../../../src/edit/catalogue.ts";
import { commandOf } from "../../../src/extension/refactorOffers.ts";
import type { HostTest } from "../../support/hostSuite.ts";
import { eventually } from "../editor.ts";
import { acting, lastQuestion, selecting } from "../refactorActionsRig.ts";
import { settlePreview, textAt } from "../refactorWriteTests.ts";
import { askedAndTold } from "../reviewRig.ts";
import { reviewThreads } from "./reviewThreads.ts";
import { renaming } from "./languageServices.ts";
import { answer, fileWith, textsOf } from "./files.ts";
import type { NewTests, PublishedCode } from "./publishedCode.ts";

export function askingTests(code: PublishedCode): readonly HostTest[] {
  return [
    explaining(code),
    translating(code),
    reviewing(code),
    renamingEverywhere(code),
    ...("inFile" in code.tests ? [] : [newTests(code, code.tests)]),
  ];
}

const all = (code: PublishedCode): Readonly<Record<string, string>> => ({ ...code.beside, ...textsOf(code) });

function explaining(code: PublishedCode): HostTest {
  const [path, text] = fileWith(code, code.explain);
  return acting(
    `${code.language}: explain asks the chat about the code that is selected`,
    all(code),
    () => ({ pieces: ["It is short, and does *what its name says*."] }),
    async (server, folder) => {
      const { document } = await selecting(folder.uri(path), code.explain);
      await vscode.commands.executeCommand(commandOf.explain);
      await eventually("a question", () => server.asked.length > 0 || undefined);
      const first = text.slice(0, text.indexOf(code.explain)).split("\n").length;
      const last = first + code.explain.trimEnd().split("\n").length - 1;
      assert.equal(
        server.asked.at(-1)?.messages.at(-1)?.content,
        `${actionNamed("explain")?.instruction}\nAnswer in English. Leave names in the code as they are.\n\nAttached: ${vscode.workspace.asRelativePath(document.uri, false)} (selection), lines ${first}-${last}\n\`\`\`${extname(path).slice(1)}\n${code.explain}\`\`\``,
      );
      assert.equal(document.getText(), text);
    },
  );
}

function translating(code: PublishedCode): HostTest {
  const { code: from, to, result } = code.translate;
  const [path, text] = fileWith(code, from);
  const languageId = to.toLowerCase();
  return acting(
    `${code.language}: translate opens the code in ${to} as a new document`,
    all(code),
    () => ({ pieces: [answer({ fence: languageId }, result)] }),
    async (server, folder) => {
      const { document } = await selecting(folder.uri(path), from);
      const window = vscode.window as unknown as Record<string, unknown>;
      const { showQuickPick } = window;
      window["showQuickPick"] = async (items: readonly vscode.QuickPickItem[]) =>
        items.find(({ label }) => label === to);
      try {
        await vscode.commands.executeCommand(commandOf.translate);
      } finally {
        window["showQuickPick"] = showQuickPick;
      }
      const made = vscode.window.activeTextEditor?.document;
      assert.deepEqual([made?.isUntitled, made?.languageId, made?.getText()], [true, languageId, result]);
      assert.ok(lastQuestion(server).includes(`Translate to ${to}.`));
      assert.ok(lastQuestion(server).includes(`\`\`\`${code.languageId}\n${from}\`\`\``), lastQuestion(server));
      assert.equal(document.getText(), text);
    },
  );
}

function reviewing(code: PublishedCode): HostTest {
  const { path, answer: said, found } = code.review;
  return acting(
    `${code.language}: review puts what the model finds on the lines that it quotes`,
    all(code),
    () => ({ pieces: [said] }),
    async (server, folder) => {
      const { document } = await vscode.window.showTextDocument(folder.uri(path));
      const text = document.getText();
      const threads = await reviewThreads(() => vscode.commands.executeCommand(commandOf.review));
      assert.deepEqual(threads, found);
      assert.ok(lastQuestion(server).includes(actionNamed("review")?.instruction ?? "?"));
      assert.equal(document.getText(), text);
      await vscode.commands.executeCommand("pairwise.dismissFindings");
    },
  );
}

/** In both files, by the language's own service. */
function renamingEverywhere(code: PublishedCode): HostTest {
  const { declared, old, name, answer: said } = code.rename;
  const texts = textsOf(code);
  const word = new RegExp(`\\b${old}\\b`, "g");
  const named = Object.keys(texts).filter((path) => texts[path]?.match(word));
  assert.equal(named.length, 2, `two files have ${old}`);
  return acting(
    `${code.language}: a better name goes wherever the symbol is used`,
    all(code),
    () => ({ pieces: [said] }),
    async (server, folder) => {
      const uris = named.map((path) => folder.uri(path));
      const service = renaming(code.languageId, uris);
      try {
        const documents = await Promise.all(uris.map((uri) => vscode.workspace.openTextDocument(uri)));
        const editor = await vscode.window.showTextDocument(folder.uri(declared), { preview: false });
        const at = editor.document.positionAt(editor.document.getText().search(word));
        editor.selection = new vscode.Selection(at, at);
        await renamesBoth(folder.uri(declared), at);
        await askedAndTold({ pick: 0 }, async (told, picks) => {
          const done = vscode.commands.executeCommand(commandOf.rename);
          await eventually("the refactor preview", async () => {
            await vscode.commands.executeCommand("refactorPreview.apply");
            return documents.every((document) => !word.test(document.getText())) || undefined;
          });
          await done;
          assert.equal(picks[0]?.label, name);
          assert.deepEqual(told, []);
        });
        for (const [index, document] of documents.entries())
          assert.equal(document.getText(), texts[named[index] ?? ""]?.replace(word, name));
        await vscode.commands.executeCommand("undo");
        for (const [index, document] of documents.entries())
          assert.equal(document.getText(), texts[named[index] ?? ""], "undone");
        assert.ok(lastQuestion(server).includes(`The name in question is \`${old}\`.`));
      } finally {
        service.dispose();
      }
    },
  );
}

async function renamesBoth(uri: vscode.Uri, at: vscode.Position): Promise<void> {
  const command = "vscode.executeDocumentRenameProvider";
  await eventually("the service knows both files", async () => {
    const edit = await Promise.resolve(
      vscode.commands.executeCommand<vscode.WorkspaceEdit>(command, uri, at, "anotherName"),
    ).catch(() => undefined);
    return (edit?.size ?? 0) > 1 || undefined;
  });
}

function newTests(code: PublishedCode, { from, to, framework, text }: NewTests): HostTest {
  return acting(
    `${code.language}: tests of a published package's file are made where the language has them`,
    all(code),
    () => ({ pieces: [answer(code, text)] }),
    async (server, folder) => {
      const { document } = await vscode.window.showTextDocument(folder.uri(from), { preview: false });
      const done = vscode.commands.executeCommand(commandOf.tests);
      await eventually("a question", () => server.asked.length > 0 || undefined);
      assert.ok(!existsSync(folder.uri(to).fsPath), "before it is confirmed");
      await settlePreview(done, true);
      assert.equal(textAt(folder, to), text);
      const question = lastQuestion(server);
      assert.ok(question.includes(`The project tests with ${framework}.`), question);
      assert.ok(question.includes(document.getText().trimEnd()), question);
      assert.equal(document.getText(), textsOf(code)[from]);
    },
  );
}
