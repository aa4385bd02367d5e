/**
 * The map of a repository: the files that the rest of it refers to most, each with the signatures that are meant. A
 * reference is a name in one file's code that another file defines; ranks are spread along them, starting from the files
 * that somebody works in. The idea is Aider's repository map (aider.chat, 2023); here a signature is ranked by itself.
 */

import type { FileTable, IndexedFile } from "./fileTable.ts";
import { type Graph, pageRank } from "./pageRank.ts";

export interface MapQuery {
  /** Paths of files that were edited or looked at of late, the last one first. */
  readonly recent: readonly string[];
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
  /** From 0 to 1; those of all files of the index are 1 together. */
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

export function repositoryMap(table: FileTable, { recent, mostChars }: MapQuery): RepositoryMap {
  const files = filesOf(table);
  const references = referencesIn(table, files);
  const startedFrom = recent.filter((path) => table.has(path));
  const restart = restartOf(table, startedFrom);
  const ranks = pageRank(references, restart);
  const rated = rateDefinitions(table, references, ranks);
  const chosen = choose(table, rated, mostChars);
  const mapped = Array.from(chosen, ([id, indexes]) => mappedFile(table.get(id), indexes, ranks[id] ?? 0));
  return {
    files: mapped.flatMap((file) => file ?? []).toSorted((one, other) => other.rank - one.rank || inOrder(one, other)),
    startedFrom,
    allFiles: files.length,
    allDefinitions: files.reduce((sum, { definitions }) => sum + definitions.length, 0),
  };
}

/** A graph of files; each edge with the place of a definition in its target. */
interface References extends Graph {
  readonly definitions: Int32Array;
}

function filesOf(table: FileTable): readonly IndexedFile[] {
  return Array.from({ length: table.mostFiles }, (_, id) => table.get(id)).filter((file) => file !== undefined);
}

function referencesIn(table: FileTable, files: readonly IndexedFile[]): References {
  const starts = new Int32Array(table.mostFiles + 1);
  const targets: number[] = [];
  const weights: number[] = [];
  const definitions: number[] = [];
  let next = 0;
  for (const file of files) {
    while (next <= file.id) starts[next++] = targets.length;
    const own = new Set(file.defined);
    const names = new Set(file.names);
    const imported = new Set(table.importsOf(file));
    for (const name of file.names) {
      // What a file defines itself it means itself.
      if (own.has(name)) continue;
      for (const { file: target, index, weight } of meantBy(table, name, names, imported)) {
        targets.push(target);
        weights.push(weight);
        definitions.push(index);
      }
    }
  }
  while (next < starts.length) starts[next++] = targets.length;
  return {
    starts,
    targets: Int32Array.from(targets),
    weights: Float64Array.from(weights),
    definitions: Int32Array.from(definitions),
  };
}

interface Meant {
  readonly file: number;
  readonly index: number;
  readonly weight: number;
}

/**
 * Which definitions a name means in a file: those of imported files where there are some. A name that many files define says
 * little of each, and a member is meant only where its owner is named, too, or comes from an imported file.
 */
function meantBy(
  table: FileTable,
  name: number,
  names: ReadonlySet<number>,
  imported: ReadonlySet<number>,
): readonly Meant[] {
  const all = table.definersOf(name);
  if (all.length === 0 || all.length > MOST_DEFINERS) return [];
  const found = all.flatMap(({ file: id, index }) => {
    const file = table.get(id);
    if (!file) return [];
    const parent = file.definitions.parent(index);
    const isImported = imported.has(id);
    if (parent === -1) {
      return file.definitions.isExported(index) ? [{ file: id, index, weight: isImported ? 1 : UNIMPORTED }] : [];
    }
    const isOwnerNamed = names.has(file.defined[parent] ?? -1);
    if (!isOwnerNamed && !isImported) return [];
    return [{ file: id, index, weight: isOwnerNamed && isImported ? MEMBER : MEMBER * UNIMPORTED }];
  });
  const best = found.reduce((most, { weight }) => Math.max(most, weight), 0);
  const clear = found.filter(({ weight }) => weight === best);
  return clear.map((each) => ({ ...each, weight: each.weight / clear.length }));
}

/** The last file counts most; all files count for a little, so that what all depend on stays in sight. */
function restartOf(table: FileTable, recent: readonly string[]): Float64Array {
  const restart = new Float64Array(table.mostFiles);
  for (let id = 0; id < restart.length; id += 1) if (table.get(id)) restart[id] = ANYWHERE / table.size;
  for (const [index, path] of recent.entries()) {
    const file = table.byPath(path);
    if (file) restart[file.id] = (restart[file.id] ?? 0) + 1 / (index + 1);
  }
  return restart;
}

interface Rated {
  readonly file: number;
  readonly index: number;
  readonly score: number;
}

/**
 * Of what each file hands on, a definition gets the share of the references that mean it, and its members some of that: a
 * class is of little use without them. The best first.
 */
function rateDefinitions(
  table: FileTable,
  { starts, targets, weights, definitions }: References,
  ranks: Float64Array,
): readonly Rated[] {
  const scores = new Map<number, Map<number, number>>();
  for (let node = 0; node < ranks.length; node += 1) {
    const [from, to] = [starts[node] ?? 0, starts[node + 1] ?? 0];
    let out = 0;
    for (let edge = from; edge < to; edge += 1) out += weights[edge] ?? 0;
    for (let edge = from; edge < to; edge += 1) {
      const [target, index] = [targets[edge] ?? 0, definitions[edge] ?? 0];
      const own = scores.get(target) ?? new Map<number, number>();
      scores.set(target, own);
      own.set(index, (own.get(index) ?? 0) + ((ranks[node] ?? 0) * (weights[edge] ?? 0)) / out);
    }
  }
  const rated = Array.from(scores, ([file, own]) => {
    const all = new Map(own);
    const { definitions } = table.get(file) ?? {};
    for (let index = 0; index < (definitions?.length ?? 0); index += 1) {
      const ofOwner = own.get(definitions?.parent(index) ?? -1) ?? 0;
      const isPrivate = table.names.nameOf(table.get(file)?.defined[index] ?? -1).startsWith("_");
      if (ofOwner > 0 && !isPrivate) all.set(index, (all.get(index) ?? 0) + ofOwner * HANDED_DOWN);
    }
    return Array.from(all, ([index, score]) => ({ file, index, score }));
  });
  return rated
    .flat()
    .toSorted((one, other) => other.score - one.score || one.file - other.file || one.index - other.index);
}

/** By file: what there is room for, with what it is a member of. */
function choose(
  table: FileTable,
  rated: readonly Rated[],
  mostChars: number,
): ReadonlyMap<number, ReadonlySet<number>> {
  const chosen = new Map<number, Set<number>>();
  let room = mostChars;
  for (const { file: id, index } of rated) {
    const file = table.get(id);
    if (!file) continue;
    const known = chosen.get(id);
    const { definitions } = file;
    const missing: number[] = [];
    let length = known ? 0 : file.path.length + 2;
    for (let at = index; at !== -1; at = definitions.parent(at)) {
      if (known?.has(at)) continue;
      missing.push(at);
      length += mappedLength(depthOf(file, at), definitions.signatureLength(at));
    }
    if (length > room) {
      // What is left is too small for most: another line or two would cost as long a search as all before.
      if (room < SMALLEST_ROOM) break;
      continue;
    }
    room -= length;
    const own = known ?? new Set();
    for (const at of missing) own.add(at);
    chosen.set(id, own);
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

function mappedLength(depth: number, signatureLength: number): number {
  return INDENT.length * (depth + 1) + Math.min(MOST_LINE_CHARS, signatureLength) + 1;
}

function inOrder(one: MappedFile, other: MappedFile): number {
  return one.path < other.path ? -1 : 1;
}

const INDENT = "  ";
const MOST_LINE_CHARS = 120;
const MOST_DEFINERS = 8;
/** A name that stands in a file which does not import what defines it may mean something else. */
const UNIMPORTED = 0.1;
/** `name` after a dot may be a member of something else. */
const MEMBER = 0.5;
const HANDED_DOWN = 0.1;
/** All files together, beside 1 for the file in hand. */
const ANYWHERE = 0.5;
const SMALLEST_ROOM = 60;
