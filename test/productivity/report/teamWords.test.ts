import assert from "node:assert/strict";
import { test } from "node:test";
import { reportPage } from "../../../src/productivity/report/html/page.ts";
import type { Speaker } from "../../../src/productivity/report/words/speaker.ts";
import { teamWords } from "../../../src/productivity/report/words/teamWords.ts";
import { estimateOf, teamMethods } from "../../../src/productivity/team/estimates.ts";
import { personOf } from "../../../src/productivity/team/personSums.ts";
import { teamReport } from "../../../src/productivity/team/teamReport.ts";
import { teamSumsOf } from "../../../src/productivity/team/teamSums.ts";
import { chinese, english } from "../../support/reports.ts";
import { rowsOfPerson } from "../../support/teams.ts";

const people = Array.from({ length: 7 }, (_, number) =>
  personOf(rowsOfPerson(number, { effect: 0.8 + number / 5, k: number === 6 ? 5 : 2, strata: 20 + 7 * number })),
);
const others = [personOf(rowsOfPerson(20, {}, 3)), personOf(rowsOfPerson(21, { strata: 4 }))];
const of = (given: readonly ReturnType<typeof personOf>[]) =>
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
  const more = of([...people, ...Array.from({ length: 3 }, (_, number) => personOf(rowsOfPerson(40 + number)))]);
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
  for (const report of [whole, of(people.slice(0, 3))]) {
    assert.doesNotMatch(JSON.stringify(teamWords(report, listening)), /NaN|undefined|Infinity|null/);
    assert.doesNotMatch(JSON.stringify(teamWords(report, english)), /NaN|undefined|Infinity|null/);
  }
});
