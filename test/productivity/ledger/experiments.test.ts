import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test, type TestContext } from "node:test";
import { configurationOf, planOf } from "../../../src/productivity/experiment/plan.ts";
import { offPosition } from "../../../src/productivity/experiment/schedule.ts";
import { singleKey } from "../../../src/productivity/experiment/singleDraws.ts";
import { SLOT_MS } from "../../../src/productivity/experiment/slots.ts";
import { experimentIn, sha256 } from "../../../src/productivity/ledger/experimentRecords.ts";
import { assignSlot, changeExperiment, startExperiment } from "../../../src/productivity/ledger/experiments.ts";
import { isFailure } from "../../../src/productivity/ledger/failure.ts";
import { ledgerFileName } from "../../../src/productivity/ledger/fileName.ts";
import { migrate, migrations, versionOf } from "../../../src/productivity/ledger/schema.ts";
import type { ExperimentChange } from "../../../src/productivity/ledger/experimentQuestions.ts";
import { EXPERIMENT, slotAt, startWish } from "../../support/experimentRig.ts";
import { simulatedTrials } from "../../support/singleTrials.ts";
import { askedBy } from "../../support/experimentWindows.ts";
import {
  batchOf,
  commitOf,
  ledgerFolder,
  NOON_MS,
  openStore,
  recordsIn,
  startLedger,
} from "../../support/ledgerRig.ts";

const experimentKinds = ["prereg", "consent", "belief", "assign", "experiment"] as const;

function begun(context: TestContext, wish = startWish()) {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const asker = { session: "one", nowMs: NOON_MS - 1 };
  startExperiment(store, wish, asker);
  return {
    folder,
    store,
    assign: (index: number) => assignSlot(store, slotAt(index), { session: "one", nowMs: slotAt(index).slotMs }),
    change: (change: ExperimentChange, nowMs: number) => changeExperiment(store, change, { session: "one", nowMs }),
    state: () => experimentIn(store.database)?.state,
  };
}

test("an experiment begins with its plan, consent and forecast in the file, before anything is drawn", (context) => {
  const { folder, state } = begun(context);
  const of = { atMs: NOON_MS - 1, session: "one", experiment: EXPERIMENT };
  const { plan, seed } = startWish();
  const configuration = configurationOf(plan);
  assert.deepEqual(
    new Set(recordsIn(folder)),
    new Set([
      { kind: "prereg", ...of, commitment: sha256(`${seed}\n${configuration}`), configuration, seed },
      { kind: "consent", ...of, textVersion: 1, isGiven: true },
      { kind: "belief", ...of, when: "before", factor: 1.2 },
    ]),
  );
  const { status, isCommitmentKept, beliefBefore, slotsOn, slotsOff } = state() ?? {};
  assert.deepEqual([status, isCommitmentKept, beliefBefore, slotsOn, slotsOff], ["running", true, 1.2, 0, 0]);
});

test("a second one does not begin while one goes on or is paused, and does after it was stopped", (context) => {
  const { store, folder, change } = begun(context);
  const again = () =>
    startExperiment(store, startWish({ experiment: "e0e0000000000002" }), { session: "two", nowMs: NOON_MS }).kind;
  assert.equal(again(), "goes-on");
  change({ kind: "pause" }, NOON_MS);
  assert.equal(again(), "goes-on");
  assert.equal(recordsIn(folder, ["prereg"]).length, 1);
  change({ kind: "stop", withdrawsConsent: false }, NOON_MS);
  assert.equal(again(), "started");
  assert.equal(experimentIn(store.database)?.state.experiment, "e0e0000000000002");
  assert.equal(experimentIn(store.database, EXPERIMENT)?.state.status, "stopped");
});

test("nothing of an experiment that can't be begun as a whole is written", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  store.database.exec("CREATE TRIGGER stop BEFORE INSERT ON belief BEGIN SELECT RAISE(ABORT, 'no'); END");
  const asker = { session: "one", nowMs: NOON_MS };
  assert.throws(() => startExperiment(store, startWish(), asker));
  assert.throws(() => startExperiment(store, startWish({ seed: "5eed" }), asker), RangeError);
  assert.throws(() => startExperiment(store, startWish({ belief: Number.NaN }), asker), RangeError);
  assert.deepEqual(recordsIn(folder), []);
  assert.deepEqual(assignSlot(store, slotAt(0), asker), { kind: "none", why: "no-experiment" });
});

test("two windows at once get the same part of a half-hour, drawn from the seed", (context) => {
  const { store, folder } = begun(context);
  const other = openStore(context, folder, "other");
  for (let index = 0; index < 8; index += 1) {
    const [first, second] = index % 2 === 0 ? [store, other] : [other, store];
    const { slotMs: nowMs } = slotAt(index);
    const answer = assignSlot(first, slotAt(index), { session: "one", nowMs });
    assert.deepEqual(assignSlot(second, slotAt(index), { session: "two", nowMs }), answer);
    assert.ok(answer.kind === "assigned");
    const { stratum, position, arm } = answer.assignment;
    assert.deepEqual([stratum, position], [Math.floor(index / 2), index % 2]);
    assert.equal(arm === "off", offPosition(startWish().seed, stratum, 2, sha256) === position);
  }
  assert.equal(recordsIn(folder, ["assign"]).length, 8);
});

test("four windows that ask at once, one of them killed in between, agree on every half-hour, and none has two parts", async (context) => {
  const { folder } = begun(context);
  const window = (session: string, rest: { readonly killAfter?: number } = {}) =>
    askedBy({ folder, session, fromMs: NOON_MS, slots: 60, ...rest });
  const windows = await Promise.all([
    window("a".repeat(16)),
    window("b".repeat(16)),
    window("c".repeat(16)),
    window("d".repeat(16), { killAfter: 20 }),
  ]);
  // The one that was killed is opened again.
  const again = await window("d".repeat(16));
  const written = recordsIn(folder, ["assign"]) as readonly (ReturnType<typeof recordsIn>[number] & {
    readonly kind: "assign";
  })[];
  const parts = new Map(written.map(({ slotMs, stratum, position, arm }) => [slotMs, `${stratum}.${position} ${arm}`]));
  assert.equal(parts.size, written.length);
  assert.equal(new Set(written.map(({ stratum, position }) => `${stratum}.${position}`)).size, 60);
  for (const { assignments, complaints } of [...windows, again]) {
    assert.equal(complaints, "");
    for (const { slotMs, stratum, position, arm } of assignments) {
      assert.equal(parts.get(slotMs), `${stratum}.${position} ${arm}`);
    }
  }
  assert.deepEqual(
    [...windows, again].map(({ assignments }) => assignments.length >= 20),
    [true, true, true, true, true],
  );
  assert.equal(again.assignments.length, 60);
});

test("a clock that is set back, with the window opened again: what was drawn stays, and the rest comes next in the schedule", (context) => {
  const { folder, store } = begun(context);
  const asked = (reader: typeof store, indexes: readonly number[]) =>
    indexes.map((index) => {
      const answer = assignSlot(reader, slotAt(index), { session: "one", nowMs: slotAt(index).slotMs });
      return answer.kind === "assigned" ? `${answer.assignment.stratum}.${answer.assignment.position}` : answer.why;
    });
  assert.deepEqual(asked(store, [4, 5, 6]), ["0.0", "0.1", "1.0"]);
  store.close();
  assert.deepEqual(asked(openStore(context, folder), [2, 3, 4, 5, 6, 7]), ["2.0", "2.1", "0.0", "0.1", "1.0", "3.0"]);
});

test("paused in one window, nothing is held back in the others; resumed, it goes on with the next half-hour", (context) => {
  const { folder, assign, change, state } = begun(context);
  assign(0);
  const other = openStore(context, folder, "other");
  const elsewhere = (index: number) =>
    assignSlot(other, slotAt(index), { session: "two", nowMs: slotAt(index).slotMs + 2 * 60_000 });
  const pausedMs = NOON_MS + 10 * 60_000;
  change({ kind: "pause" }, pausedMs);
  change({ kind: "pause" }, pausedMs + 1);
  assert.deepEqual(
    [elsewhere(0), elsewhere(1)],
    [
      { kind: "none", why: "paused" },
      { kind: "none", why: "paused" },
    ],
  );
  const resumedMs = NOON_MS + SLOT_MS + 60_000;
  change({ kind: "resume" }, resumedMs);
  assert.deepEqual(elsewhere(1), { kind: "none", why: "not-yet" });
  assert.equal(elsewhere(2).kind, "assigned");
  assert.deepEqual(state()?.interruptions, [{ fromMs: pausedMs, toMs: resumedMs }]);
  assert.equal(state()?.status, "running");
});

test("stopped, with the consent taken back, it does not go on, whoever asks; what one thinks afterwards is kept", (context) => {
  const { assign, change, state } = begun(context);
  change({ kind: "stop", withdrawsConsent: true }, NOON_MS);
  change({ kind: "resume" }, NOON_MS + 1);
  const { experiment } = startWish();
  change({ kind: "believe", experiment: "0000000000000000", factor: 9 }, NOON_MS + 2);
  change({ kind: "believe", experiment, factor: 1.05 }, NOON_MS + 2);
  assert.deepEqual(assign(1), { kind: "none", why: "stopped" });
  const { status, consent, beliefBefore, beliefAfter } = state() ?? {};
  assert.deepEqual([status, consent?.isGiven, beliefBefore, beliefAfter], ["stopped", false, 1.2, 1.05]);
});

test("what one thinks after an experiment is not written while it goes on", (context) => {
  const { change, state } = begun(context);
  change({ kind: "believe", experiment: startWish().experiment, factor: 1.5 }, NOON_MS);
  assert.equal(state()?.beliefAfter, undefined);
});

test("with as many strata as were planned it is completed, once, and says so", (context) => {
  const { plan } = startWish();
  const { folder, assign, state } = begun(context, startWish({ plan: { ...plan, mostStrata: 1 } }));
  assert.deepEqual([assign(0).kind, assign(1).kind], ["assigned", "assigned"]);
  assert.deepEqual(
    [assign(2), assign(3)],
    [
      { kind: "none", why: "completed" },
      { kind: "none", why: "completed" },
    ],
  );
  assert.equal(recordsIn(folder, ["experiment"]).length, 1);
  const { status, slotsOn, slotsOff, strataBegun } = state() ?? {};
  assert.deepEqual([status, slotsOn, slotsOff, strataBegun], ["completed", 1, 1, 1]);
});

test("a seed that somebody changes in the file is found out, and nothing more is drawn from it", (context) => {
  const { store, assign, state } = begun(context);
  store.database.exec(`UPDATE prereg SET seed = '${"0".repeat(64)}'`);
  assert.equal(state()?.isCommitmentKept, false);
  assert.deepEqual(assign(0), { kind: "none", why: "changed" });
});

test("with everything deleted the experiment is gone, too, and another one can begin", (context) => {
  const { store, assign, state } = begun(context);
  assign(0);
  store.deleteAll(NOON_MS);
  assert.equal(state(), undefined);
  assert.deepEqual(assign(1), { kind: "none", why: "no-experiment" });
  assert.equal(startExperiment(store, startWish(), { session: "one", nowMs: NOON_MS }).kind, "started");
});

test("a ledger that has no place for experiments yet gets one, and keeps what is in it", (context) => {
  const folder = ledgerFolder(context);
  const earlier = new DatabaseSync(join(folder, ledgerFileName));
  earlier.exec("PRAGMA journal_mode = WAL");
  migrate(earlier, migrations.slice(0, 1));
  assert.equal(versionOf(earlier), 1);
  earlier.exec(`INSERT INTO names VALUES (1, '5e551000000000a1', 1), (2, '9401000000000001', 1);
    INSERT INTO "commit" (atMs, session, project) VALUES (${NOON_MS}, 1, 2)`);
  earlier.close();
  const store = openStore(context, folder);
  store.append(batchOf([commitOf(NOON_MS + 1)]), NOON_MS);
  assert.equal(startExperiment(store, startWish(), { session: "one", nowMs: NOON_MS }).kind, "started");
  assert.deepEqual(recordsIn(folder, ["commit"]), [commitOf(NOON_MS), commitOf(NOON_MS + 1)]);
  const trials = simulatedTrials({ timeRatio: 1, seed: startWish().seed, sessions: 1, draws: 2, random: 1 });
  store.append(batchOf(trials), NOON_MS);
  assert.deepEqual(recordsIn(folder, ["trial"]), trials);
});

test("a window draws single suggestions in half-hours with suggestions alone, by a key of its own, and in tier 3", (context) => {
  const plan = planOf({ tier: 3, k: 2, mostStrata: 500, pairwiseVersion: "1.0.0" });
  const { store } = begun(context, startWish({ plan }));
  const keyOf = (index: number, session: string) => {
    const slot = slotAt(index);
    const answer = assignSlot(store, slot, { session, nowMs: slot.slotMs });
    assert.ok(answer.kind === "assigned");
    assert.equal(answer.singles !== undefined, answer.assignment.arm === "on");
    return answer.singles;
  };
  const given = Array.from({ length: 8 }, (_, index) => keyOf(index, "one")).filter((singles) => singles !== undefined);
  assert.equal(given.length, 4);
  const { seed } = startWish();
  for (const singles of given) assert.deepEqual(singles, { key: singleKey(seed, "one", sha256), oneIn: 5 });
  assert.notEqual(Array.from({ length: 8 }, (_, index) => keyOf(index, "two")).find(Boolean)?.key, given[0]?.key);
  const two = begun(context);
  for (let index = 0; index < 4; index += 1) {
    const answer = two.assign(index);
    assert.ok(answer.kind === "assigned" && answer.singles === undefined);
  }
});

test("a window begins, draws, pauses and reads an experiment through the ledger's threads", async (context) => {
  const folder = ledgerFolder(context);
  const { experiments } = startLedger(context, folder).ledger;
  const other = startLedger(context, folder, { session: "5e551000000000a2" }).ledger.experiments;
  assert.equal(await experiments.state(), undefined);
  // Whatever the machine's clock says: that of the window counts.
  const started = await experiments.start(startWish(), NOON_MS - 1);
  assert.ok(!isFailure(started) && started.kind === "started");
  assert.equal(started.state.startedMs, NOON_MS - 1);
  // From the next half-hour on.
  const next = slotAt(0);
  const [one, two] = await Promise.all([experiments.assignSlot(next, NOON_MS), other.assignSlot(next, NOON_MS + 1)]);
  assert.ok(!isFailure(one) && one.kind === "assigned");
  assert.deepEqual(two, one);
  const paused = await other.change({ kind: "pause" }, NOON_MS + 2);
  assert.ok(paused && !isFailure(paused) && paused.status === "paused");
  assert.equal(paused.statusSinceMs, NOON_MS + 2);
  assert.deepEqual(await experiments.state(), paused);
  const read = await experiments.blocks({ experiment: undefined, nowMs: next.slotMs });
  assert.ok(read && !isFailure(read));
  assert.deepEqual(
    read.blocks.map(({ slotMs, whyNot }) => [slotMs, whyNot]),
    [[next.slotMs, "not-over"]],
  );
  assert.deepEqual(recordsIn(folder, experimentKinds).length, 5);
});
