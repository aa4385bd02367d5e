import assert from "node:assert/strict";
import { test } from "node:test";
import { reportOf, type Report } from "../../../src/productivity/ledger/report.ts";
import type { Check, EditRecord, LedgerRecord } from "../../../src/productivity/records.ts";
import {
  acceptOf,
  batchOf,
  commitOf,
  endOf,
  ledgerFolder,
  NOON_MS,
  openStore,
  shownOf,
  survivalOf,
} from "../../support/ledgerRig.ts";
import { counted, weeksOfWork } from "../../support/reports.ts";
import type { TestContext } from "node:test";

const timed: readonly Check[] = ["30s", "2m", "5m", "10m", "15m", "24h"];

function reported(context: TestContext, records: readonly LedgerRecord[], fromMs = NOON_MS): Report {
  const { database, append } = boundStore(context);
  append(records);
  return reportOf(database, { fromMs, toMs: NOON_MS + 86_400_000 });
}

function boundStore(context: TestContext) {
  const store = openStore(context, ledgerFolder(context));
  return {
    database: store.database,
    append: (records: readonly LedgerRecord[]) => void store.append(batchOf(records), NOON_MS),
  };
}

test("a ledger without anything in it reports nothing, and no zero", (context) => {
  const report = reported(context, []);
  assert.deepEqual([report.firstMs, report.runs, report.fates, report.accepts], [undefined, [], [], []]);
});

test("it begins with what it counts: what stays for ever may be much older", (context) => {
  const atMs = NOON_MS + 3_600_000;
  const stamped = { session: "5e55100000000000", atMs: NOON_MS, editorVersion: "1.101.0", run: "t:1" } as const;
  const tested = { ...stamped, kind: "selfTest", scenario: "full", truth: "a", detected: "a", count: 1 } as const;
  const last = { ...tested, atMs: atMs + 7_200_000, run: "t:2" };
  const report = reported(context, [tested, shownOf("r:1", { atMs }), last]);
  assert.deepEqual([report.firstMs, report.lastMs], [atMs, atMs]);
  assert.deepEqual([reported(context, [tested]).firstMs, reported(context, [tested]).lastMs], [undefined, undefined]);
});

test("shown and accepted are counted in runs, by session, and contaminated ones apart", (context) => {
  const seen = (run: string, rest: Partial<ReturnType<typeof shownOf>> = {}) => [
    shownOf(run, { thresholdMs: 300, ...rest }),
    shownOf(run, rest),
  ];
  const report = reported(context, [
    // Taken word by word: three accepts of one run.
    ...seen("a:1"),
    ...["w:1", "w:2", "w:3"].map((accept) => acceptOf(accept, { run: "a:1", part: "word", chars: 4 })),
    endOf("a:1", { outcome: "partly-accepted" }),
    // Taken before it was seen for long enough; undone at once.
    ...seen("a:2", { evidence: "accepted" }),
    acceptOf("f:1", { run: "a:2", carets: 2 }),
    { kind: "regret", atMs: NOON_MS, session: "s", accept: "f:1", afterMs: 40 },
    endOf("a:2", { outcome: "accepted" }),
    ...seen("a:3"),
    endOf("a:3"),
    // Seen for a moment.
    shownOf("a:4", { thresholdMs: 300 }),
    endOf("a:4"),
    ...seen("a:5"),
    endOf("a:5", { contaminated: "other-active" }),
    // Its window was killed.
    ...seen("b:1", { session: "b" }),
    // Not in the range.
    ...seen("a:9", { atMs: NOON_MS - 1 }),
  ]);
  const common = { language: "typescript", model: "embedded/small" };
  const none = { provedByAccept: 0, acceptedFull: 0, acceptedPartly: 0, undone: 0, acceptedChars: 0 };
  assert.deepEqual(
    report.runs.toSorted((a, b) => b.shown300 - a.shown300 || (a.session < b.session ? -1 : 1)),
    [
      {
        ...common,
        session: "5e551000000000a1",
        contaminated: "no",
        shown300: 4,
        shown750: 3,
        provedByAccept: 1,
        acceptedFull: 1,
        acceptedPartly: 1,
        undone: 1,
        shownChars: 36,
        acceptedChars: 24,
      },
      {
        ...common,
        ...none,
        session: "5e551000000000a1",
        contaminated: "other-active",
        shown300: 1,
        shown750: 1,
        shownChars: 12,
      },
      {
        ...none,
        session: "b",
        language: "typescript",
        model: undefined,
        contaminated: undefined,
        shown300: 1,
        shown750: 1,
        shownChars: 0,
      },
    ],
  );
});

test("survival: what is last known of each accept, where checks in between were missed, too", (context) => {
  const checked = (accept: string, states: Partial<Record<Check, "alive" | "dead" | "censored">>) => [
    acceptOf(accept),
    ...Object.entries(states).map(([check, state]) => survivalOf(accept, { check: check as Check, state })),
  ];
  const report = reported(context, [
    ...checked("a:1", { "30s": "alive", "2m": "alive", "5m": "dead", "10m": "dead" }),
    ...checked("a:2", { "30s": "alive", "2m": "censored", "5m": "dead" }),
    ...checked("a:3", { "30s": "alive", "2m": "censored", commit: "dead" }),
    ...checked("a:4", { "30s": "censored" }),
    ...checked("a:5", {}),
    ...checked("a:6", { "30s": "dead", "2m": "alive" }),
  ]);
  const fates = report.fates.map(({ lastAlive, firstDead, count }) =>
    [lastAlive ?? "-", firstDead ?? "-", count].join(" "),
  );
  assert.deepEqual(fates.toSorted(), ["- - 2", "- 30s 1", "2m 5m 1", "30s - 1", "30s 5m 1"]);
  assert.equal(report.survival.find(({ check, state }) => check === "30s" && state === "alive")?.count, 3);
});

test("survival of some weeks of work is the same as counted accept by accept, without those that another extension had a part in", (context) => {
  const records = weeksOfWork();
  const found = new Map<string, number>();
  const contaminated = new Set(
    records.flatMap((each) => (each.kind === "end" && each.contaminated !== "no" ? [each.run] : [])),
  );
  let [leftOut, leftOutChars, aiChars] = [0, 0, 0];
  for (const accept of records) {
    if (accept.kind !== "accept") continue;
    if (contaminated.has(accept.run)) {
      leftOut += 1;
      leftOutChars += accept.chars * accept.carets;
      continue;
    }
    for (const record of records)
      if (record.kind === "survival" && record.accept === accept.accept && record.check === "10m")
        aiChars += record.state === "censored" ? 0 : record.survivingChars;
    const own = records.filter((record) => record.kind === "survival" && record.accept === accept.accept);
    const stateAt = (check: Check) => own.find((record) => record.kind === "survival" && record.check === check);
    const states = timed.map((check) => [check, (stateAt(check) as { state?: string } | undefined)?.state] as const);
    const firstDead = states.findIndex(([, state]) => state === "dead");
    const before = firstDead < 0 ? states : states.slice(0, firstDead);
    const lastAlive = before.findLast(([, state]) => state === "alive")?.[0];
    const key = `${lastAlive ?? "-"} ${firstDead < 0 ? "-" : timed[firstDead]}`;
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  const report = counted(context, records);
  const fates = report.fates.map(({ lastAlive, firstDead, count }) => [
    `${lastAlive ?? "-"} ${firstDead ?? "-"}`,
    count,
  ]);
  assert.ok(found.size > 10);
  assert.deepEqual(new Map(fates as [string, number][]), found);
  assert.equal(fates.length, found.size);
  assert.ok(leftOut > 10);
  assert.deepEqual(report.contaminatedAccepts, { count: leftOut, chars: leftOutChars });
  const ofChars = report.aiSlots.reduce((sum, { survivingChars }) => sum + survivingChars, 0);
  assert.equal(ofChars, aiChars);
  const checked = report.survival.filter(({ check }) => check === "10m");
  assert.equal(
    checked.reduce((sum, { state, survivingChars }) => sum + (state === "censored" ? 0 : survivingChars), 0),
    aiChars,
  );
});

test("what was accepted is told by its best evidence and by what became of any part of it, without contaminated runs", (context) => {
  const taken = (run: string, accepts: readonly string[], rest: Parameters<typeof acceptOf>[1] = {}) => [
    shownOf(run, { atMs: NOON_MS + 1_800_000 }),
    ...accepts.map((accept) => acceptOf(accept, { run, ...rest })),
  ];
  const report = reported(context, [
    ...taken("r:1", ["a:1"]),
    endOf("r:1"),
    survivalOf("a:1", { check: "10m" }),
    survivalOf("a:1", { check: "commit", state: "dead" }),
    ...taken("r:2", ["a:2", "a:3"], { part: "word", evidence: "inferred" }),
    endOf("r:2"),
    survivalOf("a:2", { check: "10m", state: "dead" }),
    survivalOf("a:3", { check: "10m", state: "censored" }),
    ...taken("r:3", ["a:4"]),
    endOf("r:3", { contaminated: "other-active" }),
    // Its window was killed.
    shownOf("r:4"),
  ]);
  assert.deepEqual(report.acceptedRuns, [
    { isFull: false, isOnlyInferred: true, at10m: "unknown", atCommit: "unknown", count: 1 },
    { isFull: true, isOnlyInferred: false, at10m: "alive", atCommit: "dead", count: 1 },
  ]);
  const { session, project } = acceptOf("a:9");
  const slot = { session, project, model: "embedded/small" };
  assert.deepEqual(report.runSlots, [
    { ...slot, slotMs: NOON_MS, model: undefined, shown750: 1, accepted: 0 },
    { ...slot, slotMs: NOON_MS + 1_800_000, shown750: 2, accepted: 2 },
  ]);
});

test("half-hours: what was typed in them, what of that was left, and how long somebody worked", (context) => {
  const edit = (id: string, atMs: number, typedChars: number): EditRecord => ({
    kind: "edit",
    ...acceptPlace,
    atMs,
    edit: id,
    typedChars,
    aiChars: 0,
    deletedChars: 1,
    pasteChars: 0,
    longPasteChars: 0,
    bulkChars: 0,
    formatterChars: 0,
    diskChars: 0,
    ownChars: 0,
    otherChars: 0,
    undos: 0,
    redos: 0,
    changes: typedChars,
  });
  const typed = (id: string, typedChars: number, survivingChars: number, state: "counted" | "censored") =>
    ({
      kind: "typedSurvival",
      atMs: NOON_MS + 3_600_000,
      session: "s",
      edit: id,
      typedChars,
      survivingChars,
      state,
    }) as const;
  const slot = NOON_MS + 1_800_000;
  const report = reported(context, [
    edit("e:1", NOON_MS + 1, 10),
    edit("e:2", slot, 20),
    edit("e:3", slot + 1_799_999, 30),
    // Of the half-hour in which it was typed, whenever it was looked at.
    typed("e:1", 10, 4, "counted"),
    typed("e:2", 20, 15, "counted"),
    typed("e:3", 30, 0, "censored"),
    acceptOf("a:1", { atMs: slot }),
    survivalOf("a:1", { check: "10m", state: "dead", survivingChars: 5 }),
    survivalOf("a:1", { check: "15m", state: "dead", survivingChars: 1 }),
    {
      kind: "activity",
      atMs: slot,
      session: "s",
      project: "p",
      focusedMs: 60_000,
      active60Ms: 1,
      active120Ms: 2,
      active300Ms: 3,
    },
    { kind: "guard", ...acceptPlace, atMs: slot, newErrors: 2 },
    { ...commitOf(slot) },
  ]);
  assert.deepEqual(
    report.editSlots.map(({ slotMs, typedChars, deletedChars }) => [slotMs, typedChars, deletedChars]),
    [
      [NOON_MS, 10, 1],
      [slot, 50, 2],
    ],
  );
  assert.deepEqual(report.typedSlots, [
    { slotMs: NOON_MS, countedChars: 10, survivingChars: 4, censoredChars: 0 },
    { slotMs: slot, countedChars: 20, survivingChars: 15, censoredChars: 30 },
  ]);
  assert.deepEqual(report.aiSlots, [{ slotMs: slot, countedChars: 12, survivingChars: 5, censoredChars: 0 }]);
  assert.deepEqual(report.activeSlots, [
    { slotMs: slot, focusedMs: 60_000, active60Ms: 1, active120Ms: 2, active300Ms: 3 },
  ]);
  assert.deepEqual(report.guardSlots, [{ slotMs: slot, newErrors: 2 }]);
  assert.deepEqual(report.commits, [{ project: "9401000000000001", count: 1 }]);
  assert.deepEqual([report.firstMs, report.lastMs], [NOON_MS + 1, slot + 1_800_000]);
});

test("of the self-test the last run of each version of the editor is reported", (context) => {
  const cell = (run: string, editorVersion: string, atMs: number) =>
    ({
      kind: "selfTest",
      atMs,
      session: "s",
      run,
      editorVersion,
      scenario: "undo",
      truth: "full",
      detected: "full",
      count: 20,
    }) as const;
  const cells = [
    cell("t:1", "1.101.0", 1),
    cell("t:2", "1.101.0", 2),
    cell("t:2", "1.101.0", 2),
    cell("t:3", "1.102.0", 1),
  ];
  const report = reported(context, cells);
  assert.deepEqual(
    report.selfTests.map(({ run }) => run),
    ["t:2", "t:2", "t:3"],
  );
});

const acceptPlace = { session: "5e551000000000a1", file: "f", project: "p", language: "go" } as const;

test("where nothing was accepted as a whole, or before it was seen, the parts are counted all the same", (context) => {
  const store = openStore(context, ledgerFolder(context));
  store.append(batchOf([shownOf("r:1"), shownOf("r:2"), acceptOf("a:1", { run: "r:1", part: "word" })]), NOON_MS);
  const { runs } = reportOf(store.database, { fromMs: 0, toMs: NOON_MS + 1 });
  const sum = (field: "provedByAccept" | "acceptedFull" | "acceptedPartly"): number =>
    runs.reduce((total, each) => total + each[field], 0);
  assert.deepEqual([sum("provedByAccept"), sum("acceptedFull"), sum("acceptedPartly")], [0, 0, 1]);
  assert.ok(runs.every(({ provedByAccept }) => typeof provedByAccept === "number"));
});
