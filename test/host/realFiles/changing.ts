/** What changes the code where it stands: from the command to the text of the file, and back by one undo. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { actionNamed } from "../../../src/edit/catalogue.ts";
import { docConvention } from "../../../src/edit/docConventions.ts";
import { commandOf, type OfferedId } from "../../../src/extension/refactorOffers.ts";
import type { ChatServer } from "../../support/chatServer.ts";
import type { HostTest } from "../../support/hostSuite.ts";
import type { ChatFolder } from "../chatFolder.ts";
import { eventually } from "../editor.ts";
import { accepted, acting, codeActions, lastQuestion, selecting } from "../refactorActionsRig.ts";
import { withMessages } from "../refactorRig.ts";
import { marking } from "./languageServices.ts";
import { answer, fileWith, textsOf } from "./files.ts";
import type { Change, PublishedCode } from "./publishedCode.ts";

export function changingTests(code: PublishedCode): readonly HostTest[] {
  return [
    changingInTurn(code),
    implementing(code),
    ...("inFile" in code.tests ? [testsInFile(code, code.tests.inFile)] : []),
    fixing(code),
  ];
}

/** As somebody tries them: each is accepted, looked at and undone. */
function changingInTurn(code: PublishedCode): HostTest {
  return acting(
    `${code.language}: what the catalogue changes in a published package is what the model says, with one step to undo`,
    { ...code.beside, ...textsOf(code) },
    (_, count) => ({ pieces: [answer(code, code.edits[count]?.[2] ?? "")] }),
    async (server, folder) => {
      for (const [count, [id, before, after]] of code.edits.entries()) {
        const [path, text] = fileWith(code, before);
        await changes(code, id, [before, after], folder.uri(path), text);
        assertAsked(server, code, id, before);
        assert.equal(server.asked.length, count + 1);
      }
      await areAsBefore(folder, code);
    },
  );
}

/** The comment that asks for code is written by hand, on the disk: it is not the package's. */
function implementing(code: PublishedCode): HostTest {
  const { behind, comment, code: written } = code.implement;
  const [path, text] = fileWith(code, behind);
  // An empty line goes before it.
  const line = comment.replace(/^\n+/, "");
  const withComment = text.replace(behind, () => `${behind}${comment}`);
  return acting(
    `${code.language}: code that a comment in a published package asks for is written below it`,
    { ...code.beside, ...textsOf(code), [path]: withComment },
    () => ({ pieces: [answer(code, `${line}${written}`)] }),
    async (server, folder) => {
      await changes(code, "implement", [line, `${line}${written}`], folder.uri(path), withComment);
      assertAsked(server, code, "implement", line);
    },
  );
}

async function changes(
  { languageId }: PublishedCode,
  id: OfferedId,
  [before, after]: Change,
  uri: vscode.Uri,
  text: string,
): Promise<void> {
  const { document } = await selecting(uri, before);
  assert.equal(document.languageId, languageId);
  const became = await accepted(document, () => vscode.commands.executeCommand(commandOf[id])).catch(
    (error: unknown) => {
      throw new Error(`${id} of ${before}`, { cause: error });
    },
  );
  assert.equal(
    became,
    text.replace(before, () => after),
    id,
  );
  await undone(document, text);
}

function assertAsked(server: ChatServer, { languageId }: PublishedCode, id: OfferedId, before: string): void {
  const question = lastQuestion(server);
  const told = [actionNamed(id)?.instruction, id === "docs" ? docConvention(languageId) : ""];
  for (const words of told) assert.ok(question.includes(words ?? "nothing is told"), question);
  assert.ok(question.includes(`\`\`\`${languageId}\n${before}\`\`\``), question);
}

/** Rust has them in the file itself: what is behind the last empty line is written anew. */
function testsInFile(code: PublishedCode, [before, after]: Change): HostTest {
  const [path, text] = fileWith(code, before);
  return acting(
    `${code.language}: tests are added to ${path.split("/").at(-1)} of a published package`,
    { ...code.beside, ...textsOf(code) },
    () => ({ pieces: [answer(code, after)] }),
    async (server, folder) => {
      const document = await vscode.workspace.openTextDocument(folder.uri(path));
      const editor = await vscode.window.showTextDocument(document, { preview: false });
      editor.selection = new vscode.Selection(0, 0, 0, 0);
      const changed = await accepted(document, () => vscode.commands.executeCommand(commandOf.tests));
      assert.equal(
        changed,
        text.replace(before, () => after),
      );
      assert.match(lastQuestion(server), /Use #\[test\]\. Put them into the module `tests` below `#\[cfg\(test\)\]`/);
      await undone(document, text);
      await areAsBefore(folder, code);
    },
  );
}

/** From the light bulb at what the language's service marks, until it does not any more. */
function fixing(code: PublishedCode): HostTest {
  const { change, mark, message } = code.fix;
  const [before, after] = change;
  const [path, text] = fileWith(code, before);
  return acting(
    `${code.language}: a quick fix mends ${path.split("/").at(-1)} of a published package, and says that the error is gone`,
    { ...code.beside, ...textsOf(code) },
    () => ({ pieces: [answer(code, after)] }),
    async (server, folder) => {
      const uri = folder.uri(path);
      const { document, selection } = await selecting(uri, before);
      const marks = marking(document, code.languageId, mark, message);
      try {
        const problem = await eventually("the error", () =>
          vscode.languages
            .getDiagnostics(uri)
            .find((each) => each.message === message && selection.intersection(each.range) !== undefined),
        );
        const bulb = code.languageId === "typescript" ? problem.range : selection;
        await withMessages(undefined, async (told, said) => {
          const changed = await accepted(document, () => chosen(uri, bulb));
          assert.equal(
            changed,
            text.replace(before, () => after),
          );
          const line = `line ${problem.range.start.line + 1}: error: ${message}`;
          assert.ok(lastQuestion(server).includes(line), lastQuestion(server));
          const words = await eventually("what became of the errors", () =>
            said.find((each) => each.startsWith("Fix: accepted")),
          );
          assert.equal(words, "Fix: accepted · errors fixed: 1, new: 0");
          assert.deepEqual(told, []);
        });
        await undone(document, text);
      } finally {
        marks.dispose();
      }
    },
  );
}

async function chosen(uri: vscode.Uri, range: vscode.Range): Promise<void> {
  const [action, ...others] = await codeActions(uri, range, vscode.CodeActionKind.QuickFix);
  assert.ok(action?.command && others.length === 0);
  const { command, arguments: given = [] } = action.command;
  await vscode.commands.executeCommand(command, ...given);
}

async function undone(document: vscode.TextDocument, text: string): Promise<void> {
  await vscode.commands.executeCommand("undo");
  assert.equal(document.getText(), text);
}

async function areAsBefore(folder: ChatFolder, code: PublishedCode): Promise<void> {
  for (const [path, text] of Object.entries(textsOf(code)))
    assert.equal((await vscode.workspace.openTextDocument(folder.uri(path))).getText(), text, path);
}
