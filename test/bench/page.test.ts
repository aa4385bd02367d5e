import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { goals } from "../../bench/goals.ts";
import { tableOf, updatedPage } from "../../bench/page.ts";
import { root } from "../../scripts/toolchain.mjs";

const page = `# Benchmarks

Words that somebody has written.

Measured on:

- 2026-11-25, \`engine\`: an old machine
- 2026-11-28, \`report\`: a machine

${tableOf({ figures: { "engine.abortMs.p95": 111 } }, "2026-11-25")}
${tableOf({ figures: { "report.openMs": 1_550, "report.coverage": 0.94 } }, "2026-11-28")
  .split("\n")
  .slice(2)
  .join("\n")}

Missed: nothing.

Not taken:

- context.adds.diagnostics: a package tells nothing of problems
- warehouse.sumsS: not measured here
`;
const machine = "another machine";
const day = "2026-11-30";

test("what was not measured in this run keeps its figure and its day, and so do words around the table", () => {
  const run = { figures: { "report.openMs": 1_400 }, missing: {}, day, names: ["report"], machine };
  const expected = page
    .replace("| 1,550 | 2,000 | 2026-11-28 |", "| 1,400 | 2,000 | 2026-11-30 |")
    .replace("`report`: a machine\n", "`report`: a machine\n- 2026-11-30, `report`: another machine\n");
  assert.notEqual(expected, page);
  assert.equal(updatedPage(page, run), expected);
});

test("a new figure stands behind those of its kind, or at the end, and is no longer one that was not taken", () => {
  const figures = { "engine.reusedShare.p50": 0.999, "warehouse.sumsS": 18.6 };
  const after = updatedPage(page, { figures, missing: {}, day, names: ["engine", "warehouse"], machine });
  const keys = [...after.matchAll(/^\| (\w+\.\S+) \|/gm)].map(([, key]) => key);
  assert.deepEqual(keys, [
    "engine.abortMs.p95",
    "engine.reusedShare.p50",
    "report.openMs",
    "report.coverage",
    "warehouse.sumsS",
  ]);
  assert.match(after, /^Not taken:\n\n- context\.adds\.diagnostics: a package tells nothing of problems\n$/m);
  assert.match(after, /- 2026-11-25, `engine`: an old machine\n/);
});

test("what can't be measured on this machine stays as it was; what never was is among those that were not taken", () => {
  const missing = { "report.openMs": "not measured here", "warehouse.flawsS": "not measured here" };
  const after = updatedPage(page, { figures: {}, missing, day, names: ["report", "warehouse"], machine });
  assert.match(after, /\| report\.openMs \| .* \| 1,550 \| 2,000 \| 2026-11-28 \|/);
  assert.match(after, /- warehouse\.flawsS: not measured here\n/);
  assert.doesNotMatch(after, /- report\.openMs|another machine/);
});

test("a machine of which no figure is left is not named any more", () => {
  const figures = { "report.openMs": 1_400, "report.coverage": 0.95 };
  const after = updatedPage(page, { figures, missing: {}, day, names: ["report"], machine });
  assert.doesNotMatch(after, /2026-11-28|: a machine/);
});

test("the page of this repository can be written on: no run changes what it has not measured, and each row has a meaning", () => {
  const own = readFileSync(join(root, "docs", "benchmarks.md"), "utf8");
  assert.equal(updatedPage(own, { figures: {}, missing: {}, day, names: ["host"], machine }), own);
  const keys = [...own.matchAll(/^\| (\w+\.\S+) \|/gm)].map(([, key = ""]) => key);
  assert.ok(keys.length > 100);
  for (const key of keys) assert.ok(key in goals, key);
});
