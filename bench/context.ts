/**
 * What the context is worth: how many of the names that are needed, and that only other files have, a prompt contains; and
 * what the index costs. The product's own selection makes the prompts.
 */

import { FactExtractor } from "../src/context/index/extraction/extractor.ts";
import { languageIdOfPath } from "../src/context/index/extraction/languageOfPath.ts";
import { RepositoryGraph } from "../src/context/index/repositoryGraph.ts";
import { type FileExcerpt, layOut } from "../src/context/layout.ts";
import type { Piece } from "../src/context/pieces.ts";
import { SnippetIndex } from "../src/context/sources/similarSnippets.ts";
import { snapshotPrefix, snapshotSuffix } from "../src/context/snapshotLimits.ts";
import type { CursorSnapshot } from "../src/context/snapshot.ts";
import { askAbout } from "../src/completion/prompt.ts";
import { SurroundingPieces } from "../src/completion/surroundingPieces.ts";
import { Windows } from "../src/completion/windows.ts";
import { defaults } from "../src/extension/contributions.ts";
import type { Model } from "../src/model/model.ts";
import { similarWindows } from "./context/baseline.ts";
import { isCovered } from "./context/covered.ts";
import { measureIndex } from "./context/indexing.ts";
import { choosePositions, type Position } from "./context/positions.ts";
import { evaluated, type Package, type SourceFile, sourcesOf } from "./context/repositories.ts";
import { type Figures, merge, percentile } from "./figures.ts";
import { seeded } from "./replay/random.ts";
import { readWasm } from "../test/support/grammars.ts";

const columns = ["none", "random", "imported"] as const;
type Column = (typeof columns)[number];

/** Characters of prompts, 3.3 to a token: 1,000, 2,000 and 4,000 tokens, and what others were measured with. */
const CURVE = [3_300, 6_600, 13_200, 16_000] as const;

export interface ContextBench {
  /** In each repository. */
  readonly positions: number;
  readonly indexedFiles: number;
}

export const fullContextBench: ContextBench = { positions: 50, indexedFiles: 10_000 };
export const quickContextBench: ContextBench = { positions: 10, indexedFiles: 1_000 };

export async function measureContext({ positions, indexedFiles }: ContextBench): Promise<Figures> {
  const extractor = new FactExtractor(readWasm);
  const tally = new Tally();
  const missing: Record<string, string> = {};
  for (const one of evaluated) {
    try {
      await measureRepository(one, await sourcesOf(one), positions, extractor, tally);
    } catch (error) {
      missing[`context.recall (${one.name})`] = String(error).split("\n")[0] ?? "";
    }
  }
  extractor.dispose();
  for (const column of columns) console.error(tally.lineOf(column));
  const parts = [tally.figures(), await measureIndex(indexedFiles)];
  const unscored = "the engine does not score given text yet";
  const bits = { "context.bitsPerCharacter.with": unscored, "context.bitsPerCharacter.without": unscored };
  return merge([...parts, { figures: {}, runs: {}, missing: { ...missing, ...bits } }]);
}

async function measureRepository(
  one: Package,
  files: readonly SourceFile[],
  count: number,
  extractor: FactExtractor,
  tally: Tally,
): Promise<void> {
  const graph = new RepositoryGraph();
  const factsOf = (path: string, text: string) => extractor.extract(text, languageIdOfPath(path) ?? "");
  for (const { path, text } of files) graph.add(path, await factsOf(path, text));
  const byPath = new Map(files.map(({ path, text }) => [path, text]));
  const textOf = (path: string): string => byPath.get(path) ?? "";
  const random = seeded(one.name.length);
  const found = choosePositions(files, count, SEED);
  for (const position of found) {
    // What is held out is nowhere in the index.
    graph.add(position.path, await factsOf(position.path, position.before + position.after));
    for (const column of columns) {
      const open = openFiles(position, files, column, random);
      for (const most of column === "none" ? CURVE : [16_000]) {
        tally.add(column, most, await ours(position, graph, open, most), position, textOf);
      }
      tally.add(column, "baseline", baseline(position, open), position, textOf);
    }
    graph.add(position.path, await factsOf(position.path, textOf(position.path)));
  }
  console.error(`${one.name} ${one.version}: ${files.length} files, ${found.length} positions`);
}

interface Built {
  readonly excerpts: readonly FileExcerpt[];
  readonly chars: number;
  readonly ms: number;
  readonly pieces: readonly Piece[];
}

async function ours(
  position: Position,
  graph: RepositoryGraph,
  open: readonly SourceFile[],
  most: number,
): Promise<Built> {
  const cursor = cursorAt(position);
  const snippets = new SnippetIndex();
  for (const { path, text } of open) snippets.open(path, languageIdOfPath(path) ?? "", text);
  const windows = new Windows();
  const backend = { model: NO_MODEL, format: "qwen2.5-coder" } as const;
  const source = {
    pieces: async (
      { path, languageId, prefix: before, suffix: after }: CursorSnapshot,
      shown: { readonly before: number; readonly after: number },
      room: number,
    ) => {
      const mostChars = Math.min(room, Math.max(0, most - shown.before - shown.after - FORMAT_CHARS));
      const query = { path, languageId, before, after, keep: [], mostChars };
      const recent = open.map((file) => file.path);
      const lines = before.slice(-shown.before).split("\n").length;
      const caretLine = position.before.split("\n").length - 1;
      const shownLines = {
        first: caretLine - lines + 1,
        last: caretLine + after.slice(0, shown.after).split("\n").length - 1,
      };
      return [
        ...snippets.query({ ...query, shown: shownLines, mostPieces: 4 }),
        ...graph.query({ ...query, shown, recent }),
      ];
    },
  };
  const startedAt = performance.now();
  const window = windows.place(cursor, backend);
  const room = most - window.prefix.length - window.suffix.length - FORMAT_CHARS;
  const mostPieceTokens = Math.min(defaults["context.maxTokens"], Math.max(0, room) / 3.3);
  const surroundings = new SurroundingPieces(source, windows, () => performance.now());
  const { pieces } = await surroundings.plan(cursor, window, backend, { mostPieceTokens }, 1_000, NEVER);
  const asking = { format: backend.format, shape: "line", heals: false, second: false } as const;
  const { prompt } = askAbout(cursor, window, pieces, asking).request;
  const ms = performance.now() - startedAt;
  const chars = prompt.kind === "raw" ? prompt.parts.reduce((sum, { text }) => sum + text.length, 0) : 0;
  return { excerpts: layOut(pieces), chars, ms, pieces };
}

function baseline(position: Position, open: readonly SourceFile[]): Built {
  const cursor = cursorAt(position);
  const startedAt = performance.now();
  const window = new Windows().place(cursor, { model: NO_MODEL, format: "qwen2.5-coder" });
  const length = window.prefix.length + window.suffix.length;
  const excerpts = similarWindows(cursor.prefix, open, 16_000 - length - FORMAT_CHARS);
  const chars = length + excerpts.reduce((sum, { path, text }) => sum + path.length + text.length, 0);
  return { excerpts, chars, ms: performance.now() - startedAt, pieces: [] };
}

function cursorAt({ path, before, after }: Position): CursorSnapshot {
  const prefix = snapshotPrefix(before.slice(-16_001));
  return {
    uri: `file:///${path}`,
    path,
    languageId: languageIdOfPath(path) ?? "",
    version: 1,
    offset: before.length,
    prefix,
    suffix: snapshotSuffix(after),
    indentUnit: "  ",
    selectedCompletion: undefined,
  };
}

/** Ten files, of which five are imported where there are so many. */
function openFiles(
  { path, before }: Position,
  files: readonly SourceFile[],
  column: Column,
  random: () => number,
): readonly SourceFile[] {
  if (column === "none") return [];
  const others = files.filter((file) => file.path !== path);
  const imported = column === "imported" ? others.filter((file) => isImported(file.path, before)).slice(0, 5) : [];
  const open = [...imported];
  while (open.length < Math.min(10, others.length)) {
    const file = others[Math.floor(random() * others.length)];
    if (file && !open.includes(file)) open.push(file);
  }
  return open;
}

/** By the last part of its name: enough to have it open. */
function isImported(path: string, before: string): boolean {
  const name =
    path
      .replace(/(?:\/(?:index|__init__))?\.\w+$/, "")
      .split("/")
      .at(-1) ?? "";
  return new RegExp(String.raw`(?:from\s+["'.\w/]*|import\s+["'.\w/]*)\b${name.replaceAll("$", "")}\b`).test(before);
}

/** What was found, column by column. */
class Tally {
  readonly #entries: {
    readonly key: string;
    readonly covered: boolean;
    readonly built: Built;
    readonly source: string;
  }[] = [];

  add(
    column: Column,
    kind: number | "baseline",
    built: Built,
    position: Position,
    textOf: (path: string) => string,
  ): void {
    const covered = isCovered(position, built.excerpts, textOf);
    const source = covered ? sourceOf(position, built, textOf) : "";
    this.#entries.push({ key: `${column} ${kind}`, covered, built, source });
  }

  lineOf(column: Column): string {
    const told = (kind: number | "baseline") =>
      `${kind}: ${this.#share(column, kind).toFixed(3)} (${this.#chars(column, kind)} characters, ${this.#ms(column, kind)} ms)`;
    const kinds = column === "none" ? [...CURVE, "baseline" as const] : [16_000, "baseline" as const];
    const sources = Map.groupBy(
      this.#of(column, 16_000).filter(({ covered }) => covered),
      ({ source }) => source,
    );
    const bySource = Array.from(sources, ([source, hits]) => `${source} ${hits.length}`).join(", ");
    return `${column}: ${kinds.map(told).join("; ")}; by source: ${bySource}`;
  }

  figures(): Figures {
    const figures: Record<string, number> = {};
    const runs: Record<string, number[]> = {};
    for (const column of columns) {
      figures[`context.recall.${column}`] = this.#share(column, 16_000);
      figures[`context.baselineRecall.${column}`] = this.#share(column, "baseline");
    }
    for (const most of CURVE.slice(0, 3))
      figures[`context.recallAt${Math.round(most / 3_300)}k`] = this.#share("none", most);
    const times = columns.flatMap((column) => this.#of(column, 16_000).map(({ built }) => built.ms)).slice(WARM_UPS);
    figures["context.buildMs.p95"] = percentile(times, 95);
    figures["context.promptChars.max"] = Math.max(
      ...columns.flatMap((column) => this.#of(column, 16_000).map(({ built }) => built.chars)),
    );
    figures["context.positions"] = this.#of("none", 16_000).length;
    runs["context.buildMs.p95"] = times;
    return { figures, runs, missing: {} };
  }

  #of(column: Column, kind: number | "baseline") {
    return this.#entries.filter(({ key }) => key === `${column} ${kind}`);
  }

  #share(column: Column, kind: number | "baseline"): number {
    const entries = this.#of(column, kind);
    return entries.filter(({ covered }) => covered).length / Math.max(1, entries.length);
  }

  #chars(column: Column, kind: number | "baseline"): number {
    return percentile(
      this.#of(column, kind).map(({ built }) => built.chars),
      50,
    );
  }

  #ms(column: Column, kind: number | "baseline"): string {
    const times = this.#of(column, kind).map(({ built }) => built.ms);
    return `${percentile(times, 50).toFixed(1)} / ${percentile(times, 95).toFixed(1)}`;
  }
}

/** Of the first piece that has the name by itself. */
function sourceOf(position: Position, { pieces }: Built, textOf: (path: string) => string): string {
  const found = pieces.find((piece) => isCovered(position, layOut([{ ...piece, heads: [] }]), textOf));
  return found?.source ?? "head of another piece";
}

const SEED = 6;
const WARM_UPS = 20;
/** What the format writes around the texts. */
const FORMAT_CHARS = 200;
const NEVER = new AbortController().signal;
const NO_MODEL: Model = {
  name: "none",
  stream: () => {
    throw new Error("nothing is asked");
  },
};
