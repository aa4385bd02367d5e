/** Texts about a branch or a commit, while they are written. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { explainCommit, writePullRequest } from "../../src/extension/sourceControlDocuments.ts";
import { StreamedDocument } from "../../src/extension/streamedDocument.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { closeAll, eventually } from "./editor.ts";
import { withMessages } from "./refactorRig.ts";
import { withProgressTold } from "./reviewRig.ts";
import { inRepository, picking, type Rig, shownText } from "./sourceControlRig.ts";

const LINES = Array.from({ length: 120 }, (_, line) => `- point ${line}, which is told at some length`);

function branched({ git, write }: Rig): void {
  git("checkout", "-q", "-b", "feature/count");
  write("cart.ts", "two\n");
  git("commit", "-qam", "fix(cart): count once");
}

const untitled = (): readonly vscode.TextDocument[] =>
  vscode.workspace.textDocuments.filter(({ isUntitled, isClosed }) => isUntitled && !isClosed);

export const sourceControlStreamTests: readonly HostTest[] = [
  inRepository(
    "the text of a pull request grows in its document while the top stays in view, and is one step to undo",
    { "cart.ts": "one\n" },
    () => ({ pieces: ["Here is it:\n\n# Count ", "items once\n", ...LINES.map((line) => `\n${line}`)], delayMs: 20 }),
    async (rig) => {
      const { repository, needs } = rig;
      branched(rig);
      await repository.status();
      let changes = 0;
      const listener = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.isUntitled && contentChanges.length > 0) changes += 1;
      });
      const started = Date.now();
      const writing = writePullRequest(repository, needs);
      const first = await shownText();
      assert.match(first, /^# Count items once/);
      assert.ok(first.length < LINES.join("\n").length / 2, "long before the end");
      await writing;
      listener.dispose();
      const most = (Date.now() - started) / 100 + 2;
      assert.ok(changes >= 4 && changes <= most, `${changes} updates, at most ${most}`);
      assert.equal(await shownText(), `# Count items once\n\n${LINES.join("\n")}\n`);
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.selection.active.line, 0);
      assert.equal(editor.visibleRanges[0]?.start.line, 0);
      await vscode.commands.executeCommand("undo");
      assert.equal(editor.document.getText(), first);
    },
  ),
  inRepository(
    "an explanation that is stopped keeps what has come, and says so; one that breaks off as well, with its reason",
    { "cart.ts": "one\n" },
    (_, count) => ({
      pieces: ["It counts", " once", ...LINES.map((line) => `\n${line}`)].slice(0, count === 0 ? 99 : 20),
      delayMs: 30,
      breaks: count > 0,
    }),
    async ({ repository, needs, server }) => {
      await withMessages(undefined, async (told) => {
        await withProgressTold(async (_, stop) => {
          const writing = picking("show prices", () => explainCommit(repository, needs));
          await eventually("some of it", () => untitled()[0]?.getText().includes("point 3") || undefined);
          stop();
          await writing;
        });
        assert.match(
          await shownText(),
          /^# fix\(cart\): show prices\n\n`\w{40}`\n\nIt counts once\n[^]*- point 3,[^]*\n\n> The text ends here: it was stopped, or broke off\.\n$/,
        );
        assert.doesNotMatch(await shownText(), /point 90/);
        await eventually("an answer that nobody wants", () => server.aborted > 0 || undefined);
        assert.deepEqual(told, []);
        await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
        await picking("show prices", () => explainCommit(repository, needs));
        assert.match(await shownText(), /point 16[^]*\n\n> The text ends here/);
        await eventually("why", () => told.length > 0 || undefined);
      });
    },
  ),
  inRepository(
    "where nothing has come there is no document: not after a failure, a refusal, or when it is stopped",
    { "cart.ts": "one\n" },
    (_, count) =>
      count === 0
        ? { pieces: [], refusal: { status: 401, message: "no" } }
        : count === 1
          ? { pieces: ["I'm sorry, ", "I can't see ", "a diff.\n"], delayMs: 150 }
          : { pieces: ["<think>", ...LINES], delayMs: 30 },
    async (rig) => {
      const { repository, needs, server } = rig;
      branched(rig);
      await repository.status();
      await withMessages(undefined, async (told) => {
        await writePullRequest(repository, needs);
        await writePullRequest(repository, needs);
        await eventually("what went wrong", () => told.length >= 2 || undefined);
        assert.match(told.join("\n"), /did not answer with a text for this/);
        await withProgressTold(async (_, stop) => {
          const writing = writePullRequest(repository, needs);
          await eventually("the question", () => server.asked.length === 3 || undefined);
          setTimeout(stop, 400);
          await writing;
        });
      });
      assert.deepEqual(untitled(), []);
    },
  ),
  inRepository(
    "what the user writes in it meanwhile stays; where it is closed nothing more is asked or shown",
    { "cart.ts": "one\n" },
    () => ({ pieces: ["# Count items\n\n", ...LINES.slice(0, 60).map((line) => `${line}\n`)], delayMs: 30 }),
    async (rig) => {
      const { repository, needs, server } = rig;
      branched(rig);
      await repository.status();
      const writing = writePullRequest(repository, needs);
      await shownText();
      const editor = vscode.window.activeTextEditor;
      // Refused where the text grows at the same moment.
      const insert = () => editor?.edit((edit) => edit.insert(new vscode.Position(0, 2), "MINE "));
      await eventually("an edit", async () => (await insert()) || undefined);
      await writing;
      assert.equal(await shownText(), `# MINE Count items\n\n${LINES.slice(0, 60).join("\n")}\n`);
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
      const closed = writePullRequest(repository, needs);
      await shownText();
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
      await withMessages(undefined, async (told) => {
        await closed;
        assert.deepEqual(told, []);
      });
      assert.deepEqual(untitled(), []);
      await eventually("an answer that nobody wants", () => server.aborted > 0 || undefined);
    },
  ),
  {
    name: "where the document can't be opened at once it is with what comes later, and nothing is left unhandled",
    async run() {
      const workspace = vscode.workspace as unknown as Record<string, unknown>;
      const { openTextDocument } = workspace;
      const unhandled: unknown[] = [];
      const hear = (reason: unknown): void => void unhandled.push(reason);
      process.on("unhandledRejection", hear);
      const failure = new Error("There is no room.");
      const shown = new StreamedDocument("markdown");
      try {
        let isAsked = false;
        workspace["openTextDocument"] = async () => {
          isAsked = true;
          throw failure;
        };
        shown.stream("# Count");
        await eventually("an attempt", () => isAsked || undefined);
        // An unhandled one is told of after all that is waiting.
        await new Promise((resolve) => setImmediate(resolve));
        await assert.rejects(shown.finish("# Count items"), failure);
        workspace["openTextDocument"] = openTextDocument;
        await shown.finish("# Count items");
        assert.equal(await shownText(), "# Count items");
        assert.deepEqual(unhandled, []);
      } finally {
        workspace["openTextDocument"] = openTextDocument;
        process.off("unhandledRejection", hear);
        await closeAll();
      }
    },
  },
];
