/** How many of the names that are needed, and that only other files have, prompts contain. */

import { FactExtractor } from "../../src/context/index/extraction/extractor.ts";
import { languageIdOfPath } from "../../src/context/index/extraction/languageOfPath.ts";
import { RepositoryGraph } from "../../src/context/index/repositoryGraph.ts";
import type { SourceName } from "../../src/context/pieces.ts";
import { readWasm } from "../../test/support/grammars.ts";
import { type Figures, merge } from "../figures.ts";
import { seeded } from "../replay/random.ts";
import { type BareTextOf, isCovered, withoutSpace } from "./covered.ts";
import { type Column, columns, openFiles } from "./openFiles.ts";
import type { Package } from "./packages.ts";
import { choosePositions, type Cut, type Position } from "./positions.ts";
import { type Built, classicPrompt, ourPrompt, snippetsOf, type Surroundings } from "./prompts.ts";
import { type SourceFile, sourcesOf } from "./sources.ts";
import { Tally } from "./tally.ts";

/** What others were measured with. */
const MOST_CHARS = 16_000;
/** 3.3 to a token. */
const curve = { "1k": 3_300, "2k": 6_600, "4k": 13_200 } as const;
/** Those that have something to say of a repository that nobody has edited yet. */
const sources = ["outline", "definitions", "imports", "map", "similar"] as const satisfies readonly SourceName[];
const noHistory = "a package tells nothing of edits, problems and what was copied";
const untold = { "context.adds.recent-edits": noHistory, "context.adds.diagnostics": noHistory };

export interface Repository {
  readonly one: Package;
  readonly files: readonly SourceFile[];
  readonly positions: readonly Position[];
  readonly graph: RepositoryGraph;
  /** Puts a text of a file into the graph in place of the one that it has. */
  readonly show: (path: string, text: string) => Promise<void>;
}

/** Calls `measure` with each that can be had; the others are in `missing`. */
export async function eachRepository(
  packages: readonly Package[],
  count: number,
  measure: (repository: Repository) => Promise<void>,
): Promise<Figures> {
  const extractor = new FactExtractor(readWasm, () => performance.now());
  const missing: Record<string, string> = {};
  for (const one of packages) {
    try {
      const files = await sourcesOf(one);
      const graph = new RepositoryGraph();
      const show = async (path: string, text: string): Promise<void> =>
        graph.add(path, await extractor.extract(text, languageIdOfPath(path) ?? ""));
      for (const { path, text } of files) await show(path, text);
      await measure({ one, files, graph, show, positions: choosePositions(files, count, SEED) });
    } catch (error) {
      missing[`context.recall (${one.name})`] = String(error).split("\n")[0] ?? "";
    }
  }
  return { figures: {}, runs: {}, missing };
}

/** At `count` places in each of `packages`, at most. */
export async function measureRecall(packages: readonly Package[], count: number): Promise<Figures> {
  const tally = new Tally();
  const rest = await eachRepository(packages, count, async (repository) => {
    const { one, files } = repository;
    const own = new Tally();
    await measureIn(repository, [tally, own]);
    const told = columns.map((column) => `${column} ${own.told(`context.recall.${column}`)}`);
    console.error(`${one.name} ${one.version}: ${files.length} files; ${told.join(", ")}`);
  });
  return merge([rest, tally.figures(), { figures: {}, runs: {}, missing: untold }]);
}

async function measureIn({ one, files, positions, graph, show }: Repository, tallies: readonly Tally[]): Promise<void> {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const bareTextOf = bareTexts(texts);
  const random = seeded(one.name.length);
  for (const { line, lines } of positions) {
    const opened = columns.map((column) => [column, openFiles(line, files, column, random)] as const);
    for (const cut of [line, lines]) {
      // What is held out is nowhere in the index.
      await show(cut.path, cut.before + cut.after);
      for (const [column, open] of opened) {
        const snippets = snippetsOf(open);
        const recent = open.map(({ path }) => path);
        const around: Surroundings = { ask: (query) => graph.query(query), snippets, recent };
        const take: Take = (key, found) => {
          for (const tally of tallies) tally.add(`context.${key}`, found, cut.needed.length);
        };
        const found: Find = async (most, without) => {
          const built = await ourPrompt(cut, around, most, without);
          for (const tally of tallies) tally.length(built.chars);
          return foundIn(cut, built, bareTextOf);
        };
        const classic = foundIn(cut, classicPrompt(cut, open, MOST_CHARS), bareTextOf);
        const all = await found(MOST_CHARS);
        take(`${cut === line ? "recall" : "linesRecall"}.${column}`, all);
        take(`${cut === line ? "baselineRecall" : "baselineLinesRecall"}.${column}`, classic);
        if (cut === line) await measureSizes(column, all, found, take);
      }
    }
    await show(line.path, texts.get(line.path) ?? "");
  }
}

/** How many of the needed names a prompt of at most so many characters has, without one of the sources. */
type Find = (mostChars: number, without?: SourceName) => Promise<number>;
type Take = (key: string, found: number) => void;

/** Shorter prompts, and prompts without one of the sources. `all` were found in the longest prompt with all of them. */
async function measureSizes(column: Column, all: number, found: Find, take: Take): Promise<void> {
  const shortest = await found(curve["1k"]);
  take(`recallAt1k.${column}`, shortest);
  for (const size of ["2k", "4k"] as const) take(`recallAt${size}.${column}`, await found(curve[size]));
  for (const source of sources) {
    // Without other open files it has nothing to say.
    if (source === "similar" && column === "none") continue;
    take(`adds.${source}`, all - (await found(MOST_CHARS, source)));
    take(`addsAt1k.${source}`, shortest - (await found(curve["1k"], source)));
  }
}

function foundIn({ needed }: Cut, { excerpts }: Built, bareTextOf: BareTextOf): number {
  return needed.filter((each) => isCovered(each, excerpts, bareTextOf)).length;
}

function bareTexts(texts: ReadonlyMap<string, string>): BareTextOf {
  const bare = new Map<string, string>();
  return (path) => {
    const known = bare.get(path) ?? withoutSpace(texts.get(path) ?? "");
    bare.set(path, known);
    return known;
  };
}

const SEED = 6;
