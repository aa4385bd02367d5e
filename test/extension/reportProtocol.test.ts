import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import * as fc from "fast-check";
import {
  type FromReportPage,
  parseFromReportPage,
  parseToReportPage,
  type ReportContent,
  reportStringNames,
  type ReportStrings,
  type ToReportPage,
} from "../../src/extension/reportProtocol.ts";
import { reportModel } from "../../src/productivity/report/reportModel.ts";
import { reportWords } from "../../src/productivity/report/words.ts";
import { chinese, counted, english, experimentOf, options, weeksOfWork } from "../support/reports.ts";
import { spoilt } from "../support/spoilt.ts";

const fromPage: readonly FromReportPage[] = [
  { type: "ready" },
  { type: "refresh" },
  { type: "stop" },
  { type: "save" },
  { type: "export" },
  { type: "start" },
  { type: "simulate" },
  { type: "way", id: 3 },
];

const content: ReportContent = {
  id: 1,
  isReading: false,
  readWords: "As it is at 12:00:00",
  notice: { words: "Nothing was counted yet.", way: "Try a suggestion", isTrouble: false },
  text: undefined,
  offer: "main",
};
const strings = Object.fromEntries(reportStringNames.map((name) => [name, name])) as ReportStrings;

/** With every kind of chart, table and list that there is. */
function reports(context: TestContext): readonly ToReportPage[] {
  const spent = {
    inputTokens: 9,
    outputTokens: 3,
    money: [{ amount: 1, currency: "USD" }],
    unknownRequests: 1,
    firstDay: 20_000,
    lastDay: 30_000,
  };
  return [weeksOfWork(), []].flatMap((records) =>
    [experimentOf({ effect: 3, strata: 40 }), undefined].flatMap((experiment) =>
      [english, chinese].map((speaker): ToReportPage => {
        const model = reportModel(counted(context, records), experiment, { ...options, spent });
        return { type: "content", content: { ...content, text: reportWords(model, speaker) } };
      }),
    ),
  );
}

test("what the two sides of the report say to each other is understood, whole reports in both languages, too", (context) => {
  for (const message of fromPage) assert.deepEqual(parseFromReportPage(message), message);
  const toPage: readonly ToReportPage[] = [
    { type: "strings", strings },
    { type: "content", content },
  ];
  for (const message of [...toPage, ...reports(context)]) assert.equal(parseToReportPage(message), message);
});

test("of a report in which one value is of another kind nothing is shown", (context) => {
  const [whole] = reports(context);
  assert.ok(whole);
  for (const message of [{ type: "strings", strings }, { type: "content", content }, whole])
    for (const wrong of spoilt(message))
      assert.equal(parseToReportPage(wrong), undefined, JSON.stringify(wrong).slice(-300));
});

test("an address that is none of the web is no source", (context) => {
  const [whole] = reports(context);
  const text = JSON.stringify(whole);
  assert.notEqual(parseToReportPage(JSON.parse(text)), undefined);
  for (const address of ["javascript:alert(1)//", "command:pairwise.deleteLedger?", "http://", "file:///"])
    assert.equal(parseToReportPage(JSON.parse(text.replace("https://arxiv.org/", address))), undefined);
});

test("nothing that a page might say makes the extension do what is not in the list", () => {
  fc.assert(
    fc.property(fc.anything(), (message) => {
      const parsed = parseFromReportPage(message);
      if (parsed) assert.ok(fromPage.some(({ type }) => type === parsed.type));
      assert.equal(parseToReportPage(message), undefined);
    }),
  );
  for (const id of [-1, 0.5, "1", undefined, null]) assert.equal(parseFromReportPage({ type: "way", id }), undefined);
  assert.deepEqual(parseFromReportPage({ type: "save", file: "/etc/passwd" }), { type: "save" });
});
