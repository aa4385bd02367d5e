/**
 * `node bench/healing.ts DATA.jsonl.gz [--lines N]`: how often the small model completes a line rightly from a caret at
 * four places in it, with token healing and without. DATA is the single-line infilling of HumanEval
 * (openai/human-eval-infilling). Lines and places are chosen with a fixed seed. Takes some minutes; prints a table.
 */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { ensureSmallModel } from "../scripts/model.ts";
import { root } from "../scripts/toolchain.mjs";
import { defaultModel } from "../src/model/catalogue.ts";
import { EmbeddedModel } from "../src/model/embedded/embeddedModel.ts";
import { seeded } from "./replay/random.ts";
import { formatHole, type FormatName } from "../src/model/templates.ts";

/** As the product shows the small model. */
const PREFIX_CHARS = 1_500;
const SUFFIX_CHARS = 300;
const MOST_TOKENS = 32;
const SEED = 20;

const places = ["after the indentation", "in a word", "after a word", "after a space"] as const;
type Place = (typeof places)[number];

interface Caret {
  readonly prefix: string;
  readonly suffix: string;
  /** The rest of the line. */
  readonly wanted: string;
}

interface Way {
  readonly name: string;
  readonly format: FormatName;
  readonly heal: boolean;
  /** White space at the end is left out of the prompt, and the answer must begin with it. */
  readonly cutsBlank: boolean;
  readonly withAdapter: boolean;
}

const ways: readonly Way[] = [
  { name: "smollm2-fim", format: "smollm2-fim", heal: false, cutsBlank: false, withAdapter: true },
  { name: "smollm2-fim, healed", format: "smollm2-fim", heal: true, cutsBlank: false, withAdapter: true },
  { name: "continuation", format: "continuation", heal: false, cutsBlank: false, withAdapter: false },
  { name: "continuation, blank cut", format: "continuation", heal: false, cutsBlank: true, withAdapter: false },
  { name: "continuation, healed", format: "continuation", heal: true, cutsBlank: false, withAdapter: false },
];

interface Score {
  readonly exact: boolean;
  readonly similarity: number;
  readonly tokens: number;
  readonly firstTextMs: number | undefined;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { lines: { type: "string", default: "120" } },
});
const [dataFile] = positionals;
if (dataFile === undefined) throw new Error("usage: node bench/healing.ts DATA.jsonl.gz [--lines N]");
console.log(await measure(dataFile, Number(values.lines)));

async function measure(file: string, count: number): Promise<string> {
  const lines = caretsIn(gunzipSync(readFileSync(file)).toString("utf8")).slice(0, count);
  const scores = new Map<Way, Map<Place, Score[]>>(
    ways.map((way) => [way, new Map(places.map((place) => [place, []]))]),
  );
  for (const withAdapter of [true, false]) {
    await withModel(withAdapter, async (model) => {
      for (const carets of lines) {
        for (const [place, caret] of carets) {
          for (const way of ways.filter((each) => each.withAdapter === withAdapter)) {
            scores
              .get(way)
              ?.get(place)
              ?.push(await ask(model, way, caret));
          }
        }
      }
    });
  }
  return table(scores, lines.length);
}

async function withModel(withAdapter: boolean, use: (model: EmbeddedModel) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "pairwise-healing-"));
  const { adapter } = defaultModel();
  const model = new EmbeddedModel({
    folder,
    processFile: join(root, "src/model/embedded/process.ts"),
    execPath: process.execPath,
    model: {
      name: "small",
      path: await ensureSmallModel(new AbortController().signal),
      adapterPath: withAdapter && adapter ? join(root, adapter.file) : undefined,
      contextTokens: 2048,
    },
    threads: 0,
    idleUnloadMs: 0,
    version: "bench",
  });
  try {
    await use(model);
  } finally {
    await model.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ask(model: EmbeddedModel, way: Way, { prefix, suffix, wanted }: Caret): Promise<Score> {
  const shown = way.cutsBlank ? prefix.replace(/[ \t]+$/, "") : prefix;
  const { prompt, stop } = formatHole(way.format, { path: "solution.py", languageId: "python", prefix: shown, suffix });
  const stream = model.stream(
    { prompt, purpose: "suggestion", maxTokens: MOST_TOKENS, temperature: 0, stop, heal: way.heal },
    new AbortController().signal,
  );
  const line = await firstLine(stream, prefix, prefix.slice(shown.length));
  const { outputTokens = 0, firstTokenMs } = stream.usage;
  return {
    exact: line === wanted,
    similarity: similarity(line, wanted),
    tokens: outputTokens,
    firstTextMs: firstTokenMs,
  };
}

/**
 * The first line of an answer, as a suggestion would have it: on an empty line blank lines may come first, and what was
 * left out of the prompt is there.
 */
async function firstLine(stream: AsyncIterable<string>, prefix: string, leftOut: string): Promise<string> {
  let answer = "";
  for await (const piece of stream) {
    answer += piece;
    if (/\S[^\n]*\n/.test(answer)) break;
  }
  const before = prefix.slice(prefix.lastIndexOf("\n") + 1);
  const blankLines = before.trim() === "" ? (/^([ \t]*\n)+/.exec(answer)?.[0] ?? "") : "";
  const opening = blankLines === "" ? leftOut : before;
  const rest = answer.slice(blankLines.length);
  return rest.startsWith(opening) ? (rest.slice(opening.length).split("\n")[0] ?? "").trimEnd() : "";
}

/** In the order of a shuffle; only lines that have every place. */
function caretsIn(jsonLines: string): readonly ReadonlyMap<Place, Caret>[] {
  const random = seeded(SEED);
  const problems = jsonLines
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { prompt: string; suffix: string; canonical_solution: string })
    .map((problem) => ({ problem, order: random() }))
    .toSorted((a, b) => a.order - b.order);
  return problems.flatMap(({ problem }) => {
    const line = problem.canonical_solution.trimEnd();
    const pick = (pattern: RegExp, offset: (match: RegExpExecArray) => number): number | undefined => {
      const found = [...line.matchAll(pattern)];
      const match = found[Math.floor(random() * found.length)];
      return match && match.index + offset(match);
    };
    const offsets = new Map<Place, number | undefined>([
      ["after the indentation", line.length - line.trimStart().length],
      ["in a word", pick(/[A-Za-z]{4,}/g, ([word]) => 1 + Math.floor(random() * (word.length - 1)))],
      ["after a word", pick(/\w+(?= )/g, ([word]) => word.length)],
      ["after a space", pick(/\S (?=\S)/g, () => 2)],
    ]);
    const carets = new Map<Place, Caret>();
    for (const [place, offset] of offsets) {
      if (offset === undefined) return [];
      const before = (problem.prompt + line.slice(0, offset)).slice(-PREFIX_CHARS);
      const isWhole = problem.prompt.length + offset <= PREFIX_CHARS;
      carets.set(place, {
        prefix: isWhole ? before : before.slice(before.indexOf("\n") + 1),
        suffix: `\n${problem.suffix}`.slice(0, SUFFIX_CHARS),
        wanted: line.slice(offset),
      });
    }
    return [carets];
  });
}

/** 1 where the texts are the same; Levenshtein's distance, as a share of the longer one. */
function similarity(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return 1 - (row[b.length] ?? 0) / Math.max(a.length, b.length, 1);
}

function table(scores: ReadonlyMap<Way, ReadonlyMap<Place, readonly Score[]>>, lines: number): string {
  const cell = (list: readonly Score[]): string => {
    const mean = (of: (score: Score) => number) => list.reduce((sum, score) => sum + of(score), 0) / list.length;
    const waits = list.flatMap(({ firstTextMs }) => firstTextMs ?? []).toSorted((a, b) => a - b);
    const wait = Math.round(waits[Math.floor(waits.length / 2)] ?? 0);
    const exact = Math.round(100 * mean((score) => (score.exact ? 1 : 0)));
    return `${exact} %, ${mean((score) => score.similarity).toFixed(2)}, ${mean((score) => score.tokens).toFixed(1)}, ${wait}`;
  };
  const rows = Array.from(scores, ([{ name }, byPlace]) => {
    return `| ${[name, ...places.map((place) => cell(byPlace.get(place) ?? []))].join(" | ")} |`;
  });
  return [
    `${lines} lines: rest of the line exactly right, edit similarity, tokens written, milliseconds to the first text (median).`,
    "",
    `| | ${places.join(" | ")} |`,
    `| --- |${" --- |".repeat(places.length)}`,
    ...rows,
  ].join("\n");
}
