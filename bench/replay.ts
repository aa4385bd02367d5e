/**
 * Types the difference between two versions of a file and says what the engine made of it.
 *
 * - `node bench/replay.ts BEFORE AFTER`: two files.
 * - `node bench/replay.ts REPOSITORY PATH REVISION REVISION`: two revisions of a file in a git repository.
 * - `node bench/replay.ts --cases [NAME…] [--update]`: the golden cases in test/fixtures/replay; `--update` writes what comes
 *   of them to their expected.json. A case is a folder with before.EXT, after.EXT and, if need be, settings.json
 *   (replay/cases.ts says what is in it).
 *
 * Options: `--trace` prints a line for each key and each answer. `--model embedded` asks the default model in real time;
 * without it a scripted model answers in virtual time, which takes a moment. `--seed N`, `--median-ms N`: another
 * typist. `--accept N`: takes suggestions of at least N characters that are what comes next. `--right SHARE`, `--after-ms N`: of the
 * scripted model. `--keys N` ends the session after N keys.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { clock } from "../src/extension/clock.ts";
import { FakeClock } from "../test/support/fakeClock.ts";
import { headlessHere } from "./headless/client.ts";
import { makeSyntax } from "./headless/grammars.ts";
import { languageOf } from "./headless/languages.ts";
import { asExpected, readCases, runCase } from "./replay/cases.ts";
import { historyFromFiles, historyFromGit, type FileHistory } from "./replay/history.ts";
import { replay, type ReplayResult } from "./replay/replay.ts";
import { usualRhythm } from "./replay/rhythm.ts";

/** What the options that are numbers may be. */
const numbers = {
  seed: { least: 0, most: 2 ** 31 },
  "median-ms": { least: 1, most: 60_000 },
  accept: { least: 1, most: Infinity },
  right: { least: 0, most: 1 },
  "after-ms": { least: 0, most: 60_000 },
  keys: { least: 1, most: Infinity },
} as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: "boolean", default: false },
    update: { type: "boolean", default: false },
    trace: { type: "boolean", default: false },
    model: { type: "string", default: "scripted" },
    seed: { type: "string", default: "1" },
    "median-ms": { type: "string", default: String(usualRhythm.medianMs) },
    accept: { type: "string" },
    right: { type: "string", default: "0.5" },
    "after-ms": { type: "string", default: "200" },
    keys: { type: "string", default: "Infinity" },
  },
});
process.exitCode = await run();

async function run(): Promise<number> {
  const wrong = Object.entries(numbers).find(([name, { least, most }]) => {
    const value = values[name as keyof typeof numbers];
    return value !== undefined && !(Number(value) >= least && Number(value) <= most);
  });
  if (wrong) return complain(`--${wrong[0]} is a number from ${wrong[1].least} to ${wrong[1].most}.`);
  return values.cases ? runCases(positionals) : runHistory(positionals);
}

async function runCases(names: readonly string[]): Promise<number> {
  const cases = readCases(join(import.meta.dirname, "..", "test", "fixtures", "replay"));
  const unknown = names.filter((name) => !cases.some((one) => one.name === name));
  if (unknown.length > 0) return complain(`There is no case ${unknown.join(", ")}.`);
  let different = 0;
  for (const one of cases) {
    if (names.length > 0 && !names.includes(one.name)) continue;
    const result = await runCase(one);
    const found = asExpected(result);
    if (values.trace) print(result);
    if (values.update) writeFileSync(one.expectedFile, found);
    else if (found !== one.expected) different += 1;
    console.log(`${found === one.expected ? "as expected" : values.update ? "written" : "different"}: ${one.name}`);
    if (found !== one.expected && !values.update) console.log(found);
  }
  return different === 0 ? 0 : 1;
}

async function runHistory(names: readonly string[]): Promise<number> {
  const history = historyOf(names);
  if (typeof history === "string") return complain(history);
  if (history.before === history.after) return complain("The two versions are the same.");
  const isReal = values.model !== "scripted";
  if (isReal && values.model !== "embedded") return complain("The model is scripted or embedded.");
  const fake = new FakeClock();
  const syntax = makeSyntax();
  await syntax.ready(languageOf(history.path));
  const headless = headlessHere(isReal ? clock : fake, syntax);
  if (isReal) await headless.send({ do: "settings", model: { kind: "embedded" } });
  const pace = isReal ? { pass: (ms: number) => sleep(ms) } : fake;
  try {
    print(
      await replay(headless, pace, {
        ...history,
        seed: Number(values.seed),
        rhythm: { ...usualRhythm, medianMs: Number(values["median-ms"]) },
        acceptFromChars: values.accept === undefined ? undefined : Number(values.accept),
        scripted: isReal
          ? undefined
          : { afterMs: Number(values["after-ms"]), pieceMs: 20, right: Number(values.right) },
        mostKeys: Number(values.keys),
      }),
    );
  } finally {
    await headless.close();
  }
  return 0;
}

/** A sentence where the names are not those of two versions that can be read. */
function historyOf([first, second, before, after]: readonly string[]): FileHistory | string {
  const isWhole = before === undefined || after !== undefined;
  if (first === undefined || second === undefined || !isWhole) {
    return "Name two files, or a repository, a path and two revisions, or --cases.";
  }
  try {
    return before === undefined || after === undefined
      ? historyFromFiles(first, second)
      : historyFromGit(first, second, before, after);
  } catch {
    return "One of the two versions can't be read: no such file, repository or revision.";
  }
}

function print({ summary, trace }: ReplayResult): void {
  if (values.trace) console.log(trace.join("\n"));
  console.log(JSON.stringify(summary, null, 2));
}

function complain(sentence: string): number {
  console.error(sentence);
  return 1;
}
