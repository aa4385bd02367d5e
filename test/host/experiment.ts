/** An experiment in the real editor: a half-hour without suggestions, and one with them. */

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { dirname } from "node:path";
import * as vscode from "vscode";
import {
  type ExperimentNeeds,
  pauseExperiment,
  startExperiment,
  stopExperiment,
} from "../../src/extension/experimentCommands.ts";
import { measuringNote } from "../../src/extension/countingWords.ts";
import { Notices } from "../../src/extension/experimentNotices.ts";
import { CONSENT_VERSION } from "../../src/extension/experimentConsent.ts";
import { closed, closingNeeds } from "../../src/extension/closingNeeds.ts";
import { experimentObstacle } from "../../src/extension/experimentObstacle.ts";
import { askConsent } from "../../src/extension/experimentQuestions.ts";
import { OwnLedger } from "../../src/extension/ownLedger.ts";
import { TextPage } from "../../src/extension/textPage.ts";
import { commitmentTo, configurationOf, planOf } from "../../src/productivity/experiment/plan.ts";
import { offPosition } from "../../src/productivity/experiment/schedule.ts";
import { isHeldBackSingly, singleKey } from "../../src/productivity/experiment/singleDraws.ts";
import { SLOT_MS, slotOf } from "../../src/productivity/experiment/slots.ts";
import type { RecordOf } from "../../src/productivity/ledger/columns.ts";
import { isFailure } from "../../src/productivity/ledger/failure.ts";
import type { RecordKind } from "../../src/productivity/records.ts";
import { reportModel } from "../../src/productivity/report/reportModel.ts";
import { reportWords } from "../../src/productivity/report/words.ts";
import type { HostTest } from "../support/hostSuite.ts";
import type { ModelServer } from "../support/modelServer.ts";
import { experimentRecords } from "../support/experimentRecords.ts";
import { closeAll, eventually, open, setUser } from "./editor.ts";
import { counting, ledgerFile, pause, run, suggested, type } from "./ledgerRig.ts";

const SUM = "function add(a: number, b: number): number {\n  return║\n}\n";
const OTHER = "function plus(a: number, b: number): number {\n  return║\n}\n";
const ANOTHER = "function summed(a: number, b: number): number {\n  return║\n}\n";
/** More than what a trial waits for. */
const REST = "x".repeat(45);
const ANSWER = "first + second;";
const LINE = "  return first + second;";

interface Rig {
  readonly server: ModelServer;
  readonly sinceMs: number;
  /** A second window of the same installation, as far as the ledger goes. */
  readonly other: OwnLedger;
  /** For commands of that window. */
  readonly needs: ExperimentNeeds;
  records<Kind extends RecordKind>(kind: Kind): Promise<readonly RecordOf<Kind>[]>;
}

function withLedger(name: string, body: (rig: Rig) => Promise<void>): HostTest {
  return counting(name, ANSWER, async (server) => {
    await farFromABorder();
    // The time in which nobody has written anything yet.
    const sinceMs = Date.now();
    const extension = vscode.extensions.getExtension("pairwise.pairwise");
    assert.ok(extension);
    const other = new OwnLedger({
      folder: dirname(await ledgerFile()),
      workerFile: vscode.Uri.joinPath(extension.extensionUri, "dist", "ledgerWorker.cjs").fsPath,
      session: randomBytes(8).toString("hex"),
      changed: () => {},
      log: () => {},
    });
    const { experiments } = other.ledger;
    const remembered = new Map<string, unknown>();
    const globalState = {
      keys: () => [...remembered.keys()],
      get: <T>(key: string, otherwise?: T) => (remembered.get(key) ?? otherwise) as T,
      update: async (key: string, value: unknown) => void remembered.set(key, value),
      setKeysForSync: () => {},
    };
    const closing = closingNeeds({ globalState }, other, Date.now);
    const needs: ExperimentNeeds = {
      experiments,
      changed: () => remembered.set("changed", true),
      closed: () => closed(other.ledger, { nowMs: Date.now(), spentDays: [] }, closing),
      gate: { note: () => {} },
      version: "0.0.0",
      nowMs: Date.now,
      others: () => [],
      random: (bytes) => randomBytes(bytes).toString("hex"),
      obstacle: () => undefined,
      consentPage: async () => ({ show: async (_title, text) => void shown.push(text), close: async () => {} }),
    };
    const records = async <Kind extends RecordKind>(kind: Kind): Promise<readonly RecordOf<Kind>[]> => {
      const found = await other.ledger.lastEvents(200, [kind]);
      assert.ok(!isFailure(found), JSON.stringify(found));
      return found.filter((record): record is RecordOf<Kind> => record.kind === kind && record.atMs >= sinceMs);
    };
    try {
      await body({ server, sinceMs, other, needs, records });
    } finally {
      await experiments.change({ kind: "stop", withdrawsConsent: true }, Date.now());
      await openMenu();
      await other.end();
    }
  });
}

/** An experiment goes on since two hours, and this half-hour is the first of its first group. */
function inHalfHour(
  arm: "on" | "off",
  name: string,
  body: (rig: Rig) => Promise<void>,
  { tier = 2, seedOf = async () => seedFor(arm), hear = openMenu }: Partial<Experiment> = {},
): HostTest {
  return withLedger(name, async (rig) => {
    const { ledger, session } = rig.other;
    const configuration = configurationOf(planOf({ tier, k: 2, mostStrata: 200, pairwiseVersion: "0.0.0" }));
    const experiment = randomBytes(8).toString("hex");
    const seed = await seedOf(rig);
    const of = { atMs: rig.sinceMs - 4 * SLOT_MS, session, experiment } as const;
    ledger.append({
      kind: "prereg",
      ...of,
      commitment: commitmentTo({ seed, configuration }, sha256),
      configuration,
      seed,
    });
    ledger.append({ kind: "consent", ...of, textVersion: 1, isGiven: true });
    assert.equal(await ledger.flush(), true);
    await hear();
    await body(rig);
    const assigned = await rig.records("assign");
    assert.deepEqual(
      assigned.map((record) => [record.experiment, record.slotMs, record.arm]),
      [[experiment, slotOf(rig.sinceMs), arm]],
    );
  });
}

/** As a window that begins to count, after one that ended before it could remember the experiment. */
async function countAnew(): Promise<void> {
  await setUser("ledger.enabled", false);
  await pause(200);
  await setUser("ledger.enabled", true);
  await pause(COUNTS_AFTER_MS);
}
const COUNTS_AFTER_MS = 4_000;

/** The window looks how the experiment stands. */
async function openMenu(): Promise<void> {
  await run("pairwise.showMenu");
  await run("workbench.action.closeQuickOpen");
  await run("workbench.action.focusActiveEditorGroup");
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

interface Experiment {
  readonly tier: 2 | 3;
  readonly seedOf: (rig: Rig) => Promise<string>;
  /** How the window comes to know of it. */
  readonly hear: () => Promise<void>;
}

function seedFor(arm: "on" | "off", isFit: (seed: string) => boolean = () => true): string {
  for (let number = 0; ; number += 1) {
    const seed = sha256(`seed ${number}`);
    if ((offPosition(seed, 0, 2, sha256) === 0) === (arm === "off") && isFit(seed)) return seed;
  }
}

/** By which this window holds the first single suggestion back, and shows the next ones. */
async function seedOfFirst(rig: Rig): Promise<string> {
  await open(SUM);
  await type(" ");
  await suggested(rig.server);
  const session = await eventually("a record", async () => (await rig.records("opportunity"))[0]?.session);
  return seedFor("on", (seed) => {
    const key = singleKey(seed, session, sha256);
    return [0, 1, 2, 3].every((draw) => isHeldBackSingly({ key, draw, oneIn: 5 }, sha256) === (draw === 0));
  });
}

/** The next half-hour has another part. */
async function farFromABorder(): Promise<void> {
  const leftMs = slotOf(Date.now()) + SLOT_MS - Date.now();
  if (leftMs < LONGEST_TEST_MS) await pause(leftMs + 100);
}

const LONGEST_TEST_MS = 45_000;

/** A key, a pause and another key, which is what the model suggests; then what Tab and the key for a word do. */
async function writeAndTake(rig: Rig): Promise<{ readonly text: string; readonly requests: number }> {
  const { server } = rig;
  const answers = async (): Promise<number> => (await rig.records("response")).length;
  const before = server.requests.length;
  const answersBefore = await answers();
  const editor = await open(SUM);
  // The half-hour gets its part with the first suggestion in it, which is not shown.
  await type(" ");
  await suggested(server, before + 1);
  // The next key asks again where the answer is not there yet.
  await eventually("an answer", async () => (await answers()) > answersBefore || undefined);
  await type("f");
  await pause(SEEN_MS);
  const requests = server.requests.length - before;
  await run("pairwise.acceptWord");
  await run("editor.action.inlineSuggest.commit");
  return { text: editor.document.lineAt(1).text, requests };
}
const SEEN_MS = 800;

/** What was to be agreed to, since the last question. */
const shown: string[] = [];

/** While this runs, what is asked is answered: picks and buttons by what they contain, inputs one after the other. */
async function answering(
  answers: {
    readonly picks?: readonly RegExp[];
    readonly inputs?: readonly (string | undefined)[];
    readonly button?: RegExp;
  },
  use: (told: string[]) => Promise<void>,
): Promise<void> {
  const window = vscode.window as unknown as Record<string, unknown>;
  const { showInputBox, showQuickPick, showWarningMessage, showInformationMessage } = window;
  const told: string[] = [];
  const inputs = [...(answers.inputs ?? [])];
  const message = async (words: string, ...rest: readonly (string | vscode.MessageOptions)[]) => {
    told.push(words);
    for (const each of rest) if (typeof each !== "string") told.push(each.detail ?? "");
    return rest.find((each) => typeof each === "string" && answers.button?.test(each));
  };
  window["showInputBox"] = async () => inputs.shift();
  window["showQuickPick"] = async (rows: readonly vscode.QuickPickItem[], { title = "" }: vscode.QuickPickOptions) => {
    told.push([title, ...rows.map(({ label }) => label)].join(" | "));
    return rows.find(({ label }) => answers.picks?.some((pick) => pick.test(label)));
  };
  window["showWarningMessage"] = message;
  window["showInformationMessage"] = message;
  try {
    await use(told);
  } finally {
    Object.assign(window, { showInputBox, showQuickPick, showWarningMessage, showInformationMessage });
  }
}

/** What is selected in VS Code's list of completions is asked about, too, and what comes of that is another suggestion. */
function withoutCompletions(body: (rig: Rig) => Promise<void>): (rig: Rig) => Promise<void> {
  return async (rig) => {
    const set = (value: unknown) =>
      vscode.workspace.getConfiguration("editor").update("quickSuggestions", value, vscode.ConfigurationTarget.Global);
    await set({ other: false, comments: false, strings: false });
    try {
      await body(rig);
    } finally {
      await set(undefined);
    }
  };
}

/** A file in the folder, since what is closed without being saved is gone. */
async function openFile(name: string, marked: string): Promise<vscode.TextEditor> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(marked.replace("║", "")));
  // What an extension has opened as a document stays open for minutes after its editor is closed.
  await vscode.commands.executeCommand("vscode.open", uri);
  const editor = await eventually("the file's editor", () => {
    const { activeTextEditor } = vscode.window;
    return activeTextEditor?.document.uri.toString() === uri.toString() ? activeTextEditor : undefined;
  });
  const caret = editor.document.positionAt(marked.indexOf("║"));
  editor.selection = new vscode.Selection(caret, caret);
  return editor;
}

/** What has been there for ten seconds counts where a document is closed. */
async function closeWhenSeen({ document }: vscode.TextEditor): Promise<void> {
  await pause(10_500);
  assert.ok(await document.save());
  await run("workbench.action.closeActiveEditor");
  await vscode.workspace.fs.delete(document.uri);
}

/** What the report says of them, from the ledger as it is. */
async function reportTells({ other }: Rig): Promise<void> {
  // While the half-hour goes on nothing is told of it.
  const during = await other.ledger.experiments.blocks({ experiment: undefined, nowMs: Date.now() });
  assert.ok(during && !isFailure(during));
  assert.equal(during.trials?.heldBack.drawn, 0);
  const nowMs = Date.now() + 86_400_000;
  const figures = await other.ledger.report({ fromMs: 0, toMs: nowMs });
  const experiment = await other.ledger.experiments.blocks({ experiment: undefined, nowMs });
  assert.ok(!isFailure(figures) && experiment && !isFailure(experiment));
  const model = reportModel(figures, experiment, { nowMs, offsetMinutesAt: () => 0 });
  const { singles } = model;
  assert.ok(singles && singles.shown.drawn >= 1);
  assert.deepEqual([singles.heldBack, singles.askedFor, singles.notAsDrawn], [{ drawn: 1, censored: 0 }, 1, 0]);
  const { sections } = reportWords(model, { t: vscode.l10n.t, language: "en" });
  const { paragraphs } = sections.find(({ id }) => id === "singles") ?? { paragraphs: [] };
  assert.match(paragraphs[0] ?? "", /^Not enough data yet \(sessions: 1 of at least 2\)/);
}

let requestsWithout: number | undefined;

export const experimentTests: readonly HostTest[] = [
  inHalfHour(
    "off",
    "in a half-hour without suggestions the model is asked all the same, nothing can be taken, and it counts as held back",
    async (rig) => {
      const { text, requests } = await writeAndTake(rig);
      assert.equal(text, "  return f");
      assert.ok(requests >= 1);
      requestsWithout = requests;
      await eventually("a response that is held back", async () => {
        const responses = await rig.records("response");
        return (
          responses.some(({ outcome, reason }) => outcome === "held-back" && reason === "typed-through") || undefined
        );
      });
      const outcomes = new Set((await rig.records("response")).map(({ outcome }) => outcome));
      assert.ok(!outcomes.has("returned"), [...outcomes].join());
      assert.deepEqual(await rig.records("shown"), []);
      assert.deepEqual(await rig.records("accept"), []);
    },
  ),
  inHalfHour(
    "off",
    "an experiment that the ledger has and the installation does not remember is met by a window once it counts, with no menu opened",
    async (rig) => assert.equal((await writeAndTake(rig)).text, "  return f"),
    { hear: countAnew },
  ),
  inHalfHour(
    "on",
    "in a half-hour with suggestions the same keys ask as often, and it is there to be taken",
    async (rig) => {
      const { text, requests } = await writeAndTake(rig);
      assert.equal(text, LINE);
      // On a busy machine VS Code itself may ask once more, or once less, in either.
      assert.ok(requests >= 1 && Math.abs(requests - (requestsWithout ?? 0)) <= 1, `${requests}, ${requestsWithout}`);
      await eventually("an accept", async () => ((await rig.records("accept")).length > 0 ? true : undefined));
    },
  ),
  inHalfHour(
    "off",
    "Suggest Now shows what it finds, it stays while it is typed along with, and it counts as asked by hand",
    async (rig) => {
      const editor = await open(SUM);
      await type(" ");
      await suggested(rig.server);
      await run("pairwise.suggest");
      await pause(SEEN_MS);
      await type("fi");
      await pause(SEEN_MS);
      await run("editor.action.inlineSuggest.commit");
      assert.equal(editor.document.lineAt(1).text, LINE);
      await eventually("what was asked by hand", async () =>
        (await rig.records("opportunity")).some(({ trigger }) => trigger === "manual") ? true : undefined,
      );
      assert.ok((await rig.records("response")).some(({ outcome }) => outcome === "returned"));
    },
  ),
  inHalfHour(
    "off",
    "paused, suggestions come again with the next key; resumed, they go on to do so in this half-hour",
    async (rig) => {
      assert.equal((await writeAndTake(rig)).text, "  return f");
      // The messages that they show wait for somebody.
      for (const [command, what] of [
        ["pairwise.pauseExperiment", "paused"],
        ["pairwise.resumeExperiment", "resumed"],
      ] as const) {
        void run(command);
        await eventually(what, async () => {
          const events = await rig.records("experiment");
          return events.some((event) => event.what === what) || undefined;
        });
        await run("notifications.clearAll");
        await run("workbench.action.focusActiveEditorGroup");
        assert.equal((await writeAndTake(rig)).text, LINE, what);
      }
    },
  ),
  inHalfHour(
    "off",
    "what another window stops is over for this one, and who stops it hears that it was too early for a result",
    async (rig) => {
      const editor = await open(SUM);
      await type(" ");
      await suggested(rig.server);
      await run("editor.action.inlineSuggest.commit");
      assert.equal(editor.document.lineAt(1).text, "  return ");
      await answering({ picks: [/^Stop the experiment$/], inputs: ["10 %"] }, async (told) => {
        await stopExperiment(rig.needs);
        assert.deepEqual(told, [
          "Stop the experiment? | No, go on | Pause it | Stop the experiment",
          "The experiment is stopped, with too few half-hours for a result.",
        ]);
      });
      assert.deepEqual(
        (await rig.records("experiment")).map(({ what }) => what),
        ["stopped"],
      );
      assert.deepEqual(
        (await rig.records("consent")).map(({ isGiven }) => isGiven),
        [false],
      );
      // Nobody guesses at what is not to come.
      assert.deepEqual(await rig.records("belief"), []);
      await openMenu();
      await type("f");
      await pause(SEEN_MS);
      await run("editor.action.inlineSuggest.commit");
      assert.equal(editor.document.lineAt(1).text, LINE);
    },
  ),
  inHalfHour(
    "on",
    "a single suggestion that was drawn is not there while it is typed along with, is by hand, and the next one is there",
    withoutCompletions(async (rig) => {
      const editor = await openFile("plus.ts", OTHER);
      const lineAt = (line: number): string => editor.document.lineAt(line).text;
      // In the moment before the ledger has answered nothing is drawn.
      await type(" ");
      await suggested(rig.server, rig.server.requests.length);
      await pause(SEEN_MS);
      await type("f");
      await pause(SEEN_MS);
      await run("pairwise.acceptWord");
      await run("editor.action.inlineSuggest.commit");
      assert.equal(lineAt(1), "  return f");
      await eventually("a response that was drawn", async () =>
        (await rig.records("response")).some(({ outcome }) => outcome === "held-back-singly") ? true : undefined,
      );
      await run("pairwise.suggest");
      await pause(SEEN_MS);
      await run("editor.action.inlineSuggest.commit");
      assert.equal(lineAt(1), LINE);
      await type(REST);
      await closeWhenSeen(editor);
      const first = await eventually("the first trial", async () =>
        (await rig.records("trial")).find((trial) => trial.draw === 0),
      );
      const { draw, isShown, isAsked, state, activeMs } = first;
      assert.deepEqual({ draw, isShown, isAsked, state }, { draw: 0, isShown: false, isAsked: true, state: "reached" });
      assert.ok(activeMs >= 2 * SEEN_MS && activeMs < 60_000, String(activeMs));
      const next = await openFile("summed.ts", ANOTHER);
      await type(" ");
      await pause(SEEN_MS);
      await type("f");
      await pause(SEEN_MS);
      await run("editor.action.inlineSuggest.commit");
      assert.equal(next.document.lineAt(1).text, LINE);
      await type(REST);
      await closeWhenSeen(next);
      const shown = await eventually("a trial of one that was shown", async () =>
        (await rig.records("trial")).find((trial) => trial.isShown && trial.state === "reached"),
      );
      assert.equal(shown.isAsked, false);
      const draws = (await rig.records("trial")).map((trial) => trial.draw);
      assert.equal(new Set(draws).size, draws.length);
      await reportTells(rig);
    }),
    { tier: 3, seedOf: seedOfFirst },
  ),
  withLedger(
    "that single suggestions are held back as well is a choice of its own, with its own words",
    async (rig) => {
      const answers = {
        picks: [/^One of five half-hours, and one of five suggestions/, /^I agree/],
        inputs: [""],
      };
      await answering(answers, async () => {
        await startExperiment(rig.needs, { kind: "counting" });
        assert.match(shown.at(-1) ?? "", /single ones disappear silently, too: one of every 5 .*your code was sent/);
      });
      const [prereg] = await rig.records("prereg");
      assert.match(prereg?.configuration ?? "", /"oneIn":5.*"tier":3/);
      assert.deepEqual(
        (await rig.records("consent")).map(({ textVersion, isGiven }) => [textVersion, isGiven]),
        [[CONSENT_VERSION, true]],
      );
    },
  ),
  withLedger(
    "an experiment begins with the whole text agreed to, its plan and the forecast, and not twice",
    async (rig) => {
      const answers = { picks: [/five half-hours without/, /^I agree/], inputs: ["20 %"] };
      await answering(answers, async (told) => {
        await startExperiment(rig.needs, { kind: "counting" });
        assert.equal(told[1], "Start the experiment? (3 of 3) | No, not now | I agree: start the experiment");
        for (const said of [
          /disappear silently/,
          /your code goes to the model .*costs what it costs/,
          /^To stop or pause/m,
          /Suggest Now/,
        ])
          assert.match(shown.at(-1) ?? "", said);
        assert.doesNotMatch(shown.at(-1) ?? "", /single/);
        assert.match(told[2] ?? "", /^The experiment begins with the next half-hour, at \d/);
      });
      const [prereg, ...more] = await rig.records("prereg");
      assert.ok(prereg && more.length === 0);
      assert.match(prereg.configuration, /"k":5/);
      assert.match(prereg.configuration, /"tier":2/);
      assert.equal(prereg.commitment, commitmentTo(prereg, sha256));
      const of = (records: readonly { readonly experiment: string }[]) => records.map(({ experiment }) => experiment);
      assert.deepEqual(of(await rig.records("consent")), [prereg.experiment]);
      assert.deepEqual(
        (await rig.records("belief")).map(({ factor }) => factor),
        [1.2],
      );
      await answering(answers, async (told) => {
        await startExperiment(rig.needs, { kind: "counting" });
        assert.deepEqual(told, ["An experiment is running already."]);
      });
      // In the half-hour in which it began suggestions come as ever.
      await openMenu();
      const editor = await open(SUM);
      await type(" ");
      await suggested(rig.server);
      await type("f");
      await pause(SEEN_MS);
      await run("editor.action.inlineSuggest.commit");
      assert.equal(editor.document.lineAt(1).text, LINE);
      assert.deepEqual(await rig.records("assign"), []);
    },
  ),
  withLedger("nothing begins without consent, and none where nothing is counted", async (rig) => {
    const share = /^One of two half-hours without/;
    const stages = [
      {},
      { picks: [share], inputs: [undefined] },
      { picks: [share], inputs: [""] },
      { picks: [share, /^No, not now/], inputs: [""] },
    ];
    for (const stage of stages) await answering(stage, () => startExperiment(rig.needs, { kind: "counting" }));
    for (const state of [{ kind: "off" }, { kind: "stopped", reason: "full", detail: "" }] as const) {
      await answering({ picks: [share, /^I agree/], inputs: [""] }, async (told) => {
        await startExperiment(rig.needs, state);
        assert.match(told.join("\n"), /^No experiment can be started\. Suggestions are not counted/);
      });
    }
    for (const [mayPass, words] of [
      [false, /^No experiment can be started\. Suggestions are off\./],
      [true, /^An experiment would measure nothing now\. Suggestions are off\./],
    ] as const) {
      const obstacle = () => ({ text: "Suggestions are off.", action: undefined, mayPass });
      await answering({ picks: [share, /^I agree/], inputs: [""] }, async (told) => {
        await startExperiment({ ...rig.needs, obstacle }, { kind: "counting" });
        assert.match(told.join("\n"), words);
        assert.equal(told.length, 1);
      });
    }
    await answering({}, async (told) => {
      await pauseExperiment(rig.needs);
      assert.match(told.join("\n"), /^No experiment is running/);
    });
    // Another extension's suggestions would go on without ours: that is said before anything is asked.
    const beside = { ...rig.needs, others: () => ["Another One"] };
    await answering({ picks: [/two/, /^I agree/], inputs: [""] }, async (told) => {
      await startExperiment(beside, { kind: "counting" });
      assert.match(
        told.join("\n"),
        /^Another One may suggest as you type, too\.\nIts suggestions go on .* is not counted/,
      );
    });
    assert.deepEqual(await rig.records("prereg"), []);
    assert.deepEqual(await rig.records("experiment"), []);
  }),
  withLedger(
    "where something came of it the guess is asked for first; then the report is offered, and one that is open is made anew",
    async (rig) => {
      for (const record of experimentRecords({ effect: 3, strata: 40 })) rig.other.ledger.append(record);
      assert.equal(await rig.other.ledger.flush(), true);
      const reports = (): readonly vscode.Tab[] =>
        vscode.window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith("pairwise.report"));
      const answers = { picks: [/^Stop the experiment$/], inputs: ["10 %"], button: /^Show the report$/ };
      await answering(answers, async (told) => {
        const needs: ExperimentNeeds = { ...rig.needs, changed: () => told.push("made anew") };
        const window = vscode.window as unknown as Record<string, unknown>;
        const { showInputBox } = window as unknown as typeof vscode.window;
        window["showInputBox"] = async (options: vscode.InputBoxOptions) => {
          told.push(options.title ?? "");
          return showInputBox(options);
        };
        await stopExperiment(needs);
        assert.deepEqual(told.slice(1), [
          "The experiment has ended",
          "made anew",
          "The experiment is stopped. What came of it is in the report.",
        ]);
      });
      assert.deepEqual(
        (await rig.records("belief")).map(({ when, factor }) => [when, factor]),
        [["after", 1.1]],
      );
      await eventually("the report", async () => reports().length === 1 || undefined);
      await closeAll();
    },
  ),
  withLedger("of two messages on the experiment the later one alone is on the screen", async () => {
    const hidden: string[] = [];
    const { executeCommand } = vscode.commands;
    const commands = vscode.commands as unknown as Record<string, unknown>;
    commands["executeCommand"] = async (command: string) => void hidden.push(command);
    try {
      await answering({}, async (told) => {
        const window = vscode.window as unknown as Record<string, unknown>;
        window["showInformationMessage"] = (words: string) => {
          told.push(words);
          return new Promise(() => {});
        };
        const notices = new Notices();
        void notices.tell("It is paused.");
        assert.deepEqual(hidden, []);
        void notices.tell("It goes on.");
        await eventually("the second", async () => told.length === 2 || undefined);
        assert.deepEqual([told, hidden], [["It is paused.", "It goes on."], ["notifications.hideToasts"]]);
      });
    } finally {
      commands["executeCommand"] = executeCommand;
    }
  }),
  {
    name: "what is agreed to is a page whose lines wrap, behind a question whose first row is no; it goes with the answer",
    async run() {
      const page = new TextPage("pairwise-consent-try");
      try {
        await answering({}, async (told) => {
          const window = vscode.window as unknown as Record<string, unknown>;
          window["showQuickPick"] = async (rows: readonly vscode.QuickPickItem[]) => {
            const document = vscode.window.activeTextEditor?.document;
            told.push(document?.getText().trimStart() ?? "", document?.languageId ?? "", rows[0]?.label ?? "");
            return rows[0];
          };
          assert.equal(await askConsent(page, "All of it"), false);
          assert.deepEqual(told, ["All of it", "pairwise-text", "No, not now"]);
        });
        const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
        assert.ok(
          !tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme.includes("consent")),
        );
      } finally {
        page.dispose();
      }
    },
  },
  {
    name: "an experiment measures nothing where suggestions are off, in the editor, too, or come only when asked for; a model that fails may come back",
    async run() {
      const found = (["off", "editor-off", "manual"] as const).map((kind) => experimentObstacle({ kind }));
      assert.deepEqual(
        found.map((each) => [each?.mayPass, (each?.action?.argument as { query?: string } | undefined)?.query]),
        [
          [false, "pairwise.enable"],
          [false, "editor.inlineSuggest.enabled"],
          [false, "pairwise.suggestions.automatic"],
        ],
      );
      const failed = experimentObstacle({ kind: "failed", failure: { kind: "key-missing", host: "a.example" } });
      assert.equal(failed?.mayPass, true);
      assert.equal(experimentObstacle({ kind: "idle", quiet: false }), undefined);
      assert.equal(experimentObstacle({ kind: "thinking" }), undefined);
    },
  },
  {
    name: "with the counting off the status does not say that an experiment is running without saying that nothing is counted",
    async run() {
      const note = (kind: "off" | "counting") =>
        measuringNote({ counting: { state: { kind } }, experiment: { status: "running" } }).note;
      assert.equal(note("off"), "An experiment is running. Nothing is counted.");
      assert.equal(note("counting"), "An experiment is running.");
    },
  },
];
