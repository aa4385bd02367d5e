/** The rule that no output may break, for exports: without data of an experiment nothing says that this user is faster or slower. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { copilotLines } from "../../../src/productivity/export/copilot.ts";
import { csvFiles } from "../../../src/productivity/export/csvTables.ts";
import { otlpRequest } from "../../../src/productivity/export/otlp.ts";
import type { Sent } from "../../../src/productivity/export/sending.ts";
import { sentWords } from "../../../src/productivity/export/sendingWords.ts";
import { figuresOf } from "../../support/exports.ts";
import { chinese, english, experimentOf, weeksOfWork } from "../../support/reports.ts";
import { ofSpeed } from "../../support/ofSpeed.ts";

/** How often something was, and shares of suggestions or characters. */
const exceptions: readonly RegExp[] = [
  /^reason,times,ms,lost$/,
  /^Times that the editor asked where a suggestion could be made\.$/,
  /^Times that something was undone\.$/,
  /^pairwise\.(acceptance|survival|code\.ai)\.ratio$/,
];

/** Of the texts within; numbers say nothing. */
function sentencesIn(json: string): readonly string[] {
  const found: string[] = [];
  JSON.parse(json, (key, value: unknown) => {
    found.push(key);
    if (typeof value === "string") found.push(value);
    return value;
  });
  return found;
}

const spent = {
  inputTokens: 1_200,
  outputTokens: 80,
  money: [{ amount: 3.4, currency: "USD" }],
  unknownRequests: 3,
  firstDay: 20_000,
  lastDay: 30_000,
};

test("without data of an experiment no export states that this user is faster or slower", async (context) => {
  const worked = weeksOfWork();
  const used = new Set<RegExp>();
  for (const [name, figures] of Object.entries({
    "an empty ledger": figuresOf(context, []),
    "weeks of work": figuresOf(context, worked, undefined, { spent }),
    "an experiment that has just begun": figuresOf(context, worked, experimentOf({ strata: 0 })),
    "an experiment of two pairs": figuresOf(context, worked, experimentOf({ strata: 2, effect: 10 })),
    "an experiment with half-hours missing": figuresOf(
      context,
      worked,
      experimentOf({ effect: 10 }, { missingSlots: 3 }),
    ),
    "a changed experiment": figuresOf(context, worked, experimentOf({ effect: 10 }, { isCommitmentKept: false })),
  })) {
    assert.notEqual(figures.model.verdict.kind, "measured", name);
    const { json } = await otlpRequest(figures, {});
    const said = [
      ...csvFiles(figures).flatMap(({ text }) => text.split("\r\n")),
      ...copilotLines(figures).split("\n").slice(0, -1).flatMap(sentencesIn),
      ...sentencesIn(json),
    ];
    for (const each of said) {
      if (!ofSpeed["english"]?.test(each)) continue;
      const exception = exceptions.find((one) => one.test(each));
      assert.ok(exception, `${name}: ${each}`);
      used.add(exception);
    }
  }
  assert.equal(used.size, exceptions.length, "an exception that is not needed is none");
});

test("nor does any word on what became of what was sent, in either language", () => {
  const url = new URL("https://collector.example/v1/metrics");
  const refused = [302, 401, 404, 429, 500].map((status): Sent => ({ kind: "refused", status, message: "" }));
  const became: readonly Sent[] = [
    { kind: "taken", rejected: 0, message: "" },
    { kind: "taken", rejected: 2, message: "" },
    ...refused,
    { kind: "unlike", status: 200 },
    { kind: "no-answer", timedOut: true, detail: "" },
    { kind: "no-answer", timedOut: false, detail: "ECONNREFUSED" },
    { kind: "no-answer", timedOut: false, detail: "ECONNRESET" },
  ];
  for (const [language, speaker] of Object.entries({ english, chinese }))
    for (const sent of became) assert.doesNotMatch(sentWords(speaker, sent, url, 12), ofSpeed[language] ?? /^/);
});
