/**
 * The map of a repository: the files that the rest of it refers to most, each with the signatures that are meant. Ranks are
 * spread along references, starting from the files that somebody works in; a signature gets its share of what is spread
 * along the names that mean it.
 */

import { caretNames } from "./caretNames.ts";
import { reachableIn } from "./definers.ts";
import type { FileTable, IndexedFile } from "./fileTable.ts";
import { pageRank } from "./pageRank.ts";
import { isMinor } from "./minorFiles.ts";
import { inOrder, symbolGraph, type SymbolGraph } from "./symbolGraph.ts";

export interface MapQuery {
  /** Paths of files that were edited or looked at of late, the last one first. */
  readonly recent: readonly string[];
  /** Text around a caret in the first of `recent`. */
  readonly near?: { readonly before: string; readonly after: string };
  /** Of the map, in UTF-16 code units, with a line break for each line. */
  readonly mostChars: number;
}

export interface RepositoryMap {
  /** The highest ranked first. */
  readonly files: readonly MappedFile[];
  /** Of those in `recent`, the ones that the index knows. */
  readonly startedFrom: readonly string[];
  /** In the index. */
  readonly allFiles: number;
  readonly allDefinitions: number;
}

export const emptyMap: RepositoryMap = { files: [], startedFrom: [], allFiles: 0, allDefinitions: 0 };

interface MappedFile {
  readonly path: string;
  readonly languageId: string;
  /** From 0 to 1: the share of all references followed that lead to it. */
  readonly rank: number;
  /** In the order of the file. What a member belongs to stands above it. */
  readonly lines: readonly MappedLine[];
}

interface MappedLine {
  /** From 0, in the file. */
  readonly line: number;
  /** At most 120 characters of it, with an ellipsis where that is not all. */
  readonly signature: string;
  /** How many definitions it is inside of. */
  readonly depth: number;
}

/** Of the files as they are when it is called. In pieces of work of some 10 ms for 10,000 files, with `pause` between them. */
export async function repositoryMap(
  table: FileTable,
  { recent, near, mostChars }: MapQuery,
  pause: () => Promise<void>,
): Promise<RepositoryMap> {
  const graph = await symbolGraph(table, { path: recent[0], names: nearnessOf(table, near) }, pause);
  await pause();
  const startedFrom = recent.filter((path) => table.has(path));
  const ranks = pageRank(graph, restartOf(table, graph, startedFrom));
  await pause();
  const { inflow, whole, scores, offsets } = flowsIn(graph, ranks);
  // No more files than that have a line each in the map.
  const likely = Array.from(inflow.keys())
    .filter((node) => (inflow[node] ?? 0) > 0)
    .toSorted((one, other) => (inflow[other] ?? 0) - (inflow[one] ?? 0) || one - other)
    .slice(0, mostChars / LEAST_FILE_CHARS);
  const isMinorWanted = isMinor(startedFrom[0] ?? "");
  const rated: Rated[] = [];
  for (const node of likely) {
    const file = graph.files[node];
    if (!file) continue;
    const own = scores.subarray(offsets[node], offsets[node + 1]);
    spreadInside(table, file, own, whole[node] ?? 0);
    const worth = graph.minor[node] === 1 && !isMinorWanted ? MINOR_WORTH : 1;
    rateDefinitions(file, node, own, worth, rated);
  }
  rated.sort((one, other) => other.density - one.density || one.node - other.node || one.index - other.index);
  const chosen = choose(graph, rated, mostChars);
  const mapped = Array.from(chosen, ([node, indexes]) => mappedFile(graph.files[node], indexes, inflow[node] ?? 0));
  return {
    files: mapped.flatMap((file) => file ?? []).toSorted((one, other) => other.rank - one.rank || inOrder(one, other)),
    startedFrom,
    allFiles: table.size,
    allDefinitions: table.definitionCount,
  };
}

function nearnessOf(table: FileTable, near: MapQuery["near"]): ReadonlyMap<number, number> {
  const nearness = new Map<number, number>();
  for (const [name, weight] of near ? caretNames(near).near : []) {
    const id = table.names.known(name);
    if (id !== undefined) nearness.set(id, weight);
  }
  return nearness;
}

/** The last file counts most; all files count for a little, so that what all depend on stays in sight. */
function restartOf(table: FileTable, { files, minor, nodes }: SymbolGraph, recent: readonly string[]): Float64Array {
  const restart = Float64Array.from(minor, (isMinor) => (isMinor === 1 ? MINOR : 1));
  const all = restart.reduce((sum, weight) => sum + weight, 0);
  for (let node = 0; node < files.length; node += 1) restart[node] = (ANYWHERE * (restart[node] ?? 0)) / all;
  const total = recent.reduce((sum, _, place) => sum + 1 / (place + 1), 0);
  for (const [place, path] of recent.entries()) {
    const node = nodes[table.byPath(path)?.id ?? -1] ?? -1;
    if (node !== -1) restart[node] = (restart[node] ?? 0) + 1 / (place + 1) / total;
  }
  return restart;
}

interface Rated {
  readonly node: number;
  readonly index: number;
  /** By its length: what is worth as much and is shorter comes first. */
  readonly density: number;
}

/** What is spread along the edges, by where it leads: to a file, to a file as such, to a definition. */
function flowsIn({ files, starts, targets, weights, definitions }: SymbolGraph, ranks: Float64Array) {
  const offsets = new Int32Array(files.length + 1);
  for (const [node, file] of files.entries()) offsets[node + 1] = (offsets[node] ?? 0) + file.definitions.length;
  /** A file's are those from its offset to the next one's. */
  const scores = new Float64Array(offsets[files.length] ?? 0);
  const inflow = new Float64Array(files.length);
  const whole = new Float64Array(files.length);
  for (let node = 0; node < files.length; node += 1) {
    const [from, to] = [starts[node] ?? 0, starts[node + 1] ?? 0];
    let out = 0;
    for (let edge = from; edge < to; edge += 1) out += weights[edge] ?? 0;
    for (let edge = from; edge < to; edge += 1) {
      const [target, index] = [targets[edge] ?? 0, definitions[edge] ?? -1];
      const share = ((ranks[node] ?? 0) * (weights[edge] ?? 0)) / out;
      inflow[target] = (inflow[target] ?? 0) + share;
      if (index === -1) whole[target] = (whole[target] ?? 0) + share;
      else {
        const at = (offsets[target] ?? 0) + index;
        scores[at] = (scores[at] ?? 0) + share;
      }
    }
  }
  return { inflow, whole, scores, offsets };
}

function rateDefinitions(file: IndexedFile, node: number, scores: Float64Array, worth: number, into: Rated[]): void {
  const indexes = reachableIn(file)
    .filter((index) => (scores[index] ?? 0) > 0)
    .toSorted((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other);
  for (const [place, index] of indexes.entries()) {
    // The thirtieth signature of one file says less than the first one of another.
    const value = (worth * (scores[index] ?? 0)) / (1 + place / MANY_LINES);
    into.push({ node, index, density: value / (lineLength(file, index) + LINE_COST) });
  }
}

/**
 * What leads to a file as such is shared by all that it exports, and some of what leads to a class by its members: it is
 * of little use without them.
 */
function spreadInside(table: FileTable, { definitions, defined }: IndexedFile, own: Float64Array, whole: number): void {
  const members = new Int32Array(own.length);
  let exported = 0;
  for (let index = 0; index < own.length; index += 1) {
    const parent = definitions.parent(index);
    if (parent !== -1) members[parent] = (members[parent] ?? 0) + 1;
    else if (definitions.isExported(index)) exported += 1;
  }
  for (let index = 0; index < own.length; index += 1) {
    const parent = definitions.parent(index);
    if (parent === -1) {
      if (definitions.isExported(index)) own[index] = (own[index] ?? 0) + whole / exported;
      continue;
    }
    const isPrivate = /^[_#]/.test(table.names.nameOf(defined[index] ?? -1));
    // Its owner comes before it, so what is handed down to a member can be handed on to its own.
    if (!isPrivate)
      own[index] =
        (own[index] ?? 0) + (own[parent] ?? 0) * Math.min(MOST_HANDED_DOWN, HANDED_DOWN / (members[parent] ?? 1));
  }
}

/** By node: what there is room for, with what it is a member of. */
function choose(
  { files }: SymbolGraph,
  rated: readonly Rated[],
  mostChars: number,
): ReadonlyMap<number, ReadonlySet<number>> {
  const chosen = new Map<number, Set<number>>();
  let room = mostChars;
  for (const { node, index } of rated) {
    const file = files[node];
    if (!file) continue;
    const known = chosen.get(node);
    const missing: number[] = [];
    let length = known ? 0 : file.path.length + 2;
    for (let at = index; at !== -1; at = file.definitions.parent(at)) {
      if (known?.has(at)) continue;
      missing.push(at);
      length += lineLength(file, at);
    }
    if (length > room) {
      // What is left is too small for most: another line or two would cost as long a search as all before.
      if (room < SMALLEST_ROOM) break;
      continue;
    }
    room -= length;
    const own = known ?? new Set();
    for (const at of missing) own.add(at);
    chosen.set(node, own);
  }
  return chosen;
}

function mappedFile(file: IndexedFile | undefined, indexes: ReadonlySet<number>, rank: number): MappedFile | undefined {
  if (!file) return undefined;
  const { path, languageId, definitions } = file;
  const lines = Array.from(indexes)
    .toSorted((one, other) => one - other)
    .map((index) => ({
      line: definitions.line(index),
      signature: shortened(definitions.signature(index)),
      depth: depthOf(file, index),
    }));
  return { path, languageId, rank, lines };
}

function depthOf({ definitions }: IndexedFile, index: number): number {
  let depth = 0;
  for (let at = definitions.parent(index); at !== -1; at = definitions.parent(at)) depth += 1;
  return depth;
}

/** As text: each file's path, below it its signatures, indented, and an empty line. */
export function mapText({ files }: Pick<RepositoryMap, "files">): string {
  return files.map(({ path, lines }) => `${path}\n${lines.map(lineText).join("")}\n`).join("");
}

function lineText({ signature, depth }: MappedLine): string {
  return `${INDENT.repeat(depth + 1)}${signature}\n`;
}

/** A long one says what it is at its start. */
function shortened(signature: string): string {
  return signature.length > MOST_LINE_CHARS ? `${signature.slice(0, MOST_LINE_CHARS - 2)} …` : signature;
}

/** Of a definition's line in the text. */
function lineLength(file: IndexedFile, index: number): number {
  const signature = Math.min(MOST_LINE_CHARS, file.definitions.signatureLength(index));
  return INDENT.length * (depthOf(file, index) + 1) + signature + 1;
}

const INDENT = "  ";
const MOST_LINE_CHARS = 120;
/** Of a class, to all of its members together, and to one of them. */
const HANDED_DOWN = 1.5;
const MOST_HANDED_DOWN = 0.25;
/** All files together, beside 1 for those in hand. */
const ANYWHERE = 0.5;
/** Of a test as a place to start, beside 1 for other files: it tells what others call. */
const MINOR = 0.3;
/** Of what tests refer to in tests, unless one is in hand. */
const MINOR_WORTH = 0.1;
/** A share of the lines above it that name file and owner; without it short names would crowd out what matters. */
const LINE_COST = 40;
const MANY_LINES = 15;
const LEAST_FILE_CHARS = 20;
const SMALLEST_ROOM = 60;
