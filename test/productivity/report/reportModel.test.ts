import assert from "node:assert/strict";
import { test } from "node:test";
import type { LedgerRecord } from "../../../src/productivity/records.ts";
import { reportModel } from "../../../src/productivity/report/reportModel.ts";
import { evalueInterval } from "../../../src/productivity/statistics/evalueInterval.ts";
import { planOf } from "../../../src/productivity/experiment/plan.ts";
import { simulatedBlocks } from "../../../src/productivity/experiment/simulate.ts";
import { verdicts } from "../../../src/productivity/statistics/verdicts.ts";
import { seededRandom } from "../../../src/productivity/statistics/seededRandom.ts";
import { reportWords } from "../../../src/productivity/report/words.ts";
import { analysisOf } from "../../../src/productivity/experiment/analysis.ts";
import { acceptOf, endOf, NOON_MS, shownOf, survivalOf } from "../../support/ledgerRig.ts";
import { chinese, counted, english, experimentOf, options, WEEK_MS, weeksOfWork } from "../../support/reports.ts";

/** Numbers that JSON can't hold, by where they are. */
function impossible(value: unknown, at = ""): readonly string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [at];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => impossible(inner, `${at}.${name}`));
}

/** So many that were shown in a session, and of these so many accepted. */
function session(name: string, shown: number, accepted: number, atMs = NOON_MS): readonly LedgerRecord[] {
  return Array.from({ length: shown }, (_, index) => `${name}:${index}`).flatMap((run, index) => [
    shownOf(run, { session: name, atMs }),
    endOf(run, { session: name, atMs }),
    ...(index < accepted ? [acceptOf(`${name}:a${index}`, { session: name, atMs, run })] : []),
  ]);
}

test("of an empty ledger nothing is a rate, and what is missing is said", (context) => {
  const model = reportModel(counted(context, []), undefined, options);
  assert.deepEqual(impossible(model), []);
  const { verdict, acceptance, survival, share, waiting, trend, guardrails } = model;
  assert.deepEqual(verdict, { kind: "no-experiment" });
  assert.deepEqual(acceptance.headline.rate, {
    kind: "missing",
    lack: { kind: "too-few", what: "sessions", have: 0, need: 5 },
  });
  assert.deepEqual([acceptance.at300, acceptance.ofChars, share.share], [undefined, undefined, undefined]);
  assert.deepEqual([survival.curve.kind, waiting?.ceiling.kind, trend.weeks], ["missing", "missing", []]);
  assert.equal(guardrails.all.newErrorsPerHour, undefined);
});

test("that there are only sums of days before some day is said where there are any", (context) => {
  const report = { ...counted(context, []), keptSinceMs: NOON_MS };
  const said = (days: typeof report.days) =>
    JSON.stringify(reportWords(reportModel({ ...report, days }, undefined, options), english));
  assert.doesNotMatch(said([]), /only sums of days/);
  assert.match(
    said([{ day: "2026-01-02", measure: "shown", value: 3 }]),
    /Before \w+ \d+, \d+ there are only sums of days/,
  );
});

test("the model of some weeks is data that JSON holds, whatever there was of an experiment", (context) => {
  const figures = counted(context, weeksOfWork());
  for (const experiment of [undefined, experimentOf(), experimentOf({ strata: 1 }), experimentOf({ strata: 0 })]) {
    const model = reportModel(figures, experiment, options);
    assert.deepEqual(impossible(model), []);
    const read: unknown = JSON.parse(JSON.stringify(model));
    assert.deepEqual(JSON.parse(JSON.stringify(read)), read);
  }
});

test("the measured interval is the e-value's, and claims are judged by it", (context) => {
  const experiment = experimentOf({ effect: 3, strata: 40 });
  const { verdict, ladder, waiting, forecast } = reportModel(counted(context, []), experiment, options);
  const { strata } = analysisOf({ blocks: experiment.blocks, k: 2, status: "running", nowMs: options.nowMs });
  const interval = evalueInterval(strata.active120Ms);
  assert.ok("lower" in interval && verdict.kind === "measured");
  assert.deepEqual([verdict.lower, verdict.upper], [interval.lower, interval.upper]);
  assert.deepEqual(
    ladder.rows.map(({ claim, verdict }) => `${claim} ${verdict}`),
    ["10 ruled-out", "4 ruled-out", "3 undecided", "2.5 undecided", "1.67 shown", "1.25 shown", "1.1 shown", "1 shown"],
  );
  assert.ok(ladder.rows.every(({ verdict, outlook }) => (verdict === "undecided") === (outlook !== undefined)));
  assert.equal(waiting, undefined);
  assert.deepEqual(forecast, { before: 2, after: undefined, isBefore: "within", isAfter: undefined });
});

test("with few blocks there is no interval, and it is said how many more it takes", (context) => {
  const { verdict, ladder } = reportModel(counted(context, []), experimentOf({ strata: 2, qualifying: 1 }), options);
  assert.ok(verdict.kind === "too-early");
  // Six pairs have an interval with two ends.
  assert.deepEqual([verdict.strata, verdict.moreHalfHours, ladder.measured], [2, 8, undefined]);
});

test("how many groups an interval takes is the same from the beginning on, and as many as it does take", (context) => {
  const figures = counted(context, []);
  for (const [k, need] of [
    [2, 6],
    [5, 3],
  ] as const) {
    const plan = planOf({ tier: 2, k, mostStrata: 100, pairwiseVersion: "0.1.0" });
    for (let strata = 0; strata < need; strata += 1) {
      const { verdict } = reportModel(figures, experimentOf({ k, strata, qualifying: 1 }, { plan }), options);
      assert.ok(verdict.kind === "too-early", `${k} ${strata}`);
      assert.deepEqual(verdict.lack, { kind: "too-few", what: "strata", have: strata, need });
      assert.equal(verdict.moreHalfHours, (need - strata) * k);
    }
    const whole = experimentOf({ k, strata: need, qualifying: 1 }, { plan });
    assert.equal(reportModel(figures, whole, options).verdict.kind, "measured");
    // What is over of the last group counts, though the group is not compared yet.
    const blocks = whole.blocks.slice(0, -1);
    const nowMs = (blocks.at(-1)?.slotMs ?? 0) + 1_800_000;
    const { verdict } = reportModel(figures, { ...whole, blocks }, { ...options, nowMs });
    assert.ok(verdict.kind === "too-early" && verdict.moreHalfHours === 1);
  }
});

test("how much more a claim takes is told in half-hours that are drawn, roundly, and only where it can be told", (context) => {
  const figures = counted(context, []);
  const of = (truth: Parameters<typeof experimentOf>[0], state: Parameters<typeof experimentOf>[1] = {}) =>
    reportModel(figures, experimentOf(truth, state), options).ladder.rows.flatMap(({ outlook }) => outlook ?? []);
  const kinds = (outlooks: ReturnType<typeof of>) => [...new Set(outlooks.map(({ kind }) => kind))];
  assert.deepEqual(kinds(of({ strata: 6, qualifying: 1 })), ["too-few"]);
  assert.deepEqual(kinds(of({ strata: 40 }, { status: "stopped" })), ["ended"]);
  assert.deepEqual(kinds(of({ strata: 40 }, { status: "completed" })), ["ended"]);
  // Of 200 groups 199 have begun: two half-hours are left.
  assert.deepEqual(kinds(of({ strata: 40 }, { strataBegun: 199 })), ["beyond-end"]);
  const truth = { strata: 60, effect: 1.25, sd: 0.6, qualifying: 1 };
  // Of which there is no end.
  const plan = planOf({ tier: 2, k: 2, mostStrata: 10_000, pairwiseVersion: "0.1.0" });
  const told = of(truth, { plan }).flatMap((outlook) => (outlook.kind === "half-hours" ? [outlook.halfHours] : []));
  assert.ok(told.length > 0);
  for (const halfHours of told) assert.equal(Number(halfHours.toPrecision(2)), halfHours);
  // The same that was compared, of twice as many half-hours that were drawn.
  const experiment = experimentOf(truth, { plan });
  const lost = experiment.blocks.map((block) => ({
    ...block,
    stratum: block.stratum + 1_000,
    qualifies: false,
    whyNot: "little-focus" as const,
  }));
  const twice = reportModel(figures, { ...experiment, blocks: [...experiment.blocks, ...lost] }, options).ladder.rows;
  const toldTwice = twice.flatMap(({ outlook }) => (outlook?.kind === "half-hours" ? [outlook.halfHours] : []));
  const last = (values: readonly number[]) => Math.min(...values);
  assert.ok(last(toldTwice) > 1.5 * last(told), JSON.stringify([toldTwice, told]));
});

test("a claim that is ruled out before there is an interval is told", (context) => {
  const { verdict, ladder } = reportModel(
    counted(context, []),
    experimentOf({ strata: 5, qualifying: 1, effect: 0.3, sd: 0.05 }),
    options,
  );
  assert.equal(verdict.kind, "too-early");
  assert.equal(ladder.rows.find(({ claim }) => claim === 10)?.verdict, "ruled-out");
});

test("nothing comes of an experiment whose plan is not the one that was laid down", (context) => {
  for (const [state, why] of [
    [{ isCommitmentKept: false }, "changed"],
    [{ plan: undefined }, "unknown-plan"],
  ] as const) {
    const model = reportModel(counted(context, []), experimentOf({ effect: 10 }, state), options);
    assert.deepEqual(model.verdict, { kind: "void", why });
    assert.ok(model.ladder.rows.every(({ verdict }) => verdict === "not-known"));
    assert.deepEqual([model.methods.experiment, model.guardrails.on], [undefined, undefined]);
  }
});

test("the funnel has bounds where evidence is weak or missing, and leaves contaminated runs out", (context) => {
  const { funnel, acceptance } = reportModel(
    counted(context, [
      ...session("a", 10, 3),
      survivalOf("a:a0", { check: "10m" }),
      survivalOf("a:a1", { check: "10m", state: "dead" }),
      survivalOf("a:a0", { check: "commit" }),
      ...session("b", 5, 0),
      acceptOf("b:a0", { session: "b", run: "b:0", part: "word", evidence: "inferred" }),
      shownOf("c:0", { session: "c" }),
      endOf("c:0", { session: "c", contaminated: "other-accepted" }),
    ]),
    undefined,
    options,
  );
  assert.deepEqual(
    funnel.stages.map(({ stage, atLeast, atMost }) => [stage, atLeast, atMost]),
    [
      ["asked", 0, 0],
      ["returned", 0, 0],
      ["shown", 15, 15],
      ["accepted", 3, 4],
      ["alive", 1, 3],
      ["committed", 1, 4],
    ],
  );
  // 1 to 3 of at most 4; what is committed is held against what was accepted, too.
  assert.deepEqual(funnel.stages.at(-2)?.share, { atLeast: 1 / 4, atMost: 3 / 4 });
  assert.deepEqual(funnel.stages.at(-1)?.share, { atLeast: 1 / 4, atMost: 1 });
  assert.equal(funnel.stages[2]?.share, undefined);
  assert.equal(funnel.contaminated, 1);
  assert.deepEqual([acceptance.headline.part, acceptance.headline.whole, acceptance.headline.sessions], [4, 15, 2]);
  assert.equal(acceptance.withoutInferred, 3 / 15);
});

test("the survival curve is Kaplan and Meier's, with how many were watched for so long", (context) => {
  const { survival } = reportModel(
    counted(context, [
      ...["a", "b", "c", "d"].map((accept) => acceptOf(accept)),
      survivalOf("a", { state: "dead" }),
      survivalOf("b", { check: "10m" }),
      survivalOf("c", { check: "10m", state: "dead" }),
    ]),
    undefined,
    options,
  );
  assert.ok(survival.curve.kind === "known");
  assert.equal(survival.unseen, 1);
  assert.deepEqual(
    survival.curve.steps.map(({ check, alive, atRisk }) => [check, Math.round(alive * 1e6) / 1e6, atRisk]),
    [
      ["30s", 0.666667, 3],
      ["2m", 0.666667, 2],
      ["5m", 0.666667, 2],
      ["10m", 0.333333, 2],
    ],
  );
});

test("groups with fewer than 30 suggestions or 5 sessions are counted and not shown", (context) => {
  const goOne = session("g", 40, 20).map((record) => ("language" in record ? { ...record, language: "go" } : record));
  const many = Array.from({ length: 6 }, (_, index) => session(`s${index}`, 8, index)).flat();
  const { breakdown } = reportModel(counted(context, [...many, ...goOne]), undefined, options);
  const language = breakdown.parts.find(({ by }) => by === "language");
  assert.deepEqual(
    language?.groups.map(({ name, acceptance }) => [name, acceptance.part, acceptance.whole, acceptance.sessions]),
    [["typescript", 15, 48, 6]],
  );
  assert.deepEqual(language?.hidden, { groups: 1, shown: 40 });
});

test("a rate of fewer than five sessions has no interval, in a week or as a whole", (context) => {
  // 50 of 126 in two sessions that happen to be alike.
  const of = (sessions: number) =>
    Array.from({ length: sessions }, (_, index) => session(`s${index}`, 63, 24 + 2 * (index % 2))).flat();
  const { acceptance, trend } = reportModel(counted(context, of(2)), undefined, options);
  for (const { part, whole, rate } of [acceptance.headline, trend.weeks[0]?.acceptance ?? assert.fail()]) {
    assert.deepEqual([part, whole], [50, 126]);
    assert.deepEqual(rate, { kind: "missing", lack: { kind: "too-few", what: "sessions", have: 2, need: 5 } });
  }
  const enough = reportModel(counted(context, of(5)), undefined, options);
  assert.deepEqual(
    [enough.acceptance.headline.rate.kind, enough.trend.weeks[0]?.acceptance.rate.kind],
    ["known", "known"],
  );
});

test("weeks and times of day are those of the clock on the wall", (context) => {
  const sunday = Date.UTC(2026, 5, 14, 23, 40);
  const figures = counted(context, Array.from({ length: 5 }, (_, index) => session(`s${index}`, 8, 2, sunday)).flat());
  const at = (minutes: number) => {
    const { trend, breakdown } = reportModel(figures, undefined, { ...options, offsetMinutesAt: () => minutes });
    const hours = breakdown.parts.find(({ by }) => by === "hours")?.groups.map(({ name }) => name);
    return [trend.weeks.map(({ weekMs }) => new Date(weekMs).toISOString().slice(0, 10)), hours];
  };
  assert.deepEqual(at(0), [["2026-06-08"], ["21"]]);
  assert.deepEqual(at(60), [["2026-06-15"], ["0"]]);
  assert.deepEqual(at(-480), [["2026-06-08"], ["15"]]);
});

test("the weeks in which a model or a version of the editor came up are marked, but for the first week", (context) => {
  const records = [
    ...session("a", 4, 1),
    ...session("b", 4, 1, NOON_MS + WEEK_MS).map((record) =>
      "model" in record ? { ...record, model: "ollama/other" } : record,
    ),
  ];
  const { trend } = reportModel(counted(context, records), undefined, options);
  assert.deepEqual(
    trend.changes.map(({ what, name, weekMs }) => [what, name, weekMs - (trend.weeks[0]?.weekMs ?? 0)]),
    [["model", "ollama/other", WEEK_MS]],
  );
});

test("without an experiment the ceiling is of the working day, and the plan the user's own", (context) => {
  const { waiting } = reportModel(counted(context, weeksOfWork()), undefined, options);
  assert.ok(waiting?.ceiling.kind === "known");
  const { share, ceiling, activeMinutesADay } = waiting.ceiling;
  assert.equal(share, activeMinutesADay / 480);
  assert.equal(ceiling, 1 / (1 - share));
  assert.deepEqual([waiting.plan.isOwnSd, waiting.plan.ownBlocks], [true, 12]);
  const halfHours = waiting.plan.claims.map(({ halfHours }) => halfHours ?? Infinity);
  assert.deepEqual(
    halfHours,
    halfHours.toSorted((one, other) => one - other),
  );
});

test("after as many half-hours as the plan says the report has ruled the claim out in about four of five experiments", (context) => {
  const figures = counted(context, []);
  for (const k of [2, 5] as const) {
    const plan = planOf({ tier: 2, k, mostStrata: 300, pairwiseVersion: "0.1.0" });
    const begun = experimentOf({ strata: 0, k }, { plan });
    const { waiting } = reportModel(figures, begun, options);
    assert.ok(waiting && !waiting.plan.isOwnSd && waiting.plan.k === k);
    const { sd, qualifying } = waiting.plan;
    for (const { claim, halfHours } of waiting.plan.claims.filter(({ claim }) => claim >= 1.67)) {
      assert.ok(halfHours !== undefined);
      const strata = Math.ceil(halfHours / k);
      const runs = 120;
      let ruledOut = 0;
      for (let run = 0; run < runs; run += 1) {
        const truth = { effect: 1, sd, sdBetween: 0.5, k, strata, compliance: 1, qualifying, charsPerMinute: 25 };
        const blocks = simulatedBlocks(truth, seededRandom(1_000 * k + run));
        const analysis = analysisOf({ blocks, k, status: "completed", nowMs: Infinity });
        const outcome = verdicts(analysis.strata.active120Ms, [claim]);
        if ("verdicts" in outcome && outcome.verdicts[0]?.verdict === "ruled-out") ruledOut += 1;
      }
      const share = ruledOut / runs;
      assert.ok(share > 0.68 && share < 0.97, `${claim} after ${halfHours} of k = ${k}: ${share}`);
    }
  }
});

test("a claim that would take more than can be planned is told so", (context) => {
  const plan = reportModel(counted(context, []), undefined, options).waiting?.plan;
  assert.deepEqual(
    plan?.claims.map(({ claim }) => claim),
    [10, 4, 3, 2.5, 1.67, 1.25, 1.1],
  );
  assert.equal(plan?.claims.at(-1)?.halfHours, undefined);
  const text = reportWords(reportModel(counted(context, []), undefined, options), english);
  const table = text.sections.find(({ id }) => id === "waiting")?.tables?.at(-1);
  assert.deepEqual(table?.rows.at(-1), ["1.1×", "more than 2,000", "more than 1,000"]);
});

test("a line's cost is what was spent by the lines that survived", (context) => {
  const figures = counted(context, [acceptOf("a", { lines: 4 }), survivalOf("a", { check: "10m", survivingChars: 6 })]);
  const spent = {
    inputTokens: 90,
    outputTokens: 10,
    money: [{ amount: 3, currency: "USD" }],
    unknownRequests: 0,
    firstDay: 20_000,
    lastDay: 30_000,
  };
  const { cost } = reportModel(figures, undefined, { ...options, spent });
  assert.deepEqual([cost?.survivingLines, cost?.tokensPerLine, cost?.moneyPerLine[0]?.amount], [2, 50, 1.5]);
  assert.equal(reportModel(figures, undefined, options).cost, undefined);
  const none = reportModel(counted(context, []), undefined, { ...options, spent }).cost;
  assert.deepEqual([none?.tokensPerLine, none?.moneyPerLine], [undefined, []]);
});

test("guardrails are of all work, and of both arms where there was an experiment", (context) => {
  const { all, on, off } = reportModel(counted(context, weeksOfWork()), experimentOf(), options).guardrails;
  for (const guards of [all, on, off]) assert.ok(guards && guards.activeMinutes > 0);
  const figures = counted(context, [
    acceptOf("a", {}),
    survivalOf("a", { check: "24h", state: "dead", insertedChars: 12, survivingChars: 3 }),
  ]);
  assert.deepEqual(reportModel(figures, undefined, options).guardrails.all.dayOld, { known: 12, gone: 9 });
});

test("the detector's error counts what was missed, invented and confused in each version of the editor", (context) => {
  const { detector, gaps } = reportModel(counted(context, weeksOfWork()), undefined, options).methods;
  assert.deepEqual(
    detector.map(({ editorVersion, notDone, aspects }) => [editorVersion, notDone, aspects]),
    [["1.101.0", 1, [{ aspect: "accept", happened: 20, missed: 1, invented: 2, confused: 0 }]]],
  );
  assert.deepEqual(gaps, [{ reason: "turned-off", times: 1, ms: 7_200_000, lost: 0 }]);
});

test("the article's claims of the whole job are judged for the whole job, by the ceiling and by what was measured", (context) => {
  const worked = counted(context, weeksOfWork());
  // The ledger's first day began before it.
  const whole = worked.activeSlots.filter(({ slotMs }) => slotMs >= NOON_MS + 43_200_000);
  const minutes = whole.reduce((sum, { active120Ms }) => sum + active120Ms, 0) / 60_000 / 11;
  const of = (share: number, effect: number) =>
    reportModel(worked, experimentOf({ effect, strata: 100 }), { ...options, workdayMinutes: minutes / share });
  const verdictsIn = (share: number, effect: number) =>
    of(share, effect).wholeJob?.claims.map(({ claim, verdict }) => [claim, verdict]);
  // However much faster the work at the code is, 3 % of the day are 3 %.
  assert.deepEqual(verdictsIn(0.03, 5), [
    [2.5, "ceiling"],
    [1.67, "ceiling"],
  ]);
  assert.deepEqual(verdictsIn(0.9, 1), [
    [2.5, "ruled-out"],
    [1.67, "ruled-out"],
  ]);
  assert.deepEqual(verdictsIn(0.9, 3.4)?.[1], [1.67, "shown"]);
  assert.deepEqual(verdictsIn(0.9, 2.9)?.[0], [2.5, "undecided"]);
  const { verdict, wholeJob } = of(0.03, 5);
  assert.ok(verdict.kind === "measured" && wholeJob?.measured && wholeJob.ceiling.kind === "known");
  // None of the days' half-hours was drawn: all of the time at the code was with suggestions.
  assert.ok(Math.abs(wholeJob.measured.lower - (0.97 + 0.03 * verdict.lower)) < 1e-9);
  assert.ok(Math.abs((wholeJob.ceiling.ceiling ?? 0) - 1 / 0.97) < 1e-9);
});

test("the day that has just begun, and few days, rule nothing out by their ceiling", (context) => {
  const dayMs = 86_400_000;
  const midnightMs = NOON_MS - (NOON_MS % dayMs);
  const minutesOn = (day: number, minutes: number) => {
    const active = minutes * 60_000;
    return {
      slotMs: midnightMs + day * dayMs,
      focusedMs: active,
      active60Ms: active,
      active120Ms: active,
      active300Ms: active,
    };
  };
  const experiment = experimentOf({ effect: 5, strata: 100 });
  const of = (minutes: readonly number[], hourOfLast = 24, workdayMinutes = 480) => {
    const activeSlots = minutes.map((each, day) => minutesOn(day, each));
    // A moment of the ledger's first day, so that the days from the second one on are whole.
    const report = { ...counted(context, []), firstMs: midnightMs + 3_600_000, activeSlots };
    const nowMs = midnightMs + (minutes.length - 1) * dayMs + hourOfLast * 3_600_000;
    const state = { ...experiment.state, startedMs: midnightMs };
    return reportModel(report, { ...experiment, state }, { ...options, nowMs, workdayMinutes });
  };
  const days = [300, 200, 200, 200, 200, 200];
  const whole = of(days);
  const begun = of([...days, 1], 9);
  assert.ok(whole.wholeJob?.ceiling.kind === "known");
  assert.deepEqual([whole.wholeJob.ceiling.activeMinutesADay, whole.wholeJob.ceiling.days], [200, 5]);
  // Of the new day's half-hours none is in it, whatever was done in them.
  assert.deepEqual(begun.wholeJob, whole.wholeJob);
  const few = of(days.slice(0, 5));
  assert.deepEqual(few.wholeJob?.ceiling, {
    kind: "missing",
    lack: { kind: "too-few", what: "wholeDays", have: 4, need: 5 },
  });
  assert.ok(few.wholeJob?.claims.every(({ verdict }) => verdict === "not-known"));
  const said = JSON.stringify(reportWords(few, english));
  assert.match(said, /A ceiling: Not enough data yet \(whole days with work: 4 of at least 5\)\./);
  assert.match(said, /That is of the time at the code alone\. What it comes to for the whole job is not known\./);
  assert.doesNotMatch(said, /ruled out by the ceiling/);
  // More than the working day is said to have: that is no share of it.
  const long = of(days, 24, 150);
  assert.ok(long.wholeJob?.ceiling.kind === "known");
  assert.deepEqual(
    [long.wholeJob.ceiling.share, long.wholeJob.ceiling.ceiling, long.wholeJob.measured],
    [undefined, undefined, undefined],
  );
  assert.ok(long.wholeJob.claims.every(({ verdict }) => verdict === "not-known"));
  const longSaid = JSON.stringify(reportWords(long, english));
  assert.match(longSaid, /3\.3 h were spent .* That is more than the 2\.5 h that a working day is said to have/);
  assert.doesNotMatch(longSaid, /100% of a working day|nothing bounds the whole job|Amdahl/);
  // Without an experiment, too.
  const { waiting } = reportModel({ ...counted(context, []), activeSlots: [minutesOn(0, 1)] }, undefined, options);
  assert.equal(waiting?.ceiling.kind, "missing");
});

test("what suggestions have spared already is no ceiling: the whole job is told of the day as it is without them", (context) => {
  const experiment = experimentOf({ effect: 4, strata: 100, sd: 0.2 });
  // 5 h at the code and 3 h of all else take 1.25 h and 3 h with suggestions; half-hours without are as they were drawn.
  const [codeMinutes, otherMinutes] = [300, 180];
  const slots = experiment.blocks.map(({ slotMs, arm }) => ({ slotMs, minutes: arm === "off" ? 20 : 5 }));
  const days = new Set(slots.map(({ slotMs }) => Math.floor(slotMs / 86_400_000))).size;
  const oldMinutes = experiment.blocks.length * 20;
  const activeMinutes = slots.reduce((sum, { minutes }) => sum + minutes, 0);
  const workdayMinutes = (activeMinutes + oldMinutes * (otherMinutes / codeMinutes)) / days;
  const report = {
    ...counted(context, []),
    activeSlots: slots.map(({ slotMs, minutes }) => {
      const active = minutes * 60_000;
      return { slotMs, focusedMs: active, active60Ms: active, active120Ms: active, active300Ms: active };
    }),
  };
  const state = { ...experiment.state, startedMs: slots[0]?.slotMs ?? 0 };
  const nowMs = (slots.at(-1)?.slotMs ?? 0) + 86_400_000;
  const { verdict, wholeJob } = reportModel(report, { ...experiment, state }, { ...options, nowMs, workdayMinutes });
  assert.ok(verdict.kind === "measured" && wholeJob?.measured && wholeJob.without);
  assert.ok(verdict.lower < 4 && verdict.upper > 4);
  // In truth 8 h become 4.25 h, and 5 of 8 h are at the code.
  assert.ok(wholeJob.measured.lower < 8 / 4.25 && wholeJob.measured.upper > 8 / 4.25);
  assert.ok(wholeJob.without.share.lower < 5 / 8 && wholeJob.without.share.upper > 5 / 8);
  assert.ok(Math.abs(wholeJob.without.offShare - 4 / 5) < 1e-9);
  assert.equal(wholeJob.claims[1]?.verdict, "shown");
});

test("the whole job's share of time without suggestions says nothing of a group of half-hours that goes on", (context) => {
  const experiment = experimentOf({ effect: 2, strata: 41, sd: 0.2 });
  const last = experiment.blocks.at(-1) ?? assert.fail();
  const before = experiment.blocks.filter(({ stratum }) => stratum !== last.stratum);
  const activeSlots = [...before, last].map(({ slotMs, arm }) => {
    const active = slotMs === last.slotMs || arm === "off" ? 600_000 : 300_000;
    return { slotMs, focusedMs: active, active60Ms: active, active120Ms: active, active300Ms: active };
  });
  const report = { ...counted(context, []), activeSlots };
  const state = { ...experiment.state, startedMs: before[0]?.slotMs ?? 0 };
  const nowMs = last.slotMs + 60_000;
  const [on, off] = (["on", "off"] as const).map((arm) => {
    const blocks = [...before, { ...last, arm, qualifies: false, whyNot: "not-over" as const }];
    return reportModel(report, { ...experiment, blocks, state }, { ...options, nowMs }).wholeJob;
  });
  assert.ok(on?.without && Math.abs(on.without.offShare - 2 / 3) < 1e-9);
  assert.deepEqual(off, on);
  // The group's half-hours that are over tell by their parts which is the next one's, until no next one can come. The day is whole.
  const midnightMs = (Math.floor(last.slotMs / 86_400_000) + 1) * 86_400_000;
  const [onNow, offNow] = (["on", "off"] as const).map((arm) => {
    const blocks = [...before, { ...last, arm }];
    return reportModel(report, { ...experiment, blocks, state }, { ...options, nowMs: midnightMs + 60_000 }).wholeJob;
  });
  assert.ok(onNow?.without);
  assert.deepEqual(offNow, onNow);
});

test("until half-hours have been measured no method says anything of them, and with the verdict all of them do", (context) => {
  const report = counted(context, []);
  for (const status of ["running", "stopped"] as const) {
    const kinds = new Set<string>();
    for (let strata = 2; strata <= 14; strata += 1) {
      const model = reportModel(report, experimentOf({ strata, effect: 1.25, qualifying: 1 }, { status }), options);
      const { sensitivity, permutation } = model.methods.experiment ?? assert.fail();
      const isMeasured = model.verdict.kind === "measured";
      kinds.add(model.verdict.kind);
      assert.deepEqual([sensitivity.length, permutation.kind], isMeasured ? [5, "known"] : [0, "waits"]);
      for (const speaker of [english, chinese]) {
        const section = reportWords(model, speaker).sections.find(({ id }) => id === "methods");
        const captions = section?.tables?.map(({ caption }) => caption).join("\n") ?? "";
        const paragraphs = section?.paragraphs.join("\n") ?? "";
        assert.equal(/other methods|其他方法/.test(captions), isMeasured);
        assert.equal(
          /What other methods make of the same data|其他方法对同一数据得出的结果/.test(paragraphs),
          !isMeasured,
        );
        assert.equal(/one-sided|单侧/.test(paragraphs), isMeasured);
      }
    }
    assert.deepEqual([...kinds], ["too-early", "measured"]);
  }
});
