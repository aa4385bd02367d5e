import assert from "node:assert/strict";
import { test } from "node:test";
import { reportPage } from "../../../src/productivity/report/html/page.ts";
import type { Speaker } from "../../../src/productivity/report/words/speaker.ts";
import { teamWords } from "../../../src/productivity/report/words/teamWords.ts";
import { estimateOf, teamMethods } from "../../../src/productivity/team/estimates.ts";
import { experimentOf } from "../../../src/productivity/team/personSums.ts";
import { teamReport } from "../../../src/productivity/team/teamReport.ts";
import { teamSumsOf } from "../../../src/productivity/team/teamSums.ts";
import { chinese, english } from "../../support/reports.ts";
import { rowsOfPerson } from "../../support/teams.ts";

const people = Array.from({ length: 7 }, (_, number) =>
  experimentOf(rowsOfPerson(number, { effect: 0.8 + number / 5, k: number === 6 ? 5 : 2, strata: 20 + 7 * number })),
);
const others = [experimentOf(rowsOfPerson(20, {}, { tier: 3 })), experimentOf(rowsOfPerson(21, { strata: 4 }))];
const of = (given: readonly ReturnType<typeof experimentOf>[]) =>
  teamReport(teamSumsOf(given), { madeMs: 0, source: "rows" });
const whole = of([...people, ...others]);

test("no output has a figure of one person: not in words, not on the page, not in the data", () => {
  const json = JSON.stringify(whole);
  const outputs = [english, chinese].map((speaker) => reportPage(teamWords(whole, speaker), () => "hash"));
  for (const { sums } of people) {
    for (const method of teamMethods) {
      const own = estimateOf(sums, method);
      assert.ok(own);
      // As anybody would round them.
      for (const figure of [own.theta, own.se, Math.exp(own.theta)]) {
        assert.ok(!json.includes(figure.toFixed(6)), `${method}: ${figure}`);
        for (const page of outputs) assert.ok(!page.includes(figure.toFixed(4)), `${method}: ${figure}`);
      }
    }
    // Nor what one of them did.
    assert.ok(!new RegExp(`\\b${sums.onY}\\b`).test(json));
  }
  for (const page of outputs)
    assert.doesNotMatch(
      page,
      /00000000a0|rank(?!ing|\s+by)|\b(first|last|best|worst|top|bottom) (person|people|place)/i,
    );
});

test("no field of the data is of one person: no list is as long as the people are many", () => {
  const lists: number[] = [];
  JSON.stringify(whole, (_key, value: unknown) => {
    if (Array.isArray(value)) lists.push(value.length);
    return value;
  });
  assert.ok(lists.length > 0);
  assert.ok(!lists.includes(people.length), String(lists));
  const more = of([...people, ...Array.from({ length: 3 }, (_, number) => experimentOf(rowsOfPerson(40 + number)))]);
  const keys = (value: unknown): string =>
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === "number" || typeof inner === "string" ? 0 : inner,
    );
  // Whoever comes or goes, it has the same form; a claim that is decided has no blocks missing.
  const form = (report: typeof whole) => keys({ ...report, result: { ...report.result, ladder: [] } });
  assert.equal(form(more), form(of(people)));
});

const ofSpeed: Readonly<Record<string, RegExp>> = {
  english:
    /\bfast|\bslow|\bquick|\bspeed|times as (much|many)|\btimes what\b|productiv|\bsav(e[sd]?|ing)\b|\bgain|boost|accelerat|\btimes\b|×/i,
  chinese: /快|慢|加速|提速|速度|效率|节省|省时|提升|倍/,
};

test("of too few people nothing is said of speed, in either language, and no figure but how many they are", () => {
  for (const given of [[], people.slice(0, 4), [...people.slice(0, 4), ...others]]) {
    for (const [language, speaker] of Object.entries({ english, chinese })) {
      const { headline, notes, sections } = teamWords(of(given), speaker);
      assert.deepEqual(sections, []);
      for (const said of [headline, ...notes]) assert.doesNotMatch(said, ofSpeed[language] ?? /./, said);
    }
  }
});

test("nobody in it is told that they themselves are faster or slower", () => {
  const text = JSON.stringify([teamWords(whole, english)]);
  assert.doesNotMatch(text, /\byou\b|\byour\b|\bthis user\b|\bhe is\b|\bshe is\b/i);
  assert.doesNotMatch(JSON.stringify([teamWords(whole, chinese)]), /您|你/);
});

test("people who are not in the average are told by their number alone, with the plan that differs", () => {
  const text = teamWords(whole, english);
  const said = text.sections.find(({ id }) => id === "people")?.paragraphs.join("\n") ?? "";
  assert.match(said, /handed in their half-hours: 8; in the average: 7\./);
  assert.match(said, /fewer than 10 groups .*: 1\./);
  assert.match(said, /another plan, .* \(version 1, tier 3\), and are left out: 1\./);
});

test("what is known of at least one person is told apart from the average, and what is for one look says so", () => {
  const ladder = teamWords(whole, english).sections.find(({ id }) => id === "ladder");
  assert.deepEqual(ladder?.data?.head, ["Claim", "The average", "Each of them"]);
  for (const row of ladder?.data?.rows ?? []) {
    assert.match(row[1] ?? "", /^The average: /);
    assert.match(row[2] ?? "", /^(At least one person|Of each of them: not decided\.)/);
  }
  assert.match(ladder?.paragraphs[0] ?? "", /That is for one look\.$/);
  const notes = teamWords(whole, english).notes.join("\n");
  assert.match(
    notes,
    /An average of [\d.]+ times or more is ruled out\..*At least one person does not reach [\d.]+ times\./,
  );
});

test("where half-hours of one kind got lost that stands first, no claim is judged anywhere, and there is a way out", () => {
  const lost = of(
    Array.from({ length: 6 }, (_, number) =>
      experimentOf(
        rowsOfPerson(number, { qualifying: 1 }).map((row) =>
          row.arm === "off" && row.stratum % 3 === 0 ? { ...row, qualifies: false, whyNot: "little-focus" } : row,
        ),
      ),
    ),
  );
  const { headline, notes, sections } = teamWords(lost, english);
  assert.match(headline, /^This can't be relied on: .* On average over 6 people, between/);
  assert.match(notes.join("\n"), /No claim is judged: .* a new experiment can be handed in\./);
  assert.match(notes.join("\n"), /Beware: of 6 people .* at most 0\.006 on average\./);
  const ladder = sections.find(({ id }) => id === "ladder");
  assert.match(ladder?.paragraphs.join("\n") ?? "", /^No claim is judged/);
  assert.ok(ladder?.chart?.kind === "ratios");
  assert.equal(ladder.chart.band, undefined);
  for (const row of ladder.data?.rows ?? [])
    assert.deepEqual(row.slice(1), ["The average: not known.", "Of each of them: not known."]);
  // How far people differ would be a result as well.
  assert.ok(!sections.some(({ id }) => id === "spread"));
  assert.doesNotMatch(
    JSON.stringify([notes, sections]),
    /is ruled out\.|is shown\.|does not reach|is expected between/,
  );
  assert.match(JSON.stringify(sections), /that qualify: 78\.8% of as many .*\(p < 0\.001\)/);
  const said = teamWords(lost, chinese);
  assert.match(said.headline, /^以下结果不可信/);
  assert.match(said.notes.join("\n"), /不对任何说法作出判断/);
  assert.doesNotMatch(JSON.stringify(teamWords(whole, english)), /can't be relied on|No claim is judged|Beware/);
});

test("why half-hours don't count is told as the rule has it", () => {
  const reasons = (speaker: Speaker) =>
    teamWords(whole, speaker)
      .sections.find(({ id }) => id === "people")
      ?.tables?.[0]?.rows.map(([why]) => why);
  assert.ok(reasons(english)?.includes("less than five minutes of work were counted in it"));
  assert.ok(
    reasons(english)?.includes(
      "what became of more than half of its typed characters, or of all its characters, is not known",
    ),
  );
  assert.ok(reasons(chinese)?.includes("键入的字符中超过一半去向不明，或所有字符都去向不明"));
});

test("what takes the place of suggestions, and is in no row, is named as what the result may hide", () => {
  const said = (speaker: Speaker) =>
    (teamWords(whole, speaker).sections.find(({ id }) => id === "methods")?.items ?? []).map(({ text }) => text);
  assert.match(said(english).join("\n"), /The rows do not say how many characters pastes, edits of the chat and other/);
  assert.match(said(chinese).join("\n"), /各行数据未记录粘贴、聊天的编辑和其他扩展/);
});

test("where no difference between people is found, it is not said that there is none", () => {
  const { result } = whole;
  assert.ok(result);
  const alike = { ...whole, result: { ...result, pooled: { ...result.pooled, tau2: 0, cochranQ: 3 } } };
  const spread = teamWords(alike, english).sections.find(({ id }) => id === "spread");
  assert.match(spread?.paragraphs.join(" ") ?? "", /Whether they differ can't be told/);
  assert.doesNotMatch(JSON.stringify(spread), /differ no more/);
  assert.doesNotMatch(JSON.stringify(teamWords(whole, english)), /can't be told: as far/);
});

test("in Chinese no sentence is left in English, and nothing is NaN or undefined in either", () => {
  const listening: Speaker = {
    ...chinese,
    t: (sentence, ...values) => {
      const said = chinese.t(sentence, ...values);
      assert.match(said, /\p{Script=Han}|^\{0\}×$|^[\d.]+×$/u, sentence);
      return said;
    },
  };
  const odd = of(
    people.map(({ sums, ...person }) => ({ ...person, sums: { ...sums, qualifyingOff: sums.qualifyingOff / 2 } })),
  );
  for (const report of [whole, odd, of(people.slice(0, 3))]) {
    assert.doesNotMatch(JSON.stringify(teamWords(report, listening)), /NaN|undefined|Infinity|null/);
    assert.doesNotMatch(JSON.stringify(teamWords(report, english)), /NaN|undefined|Infinity|null/);
  }
});

test("nobody is above 1 times, and it takes no 1 more people", () => {
  assert.ok(whole.result);
  const ladder = whole.result.ladder.map((row) => ({
    ...row,
    isSomebodyAbove: row.claim === 1,
    isSomebodyBelow: row.claim === 1,
    verdict: "undecided" as const,
    morePeople: 1,
  }));
  const text = JSON.stringify(teamWords({ ...whole, result: { ...whole.result, ladder } }, english));
  assert.match(text, /At least one person does less than without suggestions\. At least one person does more than/);
  assert.match(text, /undecided, about one more person like these\./);
  assert.doesNotMatch(text, /\b1 (times\.|more people)/);
});
