/** The files of a repository and what their facts say of each other. */

import { DefinitionList } from "./definitionList.ts";
import type { FileFacts, Import } from "./facts.ts";
import { folderOf, resolveImport, type Files } from "./modules.ts";
import { NameTable } from "./nameTable.ts";

export interface IndexedFile {
  readonly id: number;
  readonly path: string;
  readonly folder: string;
  readonly languageId: string;
  readonly imports: readonly Import[];
  readonly definitions: DefinitionList;
  /** Of all names in its code, as numbers. */
  readonly names: Int32Array;
  /** Of its definitions, in their order. */
  readonly defined: Int32Array;
}

/** A definition: its file's id and its place among the file's definitions. */
export interface DefinitionAt {
  readonly file: number;
  readonly index: number;
}

export class FileTable implements Files {
  readonly names = new NameTable();
  readonly #files: (IndexedFile | undefined)[] = [];
  readonly #ids = new Map<string, number>();
  /** By the last part of their paths. */
  readonly #byBase = new Map<string, Set<string>>();
  readonly #byFolder = new Map<string, Set<number>>();
  /** By the name's number: the files in whose code it stands. */
  readonly #users: (number[] | undefined)[] = [];
  /** Each as one number: an index has hundreds of thousands. */
  readonly #definers: (number[] | undefined)[] = [];
  /** Made when first asked for; a new or lost file changes what an import means. */
  #imports = new Map<number, readonly number[]>();
  #signatureNames = new Map<number, readonly Int32Array[]>();
  readonly #free: number[] = [];

  /** In place of what was there under this path. */
  add(path: string, facts: FileFacts): void {
    const isNew = !this.#ids.has(path);
    this.#take(path);
    const id = this.#ids.get(path) ?? this.#free.pop() ?? this.#files.length;
    const names = Int32Array.from(facts.identifiers, ([name]) => this.names.idOf(name));
    const defined = Int32Array.from(facts.definitions, ({ name }) => this.names.idOf(name));
    const languageId = this.names.interned(facts.languageId);
    const imports = facts.imports.map(({ specifier, names, reexports }) => ({
      specifier: this.names.interned(specifier),
      names: names.map((name) => this.names.interned(name)),
      reexports,
    }));
    const definitions = new DefinitionList(facts.definitions);
    this.#files[id] = { id, path, folder: folderOf(path), languageId, imports, definitions, names, defined };
    this.#ids.set(path, id);
    into(this.#byBase, baseOf(path)).add(path);
    into(this.#byFolder, folderOf(path)).add(id);
    for (const name of names) (this.#users[name] ??= []).push(id);
    for (const [index, name] of defined.entries()) (this.#definers[name] ??= []).push(id * MOST_DEFINITIONS + index);
    if (isNew) this.#imports = new Map();
    else this.#imports.delete(id);
  }

  remove(path: string): void {
    const id = this.#ids.get(path);
    if (id === undefined) return;
    this.#take(path);
    this.#ids.delete(path);
    this.#files[id] = undefined;
    this.#free.push(id);
    this.#byBase.get(baseOf(path))?.delete(path);
    this.#byFolder.get(folderOf(path))?.delete(id);
    this.#imports = new Map();
  }

  /** Takes out what others find it by. */
  #take(path: string): void {
    const file = this.byPath(path);
    if (!file) return;
    for (const name of file.names) removeFrom(this.#users[name], file.id);
    for (const name of new Set(file.defined)) {
      this.#definers[name] = this.#definers[name]?.filter((each) => fileOf(each) !== file.id);
    }
    this.#signatureNames.delete(file.id);
  }

  get size(): number {
    return this.#ids.size;
  }

  get definitionCount(): number {
    return this.#files.reduce((sum, file) => sum + (file?.definitions.length ?? 0), 0);
  }

  /** Ids of files are below it. */
  get mostFiles(): number {
    return this.#files.length;
  }

  has(path: string): boolean {
    return this.#ids.has(path);
  }

  endingWith(path: string): readonly string[] {
    const found: string[] = [];
    for (const each of this.#byBase.get(baseOf(path)) ?? []) {
      if (each === path || each.endsWith(`/${path}`)) found.push(each);
      if (found.length >= MOST_MEANT) break;
    }
    return found;
  }

  byPath(path: string): IndexedFile | undefined {
    const id = this.#ids.get(path);
    return id === undefined ? undefined : this.#files[id];
  }

  get(id: number): IndexedFile | undefined {
    return this.#files[id];
  }

  inFolder(folder: string): Iterable<number> {
    return this.#byFolder.get(folder) ?? [];
  }

  usersOf(name: number): readonly number[] {
    return this.#users[name] ?? NOBODY;
  }

  definersOf(name: number): readonly DefinitionAt[] {
    return (this.#definers[name] ?? []).map((each) => ({ file: fileOf(each), index: each % MOST_DEFINITIONS }));
  }

  definerCount(name: number): number {
    return this.#definers[name]?.length ?? 0;
  }

  importsOf(file: IndexedFile): readonly number[] {
    const known = this.#imports.get(file.id);
    if (known) return known;
    const found = new Set<number>();
    for (const { specifier, names } of file.imports) {
      const paths = this.resolve(specifier, names, file.path, file.languageId);
      for (const path of paths) found.add(this.#ids.get(path) ?? file.id);
    }
    found.delete(file.id);
    const imports = Array.from(found);
    this.#imports.set(file.id, imports);
    return imports;
  }

  /** The files that an import means; in Python a name may be a module of its own. */
  resolve(specifier: string, names: readonly string[], from: string, languageId: string): readonly string[] {
    const paths = resolveImport(specifier, from, languageId, this);
    if (languageId !== "python") return paths.slice(0, 1);
    const dot = specifier.endsWith(".") ? "" : ".";
    const modules = names.flatMap((name) =>
      name === "*" ? [] : resolveImport(`${specifier}${dot}${name}`, from, languageId, this).slice(0, 1),
    );
    return [...paths.slice(0, 1), ...modules];
  }

  /** The known names in each definition's signature, its own left out. */
  signatureNames(file: IndexedFile): readonly Int32Array[] {
    const known = this.#signatureNames.get(file.id);
    if (known) return known;
    const made = Array.from(file.defined, (own, index) => {
      const ids = new Set<number>();
      for (const [word] of file.definitions.signature(index).matchAll(WORD)) {
        const id = this.names.known(word);
        if (id !== undefined && id !== own) ids.add(id);
      }
      return Int32Array.from(ids);
    });
    this.#signatureNames.set(file.id, made);
    return made;
  }
}

function fileOf(definer: number): number {
  return Math.floor(definer / MOST_DEFINITIONS);
}

/** The order does not count. */
function removeFrom(ids: number[] | undefined, id: number): void {
  const at = ids?.indexOf(id) ?? -1;
  const last = at === -1 ? undefined : ids?.pop();
  if (ids && last !== undefined && last !== id) ids[at] = last;
}

function into<Value>(map: Map<string, Set<Value>>, key: string): Set<Value> {
  const known = map.get(key);
  if (known) return known;
  const made = new Set<Value>();
  map.set(key, made);
  return made;
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** More than a file has. */
const MOST_DEFINITIONS = 4_096;
const NOBODY: readonly number[] = [];
const WORD = /[\p{L}_$][\p{L}\p{N}_$]+/gu;
const MOST_MEANT = 4;
