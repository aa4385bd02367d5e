import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { analysisOf } from "../../../src/productivity/experiment/analysis.ts";
import type { Block } from "../../../src/productivity/experiment/blocks.ts";
import { SLOT_MS } from "../../../src/productivity/experiment/slots.ts";
import { experimentBlocksOf } from "../../../src/productivity/ledger/experimentBlocks.ts";
import { assignSlot, changeExperiment, startExperiment } from "../../../src/productivity/ledger/experiments.ts";
import { reportOf } from "../../../src/productivity/ledger/report.ts";
import { removeSome } from "../../../src/productivity/ledger/retention.ts";
import { teamBlocksOf } from "../../../src/productivity/ledger/teamBlocks.ts";
import { reportModel } from "../../../src/productivity/report/reportModel.ts";
import { reportWords } from "../../../src/productivity/report/words.ts";
import type { LedgerRecord } from "../../../src/productivity/records.ts";
import { EXPERIMENT, slotAt, startWish } from "../../support/experimentRig.ts";
import { english } from "../../support/reports.ts";
import {
  acceptOf,
  batchOf,
  commitOf,
  endOf,
  ledgerFolder,
  NOON_MS,
  openStore,
  recordsIn,
  shownOf,
  survivalOf,
  utc,
} from "../../support/ledgerRig.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const placed = { session: "5e551000000000a1", file: "f", project: "p", language: "go" } as const;
let edits = 0;

/** Ten seconds of typing of which so much is left. */
function typed(atMs: number, typedChars: number, survivingChars: number, rest: object = {}): readonly LedgerRecord[] {
  const edit = `e:${(edits += 1)}`;
  const none = { deletedChars: 0, longPasteChars: 0, bulkChars: 0, diskChars: 0, ownChars: 0, redos: 0, aiChars: 0 };
  const counts = { ...none, pasteChars: 0, formatterChars: 0, otherChars: 0, undos: 0, changes: typedChars, ...rest };
  return [
    { kind: "edit", ...placed, atMs, edit, typedChars, ...counts },
    { kind: "typedSurvival", atMs: atMs + 600_000, session: "s", edit, typedChars, survivingChars, state: "counted" },
  ];
}

const worked = (slotMs: number, minutes: number): readonly LedgerRecord[] =>
  Array.from({ length: minutes }, (_, minute) => ({
    kind: "activity",
    atMs: slotMs + minute * MINUTE,
    session: "s",
    project: "p",
    focusedMs: MINUTE,
    active60Ms: 30_000,
    active120Ms: 40_000,
    active300Ms: 50_000,
  }));

const accepted = (accept: string, atMs: number): readonly LedgerRecord[] => [
  acceptOf(accept, { atMs, chars: 20 }),
  survivalOf(accept, { check: "10m", state: "dead", insertedChars: 20, survivingChars: 5 }),
  survivalOf(accept, { check: "24h", state: "dead", insertedChars: 20, survivingChars: 2 }),
];

const responded = (atMs: number, outcome: "held-back" | "returned"): LedgerRecord => ({
  kind: "response",
  ...placed,
  atMs,
  run: undefined,
  outcome,
  reason: "model",
  afterMs: 100,
  chars: 8,
  lines: 1,
  choices: 1,
  model: "m",
});

/** Two half-hours, drawn, and worked in. */
function ledgerWithWork(context: TestContext) {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const asker = { session: "one", nowMs: NOON_MS - 1 };
  startExperiment(store, startWish(), asker);
  const [one, two] = [slotAt(0).slotMs, slotAt(1).slotMs];
  for (const index of [0, 1]) assignSlot(store, slotAt(index), { session: "one", nowMs: slotAt(index).slotMs });
  store.append(
    batchOf([
      ...worked(one, 30),
      // The washout: ten seconds before its end, and at it.
      ...typed(one + 4 * MINUTE + 50_000, 1_000, 1_000),
      ...typed(one + 5 * MINUTE, 60, 40, { aiChars: 20, pasteChars: 9, formatterChars: 4, undos: 2 }),
      ...accepted("a:1", one + 4 * MINUTE),
      ...accepted("a:2", one + 6 * MINUTE),
      shownOf("r:1", { atMs: one + MINUTE }),
      { kind: "guard", ...placed, atMs: one + 7 * MINUTE, newErrors: 3 },
      ...worked(two, 12),
      ...typed(two + 29 * MINUTE + 50_000, 30, 30),
      { kind: "opportunity", ...placed, atMs: two + 1, trigger: "manual" },
      { kind: "opportunity", ...placed, atMs: two + 2, trigger: "automatic" },
      responded(two + 3, "returned"),
      responded(two + 4, "held-back"),
      // In no half-hour of the experiment.
      ...typed(slotAt(2).slotMs + 6 * MINUTE, 500, 500),
    ]),
    NOON_MS,
  );
  const blocks = (nowMs = NOON_MS + DAY): readonly Block[] =>
    experimentBlocksOf(store.database, { experiment: undefined, nowMs })?.blocks ?? [];
  return { folder, store, blocks };
}

test("blocks have what happened in their half-hours after the washout", (context) => {
  const { blocks } = ledgerWithWork(context);
  const [one, two, ...others] = blocks();
  assert.deepEqual(others, []);
  assert.ok(one && two);
  assert.deepEqual(
    [one.netTypedChars, one.netAiChars, one.writtenChars, one.unknownChars, one.excludedChars],
    [40, 5, 80, 0, 13],
  );
  assert.deepEqual(
    [one.focusedMs, one.active60Ms, one.active120Ms, one.active300Ms].map((ms) => ms / MINUTE),
    [25, 12.5, 1_000 / 60, 1_250 / 60],
  );
  assert.deepEqual([one.newErrors, one.undos, one.shown, one.accepts], [3, 2, 1, 2]);
  assert.deepEqual([one.dayOldAiChars, one.churnedAiChars], [20, 18]);
  assert.deepEqual([two.netChars, two.manualTriggers, two.heldBack, two.focusedMs], [30, 1, 1, 7 * MINUTE]);
  assert.deepEqual([one.whyNot, two.whyNot], [undefined, "little-focus"]);
});

test("pauses and gaps of the ledger leave half-hours out, a jump of the clock by itself does not", (context) => {
  const { store, blocks } = ledgerWithWork(context);
  const gap = (reason: "clock-jump" | "turned-off"): LedgerRecord => {
    const atMs = NOON_MS + 20 * MINUTE;
    return { kind: "gap", atMs, session: "s", reason, fromMs: atMs - MINUTE, toMs: atMs, lost: undefined };
  };
  store.append(batchOf([gap("clock-jump")]), NOON_MS);
  assert.equal(blocks()[0]?.whyNot, undefined);
  store.append(batchOf([gap("turned-off")]), NOON_MS);
  assert.equal(blocks()[0]?.whyNot, "not-counted");
  changeExperiment(store, { kind: "pause" }, { session: "s", nowMs: NOON_MS + 10 * MINUTE });
  assert.deepEqual(
    blocks().map(({ whyNot }) => whyNot),
    ["interrupted", "interrupted"],
  );
});

test("what is asked of another experiment is that one's, and of one that is not there nothing", (context) => {
  const { store, blocks } = ledgerWithWork(context);
  const asker = { session: "s", nowMs: NOON_MS + DAY };
  changeExperiment(store, { kind: "stop", withdrawsConsent: false }, asker);
  startExperiment(store, startWish({ experiment: "e0e0000000000002" }), asker);
  assert.deepEqual(blocks(), []);
  const first = experimentBlocksOf(store.database, { experiment: EXPERIMENT, nowMs: asker.nowMs + DAY });
  assert.equal(first?.blocks.length, 2);
  assert.equal(experimentBlocksOf(store.database, { experiment: "e0e0000000000003", nowMs: 0 }), undefined);
});

test("when records are too old to be kept, the experiment and its blocks stay as they were", (context) => {
  const { folder, store, blocks } = ledgerWithWork(context);
  const kinds = ["prereg", "consent", "belief", "assign"] as const;
  const [before, lasting] = [blocks(NOON_MS + 100 * DAY), recordsIn(folder, kinds)];
  store.append(batchOf([commitOf(NOON_MS + 15 * DAY)]), NOON_MS + 15 * DAY);
  const step = () => removeSome(store.database, { days: 10, nowMs: NOON_MS + 15 * DAY, calendar: utc });
  for (let steps = 0; step() === "more"; steps += 1) assert.ok(steps < 50, "it comes to an end");
  assert.deepEqual(recordsIn(folder, ["edit", "activity", "accept", "shown"]), []);
  assert.deepEqual(recordsIn(folder, kinds), lasting);
  assert.equal(lasting.length, 5);
  assert.deepEqual(blocks(NOON_MS + 100 * DAY), before);
  assert.equal(before[0]?.netTypedChars, 40);
});

test("a half-hour in which not everything was counted does not count after its records have gone, either", (context) => {
  const { store, blocks } = ledgerWithWork(context);
  const gap = (atMs: number, minutes: number): LedgerRecord => {
    const [fromMs, toMs] = [atMs + minutes * MINUTE, atMs + minutes * MINUTE];
    return { kind: "gap", atMs: toMs, session: "s", reason: "not-written", fromMs, toMs, lost: 100 };
  };
  store.append(batchOf([gap(slotAt(0).slotMs, 12), gap(slotAt(1).slotMs, 2)]), NOON_MS);
  const whyNot = () => blocks(NOON_MS + 100 * DAY).map((block) => block.whyNot);
  assert.deepEqual(whyNot(), ["not-counted", "little-focus"]);
  const step = () => removeSome(store.database, { days: 3, nowMs: NOON_MS + 8 * DAY, calendar: utc });
  for (let steps = 0; step() === "more"; steps += 1) assert.ok(steps < 50);
  assert.equal(store.database.prepare("SELECT count(*) AS count FROM gap").get()?.["count"], 0);
  assert.deepEqual(whyNot(), ["not-counted", "little-focus"]);
});

test("what is said of characters when it was settled already changes no half-hour any more", (context) => {
  const { store, blocks } = ledgerWithWork(context);
  const atMs = slotAt(0).slotMs + 20 * MINUTE;
  store.append(batchOf([acceptOf("a:3", { atMs, chars: 100 })]), NOON_MS);
  const before = blocks();
  const late = survivalOf("a:3", { check: "10m", state: "dead", insertedChars: 100, survivingChars: 0 });
  store.append(batchOf([{ ...late, atMs: atMs + 5 * DAY }]), NOON_MS);
  assert.deepEqual(blocks(), before);
});

test("a half-hour that has another part in the file than the seed says makes the experiment void", (context) => {
  const { store } = ledgerWithWork(context);
  const nowMs = NOON_MS + DAY;
  const look = () => experimentBlocksOf(store.database, { experiment: undefined, nowMs });
  assert.equal(look()?.state.isCommitmentKept, true);
  const [on, off] = ["on", "off"].map((text) =>
    Number(store.database.prepare("SELECT id FROM names WHERE text = ?").get(text)?.["id"]),
  );
  store.database.exec(`UPDATE assign SET arm = CASE arm WHEN ${on} THEN ${off} ELSE ${on} END`);
  assert.equal(look()?.state.isCommitmentKept, false);
  const report = reportOf(store.database, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER });
  const { verdict } = reportModel(report, look(), { nowMs, offsetMinutesAt: () => 0 });
  assert.deepEqual(verdict, { kind: "void", why: "changed" });
  assert.deepEqual(teamBlocksOf(store.database, { nowMs }), { kind: "none", why: "changed" });
});

test("experiments that were begun before are told beside the last one, with their dates and how they ended", (context) => {
  const store = openStore(context, ledgerFolder(context));
  const [first, second] = ["e0e0000000000001", "e0e0000000000002"];
  startExperiment(store, startWish({ experiment: first }), { session: "s", nowMs: NOON_MS - DAY });
  changeExperiment(store, { kind: "stop", withdrawsConsent: true }, { session: "s", nowMs: NOON_MS - 1 });
  startExperiment(store, startWish({ experiment: second }), { session: "s", nowMs: NOON_MS - 1 });
  for (const index of [0, 1]) assignSlot(store, slotAt(index), { session: "s", nowMs: slotAt(index).slotMs });
  const nowMs = NOON_MS + DAY;
  const of = (experiment: string | undefined) => experimentBlocksOf(store.database, { experiment, nowMs });
  const [earlier] = of(undefined)?.earlier ?? [];
  const { slotsOn, slotsOff } = earlier ?? {};
  assert.deepEqual(
    [earlier?.experiment, earlier?.status, earlier?.startedMs, earlier?.statusSinceMs, slotsOn, slotsOff],
    [first, "stopped", NOON_MS - DAY, NOON_MS - 1, 0, 0],
  );
  assert.deepEqual(of(first)?.earlier, []);
  const report = reportOf(store.database, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER });
  const { notes } = reportWords(reportModel(report, of(undefined), { nowMs, offsetMinutesAt: () => 0 }), english);
  const told = notes.find((note) => note.includes("begun before this one: 1"));
  assert.match(told ?? "", /Jun 9, 2026 to Jun 10, 2026, stopped, 0 half-hours.*the more often chance speaks\.$/);
});

test("what came by itself in a half-hour is told from what was asked for by hand", (context) => {
  const { store, blocks } = ledgerWithWork(context);
  const { slotMs } = slotAt(0);
  const runs = [
    ["r:11", 6, "automatic"],
    ["r:12", 6, "manual"],
    // In the washout: of the half-hour before, as likely as not.
    ["r:13", 4, "automatic"],
  ] as const;
  for (const [run, minutes, trigger] of runs) {
    const atMs = slotMs + minutes * MINUTE;
    store.append(batchOf([shownOf(run, { atMs }), endOf(run, { atMs: atMs + 5_000, trigger })]), NOON_MS);
  }
  assert.deepEqual([blocks()[0]?.shown, blocks()[0]?.shownByItself], [4, 1]);
});

test("an experiment of months is kept in steps of a day, while new half-hours are drawn", (context) => {
  const store = openStore(context, ledgerFolder(context));
  const asker = { session: "one", nowMs: NOON_MS - 1 };
  startExperiment(store, startWish(), asker);
  const slots = Array.from({ length: 90 }, (_, index) => ({
    ...slotAt(0),
    slotMs: NOON_MS + Math.floor(index / 9) * DAY + (index % 9) * SLOT_MS,
    day: `day ${Math.floor(index / 9)}`,
  }));
  for (const slot of slots) assignSlot(store, slot, { session: "one", nowMs: slot.slotMs });
  store.append(
    batchOf(
      slots.flatMap(({ slotMs }, index) => [...worked(slotMs, 30), ...typed(slotMs + 9 * MINUTE, 100 + index, index)]),
    ),
    NOON_MS,
  );
  const blocks = () => experimentBlocksOf(store.database, { experiment: undefined, nowMs: NOON_MS + 99 * DAY })?.blocks;
  const before = blocks();
  const step = () => removeSome(store.database, { days: 3, nowMs: NOON_MS + 8 * DAY, calendar: utc });
  for (let steps = 0; step() === "more"; steps += 1) assert.ok(steps < 200);
  assert.equal(store.database.prepare("SELECT count(*) AS count FROM keptSlots").get()?.["count"], 45);
  assert.deepEqual(blocks(), before);
  // Nine of a day make four pairs and one that is left over.
  const analysis = analysisOf({ blocks: before ?? [], k: 2, status: "running", nowMs: NOON_MS + 99 * DAY });
  assert.equal(analysis.strata.active120Ms.length, 40);
  assert.equal(analysis.strataLeftOut["no-off"] + analysis.strataLeftOut["no-on"], 10);
});
