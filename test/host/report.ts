/** The report in the editor: what it is made of, what it says where there is none, and its one panel. */

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import { todaySurviving } from "../../src/extension/countingWords.ts";
import type { CountingState } from "../../src/extension/countingState.ts";
import { localCalendar } from "../../src/extension/ledgerClock.ts";
import { noticeOf } from "../../src/extension/reportNotice.ts";
import { parseToReportPage, type ReportContent, type ToReportPage } from "../../src/extension/reportProtocol.ts";
import { ReportView } from "../../src/extension/reportView.ts";
import { projectNames, spentDays } from "../../src/extension/reportWish.ts";
import type { Failure } from "../../src/productivity/ledger/failure.ts";
import type { Batch } from "../../src/productivity/ledger/batches.ts";
import { openLedger } from "../../src/productivity/ledger/opening.ts";
import { reportOf } from "../../src/productivity/ledger/report.ts";
import { LedgerStore } from "../../src/productivity/ledger/store.ts";
import type { ReportModel } from "../../src/productivity/report/model.ts";
import { reportModel } from "../../src/productivity/report/reportModel.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { closeAll, eventually } from "./editor.ts";
import { LEDGER_PAGE, ledgerFile, ledgerPageText, run } from "./ledgerRig.ts";

const COUNTING: CountingState = { kind: "counting" };
const HELD: Failure = { reason: "locked", detail: "SQLITE_BUSY" };

/** Of a ledger with one record of that time; of an empty one without. */
function modelOf(firstMs: number | undefined): ReportModel {
  const folder = mkdtempSync(join(tmpdir(), "pairwise-host-"));
  const opened = openLedger({ folder, calendar: localCalendar, mostBytes: 1e8, busyMs: 2_000, nowMs: Date.now });
  assert.ok(opened.kind !== "stopped");
  const store = new LedgerStore(opened.database, "window");
  try {
    if (firstMs !== undefined) store.append(batchOf(firstMs), firstMs);
    const figures = reportOf(store.database, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER });
    return reportModel(figures, undefined, { nowMs: Date.UTC(2026, 5, 10), offsetMinutesAt: () => 0 });
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function batchOf(atMs: number): Batch {
  const records = [{ kind: "commit", atMs, session: "5e55100000000000", project: "9401000000000001" }] as const;
  return { writer: "window", number: 1, records, pending: [], isDurable: false, deletions: 0 };
}

interface Rig {
  readonly view: ReportView;
  /** The last that its page was told. */
  readonly content: () => ReportContent | undefined;
  readonly say: (message: unknown) => void;
  /** What the ledger answers to the next question that waits. */
  readonly answer: (answer: ReportModel | Failure | Error) => Promise<void>;
  /** Questions that wait for an answer. */
  readonly waiting: () => number;
  /** How often the ledger was told that nobody waits any more. */
  readonly stops: () => number;
  readonly deleted: () => void;
  /** The experiment was stopped. */
  readonly stopped: () => void;
  readonly panels: { readonly disposed: number };
  readonly addPanel: () => void;
}

async function withView(counting: CountingState, body: (rig: Rig) => Promise<void>): Promise<void> {
  const waiting: ((answer: ReportModel | Failure | Error) => void)[] = [];
  const told: ToReportPage[] = [];
  const panels = { disposed: 0 };
  let stops = 0;
  const deleted = new vscode.EventEmitter<void>();
  const experimentChanged = new vscode.EventEmitter<void>();
  let messages = new vscode.EventEmitter<unknown>();
  const view = new ReportView({
    extensionUri: vscode.Uri.file("/extension"),
    model: () =>
      new Promise((resolve, reject) => {
        waiting.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
      }),
    stop: () => (stops += 1),
    projectNames: async () => ({ "9401000000000001": "shop" }),
    counting: () => counting,
    nowMs: () => 0,
    onDidDelete: deleted.event,
    onDidChangeExperiment: experimentChanged.event,
  });
  const addPanel = (): void => {
    const gone = new vscode.EventEmitter<void>();
    messages = new vscode.EventEmitter<unknown>();
    const panel = {
      visible: true,
      reveal: () => undefined,
      onDidDispose: gone.event,
      dispose: () => {
        panels.disposed += 1;
        gone.fire();
      },
      webview: {
        cspSource: "https://csp.test",
        asWebviewUri: (uri: vscode.Uri) => uri,
        onDidReceiveMessage: messages.event,
        postMessage: (message: unknown) => {
          const parsed = parseToReportPage(message);
          assert.ok(parsed, `The page would not take ${JSON.stringify(message)}.`);
          told.push(parsed);
          return Promise.resolve(true);
        },
      },
    };
    view.restore(panel as unknown as vscode.WebviewPanel);
  };
  addPanel();
  const content = (): ReportContent | undefined => {
    const last = told.findLast((message) => message.type === "content");
    return last?.type === "content" ? last.content : undefined;
  };
  const answer = async (value: ReportModel | Failure | Error): Promise<void> => {
    const settle = await eventually("a question to the ledger", () => waiting.shift());
    settle(value);
  };
  try {
    await body({
      view,
      content,
      say: (message) => messages.fire(message),
      answer,
      waiting: () => waiting.length,
      stops: () => stops,
      deleted: () => deleted.fire(),
      stopped: () => experimentChanged.fire(),
      panels,
      addPanel,
    });
  } finally {
    view.dispose();
  }
}

const row = { feature: "suggestion", requests: 3, input: 1_000_000, cached: 0, output: 500_000, estimated: 0 };
const OPENAI = { ...row, reference: "openai/gpt-4.1", host: "api.openai.com" };

export const reportTests: readonly HostTest[] = [
  {
    name: "the command opens the report once, however often it is given",
    async run() {
      const reports = (): number =>
        vscode.window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith("pairwise.report"))
          .length;
      await run("pairwise.showReport");
      await eventually("the tab", () => (reports() === 1 ? true : undefined));
      await run("pairwise.showReport");
      assert.equal(reports(), 1);
      await closeAll();
    },
  },
  {
    name: "the ledger's page leads to the report",
    async run() {
      await ledgerPageText();
      const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        "vscode.executeLinkProvider",
        LEDGER_PAGE,
      );
      assert.deepEqual(
        links.map(({ target }) => target?.toString()),
        ["command:pairwise.showReport"],
      );
      await closeAll();
    },
  },
  {
    name: "a report is read when its page is there, and what was read last is shown",
    run: () =>
      withView(COUNTING, async ({ say, content, answer }) => {
        say({ type: "ready" });
        await eventually("that it is read", () => (content()?.isReading ? true : undefined));
        assert.equal(content()?.text, undefined);
        await answer(modelOf(Date.UTC(2026, 5, 1)));
        const shown = await eventually("a report", () => (content()?.isReading === false ? content() : undefined));
        assert.match(shown.text?.headline ?? "", /^Nobody knows yet/);
        assert.deepEqual([shown.offer, shown.notice], ["main", undefined]);
        assert.match(shown.readWords, /\d\d:\d\d:\d\d/);
      }),
  },
  {
    name: "what was stopped is not shown when it comes, and what is asked for meanwhile is one reading",
    run: () =>
      withView(COUNTING, async ({ view, say, content, answer, waiting, stops, deleted }) => {
        say({ type: "ready" });
        await eventually("that it is read", () => (content()?.isReading ? true : undefined));
        say({ type: "stop" });
        await eventually("that it is stopped", () => (content()?.isReading === false ? true : undefined));
        assert.equal(stops(), 1);
        await answer(modelOf(Date.UTC(2026, 5, 1)));
        await new Promise((resolve) => void setImmediate(resolve));
        say({ type: "refresh" });
        await eventually("that it is read again", () => (waiting() === 1 ? true : undefined));
        assert.equal(content()?.text, undefined);
        void view.show();
        for (const type of ["refresh", "refresh", "stop", "refresh"]) say({ type });
        assert.equal(waiting(), 1);
        // What was counted before is no longer true, and not shown.
        deleted();
        await answer(modelOf(Date.UTC(2026, 5, 1)));
        await eventually("the one after it", () => (waiting() === 1 ? true : undefined));
        assert.deepEqual([content()?.text, content()?.isReading], [undefined, true]);
        await answer(modelOf(undefined));
        const shown = await eventually("a report", () => (content()?.isReading === false ? content() : undefined));
        assert.match(shown.notice?.words ?? "", /^Nothing was counted yet/);
        assert.deepEqual(
          shown.text?.sections.map(({ id }) => id),
          ["waiting", "ladder", "studies"],
        );
      }),
  },
  {
    name: "the page has the names of the folders that are open, and what is saved to be passed on has none",
    run: () =>
      withView(COUNTING, async ({ say, content, answer }) => {
        const rate = { kind: "known", estimate: 0.5, lower: 0.4, upper: 0.6 } as const;
        const acceptance = { part: 20, whole: 40, sessions: 6, rate };
        const parts = [
          { by: "project", groups: [{ name: "940100", acceptance }], hidden: { groups: 0, shown: 0 } },
        ] as const;
        say({ type: "ready" });
        await answer({ ...modelOf(Date.UTC(2026, 5, 1)), breakdown: { parts } });
        const text = await eventually("a report", () => content()?.text);
        assert.match(JSON.stringify(text), /"shop"/);
        const folder = mkdtempSync(join(tmpdir(), "pairwise-host-"));
        const { showSaveDialog, showInformationMessage } = vscode.window;
        try {
          const file = join(folder, "report.html");
          Object.assign(vscode.window, {
            showSaveDialog: async () => vscode.Uri.file(file),
            showInformationMessage: async () => undefined,
          });
          say({ type: "save" });
          const saved = await eventually("the file", () => (existsSync(file) ? readFileSync(file, "utf8") : undefined));
          assert.match(saved, /940100/);
          assert.doesNotMatch(saved, /shop/);
        } finally {
          Object.assign(vscode.window, { showSaveDialog, showInformationMessage });
          rmSync(folder, { recursive: true, force: true });
        }
      }),
  },
  {
    name: "where the report can't be saved that is said in words, and not as the system has it",
    run: () =>
      withView(COUNTING, async ({ say, content, answer }) => {
        say({ type: "ready" });
        await answer(modelOf(Date.UTC(2026, 5, 1)));
        await eventually("a report", () => content()?.text);
        const folder = mkdtempSync(join(tmpdir(), "pairwise-host-"));
        const { showSaveDialog, showWarningMessage } = vscode.window;
        const told: string[] = [];
        try {
          const inTheWay = join(folder, "file");
          writeFileSync(inTheWay, "");
          Object.assign(vscode.window, {
            showSaveDialog: async () => vscode.Uri.file(join(inTheWay, "report.html")),
            showWarningMessage: async (words: string) => void told.push(words),
          });
          say({ type: "save" });
          const words = await eventually("the words", () => told[0]);
          assert.match(words, /can't be written\. Choose another place/);
          assert.doesNotMatch(words, /Error|ENO/);
        } finally {
          Object.assign(vscode.window, { showSaveDialog, showWarningMessage });
          rmSync(folder, { recursive: true, force: true });
        }
      }),
  },
  {
    name: "where the making itself fails that is said, too, and it can be tried again",
    run: () =>
      withView(COUNTING, async ({ say, content, answer }) => {
        say({ type: "ready" });
        await answer(new Error("EACCES: permission denied"));
        const failed = await eventually("the trouble", () => (content()?.notice ? content() : undefined));
        assert.equal(failed.notice?.words, "The report could not be made: EACCES: permission denied");
        assert.deepEqual([failed.isReading, failed.notice.isTrouble, failed.text], [false, true, undefined]);
        say({ type: "refresh" });
        await answer(modelOf(Date.UTC(2026, 5, 1)));
        await eventually("a report", () => content()?.text);
        assert.equal(content()?.notice, undefined);
      }),
  },
  {
    name: "where it can't be read that is said with a way out, and nothing older is left on the page",
    run: () =>
      withView(COUNTING, async ({ say, content, answer }) => {
        say({ type: "ready" });
        await answer(modelOf(Date.UTC(2026, 5, 1)));
        await eventually("a report", () => content()?.text);
        say({ type: "refresh" });
        await answer(HELD);
        const shown = await eventually("the trouble", () => (content()?.notice ? content() : undefined));
        assert.equal(shown.notice?.words, "The report could not be made: another program holds the ledger's file.");
        assert.deepEqual([shown.notice.way, shown.text, shown.offer], ["Show where it is", undefined, "none"]);
        // Of a page that has not heard of it: nothing is run.
        say({ type: "way", id: shown.id - 1 });
        say({ type: "way", id: shown.id });
        await eventually("the ledger's page", () =>
          vscode.window.activeTextEditor?.document.uri.scheme === LEDGER_PAGE.scheme ? true : undefined,
        );
        await closeAll();
      }),
  },
  {
    name: "when all that was counted is deleted, it goes from the page, too",
    run: () =>
      withView(COUNTING, async ({ say, content, answer, deleted }) => {
        say({ type: "ready" });
        await answer(modelOf(Date.UTC(2026, 5, 1)));
        await eventually("a report", () => content()?.text);
        deleted();
        await eventually("nothing", () => (content()?.text === undefined ? true : undefined));
      }),
  },
  {
    name: "when an experiment is begun, paused or stopped, what an open report says of it is read anew",
    run: () =>
      withView(COUNTING, async ({ say, content, answer, stopped, waiting }) => {
        say({ type: "ready" });
        await answer(modelOf(Date.UTC(2026, 5, 1)));
        await eventually("a report", () => content()?.text);
        stopped();
        await eventually("that it is read again", () => (waiting() === 1 ? true : undefined));
        assert.equal(content()?.isReading, true);
        await answer(modelOf(Date.UTC(2026, 5, 2)));
        await eventually("a report", () => (content()?.isReading === false ? true : undefined));
      }),
  },
  {
    name: "a panel that is restored takes the place of the one that is open",
    run: () =>
      withView(COUNTING, async ({ say, content, answer, panels, addPanel }) => {
        addPanel();
        assert.equal(panels.disposed, 1);
        say({ type: "ready" });
        await answer(modelOf(undefined));
        await eventually("a report", () => content()?.text);
      }),
  },
  {
    name: "what is to be known before a report: counting is off or has stopped, or nothing was counted",
    run() {
      const [some, none] = [modelOf(Date.UTC(2026, 5, 1)), modelOf(undefined)];
      const noFile: Failure = { reason: "unavailable", detail: "ENOENT" };
      const words = (answer: ReportModel | Failure, state: CountingState): string =>
        noticeOf(answer, state)?.words ?? "";
      assert.equal(noticeOf(some, COUNTING), undefined);
      assert.match(words(none, COUNTING), /^Nothing was counted yet/);
      assert.match(words(noFile, COUNTING), /^Nothing was counted yet/);
      assert.match(words(some, { kind: "off" }), /ledger\.enabled is off\. What follows was counted before\.$/);
      assert.match(words(none, { kind: "off" }), /nor was anything counted before\.$/);
      assert.match(words(noFile, { kind: "off" }), /nor was anything counted before\.$/);
      const full: CountingState = { kind: "stopped", reason: "full", detail: "" };
      assert.match(words(some, full), /^Suggestions are not counted: the disk is full/);
      assert.match(words({ reason: "newer", detail: "schema" }, full), /newer version of Pairwise/);
      for (const answer of [none, noFile, HELD]) assert.notEqual(noticeOf(answer, COUNTING)?.action.title, "");
      return Promise.resolve();
    },
  },
  {
    name: "what suggestions cost is told by day; a chat is in none of it, nor what has no price",
    run() {
      const rows = [
        OPENAI,
        { ...OPENAI, feature: "chat", input: 9_000_000 },
        { ...OPENAI, reference: "gateway/large", host: "gateway.example.com", requests: 5 },
        { ...OPENAI, reference: "embedded/smollm2-135m-instruct", host: "", feature: "warm-up", output: 0 },
      ];
      const pricing = { prices: {}, currency: "USD", yuanPerDollar: 7 } as const;
      const [day] = spentDays([{ day: "2026-05-03", rows }], pricing);
      assert.deepEqual(day, {
        localDay: Date.UTC(2026, 4, 3) / 86_400_000,
        inputTokens: 2_000_000,
        outputTokens: 500_000,
        money: [{ amount: 6, currency: "USD" }],
        unknownRequests: 5,
      });
      return Promise.resolve();
    },
  },
  {
    name: "the folder that is open has its name, by what the ledger has in its place",
    async run() {
      const names = await projectNames(vscode.Uri.file(dirname(dirname(await ledgerFile()))));
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder);
      assert.deepEqual(Object.values(names), [folder.name]);
      assert.match(Object.keys(names)[0] ?? "", /^[0-9a-f]{16}$/);
      await closeAll();
    },
  },
  {
    name: "the menu says what is left of today's accepted text, and of nothing else",
    run() {
      const today = {
        shown: 9,
        accepted: 2,
        undone: 0,
        acceptedChars: 1_300,
        countedChars: 1_200,
        survivingChars: 900,
      };
      assert.equal(todaySurviving(today), "Ten minutes later, 900 of 1,200 accepted characters were still there.");
      assert.equal(
        todaySurviving({ ...today, countedChars: 0, survivingChars: 0 }),
        "What is left of it is looked at ten minutes after it was accepted.",
      );
      assert.equal(todaySurviving({ ...today, accepted: 0 }), "");
      assert.equal(todaySurviving(undefined), "");
      return Promise.resolve();
    },
  },
];
