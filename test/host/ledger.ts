/** What is counted of what a person does, in the real editor. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as vscode from "vscode";
import { isFailure } from "../../src/productivity/ledger/failure.ts";
import { noticeWords, todayCounted, troubleWords } from "../../src/extension/countingWords.ts";
import { ledgerPage } from "../../src/extension/ledgerPage.ts";
import { OwnLedger } from "../../src/extension/ownLedger.ts";
import { itemText } from "../../src/extension/statusWords.ts";
import { ledgerFileName } from "../../src/productivity/ledger/fileName.ts";
import type { LedgerState } from "../../src/productivity/ledger/messages.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { closeAll, diagnostics, eventually, open, setUser, suggestAndAccept, useServer } from "./editor.ts";
import {
  counting,
  LEDGER_PAGE,
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

interface TroubledLedger {
  readonly own: OwnLedger;
  readonly folder: string;
  readonly state: LedgerState;
  readonly told: readonly string[];
}

/** What a window finds where its ledger should be, and what comes of it. */
const troubled: readonly {
  readonly name: string;
  /** In the folder in which the ledger's is. */
  readonly prepare?: (folder: string) => void;
  readonly check: (found: TroubledLedger) => Promise<void>;
}[] = [
  {
    name: "where the ledger can't be written it is said why, and what can be done, and nothing fails",
    prepare: (folder) => writeFileSync(join(folder, "ledger"), "A file is in the way of the folder."),
    async check({ own, state }) {
      const words = state.kind === "stopped" ? troubleWords(state) : undefined;
      assert.equal(words?.text, "Suggestions are not counted: the ledger's file can't be opened.");
      assert.equal(words.reason, "The ledger's file can't be opened.");
      assert.equal(words.action.command, "pairwise.showLedger");
      own.ledger.append({ kind: "commit", atMs: 1, session: "0123456789abcdef", project: "" });
      assert.equal(await own.ledger.flush(), false);
      assert.equal(await own.ledger.today(), undefined);
    },
  },
  {
    name: "a damaged file is kept beside a new one, is named, and counting goes on",
    prepare(folder) {
      mkdirSync(join(folder, "ledger"));
      writeFileSync(join(folder, "ledger", ledgerFileName), Buffer.alloc(40_000, 0x5a));
    },
    async check({ own, folder, state, told }) {
      assert.equal(state.kind, "counting");
      const [moved, ...others] = readdirSync(folder).filter((name) => name.startsWith("ledger-damaged-"));
      assert.deepEqual(others, []);
      assert.ok(moved !== undefined && own.notice?.kind === "moved-aside" && told.join("\n").includes(moved));
      // Its name first, whatever is cut of the rest.
      assert.ok(noticeWords(own.notice).more.startsWith(moved));
      assert.match(told.join("\n"), /The experiment was in it, and has ended with it\. Counting goes on\./);
      const events = await own.ledger.lastEvents(10);
      assert.ok(!isFailure(events));
      assert.partialDeepStrictEqual(events, [{ kind: "gap", reason: "damaged" }]);
    },
  },
  {
    name: "a file that is removed while it is in use is told in the menu, with its experiment in a message, and counting goes on",
    async check({ own, folder, state, told }) {
      assert.equal(state.kind, "counting");
      rmSync(folder, { recursive: true });
      assert.equal((await own.ledger.today())?.shown, 0);
      assert.ok(own.notice?.kind === "removed");
      assert.equal(noticeWords(own.notice).what, "The ledger's file was removed; counting goes on in a new one");
      assert.equal(own.ledger.state.kind, "counting");
      assert.ok(told.some((words) => /removed; .*\. The experiment was in it, and has ended with it\.$/.test(words)));
    },
  },
  {
    name: "a window that ends while another program holds the file leaves what it has, in good time",
    async check({ own, folder, state }) {
      assert.equal(state.kind, "counting");
      const other = new DatabaseSync(join(folder, ledgerFileName));
      try {
        other.exec("BEGIN IMMEDIATE");
        own.ledger.append({ kind: "commit", atMs: 1, session: "0123456789abcdef", project: "" });
        // VS Code would end it after five seconds.
        const late = new Promise((resolve) => setTimeout(resolve, 4_000, "late"));
        assert.equal(await Promise.race([own.end(), late]), undefined);
        assert.equal(readdirSync(folder).filter((name) => name.startsWith("ledger-left-")).length, 1);
      } finally {
        other.close();
      }
    },
  },
  {
    name: "whoever follows what was accepted is told that all of it was deleted",
    async check({ own }) {
      let times = 0;
      own.onDidDelete(() => (times += 1));
      assert.equal(await own.ledger.deleteAll(), true);
      assert.equal(times, 1);
    },
  },
];

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
  counting(
    "asked for by hand it is one request, also where alternatives come later, and the one that is taken is one accept",
    ANSWER,
    async (server, sinceMs) => {
      await setUser("suggestions.automatic", false);
      await setUser("suggestions.alternatives", 3);
      await useServer(server.baseUrl("varied"));
      const editor = await open(SUM);
      await run("pairwise.suggest");
      await suggested(server, 3);
      // The second one comes when the first is shown already.
      await pause(2_000);
      await run("editor.action.inlineSuggest.showNext");
      await pause(100);
      await run("editor.action.inlineSuggest.commit");
      await edited(editor, "variation");
      const records = await whenRecorded("end", sinceMs);
      assert.deepEqual(
        of("opportunity", records).map(({ trigger }) => trigger),
        ["manual"],
      );
      const [accept, ...others] = of("accept", records);
      assert.deepEqual(others, []);
      assert.partialDeepStrictEqual(accept, { part: "full", evidence: "command" });
      assert.deepEqual(
        of("response", records).map(({ outcome, run }) => [outcome, run]),
        [["returned", accept?.run]],
      );
      assert.deepEqual(
        of("shown", records).map(({ run, thresholdMs }) => [run, thresholdMs]),
        [
          [accept?.run, 300],
          [accept?.run, 750],
        ],
      );
    },
  ),
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
        // Changes would be added up for ten seconds, and written a second later.
        await pause(11_500);
        assert.deepEqual(await recordsSince(offMs), []);
        await ledgerPageText(/^Counting +off, by pairwise\.ledger\.enabled/m);
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
  counting(
    "the page says what happened, the newest first, and what the file has of each event",
    ANSWER,
    async (server, sinceMs) => {
      const editor = await open(SUM);
      await type(" ");
      await suggested(server);
      await run("editor.action.inlineSuggest.commit");
      await edited(editor, ANSWER);
      await whenRecorded("accept", sinceMs);
      const page = await ledgerPageText(/^Counting {2}on;[^]* Accepted {2}/m);
      const lines = page.split("\n");
      assert.match(lines[0] ?? "", /^Pairwise's ledger, as it is at \d\d:\d\d:\d\d$/);
      assert.match(page, /^Counting {2}on; pairwise\.ledger\.enabled switches it off\.$/m);
      assert.match(
        page,
        /^Today {5}\d+ suggestions? shown, [1-9]\d* accepted.*, (?:with|the others have) \d+ characters?\.$/m,
      );
      assert.match(page, /^Events {4}\d+ in all, the newest first\. They are kept for 180 days/m);
      const accepted = lines.findIndex((line) => line.includes(" Accepted "));
      assert.match(
        lines[accepted] ?? "",
        new RegExp(
          `^\\d\\d:\\d\\d:\\d\\d {2}Accepted {4}a suggestion to its end, ${ANSWER.length} characters, .* after it was first shown$`,
        ),
      );
      const times = lines.filter((line) => /^\d\d:/.test(line)).map((line) => line.slice(0, 8));
      assert.ok(times.length > 3);
      assert.deepEqual(times, times.toSorted().toReversed());
      assert.ok(
        page.indexOf("\nWhat the words mean\n") > page.indexOf(lines.at(accepted) ?? ""),
        "the legend comes last",
      );
      assert.match(page, /^accept +evidence +command: VS Code said so\./m);
      const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
        "vscode.executeHoverProvider",
        LEDGER_PAGE,
        new vscode.Position(accepted, 0),
      );
      const told = hovers
        .flatMap(({ contents }) => contents.map((each) => (typeof each === "string" ? each : each.value)))
        .join("\n");
      assert.match(told, /^\*\*accept\*\*: A suggestion was accepted/);
      assert.match(told, /^\| evidence \| command \| command: VS Code said so\./m);
      assert.match(told, /^\| file \| [0-9a-f]{16} \|/m);
    },
  ),
  {
    name: "on the page what came of an accept in the same millisecond stands above it",
    run() {
      const at = { atMs: Date.now(), session: "0123456789abcdef", file: "f", project: "p", language: "go" };
      const accept = {
        kind: "accept",
        ...at,
        accept: "a1",
        run: "r1",
        part: "word",
        evidence: "wrapper",
        chars: 1,
        lines: 1,
        carets: 2,
        afterMs: 61_000,
        model: "m",
      } as const;
      const end = {
        kind: "end",
        ...at,
        run: "r1",
        outcome: "partly-accepted",
        reason: "typing-disagreed",
        trigger: "manual",
        lastedMs: 1,
        chars: 1_200,
        typedChars: 0,
        acceptedChars: 2,
        contaminated: "other-active",
        model: "m",
      } as const;
      const { text } = ledgerPage({
        file: "/home/me/ledger.db",
        state: { kind: "stopped", reason: "full", detail: "" },
        today: { shown: 3, accepted: 2, undone: 1, acceptedChars: 1, countedChars: 0, survivingChars: 0 },
        events: [accept, end],
        most: 2,
        retentionDays: 0,
        nowMs: at.atMs,
      });
      assert.deepEqual(
        text.split("\n").flatMap((line) => /^(?:\d\d:){2}\d\d {2}(.*)$/.exec(line)?.[1] ?? []),
        [
          "Ended       2 of 1,200 characters were accepted, something else was typed, another extension may have been what was seen",
          "Accepted    a word of the suggestion, 1 character, at each of 2 carets, 1 min after it was first shown",
        ],
      );
      assert.match(text, /^Counting {2}stopped: the disk is full, or the ledger's file is as large as it may be\.$/m);
      assert.match(
        text,
        /^Today {5}3 suggestions shown, 2 accepted, 1 of them undone at once, the others have 1 character\.$/m,
      );
      assert.match(
        text,
        /^Events {4}the last 2, the newest first; “Export the Ledger” has all of them\. They are kept for ever\.$/m,
      );
      return Promise.resolve();
    },
  },
  {
    name: "of a file that a newer version has made the page says one thing, and nothing against it",
    run() {
      const page = ledgerPage({
        file: "/home/me/ledger.db",
        state: { kind: "stopped", reason: "newer", detail: "schema" },
        today: undefined,
        events: "newer",
        most: 1_000,
        retentionDays: 180,
        nowMs: Date.now(),
      });
      assert.equal(
        page.text,
        "A newer version of Pairwise has made the ledger's file, /home/me/ledger.db. This version neither reads nor changes it, and counts nothing: update Pairwise.\n",
      );
      return Promise.resolve();
    },
  },
  ...troubled.map(({ name, prepare, check }): HostTest => ({
    name,
    async run() {
      const folder = mkdtempSync(join(tmpdir(), "pairwise-ledger-"));
      prepare?.(folder);
      const told: string[] = [];
      const window = vscode.window as unknown as Record<string, unknown>;
      const { showInformationMessage, showWarningMessage } = window;
      const message = async (words: string) => void told.push(words);
      Object.assign(window, { showInformationMessage: message, showWarningMessage: message });
      const own = new OwnLedger({
        folder: join(folder, "ledger"),
        workerFile: workerFile(),
        session: "0123456789abcdef",
        changed: () => {},
        log: (sentence) => told.push(sentence),
        lost: () => true,
      });
      try {
        const state = await eventually("an answer", () =>
          own.ledger.state.kind === "starting" ? undefined : own.ledger.state,
        );
        await check({ own, folder: join(folder, "ledger"), state, told });
      } finally {
        Object.assign(window, { showInformationMessage, showWarningMessage });
        await own.end();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  })),
  {
    name: "today's figures are said in words, one and many, and what was undone at once",
    run: () => {
      const words = (shown: number, accepted: number, undone: number): string =>
        todayCounted({ shown, accepted, undone, acceptedChars: 0, countedChars: 0, survivingChars: 0 });
      assert.equal(words(0, 0, 0), "No suggestions shown");
      assert.equal(words(1, 0, 0), "1 suggestion shown, 0 accepted");
      assert.equal(words(1_200, 31, 2), "1,200 suggestions shown, 31 accepted, 2 of them undone at once");
      assert.equal(todayCounted(undefined), "Today's figures are not known");
      return Promise.resolve();
    },
  },
  {
    name: "that nothing is counted is seen in the status item beside what goes on, and only then",
    run() {
      assert.equal(itemText({ icon: "sparkle", word: "" }, false), "$(sparkle)");
      assert.equal(itemText({ icon: "sparkle", word: "indexing" }, true), "$(sparkle) indexing $(graph)$(warning)");
      return Promise.resolve();
    },
  },
];
