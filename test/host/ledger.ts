/** What is counted of what a person does, in the real editor. */

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { todayCounted, troubleWords } from "../../src/extension/countingWords.ts";
import { isFailure, OwnLedger } from "../../src/extension/ownLedger.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { closeAll, diagnostics, eventually, open, setUser, suggestAndAccept } from "./editor.ts";
import {
  counting,
  ledgerBytes,
  ledgerPageText,
  of,
  pause,
  recordsSince,
  run,
  suggested,
  type,
  whenRecorded,
} from "./ledgerRig.ts";

const SUM = "function addQuokkas(a: number, b: number): number {\n  return║\n}\n";
const BLOCK = "function doubleQuokka(a: number): number {\n ║\n}\n";
const ANSWER = "a + quokka;";

/** Changes are added up for ten seconds: what was before is in other sums then. */
async function nextTenSeconds(): Promise<number> {
  const sinceMs = Math.ceil(Date.now() / 10_000) * 10_000;
  await pause(sinceMs - Date.now());
  return sinceMs;
}

function workerFile(): string {
  const extension = vscode.extensions.getExtension("pairwise.pairwise");
  assert.ok(extension);
  return vscode.Uri.joinPath(extension.extensionUri, "dist", "ledgerWorker.cjs").fsPath;
}

const edited = (editor: vscode.TextEditor, text: string): Promise<true> =>
  eventually(JSON.stringify(text), () => (editor.document.getText().includes(text) ? true : undefined));

export const ledgerTests: readonly HostTest[] = [
  counting("a suggestion that is taken whole is one accept, and was shown", ANSWER, async (server) => {
    const sinceMs = await nextTenSeconds();
    const editor = await open(SUM);
    await type(" ");
    await suggested(server);
    await run("editor.action.inlineSuggest.commit");
    await edited(editor, `return ${ANSWER}`);
    const records = await whenRecorded("end", sinceMs);
    const [accept, ...others] = of("accept", records);
    assert.deepEqual(others, []);
    assert.partialDeepStrictEqual(accept, { part: "full", evidence: "command", chars: ANSWER.length, carets: 1 });
    // Behind it VS Code asks for the next one, which is another run.
    assert.deepEqual(
      of("shown", records).flatMap(({ run, thresholdMs }) => (run === accept?.run ? thresholdMs : [])),
      [300, 750],
    );
    assert.partialDeepStrictEqual(
      of("end", records).find(({ run }) => run === accept?.run),
      { outcome: "accepted", acceptedChars: ANSWER.length, typedChars: 0, contaminated: "no" },
    );
    assert.deepEqual(of("regret", records), []);
    const edits = await whenRecorded("edit", sinceMs);
    assert.equal(
      of("edit", edits).reduce((sum, { aiChars }) => sum + aiChars, 0),
      ANSWER.length,
    );
    assert.equal(
      of("edit", edits).reduce((sum, { typedChars }) => sum + typedChars, 0),
      1,
    );
  }),
  counting("one that is typed by hand is typed, not accepted", ANSWER, async (server, sinceMs) => {
    const editor = await open(SUM);
    await type(" ");
    await suggested(server);
    await type(ANSWER);
    await edited(editor, `return ${ANSWER}`);
    const records = await whenRecorded("end", sinceMs);
    assert.deepEqual(of("accept", records), []);
    assert.partialDeepStrictEqual(of("end", records), [
      { outcome: "typed-through", typedChars: ANSWER.length, acceptedChars: 0 },
    ]);
  }),
  counting("words are parts of one suggestion", "alpha + beta", async (server, sinceMs) => {
    const editor = await open(SUM);
    await type(" ");
    await suggested(server);
    for (const step of ["alpha", "alpha +", "alpha + beta"]) {
      await run("pairwise.acceptWord");
      await edited(editor, `return ${step}`);
    }
    const records = await whenRecorded("end", sinceMs);
    const accepts = of("accept", records);
    assert.deepEqual(
      accepts.map(({ part, evidence, chars }) => [part, evidence, chars]),
      [
        ["word", "wrapper", 5],
        ["word", "wrapper", 2],
        ["word", "wrapper", 5],
      ],
    );
    assert.equal(new Set(accepts.map(({ run }) => run)).size, 1);
    assert.partialDeepStrictEqual(of("end", records), [{ outcome: "accepted", acceptedChars: 12 }]);
  }),
  counting("words that VS Code's own command takes are seen", "alpha + beta", async (server, sinceMs) => {
    const editor = await open(SUM);
    await type(" ");
    await suggested(server);
    await run("editor.action.inlineSuggest.acceptNextWord");
    await edited(editor, "return alpha");
    await run("pairwise.dismiss");
    const records = await whenRecorded("end", sinceMs);
    assert.deepEqual(
      of("accept", records).map(({ part, evidence, chars }) => [part, evidence, chars]),
      [["word", "inferred", 5]],
    );
    assert.partialDeepStrictEqual(of("end", records), [{ outcome: "partly-accepted", acceptedChars: 5 }]);
  }),
  counting("a line is a part, and the rest of it another", "const b = a;\n  return a + b;", async (server, sinceMs) => {
    const editor = await open(BLOCK);
    await type(" ");
    await suggested(server);
    await run("pairwise.acceptLine");
    await edited(editor, "const b = a;");
    await run("pairwise.acceptLine");
    await edited(editor, "return a + b;");
    const records = await whenRecorded("end", sinceMs);
    assert.deepEqual(
      of("accept", records).map(({ part, evidence }) => [part, evidence]),
      [
        ["line", "wrapper"],
        ["line", "wrapper"],
      ],
    );
    assert.equal(of("end", records).length, 1);
  }),
  counting("leaving is no rejecting, and Escape is one", "a - wombat;", async (server, sinceMs) => {
    const editor = await open(SUM);
    await type(" ");
    await suggested(server);
    await run("cursorTop");
    assert.equal(editor.selection.active.line, 0);
    // It might come back for a minute; without its document it does not.
    await closeAll();
    const records = await whenRecorded("end", sinceMs);
    assert.partialDeepStrictEqual(of("end", records), [{ outcome: "ignored", reason: "cursor-moved" }]);
    const laterMs = Date.now();
    await open(`const other = 1;\n${SUM}`);
    await type(" ");
    await suggested(server, 2);
    await pause(900);
    // What is rejected does not come back at this place, also in another document of the same name.
    await run("pairwise.dismiss");
    const later = await whenRecorded("end", laterMs);
    assert.partialDeepStrictEqual(of("end", later), [{ outcome: "rejected", reason: "escape" }]);
    assert.deepEqual(
      of("shown", later).map(({ thresholdMs, evidence }) => [thresholdMs, evidence]),
      [
        [300, "held"],
        [750, "held"],
      ],
    );
  }),
  counting(
    "undone at once, it stands beside the accept, and the menu's figures say so",
    ANSWER,
    async (server, sinceMs) => {
      const editor = await open(SUM);
      await type(" ");
      await suggested(server);
      await run("editor.action.inlineSuggest.commit");
      await edited(editor, ANSWER);
      await run("undo");
      const records = await whenRecorded("regret", sinceMs);
      assert.deepEqual(
        of("regret", records).map(({ accept }) => accept),
        of("accept", records).map(({ accept }) => accept),
      );
      assert.match(
        await diagnostics(),
        /Counting: counting\. Today: \d+ shown, \d+ accepted, [1-9]\d* of them undone\./,
      );
    },
  ),
  counting("what a formatter writes on saving is neither typed nor accepted", ANSWER, async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, "formatted.py");
    await vscode.workspace.fs.writeFile(uri, Buffer.from("def add_quokkas(a, b):\n  return\n"));
    const formatter = vscode.languages.registerDocumentFormattingEditProvider(
      { language: "python", pattern: "**/formatted.py" },
      {
        // As formatters do: as few edits as will do.
        provideDocumentFormattingEdits: (document) =>
          document.lineAt(1).text.startsWith("    ")
            ? []
            : [vscode.TextEdit.replace(new vscode.Range(1, 0, 1, 2), "    ")],
      },
    );
    const editorSettings = vscode.workspace.getConfiguration("editor", { uri, languageId: "python" });
    await editorSettings.update("formatOnSave", true, vscode.ConfigurationTarget.Global);
    try {
      const sinceMs = await nextTenSeconds();
      const editor = await vscode.window.showTextDocument(uri);
      const caret = new vscode.Position(1, "  return".length);
      editor.selection = new vscode.Selection(caret, caret);
      await type(" ");
      await suggestAndAccept(editor);
      await edited(editor, `return ${ANSWER}`);
      await editor.document.save();
      await edited(editor, `:\n    return ${ANSWER}`);
      // The first key after a save is typed, too.
      await type("x");
      const records = await whenRecorded("edit", sinceMs, ({ formatterChars }) => formatterChars > 0);
      const edits = of("edit", records);
      assert.equal(
        edits.reduce((sum, { aiChars }) => sum + aiChars, 0),
        ANSWER.length,
      );
      assert.equal(
        edits.reduce((sum, { typedChars }) => sum + typedChars, 0),
        2,
      );
      assert.equal(
        edits.reduce((sum, { diskChars, otherChars }) => sum + diskChars + otherChars, 0),
        0,
      );
      assert.equal(of("accept", records).length, 1);
    } finally {
      await editorSettings.update("formatOnSave", undefined, vscode.ConfigurationTarget.Global);
      formatter.dispose();
      await run("workbench.action.revertAndCloseActiveEditor");
      await vscode.workspace.fs.delete(uri);
    }
  }),
  counting(
    "switched off nothing is counted, and the time is noted when it is on again",
    ANSWER,
    async (server, sinceMs) => {
      await setUser("ledger.enabled", false);
      try {
        await eventually("counting off", async () =>
          (await diagnostics()).includes("Counting: off.") ? true : undefined,
        );
        const offMs = Date.now();
        const editor = await open(SUM);
        await type(" ");
        await suggested(server);
        await run("editor.action.inlineSuggest.commit");
        await edited(editor, ANSWER);
        await pause(1_200);
        assert.deepEqual(
          (await recordsSince(offMs)).filter(({ kind }) => kind !== "gap" && kind !== "activity" && kind !== "edit"),
          [],
        );
        await ledgerPageText(/pairwise\.ledger\.enabled is off/);
      } finally {
        await setUser("ledger.enabled", undefined);
      }
      const records = await whenRecorded("gap", sinceMs);
      const [gap] = of("gap", records);
      assert.equal(gap?.reason, "turned-off");
      assert.ok(gap.fromMs >= sinceMs && gap.toMs > gap.fromMs);
    },
  ),
  counting("nothing of the text, no path and no name of a file is in the file", ANSWER, async (server, sinceMs) => {
    const editor = await open(SUM);
    await type(" ");
    await suggested(server);
    await run("editor.action.inlineSuggest.commit");
    await edited(editor, ANSWER);
    await whenRecorded("accept", sinceMs);
    const bytes = await ledgerBytes();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    for (const secret of ["quokka", "Quokka", "formatted", "Untitled", "untitled:", "file:", folder?.uri.fsPath])
      assert.ok(secret && !bytes.includes(secret), `${secret} is not in it`);
    assert.ok(bytes.includes("openai/gpt-4.1"), "it is the file that is written");
  }),
  counting("the page says what there is, the newest first, and what it means", ANSWER, async (server, sinceMs) => {
    const editor = await open(SUM);
    await type(" ");
    await suggested(server);
    await run("editor.action.inlineSuggest.commit");
    await edited(editor, ANSWER);
    await whenRecorded("accept", sinceMs);
    const page = await ledgerPageText(/^accept$/m);
    assert.match(page, /^accept: A suggestion was accepted, or a part of it\./m);
    assert.match(page, /^ {2}evidence +command: VS Code said so\./m);
    const table = page.slice(page.indexOf("\naccept\n──────\n")).split("\n").slice(3);
    assert.match(table[0] ?? "", /^at {2,}session {2,}.*evidence {2,}chars/);
    const times = table.slice(1, table.indexOf("")).map((row) => row.slice(0, 19));
    assert.deepEqual(times, times.toSorted().toReversed());
    assert.match(times[0] ?? "", /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  }),
  {
    name: "where the ledger can't be written it is said why, and what can be done, and nothing fails",
    async run() {
      const folder = mkdtempSync(join(tmpdir(), "pairwise-ledger-"));
      // A file is in the way of the folder.
      writeFileSync(join(folder, "ledger"), "");
      const own = new OwnLedger({
        folder: join(folder, "ledger"),
        workerFile: workerFile(),
        session: "0123456789abcdef",
        changed: () => {},
        log: () => {},
      });
      try {
        const state = await eventually("a reason", () =>
          own.ledger.state.kind === "stopped" ? own.ledger.state : undefined,
        );
        const words = troubleWords(state);
        assert.match(words?.text ?? "", /^Suggestions are not counted: the ledger's file/);
        assert.equal(words?.action?.command, "pairwise.showLedger");
        own.ledger.append({ kind: "commit", atMs: 1, session: "0123456789abcdef", project: "" });
        assert.equal(await own.ledger.flush(), false);
        assert.equal(await own.ledger.today(), undefined);
      } finally {
        await own.end();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
  {
    name: "today's figures are said in words, one and many, and what was undone at once",
    run: () => {
      const words = (shown: number, accepted: number, undone: number): string =>
        todayCounted({ shown, accepted, undone, acceptedChars: 0 });
      assert.equal(words(0, 0, 0), "No suggestions shown");
      assert.equal(words(1, 0, 0), "1 suggestion shown, 0 accepted");
      assert.equal(words(1_200, 31, 2), "1,200 suggestions shown, 31 accepted, 2 of them undone at once");
      assert.equal(todayCounted(undefined), "Today's figures are not known");
      return Promise.resolve();
    },
  },
  {
    name: "a damaged file is kept beside a new one, is named, and counting goes on",
    async run() {
      const folder = mkdtempSync(join(tmpdir(), "pairwise-ledger-"));
      writeFileSync(join(folder, "ledger.db"), Buffer.alloc(40_000, 0x5a));
      const told: string[] = [];
      const own = new OwnLedger({
        folder,
        workerFile: workerFile(),
        session: "0123456789abcdef",
        changed: () => {},
        log: (sentence) => told.push(sentence),
      });
      try {
        await eventually("an open ledger", () => (own.ledger.state.kind === "counting" ? true : undefined));
        const [moved, ...others] = readdirSync(folder).filter((name) => name.startsWith("ledger-damaged-"));
        assert.deepEqual(others, []);
        assert.ok(moved !== undefined && own.notice?.kind === "moved-aside" && told.join("\n").includes(moved));
        const events = await own.ledger.lastEvents(10);
        assert.ok(!isFailure(events));
        assert.partialDeepStrictEqual(events, [{ kind: "gap", reason: "damaged" }]);
      } finally {
        await own.end();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
];
