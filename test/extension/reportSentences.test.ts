/** What the editor says around a report: never, without an experiment, how fast somebody is. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import chinese from "../../l10n/bundle.l10n.zh-cn.json" with { type: "json" };
import { ofSpeed } from "../support/ofSpeed.ts";

const folder = join(import.meta.dirname, "../../src/extension");

/** What may stay: names of what is shown, and of what is done with it. */
const exceptions: readonly string[] = ["Productivity report", "Save as HTML…", "Save the report"];

/** Of the view, its notices and what is saved, and of the menu's row on what is left of accepted text. */
function sentences(): readonly string[] {
  const files = readdirSync(folder).filter((name) => /^report.*\.ts$/.test(name));
  const counting = readFileSync(join(folder, "countingWords.ts"), "utf8");
  const row = /export function todaySurviving[^]*?\n}/.exec(counting)?.[0] ?? assert.fail("the menu's row");
  const sources = [...files.map((name) => readFileSync(join(folder, name), "utf8")), row];
  return sources.flatMap((source) =>
    Array.from(source.matchAll(/l10n\.t\(\s*("(?:[^"\\]|\\.)*")/g), ([, text = ""]) => String(JSON.parse(text))),
  );
}

test("nothing around the report states that this user is faster or slower, in either language", () => {
  const all = sentences();
  assert.ok(all.length > 15, all.join("\n"));
  const bundle: Readonly<Record<string, string>> = chinese;
  for (const sentence of all) {
    if (exceptions.includes(sentence)) continue;
    assert.doesNotMatch(sentence, ofSpeed["english"] ?? /./);
    assert.doesNotMatch(bundle[sentence] ?? assert.fail(sentence), ofSpeed["chinese"] ?? /./);
  }
  assert.deepEqual(
    exceptions.filter((sentence) => !all.includes(sentence)),
    [],
    "an exception that is not needed is none",
  );
});
