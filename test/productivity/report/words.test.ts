import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { reportPage } from "../../../src/productivity/report/html/page.ts";
import { planOf } from "../../../src/productivity/experiment/plan.ts";
import { trialsFrom } from "../../../src/productivity/experiment/trials.ts";
import type { ExperimentState } from "../../../src/productivity/experiment/state.ts";
import { keystrokesOf } from "../../../src/productivity/report/keystrokes.ts";
import type { ReportModel } from "../../../src/productivity/report/model.ts";
import { reportModel } from "../../../src/productivity/report/reportModel.ts";
import { reportWords } from "../../../src/productivity/report/words.ts";
import { fitting, listWords, type Speaker } from "../../../src/productivity/report/words/speaker.ts";
import { ofSpeed } from "../../support/ofSpeed.ts";
import { chinese, counted, english, experimentOf, options, weeksOfWork } from "../../support/reports.ts";
import { simulatedTrials } from "../../support/singleTrials.ts";

const spent = {
  inputTokens: 1_200_000,
  outputTokens: 80_000,
  money: [{ amount: 3.4, currency: "USD" }],
  unknownRequests: 3,
  firstDay: 20_000,
  lastDay: 30_000,
};

const plan = planOf({ tier: 3, k: 2, mostStrata: 200, pairwiseVersion: "0.1.0" });
const trials = trialsFrom(
  simulatedTrials({ timeRatio: 0.2, seed: "5eed", sessions: 20, draws: 20, random: 1 }),
  { leastSeconds: 1 },
  () => true,
);
const singlesAlone = { ...experimentOf({ strata: 2 }, { plan }), trials };

/** In all of them nothing of tier 2 has been measured. */
function withoutMeasurement(context: TestContext): Readonly<Record<string, ReportModel>> {
  const worked = counted(context, weeksOfWork());
  return {
    "an empty ledger": reportModel(counted(context, []), undefined, options),
    "weeks of work": reportModel(worked, undefined, { ...options, spent }),
    "an experiment that has just begun": reportModel(worked, experimentOf({ strata: 0 }), options),
    "one that was stopped at once, with a guess": reportModel(
      worked,
      experimentOf({ strata: 0 }, { status: "stopped", beliefAfter: 1.4 }),
      options,
    ),
    "an experiment of two pairs": reportModel(worked, experimentOf({ strata: 2, effect: 10 }), options),
    // Half-hours come first: what single suggestions do is not told before.
    "single suggestions without half-hours": reportModel(worked, singlesAlone, options),
    "an experiment of a newer version": reportModel(worked, experimentOf({ effect: 10 }, { plan: undefined }), options),
    "exported files of an experiment that goes on": reportModel(
      worked,
      experimentOf({ effect: 10 }, { isCommitmentKept: false, isSeedHidden: true }),
      options,
    ),
    "an experiment with half-hours missing": reportModel(
      worked,
      experimentOf({ effect: 10 }, { missingSlots: 3 }),
      options,
    ),
    "a changed experiment": reportModel(worked, experimentOf({ effect: 10 }, { isCommitmentKept: false }), options),
  };
}

/** The same speaker, with what it has said, and of which sentence. */
function listening(speaker: Speaker): { readonly speaker: Speaker; readonly asked: Map<string, string> } {
  const asked = new Map<string, string>();
  const t: Speaker["t"] = (sentence, ...values) => {
    const said = speaker.t(sentence, ...values);
    asked.set(said, sentence);
    return said;
  };
  return { speaker: { ...speaker, t }, asked };
}

/** What may speak of speed where nothing was measured, each for its reason. */
const exceptions: readonly string[] = [
  // It denies.
  "What was counted so far is below. None of it says how fast somebody is: an acceptance rate is not time.",
  // The forecast's question, and what somebody answered.
  "Asked before the experiment how many times as much is written in the same time with suggestions, the answer was {0} times as much.",
  "After it, and before VS Code first showed or exported the result, the answer was {0} times as much. The command line shows a result without asking.",
  // What others claim, and what is not known of it.
  "{0}×",
  "Said of AI: “10x”.",
  "Said of AI: “3–4x”.",
  "Claims of how many times as much is done in the same time, and what is known of each",
  "times as much in the same time (logarithmic)",
  // What others have measured of others.
  "Such guesses are often wrong: in one trial (METR 2025) people believed that a task took them 20% less time, which is 1.25 times as much in the same time (1/0.80), and were measured to take 19% more, which is 0.84 times (1/1.19).",
  "No interval that was found contains 10 times; only the first contains 3 to 4 times.",
  "Published measurements of how many times as much was done in the same time",
  "Peng et al. 2023: one task from scratch, 95 professional programmers: 2.26 times as fast (1.27 to 9.1).",
  "Cui et al.: three field experiments with 4,867 developers: 1.26 times as many tasks done (1.06 to 1.46).",
  "METR 2025: 16 experienced developers in their own projects took 19% more time, which is 0.84 times as fast (1/1.19; 0.72 to 0.98), and believed that they had taken 20% less, which is 1.25 (1/0.80).",
  "no such ratio published",
  // A bound, which says what can't be; and what it takes to know.
  "Even if that took no time at all, the whole job could not become more than {0} times what it is (Amdahl's law). For 3 times the share has to be 67%, for 10 times 90%.",
  "What it takes: claims of 3 times and 10 times can be tested within days; to tell 10% from nothing usually takes a team and a quarter of a year.",
  // Of undoing, no ratio.
  "Lines: {0}, which are the accepted ones times the share of characters that was there ten minutes later",
  "In an hour of work {0} errors were new and {1} times something was undone.",
  // Headings of columns and axes that have no figure of this user.
  "Ratio",
  "Ratio of sums (too narrow for few blocks)",
  "Times",
  "Undone (times)",
];

/** Where the report as JSON has results of estimators: rates and shares of suggestions, and what others have measured of others. */
const estimatesOfOthers = [
  /^acceptance\.\w+\.rate\./,
  /\.acceptance\.rate\./,
  /^survival\.curve\.steps\./,
  /^studies\./,
];
const ofEstimate = /^(estimate|lower|upper|atHalf|atDouble)$|^ratio$|factor|speed/i;

/** Numbers that could be taken for how fast somebody is, by where they are in the JSON. */
function estimatesIn(value: unknown, at: readonly string[] = []): readonly string[] {
  if (typeof value === "number") return ofEstimate.test(at.at(-1) ?? "") ? [at.join(".")] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => estimatesIn(inner, [...at, name]));
}

test("without data of an experiment nothing states that this user is faster or slower, in either language", (context) => {
  const used = new Set<string>();
  for (const [name, model] of Object.entries(withoutMeasurement(context))) {
    for (const [language, plain] of Object.entries({ english, chinese })) {
      const { speaker, asked } = listening(plain);
      const text = reportWords(model, speaker);
      for (const [said, sentence] of asked) {
        if (!ofSpeed[language]?.test(said)) continue;
        used.add(sentence);
        assert.ok(exceptions.includes(sentence), `${name}, in ${language}: ${said}`);
      }
      // All that is said comes from sentences: the page adds no words of its own.
      const page = textOf(reportPage(text, () => "hash"));
      for (const said of page) if (ofSpeed[language]?.test(said)) assert.ok(isMadeOf(said, asked), said);
      assert.doesNotMatch(text.headline, /\d/, name);
    }
    const { verdict, ladder, forecast } = model;
    assert.notEqual(verdict.kind, "measured");
    assert.deepEqual([ladder.measured, forecast?.isBefore], [undefined, undefined]);
    assert.ok(ladder.rows.every((row) => row.verdict === "not-known" || row.verdict === "undecided"));
    assert.deepEqual(
      estimatesIn(JSON.parse(JSON.stringify(model))).filter((at) => !estimatesOfOthers.some((one) => one.test(at))),
      [],
      name,
    );
  }
  assert.deepEqual(
    exceptions.filter((sentence) => !used.has(sentence)),
    [],
    "an exception that is not needed is none",
  );
});

/** What stands between the tags of the body. */
function textOf(page: string): readonly string[] {
  return page
    .slice(page.indexOf("<body>"))
    .split(/<[^>]*>/)
    .map((text) => text.trim().replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))))
    .filter((text) => text !== "");
}

/** A tick of an axis, or something that was said. */
function isMadeOf(text: string, asked: ReadonlyMap<string, string>): boolean {
  return /^[\d.]+×$/.test(text) || [...asked.keys()].some((said) => text.includes(said));
}

test("once an experiment has data the headline has its interval, and the next sentence what it rules out and shows", (context) => {
  const figures = counted(context, []);
  const of = (speaker: Speaker, truth: Parameters<typeof experimentOf>[0]) => {
    const { headline, notes } = reportWords(reportModel(figures, experimentOf(truth), options), speaker);
    return [headline, notes[0]];
  };
  assert.deepEqual(of(english, { effect: 3, strata: 40 }), [
    "Between 1.9 and 3.8 times as much in the same time with suggestions, at the code (95%, both ends at once), on 64 half-hours of work. Each side asked alone: 4 times or more is ruled out, and more than 1.67 times is shown.",
    "Asked of one side alone (95%): less than 3.29 times, so 4 times or more is ruled out; asked of the other: more than 2.00 times, so more than 1.67 times is shown.",
  ]);
  assert.deepEqual(of(chinese, { effect: 3, strata: 40 }), [
    "有建议时，在写代码的相同时间内，写下并留存的字符是没有建议时的 1.9 至 3.8 倍（95%，两端同时成立），基于 64 个工作时段（每段 30 分钟）。两侧各自单独看：4 倍及以上已被排除，且已证实超过 1.67 倍。",
    "仅看单侧（95%）：低于 3.29 倍，因此 4 倍及以上已被排除；看另一侧：高于 2.00 倍，因此已证实超过 1.67 倍。",
  ]);
  assert.match(of(english, { effect: 0.3, strata: 40 })[1] ?? "", /any gain is ruled out\.$/);
});

test("an interval off the scale is told by its one bound, and no word stands twice", (context) => {
  const figures = counted(context, []);
  const of = (effect: number, speaker: Speaker) =>
    reportWords(reportModel(figures, experimentOf({ effect, strata: 40, sd: 0.1 }), options), speaker);
  const more = of(1e6, english);
  assert.match(more.headline, /^More than 100 times as much in the same time with suggestions, at the code/);
  assert.match(more.notes[0] ?? "", /more than 100 times, so more than 10 times is shown/);
  const less = of(1e-6, english);
  assert.match(less.headline, /^Less than 0\.01 times as much in the same time with suggestions, at the code/);
  assert.match(less.notes[0] ?? "", /less than 0\.01 times, so any gain is ruled out/);
  for (const text of [more, less])
    assert.doesNotMatch(JSON.stringify(text), /(more|less) than (more|less) than|than [\d.]+ (to|and) (more|less)/);
  for (const text of [of(1e6, chinese), of(1e-6, chinese)])
    assert.doesNotMatch(JSON.stringify(text), /(超过|高于|不到|低于) ?(超过|不到)|(超过|不到) [\d.]+ 至/);
});

test("what a model of keystrokes says stands beside what was measured, and only where the accepted text was looked at", (context) => {
  const worked = counted(context, weeksOfWork());
  const idOf = (model: ReportModel): readonly string[] => reportWords(model, english).sections.map(({ id }) => id);
  const model = reportModel(worked, experimentOf(), options);
  assert.ok(model.verdict.kind === "measured" && model.keystrokes?.kind === "known");
  const section = reportWords(model, english).sections.find(({ id }) => id === "keystrokes");
  assert.match(section?.paragraphs[0] ?? "", /^A model, no measurement: if typing the [\d,]+ characters/);
  assert.match(section?.paragraphs[1] ?? "", /^What was measured is [\d.]+ to [\d.]+ times as much/);
  // What was accepted a minute ago is not gone: nobody has looked yet.
  const unseen = { ...worked, aiSlots: [] };
  const inDoubt = { ...model.verdict, isFlagged: true };
  for (const without of [
    reportModel(unseen, experimentOf(), options),
    reportModel(worked, undefined, options),
    reportModel(worked, experimentOf({ strata: 2, effect: 10 }), options),
  ]) {
    assert.equal(without.keystrokes, undefined);
    assert.ok(!idOf(without).includes("keystrokes"));
    assert.doesNotMatch(JSON.stringify(reportWords(without, english)), /keystroke/i);
  }
  assert.equal(keystrokesOf(worked, inDoubt), undefined);
});

test("what the sentence says of claims is within the bounds that stand beside it", (context) => {
  const figures = counted(context, []);
  let inTheInterval = 0;
  let moreWithin = 0;
  for (let seed = 1; seed <= 40; seed += 1) {
    const model = reportModel(figures, experimentOf({ effect: 1.4, sd: 0.6, strata: 40 }, {}, seed), options);
    const {
      headline,
      notes: [decided = ""],
    } = reportWords(model, english);
    const [, atMost, ruledOut] = /less than ([\d.]+) times, so ([\d.]+) times or more is ruled out/.exec(decided) ?? [];
    const [, atLeast, shown] =
      /more than ([\d.]+) times, so (?:more than ([\d.]+) times|that it is more) /.exec(decided) ?? [];
    if (ruledOut) assert.ok(Number(atMost) <= Number(ruledOut), decided);
    if (atLeast) assert.ok(Number(atLeast) >= Number(shown ?? 1), decided);
    const [, upper] =
      /and ([\d.]+) times as much in the same time with suggestions, at the code \(95%, both ends at once\)/.exec(
        headline,
      ) ?? [];
    if (Number(upper) > Number(ruledOut)) inTheInterval += 1;
    // Who reads the headline alone learns what is decided, whatever the interval has in it.
    const [, least] = /times or more is ruled out/.test(decided)
      ? (/([\d.]+) times or more is ruled out/.exec(headline) ?? [])
      : [];
    assert.equal(least, ruledOut);
    assert.equal(
      /that it is more than without suggestions is shown/.test(headline),
      /so that it is more than/.test(decided),
    );
    if (/^Between 0\.\d/.test(headline) && /is shown/.test(headline)) moreWithin += 1;
  }
  // Without the bounds these would say two things at once.
  assert.ok(inTheInterval > 5, String(inTheInterval));
  assert.ok(moreWithin > 0, "an interval with 1 in it, and more than 1 shown");
});

test("a claim that is not decided is told with how many more half-hours that takes, as long as there will be any", (context) => {
  const plan = planOf({ tier: 2, k: 2, mostStrata: 10_000, pairwiseVersion: "0.1.0" });
  const model = reportModel(counted(context, []), experimentOf({ effect: 3, strata: 40 }, { plan }), options);
  assert.match(
    reportWords(model, english).notes.join("\n"),
    /Not decided yet: 3 times \(about [\d,]+ more half-hours of work\) and 2\.5/,
  );
  const stopped = experimentOf({ effect: 3, strata: 40 }, { status: "stopped" });
  const words = reportWords(reportModel(counted(context, []), stopped, options), english);
  assert.match(words.notes.join("\n"), /Left undecided: 3 times and 2\.5 times\./);
  assert.doesNotMatch(JSON.stringify(words), /more half-hours/);
});

test("of a claim that takes more half-hours than the experiment has left it is said that this experiment can't decide it", (context) => {
  const plan = planOf({ tier: 2, k: 2, mostStrata: 61, pairwiseVersion: "0.1.0" });
  const experiment = experimentOf({ strata: 60, effect: 1.25, sd: 0.6, qualifying: 1 }, { plan });
  const model = reportModel(counted(context, []), experiment, options);
  const { notes, sections } = reportWords(model, english);
  assert.match(notes.join("\n"), /1\.1 times \(this experiment can't decide it\)/);
  const row = sections.find(({ id }) => id === "ladder")?.data?.rows.find(([claim]) => claim === "1.1×");
  assert.equal(row?.[1], "Undecided: this experiment can't decide it.");
  assert.doesNotMatch(JSON.stringify(sections), /about [\d,]+ more half-hours/);
});

test("a split that chance does not make is told in the headline, whatever else is known, and no claim is judged", (context) => {
  const figures = counted(context, []);
  for (const whole of [
    experimentOf({ effect: 3, strata: 120, qualifying: 1 }),
    experimentOf({ effect: 3, strata: 24, qualifying: 1 }),
  ]) {
    // Somebody's blocks without suggestions get lost, by whatever fault.
    const kept = whole.blocks.length > 100 ? 2 : 24;
    const blocks = whole.blocks.map((block) =>
      block.arm === "off" && (kept === 2 ? block.stratum % kept === 0 : block.stratum >= 5)
        ? { ...block, qualifies: false, whyNot: "little-focus" as const }
        : block,
    );
    const model = reportModel(figures, { ...whole, blocks }, options);
    assert.equal(model.verdict.kind, kept === 2 ? "measured" : "too-early");
    const { headline, notes } = reportWords(model, english);
    assert.match(headline, /^This can't be relied on: half-hours of one kind/);
    assert.doesNotMatch([headline, ...notes].join("\n"), /ruled out|is shown/);
    assert.match(notes.join("\n"), /No claim is judged/);
    assert.match(reportWords(model, chinese).headline, /^以下结果不可信/);
    assert.ok(model.ladder.rows.every(({ verdict }) => verdict === "not-known"));
  }
});

test("where half-hours got lost the measured interval is no figure beside claims and guesses, in words, tables or charts", (context) => {
  const whole = experimentOf({ effect: 1.5, strata: 60, qualifying: 1 }, { beliefAfter: 1.4 });
  const blocks = whole.blocks.map((block) =>
    block.arm === "off" && block.stratum % 3 === 0
      ? { ...block, qualifies: false, whyNot: "little-focus" as const }
      : block,
  );
  const of = (experiment: typeof whole) => reportModel(counted(context, []), experiment, options);
  const model = of({ ...whole, blocks });
  assert.ok(model.verdict.kind === "measured" && model.verdict.isFlagged);
  assert.deepEqual(
    [model.forecast?.before, model.forecast?.isBefore, model.ladder.measured],
    [2, undefined, undefined],
  );
  const partOf = (id: string, from = model) => reportWords(from, english).sections.find((each) => each.id === id);
  const forecast = partOf("forecast");
  assert.deepEqual(
    forecast?.data?.rows.map(([label]) => label),
    ["Believed before", "Believed after"],
  );
  assert.match(forecast?.paragraphs[0] ?? "", /What was measured can't be relied on, so nothing is held against it\.$/);
  assert.doesNotMatch(JSON.stringify(forecast), /Measured"|measured interval|"interval"/);
  const chart = partOf("ladder")?.chart;
  assert.ok(chart?.kind === "ratios" && chart.band === undefined);
  assert.match(JSON.stringify(reportWords(model, chinese)), /测得的结果不可信，因此不作对照。/);
  // Nothing lost: all of it is there.
  const sound = of(whole);
  assert.equal(sound.forecast?.isBefore, "above");
  assert.ok(partOf("forecast", sound)?.data?.rows.some(([label]) => label === "Measured"));
  assert.match(JSON.stringify(partOf("ladder", sound)?.chart), /"band":.*measured: /);
});

test("an experiment of a newer version is not said to have been changed, and neither kind to have never been", (context) => {
  const figures = counted(context, []);
  const of = (state: Parameters<typeof experimentOf>[1]) =>
    reportWords(reportModel(figures, experimentOf({}, state), options), english);
  const newer = of({ plan: undefined });
  assert.equal(newer.headline, "Nothing can be said by this version: a newer one has laid down the experiment.");
  assert.doesNotMatch(JSON.stringify(newer), /not the one that was laid down|was changed/);
  const changed = of({ isCommitmentKept: false });
  assert.match(changed.headline, /^Nothing can be said: the experiment is not the one that was laid down/);
  const missing = of({ missingSlots: 3 });
  assert.match(missing.headline, /^Nothing can be said: half-hours that were drawn are not in the ledger any more/);
  assert.match(missing.notes.join(" "), /not in the ledger: at least 3\./);
  for (const text of [newer, changed, missing]) {
    assert.doesNotMatch(JSON.stringify(text), /There was no experiment/);
    assert.match(JSON.stringify(text), /Nothing comes of the experiment/);
  }
});

test("in Chinese no sentence is left in English", (context) => {
  const models = [
    ...Object.values(withoutMeasurement(context)),
    reportModel(counted(context, weeksOfWork()), experimentOf(), { ...options, spent }),
    reportModel(counted(context, []), { ...singlesAlone, ...experimentOf({}, { plan }) }, options),
  ];
  for (const model of models) {
    const { speaker, asked } = listening(chinese);
    reportWords(model, speaker);
    for (const [said, sentence] of asked) assert.match(said, /\p{Script=Han}/u, sentence);
  }
});

test("a report of nothing has every part, and no NaN, no undefined and no figure of nothing", (context) => {
  const text = reportWords(reportModel(counted(context, []), undefined, options), english);
  assert.deepEqual(
    text.sections.map(({ id }) => id),
    [
      "waiting",
      "ladder",
      "funnel",
      "survival",
      "trend",
      "breakdown",
      "cost",
      "share",
      "guardrails",
      "studies",
      "methods",
    ],
  );
  assert.doesNotMatch(JSON.stringify(text), /NaN|undefined|Infinity|null/);
  assert.match(text.sections.find(({ id }) => id === "funnel")?.paragraphs[0] ?? "", /Not enough data yet/);
});

test("each chart has a question as its title, its words, and its data as a table", (context) => {
  const model = reportModel(counted(context, weeksOfWork()), experimentOf(), { ...options, spent });
  for (const speaker of [english, chinese]) {
    const charts = reportWords(model, speaker).sections.filter(({ chart }) => chart);
    assert.deepEqual(
      charts.map(({ id }) => id),
      ["ladder", "forecast", "funnel", "survival", "trend", "studies"],
    );
    for (const { id, question, paragraphs, chart, data } of charts) {
      assert.match(question, /[?？]$/, id);
      assert.ok(paragraphs.length > 0 && chart && chart.label !== "" && (data?.rows.length ?? 0) > 0, id);
    }
  }
});

test("beside the result of an experiment that has ended stands whether a guess was given before it was seen", (context) => {
  const paragraphs = (state: Partial<ExperimentState>): string => {
    const text = reportWords(reportModel(counted(context, []), experimentOf(undefined, state), options), english);
    return text.sections.find(({ id }) => id === "forecast")?.paragraphs.join("\n") ?? "";
  };
  const none = "No guess was given after it: one that is made with the result in view says nothing.";
  assert.doesNotMatch(paragraphs({ status: "running" }), /after it/i);
  assert.ok(paragraphs({ status: "completed" }).includes(none));
  assert.equal(paragraphs({ status: "stopped", beliefBefore: undefined }), none);
  const given = paragraphs({ status: "stopped", beliefAfter: 1.4 });
  assert.match(given, /The answer after it is (within|above|below) the measured interval\.$/m);
  assert.match(paragraphs({ status: "stopped", beliefAfter: 9 }), /The answer after it is above the measured/);
  assert.match(paragraphs({ status: "stopped", beliefAfter: 0.2 }), /The answer after it is below the measured/);
  assert.match(given, /After it, and before VS Code first showed or exported the result, the answer was 1\.40 times/);
});

test("of an experiment that has ended with too few half-hours nothing is told to be still to come", (context) => {
  const saidOf = (speaker: Speaker, state: Partial<ExperimentState>, strata: number): string => {
    const model = reportModel(
      counted(context, []),
      experimentOf({ strata, effect: 0.2, qualifying: 1 }, state),
      options,
    );
    const { headline, notes, sections } = reportWords(model, speaker);
    return [headline, ...notes, ...(sections.find(({ id }) => id === "forecast")?.paragraphs ?? [])].join("\n");
  };
  for (const status of ["stopped", "completed"] as const) {
    const none = saidOf(english, { status }, 0);
    assert.match(none, /^No result: the experiment has ended, with too few half-hours for one\.\n/);
    assert.match(none, /Not enough data \(/);
    assert.doesNotMatch(none, /No guess was given/);
    assert.match(
      saidOf(english, { status }, 5),
      /^No interval: the experiment has ended, with too few half-hours for one\. One side asked alone: 3 times or more is ruled out\.\n/,
    );
    for (const strata of [0, 5]) {
      assert.doesNotMatch(saidOf(english, { status }, strata), /\byet\b|Too early/);
      assert.doesNotMatch(saidOf(chinese, { status }, strata), /为时尚早|还太少|还不够/);
    }
  }
  assert.match(saidOf(english, { status: "running" }, 0), /^Too early to tell: .* too few half-hours yet\./);
});

test("what METR's developers believed stands on the scale of what was measured of them: how much in the same time", (context) => {
  const model = reportModel(counted(context, []), experimentOf(), options);
  const metr = model.studies.find(({ who }) => who === "metr")?.measured?.estimate ?? Number.NaN;
  // "Allowing AI reduced completion time by 20%" was believed; it "increases completion time by 19%".
  const [measured, believed] = [1 / 1.19, 1 / (1 - 0.2)];
  assert.equal(metr.toFixed(2), measured.toFixed(2));
  for (const speaker of [english, chinese]) {
    const { sections } = reportWords(model, speaker);
    const said = [
      sections.find(({ id }) => id === "forecast")?.paragraphs.at(-1) ?? "",
      sections.find(({ id }) => id === "studies")?.items?.find(({ text }) => text.includes("METR"))?.text ?? "",
    ];
    for (const text of said) {
      const figures = text.match(/\d\.\d+(?=\s*(?:times|倍|\())/g)?.map(Number);
      for (const figure of [measured, believed]) assert.ok(figures?.includes(Number(figure.toFixed(2))), text);
    }
  }
});

test("the characters beneath the share of new code are told as those that were still there, which they are", (context) => {
  const model = reportModel(counted(context, weeksOfWork()), undefined, options);
  const basisIn = (speaker: Speaker): string =>
    reportWords(model, speaker).sections.find(({ id }) => id === "share")?.basis ?? "";
  assert.match(basisIn(english), /^Characters still there after ten minutes, accepted: [\d,]+, typed: [\d,]+$/);
  assert.match(basisIn(chinese), /^十分钟后仍在的字符/);
});

test("what is gone after a day stands in the row of all work, too, where it is known", (context) => {
  const model = reportModel(counted(context, weeksOfWork()), undefined, options);
  const { known, gone } = model.guardrails.all.dayOld;
  assert.ok(known > 0);
  const [row] = reportWords(model, english).sections.find(({ id }) => id === "guardrails")?.data?.rows ?? [];
  assert.deepEqual([row?.[0], row?.[4]], ["All work", `${Math.round((100 * gone) / known)}%`]);
});

test("a p that is too small to print is less than something, and not equal to less", (context) => {
  const experiment = experimentOf();
  const model = reportModel(counted(context, weeksOfWork()), experiment, options);
  const said = JSON.stringify(reportWords(model, english));
  assert.match(said, /p [=<] 0\.\d+/);
  assert.doesNotMatch(said, /= </);
});

test("which sessions are counted is told, where two counts of them differ", (context) => {
  const text = reportWords(reportModel(counted(context, weeksOfWork()), undefined, options), english);
  assert.match(text.sections.find(({ id }) => id === "funnel")?.basis ?? "", /in sessions in which one was shown: 11$/);
  assert.match(
    text.imprint,
    /; sessions in which a suggestion could be seen for 300 ms, also with another extension: 12\.$/,
  );
  // What was not shown makes no session of them.
  const { session, run } = { session: "5e551000000000ff", run: "unseen:1" };
  const shown = weeksOfWork().find(({ kind }) => kind === "opportunity");
  assert.ok(shown);
  const withUnseen = counted(context, [...weeksOfWork(), { ...shown, session, run } as typeof shown]);
  assert.equal(reportModel(withUnseen, undefined, options).range.sessions, 12);
});

test("why half-hours don't count is told as the rule has it", (context) => {
  const whole = experimentOf({ strata: 8, qualifying: 1 });
  const reasons = ["no-activity", "unknown"] as const;
  const blocks = whole.blocks.map((block, index) =>
    index < 2 ? { ...block, qualifies: false, whyNot: reasons[index] } : block,
  );
  const model = reportModel(counted(context, []), { ...whole, blocks }, options);
  const rowsOf = (speaker: Speaker) =>
    reportWords(model, speaker).sections.flatMap(({ tables = [] }) =>
      tables.flatMap(({ rows }) => rows.map(([first]) => first)),
    );
  for (const [speaker, active, unknown] of [
    [
      english,
      "Less than five minutes of work were counted in it",
      /^What became of more than half of its typed char.*, or of all its/,
    ],
    [chinese, "其间计得的工作不足五分钟", /^键入的字符中超过一半去向不明，或所有字符都去向不明$/],
  ] as const) {
    assert.ok(rowsOf(speaker).includes(active));
    assert.ok(rowsOf(speaker).some((row) => unknown.test(row ?? "")));
  }
});

test("beside 2.5 and 1.67 times the ladder speaks of work at the code, and the whole job is told by itself", (context) => {
  const short = { ...options, workdayMinutes: 24 * 60 };
  const model = reportModel(counted(context, weeksOfWork()), experimentOf({ effect: 5, strata: 100 }), short);
  const { sections, notes } = reportWords(model, english);
  const [row] = sections.find(({ id }) => id === "ladder")?.data?.rows.filter(([claim]) => claim === "2.5×") ?? [];
  assert.deepEqual(row?.slice(1), [
    "Shown: it is more.",
    "This is of work at the code; “five become two” is said of the whole job.",
  ]);
  assert.match(notes.join("\n"), /That is of the time at the code alone, \d+% of a working day of 24 h\./);
  const whole = sections.find(({ id }) => id === "wholeJob")?.paragraphs ?? [];
  assert.match(whole[0] ?? "", /^A ceiling: .*the whole job could not become more than [\d.]+ times/);
  assert.match(whole[1] ?? "", /comes to ([\d.]+) to (?!\1 )[\d.]+ times for the whole job/);
  assert.match(whole[2] ?? "", /^“Five become two” \(2\.5 times for the whole job\): ruled out by the ceiling/);
  assert.match(JSON.stringify(reportWords(model, chinese)), /对整个工作而言是多少？/);
});

test("where nothing is known of what was spent that is said, and no figure of 0", (context) => {
  const worked = counted(context, weeksOfWork());
  const nothing = { ...spent, inputTokens: 0, outputTokens: 0, money: [], unknownRequests: 0 };
  for (const sums of [undefined, nothing, { ...nothing, unknownRequests: 12 }]) {
    const model = reportModel(worked, undefined, { ...options, ...(sums && { spent: sums }) });
    const { paragraphs } = reportWords(model, english).sections.find(({ id }) => id === "cost") ?? {};
    assert.match(paragraphs?.[0] ?? "", /^That is not known here/);
    assert.doesNotMatch(paragraphs?.join(" ") ?? "", /\b0\b/);
    assert.equal(
      paragraphs?.[1],
      sums?.unknownRequests === 12 ? "Requests of which tokens or price are not known: 12." : undefined,
    );
    assert.equal(model.cost?.tokensPerLine, undefined);
  }
  const known = reportModel(worked, undefined, { ...options, spent });
  assert.match(JSON.stringify(reportWords(known, english)), /For suggestions alone/);
});

test("a cell of which nothing is known says so, and is not told as none", (context) => {
  const record = weeksOfWork().find(({ kind }) => kind === "opportunity");
  const nothing = reportModel(counted(context, []), experimentOf({ strata: 1 }), options);
  const asked = reportModel(counted(context, record ? [record] : []), undefined, options);
  for (const model of [nothing, asked]) {
    const { sections } = reportWords(model, english);
    const cells = sections.flatMap(({ data, tables = [] }) => [...(data ? [data] : []), ...tables]);
    assert.deepEqual(
      cells.flatMap(({ rows }) => rows.flat()).filter((cell) => cell === "none"),
      [],
    );
  }
  const { sections } = reportWords(asked, english);
  const rowsOf = (id: string) => sections.find((section) => section.id === id)?.data?.rows;
  assert.deepEqual(rowsOf("funnel")?.[0], ["Asked for", "1", "–"]);
  assert.deepEqual(rowsOf("guardrails")?.[0]?.slice(2), ["not known", "not known", "not known"]);
});

test("how many accepts another extension had a part in is told beside survival and the share of new code", (context) => {
  const report = counted(context, weeksOfWork());
  const { count, chars } = report.contaminatedAccepts;
  assert.ok(count > 0 && chars > 0);
  const { sections } = reportWords(reportModel(report, undefined, options), english);
  const of = (id: string) => sections.find((section) => section.id === id);
  assert.match(of("survival")?.paragraphs.join(" ") ?? "", new RegExp(`at the same time: ${count} accepts\\.`));
  assert.deepEqual(of("share")?.data?.rows[0], [
    "Accepted while another extension's suggestions were there",
    chars.toLocaleString("en"),
  ]);
});

test("in Chinese values stand in their sentence as if they had been written there", (context) => {
  assert.equal(listWords(chinese, ["1.67 倍", "1.25 倍"]), "1.67 倍和 1.25 倍");
  assert.equal(listWords(chinese, ["VS Code 1.101", "gpt-4.1"]), "VS Code 1.101 和 gpt-4.1");
  assert.equal(
    fitting(chinese).t(
      "on a day with work {0} were spent at the code (on average over {1} whole days), which is {2} of a working day of {3}.",
      "2 小时",
      "7",
      "不到 1%",
      "8 小时",
    ),
    "有工作的一天里，写代码用时 2 小时（7 个完整日的平均），占工作日（8 小时）的不到 1%。",
  );
  const parts = (["language", "model"] as const).map((by) => ({ by, groups: [], hidden: { groups: 1, shown: 3 } }));
  const share = {
    ...reportModel(counted(context, []), undefined, options).share,
    share: 0,
    bounds: { atLeast: 0, atMost: 0 },
  };
  const model = { ...reportModel(counted(context, weeksOfWork()), undefined, options), breakdown: { parts }, share };
  const said = JSON.stringify(reportWords(model, chinese));
  assert.match(said, /语言（1 组，3 条建议）和模型（1 组，3 条建议）/);
  assert.doesNotMatch(said, /\p{Script=Han} +\p{Script=Han}|0% 至 0%/u);
});

test("in Chinese no space stands beside a full-width mark or after a date", (context) => {
  const worked = counted(context, weeksOfWork());
  for (const model of [
    reportModel(worked, experimentOf({ effect: 3, strata: 40 }), { ...options, spent }),
    ...Object.values(withoutMeasurement(context)),
  ]) {
    const said = JSON.stringify(reportWords(model, chinese));
    assert.doesNotMatch(said, /[（），。；：、？] | [（），。；：、？]|\d日 \p{Script=Han}/u);
    assert.doesNotMatch(said, /et al\.|活跃分钟|单一最佳/);
  }
});

test("a share without an interval is told as one thing, and nothing is told of 1 suggestions", (context) => {
  const model = reportModel(counted(context, weeksOfWork()), undefined, options);
  const { headline } = model.acceptance;
  const lack = { kind: "missing", lack: { kind: "too-few", what: "sessions", have: 2, need: 5 } } as const;
  const acceptance = { ...model.acceptance, partly: 1, headline: { ...headline, part: 2, whole: 5, rate: lack } };
  const flow = (speaker: Speaker): string =>
    reportWords({ ...model, acceptance }, speaker)
      .sections.find(({ id }) => id === "funnel")
      ?.paragraphs.join("\n") ?? "";
  assert.match(flow(english), /^Of what was shown, 40% \(without an interval\) was accepted\./);
  assert.match(flow(english), /In parts only: 1\./);
  assert.match(flow(chinese), /^显示的建议中有 40%（没有区间）被接受/);
});

test("nothing happens 1 times: that there is no gain is told as that", (context) => {
  const figures = counted(context, []);
  const model = reportModel(figures, experimentOf({ effect: 1, strata: 30 }, { status: "stopped" }), options);
  const { notes } = reportWords(model, english);
  assert.match(notes.join("\n"), /Left undecided: .*whether there is any gain/);
  assert.doesNotMatch(notes.join("\n"), / 1 times/);
});
