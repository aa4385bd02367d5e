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
import { counted, english, experimentOf, options, WEEK_MS, weeksOfWork } from "../../support/reports.ts";

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
    lack: { kind: "too-few", what: "sessions", have: 0, need: 2 },
  });
  assert.deepEqual([acceptance.at300, acceptance.ofChars, share.share], [undefined, undefined, undefined]);
  assert.deepEqual(
    [survival.curve.kind, waiting?.ceiling.kind, waiting?.keystrokes.kind, trend.weeks],
    ["missing", "missing", "missing", []],
  );
  assert.equal(guardrails.all.newErrorsPerHour, undefined);
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
  assert.deepEqual(forecast, { before: 2, after: undefined, isBefore: "within" });
});

test("with few blocks there is no interval, and it is said how many more it takes", (context) => {
  const { verdict, ladder } = reportModel(counted(context, []), experimentOf({ strata: 2, qualifying: 1 }), options);
  assert.ok(verdict.kind === "too-early");
  // Six pairs have an interval with two ends.
  assert.deepEqual([verdict.strata, verdict.moreHalfHours, ladder.measured], [2, 8, undefined]);
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

test("without an experiment the ceiling is of the working day, the keystrokes' ratio a model, and the plan the user's own", (context) => {
  const { waiting } = reportModel(counted(context, weeksOfWork()), undefined, options);
  assert.ok(waiting?.ceiling.kind === "known" && waiting.keystrokes.kind === "known");
  const { share, ceiling, activeMinutesADay } = waiting.ceiling;
  assert.equal(share, activeMinutesADay / 480);
  assert.equal(ceiling, 1 / (1 - share));
  assert.equal(waiting.keystrokes.tornado.length, 3);
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
  const minutes = worked.activeSlots.reduce((sum, { active120Ms }) => sum + active120Ms, 0) / 60_000 / 12;
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
  assert.ok(Math.abs(wholeJob.measured.lower - 1 / (0.97 + 0.03 / verdict.lower)) < 1e-9);
  assert.ok(Math.abs((wholeJob.ceiling.ceiling ?? 0) - 1 / 0.97) < 1e-9);
});
