import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { reportPage } from "../../../src/productivity/report/html/page.ts";
import { stepChart } from "../../../src/productivity/report/html/stepChart.ts";
import { reportModel } from "../../../src/productivity/report/reportModel.ts";
import { reportWords } from "../../../src/productivity/report/words.ts";
import type { ReportText } from "../../../src/productivity/report/words/text.ts";
import { counted, english, experimentOf, options, weeksOfWork } from "../../support/reports.ts";

const sha256Base64 = (text: string): string => createHash("sha256").update(text).digest("base64");

const hostile = `<script>alert("1")</script> & 'x'`;

/** With one name of a model and of a project that wants to be more than text. */
function hostileText(text: ReportText): ReportText {
  const marked = (value: unknown): unknown => {
    if (typeof value === "string") return `${value}${hostile}`;
    if (Array.isArray(value)) return value.map(marked);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        ["id", "kind", "mark", "source"].includes(name) ? inner : marked(inner),
      ]),
    );
  };
  return marked(text) as ReportText;
}

test("whatever the words are, they are text on the page", (context) => {
  const text = reportWords(reportModel(counted(context, weeksOfWork()), experimentOf(), options), english);
  const page = reportPage(hostileText(text), sha256Base64);
  assert.doesNotMatch(page, /<script|'x'|"1"/);
  assert.ok(page.split("&#60;script&#62;alert(&#34;1&#34;)").length > 100);
});

test("the page has no script and loads nothing, and its policy forbids both", (context) => {
  const text = reportWords(reportModel(counted(context, weeksOfWork()), experimentOf(), options), english);
  const page = reportPage(text, sha256Base64);
  const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? "";
  assert.ok(page.includes(`default-src &#39;none&#39;; style-src &#39;sha256-${sha256Base64(style)}&#39;;`));
  assert.doesNotMatch(page, /<script|<link|<img|<iframe|\son\w+=|\sstyle=|\ssrc=|url\(|@import/);
  const addresses = [...page.matchAll(/href="([^"]*)"/g)].map((found) => String(found[1]));
  assert.ok(addresses.length > 0 && addresses.every((address) => address.startsWith("https://")));
});

test("charts are drawn where they belong: the interval's band lies between its ratios on the logarithmic axis", (context) => {
  const model = reportModel(counted(context, []), experimentOf({ effect: 3, strata: 40 }), options);
  const page = reportPage(reportWords(model, english), sha256Base64);
  const ladder = page.slice(page.indexOf('id="ladder"'), page.indexOf('id="forecast"'));
  const band = /<rect class="band" x="([\d.]+)%" width="([\d.]+)%"/.exec(ladder);
  const marks = [...ladder.matchAll(/<svg class="mark" x="([\d.]+)%"/g)].map((found) => Number(found[1]));
  assert.ok(band && model.ladder.measured);
  // 10 and 1 are rows of the ladder; what lies between them is by its logarithm.
  const [ten = 0, one = 0] = [marks[0], marks.at(-1)];
  const at = (ratio: number): number => one + (ten - one) * Math.log10(ratio);
  const from = Number(band[1]);
  assert.ok(Math.abs(from - at(model.ladder.measured.lower)) < 0.1);
  assert.ok(Math.abs(from + Number(band[2]) - at(model.ladder.measured.upper)) < 0.1);
});

test("bars begin at 0 and are as long as their counts, with an outline for what is at most so", (context) => {
  const text = reportWords(reportModel(counted(context, weeksOfWork()), undefined, options), english);
  const chart = text.sections.find(({ id }) => id === "funnel")?.chart;
  assert.ok(chart?.kind === "bars");
  const page = reportPage(text, sha256Base64);
  const widths = [...page.matchAll(/<rect class="bar" x="0"[^>]*width="([\d.]+)%"/g)].map((found) => Number(found[1]));
  const most = Math.max(...chart.rows.map(({ atMost }) => atMost));
  assert.deepEqual(
    widths,
    chart.rows.map(({ atLeast }) => Math.round((atLeast / most) * 10_000) / 100),
  );
  const outlines = chart.rows.filter(({ atLeast, atMost }) => atMost > atLeast).length;
  assert.ok(outlines > 0);
  assert.equal(page.split('class="at-most"').length - 1, outlines);
});

test("the line of survival ends at the last time at which anything is known", () => {
  const point = (label: string, share: number) => ({ label, share, words: label, lower: share - 0.1, upper: share });
  const linesOf = (points: readonly ReturnType<typeof point>[]) => {
    const chart = stepChart({ kind: "steps", label: "", start: "0 s", axis: "", points });
    const steps = [...chart.matchAll(/<line class="step" x1="([\d.]+)%" x2="([\d.]+)%"/g)];
    const ticks = [...chart.matchAll(/<text class="tick" x="([\d.]+)%"/g)].map(([, x]) => Number(x));
    const intervals = [...chart.matchAll(/<line class="band-end" x1="([\d.]+)%"/g)].map(([, x]) => Number(x));
    const bands = [...chart.matchAll(/<rect class="band" x="([\d.]+)%" width="([\d.]+)%"/g)];
    const ends = [...steps.map(([, , to]) => Number(to)), ...bands.map(([, x, width]) => Number(x) + Number(width))];
    return { end: Math.max(...ends), last: ticks.at(-1), intervals };
  };
  for (const points of [[point("30 s", 1)], [point("30 s", 0.9), point("2 min", 0.8), point("5 min", 0.8)]]) {
    const { end, last, intervals } = linesOf(points);
    assert.ok(Math.abs(end - (last ?? 0)) < 0.02, `${end} ${last}`);
    assert.deepEqual(intervals, [last]);
  }
});

test("printed, the tables behind the charts are there, opened or not", (context) => {
  const page = reportPage(
    reportWords(reportModel(counted(context, weeksOfWork()), undefined, options), english),
    () => "",
  );
  const [, print = ""] = page.split("@media print");
  assert.match(print, /details::details-content \{ content-visibility: visible; block-size: auto; \}/);
  assert.doesNotMatch(page, /<details[^>]* open/);
});
