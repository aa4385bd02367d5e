import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { planOf } from "../../../src/productivity/experiment/plan.ts";
import { type Trials, trialsFrom } from "../../../src/productivity/experiment/trials.ts";
import { experimentBlocksOf } from "../../../src/productivity/ledger/experimentBlocks.ts";
import { removeSome } from "../../../src/productivity/ledger/retention.ts";
import { startExperiment } from "../../../src/productivity/ledger/experiments.ts";
import { reportModel } from "../../../src/productivity/report/reportModel.ts";
import { reportWords } from "../../../src/productivity/report/words.ts";
import { isResult } from "../../../src/productivity/statistics/outcome.ts";
import { censoredRandomised } from "../../../src/productivity/statistics/censoredRandomised.ts";
import { startWish } from "../../support/experimentRig.ts";
import { batchOf, ledgerFolder, NOON_MS, openStore, recordsIn, utc } from "../../support/ledgerRig.ts";
import { chinese, counted, english, experimentOf, options } from "../../support/reports.ts";
import { simulatedTrials } from "../../support/singleTrials.ts";

const plan = planOf({ tier: 3, k: 2, mostStrata: 200, pairwiseVersion: "1.0.0" });
const { seed } = startWish();
const leastSeconds = 1;
/** All half-hours in which something was drawn are over. */
const LATER_MS = NOON_MS + 365 * 86_400_000;

/** As the ledger has them after they were written into one. */
function written(context: TestContext, records: ReturnType<typeof simulatedTrials>): Trials | undefined {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  startExperiment(store, startWish({ plan }), { session: "one", nowMs: NOON_MS });
  assert.equal(store.append(batchOf(records), NOON_MS), 0, "none is unfit");
  assert.deepEqual(recordsIn(folder, ["trial"]).length, new Set(records.map((one) => one.session + one.draw)).size);
  return experimentBlocksOf(store.database, { experiment: undefined, nowMs: LATER_MS })?.trials;
}

/** One whose half-hours have been measured, and these single suggestions. */
const withTrials = (trials: Trials | undefined, strata = 30) => ({
  ...experimentOf({ strata }, { plan }),
  ...(trials && { trials }),
});

test("a known effect comes back through the ledger: what was shown took four fifths of the time", (context) => {
  const records = simulatedTrials({ timeRatio: 0.8, seed, sessions: 40, draws: 50, random: 1 });
  const trials = written(context, records);
  const { singles, verdict } = reportModel(counted(context, []), withTrials(trials), options);
  assert.ok(singles?.timeRatio.kind === "known");
  const { estimate, lower, upper } = singles.timeRatio;
  assert.ok(lower < 0.8 && 0.8 < upper && upper < 1, [lower, estimate, upper].join(" "));
  const known = records.filter(({ state }) => state === "reached");
  assert.deepEqual([singles.n, singles.sessions], [known.length, 40]);
  assert.deepEqual(singles.shown, {
    drawn: records.filter(({ isShown }) => isShown).length,
    censored: records.filter(({ isShown, state }) => isShown && state === "censored").length,
  });
  assert.equal(singles.shown.drawn + singles.heldBack.drawn, records.length);
  assert.equal(singles.askedFor, known.filter(({ isAsked }) => isAsked).length);
  // Estimator L by hand: the ratio of the geometric means of those that are known.
  const mean = (isShown: boolean): number => {
    const logs = known.filter((one) => one.isShown === isShown).map(({ activeMs }) => Math.log(activeMs / 1_000));
    return logs.reduce((sum, log) => sum + log, 0) / logs.length;
  };
  const alone = singles.timeRatio.knownAlone;
  assert.ok(alone && Math.abs(Math.log(alone.estimate) - (mean(true) - mean(false))) < 1e-9);
  assert.ok(alone.estimate > estimate, "long ones are left out, and more of those that were held back");
  // The verdict is what it is without them.
  assert.deepEqual(verdict, reportModel(counted(context, []), experimentOf(), options).verdict);
});

test("although slow ones are cut off more often, intervals have the known effect in them, and it is met on average", () => {
  for (const timeRatio of [1, 0.5]) {
    let covered = 0;
    let sum = 0;
    for (let random = 0; random < 200; random += 1) {
      const records = simulatedTrials({ timeRatio, seed, sessions: 20, draws: 40, random });
      const { sums } = trialsFrom(records, { leastSeconds }, () => true);
      const times = sums.map((one) => ({ ...one, n: one.count, isKnown: one.state === "known" }));
      const result = censoredRandomised(times, 1_800);
      assert.ok(isResult(result));
      sum += Math.log(result.estimate);
      if (result.lower <= timeRatio && timeRatio <= result.upper) covered += 1;
    }
    // 95 % of 200 are 190; three standard deviations below.
    assert.ok(covered >= 181, `${timeRatio}: ${covered}`);
    assert.ok(Math.abs(sum / 200 - Math.log(timeRatio)) < 0.02, `${timeRatio}: ${Math.exp(sum / 200)}`);
  }
});

test("where too much of an arm took longer than any known time there is no figure, and it is said how much", (context) => {
  const records = simulatedTrials({ timeRatio: 0.5, seed, sessions: 20, draws: 40, random: 8 }).map((one) =>
    one.activeMs <= (one.isShown ? 60_000 : 20_000)
      ? one
      : ({ ...one, state: "censored", reason: "document-closed", activeMs: 20_000 } as const),
  );
  const model = reportModel(counted(context, []), withTrials(written(context, records)), options);
  assert.ok(model.singles?.timeRatio.kind === "beyond");
  assert.ok(model.singles.timeRatio.heldBack > 0.3);
  assert.match(
    part(model)?.paragraphs[0] ?? "",
    /^Of too many it is only known that they took longer than any whose time is known: .*% of those that were shown, \d+% of/,
  );
});

test("a record that says otherwise than the seed is left out and told, and none is counted twice", (context) => {
  const records = simulatedTrials({ timeRatio: 0.5, seed, sessions: 10, draws: 30, random: 2 });
  const forged = records.map((one) => (one.draw === 3 ? { ...one, isShown: !one.isShown } : one));
  const trials = written(context, forged);
  assert.equal(trials?.notAsDrawn, 10);
  assert.ok(trials.shown.drawn + trials.heldBack.drawn === 290);
  const text = part(reportModel(counted(context, []), withTrials(trials), options));
  assert.match(text?.paragraphs.join("\n") ?? "", /Otherwise than the seed says, and left out: 10\./);
  const store = openStore(context, ledgerFolder(context));
  const [first] = records;
  assert.ok(first);
  assert.equal(store.append(batchOf([first, { ...first, activeMs: 1 }]), NOON_MS), 1);
});

test("what took less than a second counts as one: nobody has read anything so soon", () => {
  const [first] = simulatedTrials({ timeRatio: 1, seed, sessions: 1, draws: 1, random: 3 });
  assert.ok(first);
  const { sums } = trialsFrom([{ ...first, state: "reached", activeMs: 0 }], { leastSeconds }, () => true);
  assert.deepEqual(
    sums.map(({ sumLog, bin }) => [sumLog, bin]),
    [[0, 0]],
  );
});

const part = (model: Parameters<typeof reportWords>[0], speaker = english) =>
  reportWords(model, speaker).sections.find(({ id }) => id === "singles");

test("with too few it is said what is missing, and without such an experiment there is no such part", (context) => {
  const figures = counted(context, []);
  const few = written(context, simulatedTrials({ timeRatio: 0.5, seed, sessions: 1, draws: 12, random: 4 }));
  assert.match(
    part(reportModel(figures, withTrials(few), options))?.paragraphs[0] ?? "",
    /^Not enough data yet \(sessions: 1 of at least 2\)/,
  );
  const none = part(reportModel(figures, withTrials(undefined), options));
  assert.match(none?.paragraphs[0] ?? "", /^Not enough data yet \(suggestions that were shown: 0 of at least 1\)/);
  assert.equal(part(reportModel(figures, experimentOf(), options)), undefined);
  assert.equal(part(reportModel(figures, undefined, options)), undefined);
  const changed = { ...withTrials(few), state: { ...withTrials(few).state, isCommitmentKept: false } };
  assert.equal(part(reportModel(figures, changed, options)), undefined);
});

test("the part has its ratio, interval and counts, in both languages, and the headline is that of the half-hours", (context) => {
  const figures = counted(context, []);
  const trials = written(context, simulatedTrials({ timeRatio: 0.5, seed, sessions: 40, draws: 50, random: 5 }));
  const model = reportModel(figures, withTrials(trials), options);
  const text = part(model);
  assert.match(
    text?.paragraphs[0] ?? "",
    /^Where a suggestion was shown, the next 40 characters took 0\.\d\d times the time .* for one look: 0\.\d+ to 0\.\d+\)\.$/,
  );
  assert.match(reportWords(model, english).notes.join("\n"), /with suggestions 4 of 5 came.* A team's report leaves/);
  assert.doesNotMatch(JSON.stringify(reportWords(reportModel(figures, experimentOf(), options), english)), /of 5 came/);
  assert.match(text?.paragraphs.join(" ") ?? "", /one of every 5 .*It is no part of the verdict/);
  assert.deepEqual(
    text?.tables?.[0]?.rows.map(([, drawn = "", known = "", censored = ""]) =>
      [drawn, known, censored].map((count) => Number(count.replace(",", ""))),
    ),
    [trials?.shown, trials?.heldBack].map((arm) => [
      arm?.drawn,
      (arm?.drawn ?? 0) - (arm?.censored ?? 0),
      arm?.censored,
    ]),
  );
  assert.match(part(model, chinese)?.paragraphs[0] ?? "", /^显示建议时，其后 40 个字符所用时间是隐藏时的 0\.\d\d 倍/);
  assert.equal(
    reportWords(model, english).headline,
    reportWords(reportModel(figures, experimentOf(), options), english).headline,
  );
});

test("before the half-hours have a figure none is told of single suggestions, however many there are", (context) => {
  const trials = written(context, simulatedTrials({ timeRatio: 0.2, seed, sessions: 40, draws: 50, random: 6 }));
  const model = reportModel(counted(context, []), withTrials(trials, 2), options);
  assert.equal(model.verdict.kind, "too-early");
  assert.deepEqual(model.singles?.timeRatio, { kind: "waits" });
  assert.match(part(model)?.paragraphs[0] ?? "", /^Enough were drawn for a figure\. It is shown once the half-hours/);
});

test("single suggestions go when they are too old, and no figure of them changes: their sums stay", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const made = simulatedTrials({ timeRatio: 0.7, seed, sessions: 12, draws: 40, random: 7 });
  // One of them is not as it was drawn.
  const records = made.map((one, index) => (index === 5 ? { ...one, isShown: !one.isShown } : one));
  startExperiment(store, startWish({ plan }), { session: "one", nowMs: NOON_MS });
  // The later half of each session comes ten days later.
  const all = records.map((one) => ({ ...one, atMs: one.atMs + (one.draw < 20 ? 0 : 10 * 86_400_000) }));
  store.append(batchOf(all), NOON_MS);
  const figures = () => {
    const { database } = store;
    const trials = experimentBlocksOf(database, { experiment: undefined, nowMs: LATER_MS })?.trials;
    const { singles } = reportModel(counted(context, []), withTrials(trials), options);
    assert.ok(singles?.timeRatio.kind === "known");
    // Sums in another order differ in the last digit.
    return JSON.stringify(singles, (_key, value: unknown) =>
      typeof value === "number" ? value.toPrecision(12) : value,
    );
  };
  const before = figures();
  const step = { days: 1, nowMs: NOON_MS + 10 * 86_400_000, calendar: utc };
  while (removeSome(store.database, step) === "more");
  assert.deepEqual(
    recordsIn(folder, ["trial"]).length,
    records.filter(({ draw }) => draw >= 20).length,
    "the younger ones are there",
  );
  assert.equal(figures(), before);
  while (removeSome(store.database, { ...step, nowMs: NOON_MS + 25 * 86_400_000 }) === "more");
  assert.deepEqual(recordsIn(folder, ["trial"]), []);
  assert.equal(figures(), before);
  const [row] = store.database.prepare("SELECT * FROM keptTrials").all();
  assert.deepEqual(
    Object.keys(row ?? {}),
    ["experiment", "session", "isShown", "state", "bin", "count", "sumLog", "asked", "early"],
    "no times of day",
  );
});
