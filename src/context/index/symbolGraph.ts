/**
 * Who refers to whom in a repository: files are nodes, and an edge is a name in one file that another one defines, or an
 * import. The idea is that of Aider's repository map (aider.chat, 2023); what is imported says here which definition a
 * name means, so that a local variable is not taken for a function of its name elsewhere.
 */

import { type Definers, definersIn } from "./definers.ts";
import type { FileTable, IndexedFile } from "./fileTable.ts";
import { formOf, isMinor, moduleOf } from "./minorFiles.ts";
import type { Graph } from "./pageRank.ts";

export interface SymbolGraph extends Graph {
  /** By node, in the order of their paths: the same graph, whatever came and went before. */
  readonly files: readonly IndexedFile[];
  /** By edge: the place of what is meant among its target's definitions; -1 where the file is imported as such. */
  readonly definitions: Int32Array;
  /** By node, 1 or 0; see `isMinor`. */
  readonly minor: Uint8Array;
  /** By a file's id. Forms of one module are one node, with the definitions of the form that people read. */
  readonly nodes: Int32Array;
}

/** A file, and how near a name is to the caret in it, from 0 to 1, by the name's number: what stands there counts for more. */
export interface Nearness {
  readonly path: string | undefined;
  readonly names: ReadonlyMap<number, number>;
}

/** The files as they are when it is called; `pause` is called every few milliseconds of work, and lets others work. */
export async function symbolGraph(table: FileTable, near: Nearness, pause: () => Promise<void>): Promise<SymbolGraph> {
  const { files, forms, nodes } = modulesIn(table);
  const minor = Uint8Array.from(files, ({ path }) => (isMinor(path) ? 1 : 0));
  const edges = new Edges(table, nodes, files, minor);
  const starts = new Int32Array(files.length + 1);
  for (const [node, own] of forms.entries()) {
    if (node % FILES_AT_ONCE === 0) await pause();
    starts[node] = edges.length;
    for (const file of own) edges.addFrom(file, node, file.path === near.path ? near.names : undefined);
  }
  starts[files.length] = edges.length;
  return { files, minor, nodes, starts, ...edges.arrays };
}

function modulesIn(table: FileTable) {
  const byModule = new Map<string, IndexedFile[]>();
  for (let id = 0; id < table.mostFiles; id += 1) {
    const file = table.get(id);
    if (!file) continue;
    const key = moduleOf(file.path);
    const known = byModule.get(key);
    if (known) known.push(file);
    else byModule.set(key, [file]);
  }
  const forms = Array.from(byModule.values(), (own) =>
    own.length === 1 ? own : own.toSorted((one, other) => formOf(one.path) - formOf(other.path) || inOrder(one, other)),
  ).toSorted(([one], [other]) => (one && other ? inOrder(one, other) : 0));
  const nodes = new Int32Array(table.mostFiles).fill(-1);
  for (const [node, own] of forms.entries()) for (const { id } of own) nodes[id] = node;
  return { forms, nodes, files: forms.flatMap(([file]) => file ?? []) };
}

/** Collects edges. What a file names and imports is marked with the file's number, so that nothing has to be cleared. */
class Edges {
  readonly #table: FileTable;
  readonly #nodes: Int32Array;
  readonly #files: readonly IndexedFile[];
  readonly #minor: Uint8Array;
  readonly #definers: Definers;
  readonly #targets: number[] = [];
  readonly #definitions: number[] = [];
  readonly #weights: number[] = [];
  /** By a name's number. */
  readonly #named: Int32Array;
  readonly #own: Int32Array;
  readonly #asked: Int32Array;
  /** By node. */
  readonly #imported: Int32Array;
  #mark = 0;

  constructor(table: FileTable, nodes: Int32Array, files: readonly IndexedFile[], minor: Uint8Array) {
    this.#table = table;
    this.#nodes = nodes;
    this.#files = files;
    this.#minor = minor;
    this.#definers = definersIn(files, table.names.size);
    this.#named = new Int32Array(table.names.size);
    this.#own = new Int32Array(table.names.size);
    this.#asked = new Int32Array(table.names.size);
    this.#imported = new Int32Array(files.length);
  }

  get length(): number {
    return this.#targets.length;
  }

  get arrays() {
    return {
      targets: new Int32Array(this.#targets),
      definitions: new Int32Array(this.#definitions),
      weights: new Float64Array(this.#weights),
    };
  }

  addFrom(file: IndexedFile, node: number, nearness: ReadonlyMap<number, number> | undefined): void {
    this.#mark += 1;
    const { starts } = this.#definers;
    for (const name of file.names) this.#named[name] = this.#mark;
    for (const name of file.defined) this.#own[name] = this.#mark;
    const asksForAll = this.#markAsked(file);
    for (const target of this.#markImported(file, node)) this.#push(target, -1, IMPORT);
    for (const name of file.names) {
      const [first, last] = [starts[name] ?? 0, starts[name + 1] ?? 0];
      // A name that many files define says little of each; what a file defines itself it means itself.
      if (first === last || last - first > MOST_DEFINERS || this.#own[name] === this.#mark) continue;
      this.#addName(name, first, last, file, node, asksForAll, 1 + NEAR * (nearness?.get(name) ?? 0));
    }
  }

  /** True where something is imported whole, so that any name may be from there. */
  #markAsked({ imports }: IndexedFile): boolean {
    let all = false;
    for (const { names } of imports) {
      for (const name of names) {
        const id = this.#table.names.known(name);
        if (id !== undefined) this.#asked[id] = this.#mark;
        if (name === "*" || name === "default") all = true;
      }
    }
    return all;
  }

  /** The nodes that are imported; those that such a file hands on are marked, too. */
  #markImported(file: IndexedFile, node: number): readonly number[] {
    const direct: number[] = [];
    let border = [file];
    for (let hop = 0; hop < MOST_HOPS && border.length > 0; hop += 1) {
      const next: IndexedFile[] = [];
      for (const each of border) {
        for (const id of this.#table.importsOf(each)) {
          const target = this.#nodes[id] ?? -1;
          if (target === -1 || target === node || this.#imported[target] === this.#mark) continue;
          this.#imported[target] = this.#mark;
          if (hop === 0) direct.push(target);
          const imported = this.#table.get(id);
          if (imported && handsOn(imported)) next.push(imported);
        }
      }
      border = next;
    }
    return direct;
  }

  /** To the likeliest of its definitions from `first` to `last`, or to several that are as likely, in equal shares. */
  #addName(
    name: number,
    first: number,
    last: number,
    file: IndexedFile,
    node: number,
    asksForAll: boolean,
    times: number,
  ): void {
    const { files, indexes } = this.#definers;
    let best = 0;
    const begun = this.#targets.length;
    for (let at = first; at < last; at += 1) {
      const weight = this.#weightOf(name, at, file, node, asksForAll);
      if (weight === 0 || weight < best) continue;
      if (weight > best) {
        best = weight;
        this.#cut(begun);
      }
      this.#push(files[at] ?? 0, indexes[at] ?? 0, 0);
    }
    const share = (times * best) / (this.#targets.length - begun);
    for (let edge = begun; edge < this.#weights.length; edge += 1) this.#weights[edge] = share;
  }

  /** How likely the name means this definition. */
  #weightOf(name: number, definer: number, from: IndexedFile, node: number, asksForAll: boolean): number {
    const target = this.#definers.files[definer] ?? 0;
    const owner = this.#definers.owners[definer] ?? -1;
    if (target === node) return 0;
    const isImported = this.#imported[target] === this.#mark;
    // Nothing depends on a test by chance.
    if (!isImported && this.#minor[target] === 1 && this.#minor[node] === 0) return 0;
    if (owner !== -1) {
      const isOwnerNamed = this.#named[owner] === this.#mark;
      if (!isOwnerNamed && !isImported) return 0;
      // `name` after a dot may be a member of something else, the more so the more files have it.
      const rarity = 1 / Math.log2(2 + this.#table.usersOf(name).length);
      return rarity * (isOwnerNamed && isImported ? 1 : OTHERWISE);
    }
    if (!IMPORTS_NAMES.test(from.languageId)) {
      return isImported ? 1 : this.#files[target]?.folder === from.folder ? SAME_FOLDER : OTHERWISE;
    }
    const isAsked = this.#asked[name] === this.#mark;
    if (isImported) return isAsked || asksForAll ? 1 : 0;
    return isAsked ? UNRESOLVED : 0;
  }

  #push(target: number, definition: number, weight: number): void {
    this.#targets.push(target);
    this.#definitions.push(definition);
    this.#weights.push(weight);
  }

  #cut(length: number): void {
    this.#targets.length = length;
    this.#definitions.length = length;
    this.#weights.length = length;
  }
}

/** Who imports it may mean what it imports itself. */
function handsOn({ imports, path }: IndexedFile): boolean {
  return imports.some(({ reexports }) => reexports) || /(?:^|\/)__init__\.pyi?$/.test(path);
}

export function inOrder(one: { readonly path: string }, other: { readonly path: string }): number {
  return one.path === other.path ? 0 : one.path < other.path ? -1 : 1;
}

/** In these languages a name of another file has to be imported. */
const IMPORTS_NAMES = /^(?:typescript|javascript|python)/;
const FILES_AT_ONCE = 200;
const MOST_DEFINERS = 8;
/** Through files that hand on what they import. */
const MOST_HOPS = 3;
/** An import beside a name that means a definition. */
const IMPORT = 0.1;
/** An import of a package whose place in the repository its settings alone know. */
const UNRESOLVED = 0.3;
const SAME_FOLDER = 0.5;
const OTHERWISE = 0.1;
/** A name at the caret counts for so many more. */
const NEAR = 8;
