/** The files of a repository and what their facts say of each other. */

import { DefinitionList } from "./definitionList.ts";
import type { FileFacts, Import } from "./facts.ts";
import { endsOf, folderOf, ImportResolver, type Files } from "./modules.ts";
import { NameTable } from "./nameTable.ts";
import { NumberLists } from "./numberLists.ts";
import { Shares } from "./shares.ts";
import { Weighed } from "./weighed.ts";

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

/** A definition as one number, since an index has hundreds of thousands: `fileOf` and `indexOf` tell where it is. */
export type DefinitionAt = number;

export class FileTable implements Files {
  #names = new NameTable();
  /** With so many names it is time to look how many of them are in use. */
  #manyNames = FEW_NAMES;
  /** Of the query in hand. */
  readonly shares = new Shares();
  readonly wordShares = new Shares();
  readonly fileShares = new Shares();
  readonly hereShares = new Shares();
  readonly mentionedShares = new Shares();
  readonly importShares = new Shares();
  readonly weighed = new Weighed();
  readonly #files: (IndexedFile | undefined)[] = [];
  /** How many names each file has: asked of many files at every query. */
  readonly #nameCounts: number[] = [];
  readonly #ids = new Map<string, number>();
  /** Paths by their last part, and by their last two: of `__init__.py` there are thousands. */
  readonly #byEnd = new Map<string, string[]>();
  readonly #byFolder = new Map<string, Set<number>>();
  /** By the name's number: the files in whose code it stands. */
  #users = new NumberLists();
  #definers = new NumberLists();
  /** Made when first asked for; a new or lost file changes what an import means. */
  readonly #imports = new Map<number, readonly number[]>();
  readonly #resolver = new ImportResolver(this);
  /** By file and place; each is looked for when it is first asked for. */
  #signatureNames = new Map<number, (readonly number[])[]>();
  readonly #free: number[] = [];

  /** In place of what was there. */
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
    this.#nameCounts[id] = names.length;
    this.#ids.set(path, id);
    if (isNew) this.#addEnds(path);
    into(this.#byFolder, folderOf(path)).add(id);
    for (const name of names) this.#users.add(name, id);
    for (const [index, name] of defined.entries()) this.#definers.add(name, id * DEFINITION_STRIDE + index);
    if (isNew) this.#forgetImports();
    else this.#imports.delete(id);
  }

  remove(path: string): void {
    const id = this.#ids.get(path);
    if (id === undefined) return;
    this.#take(path);
    this.#ids.delete(path);
    this.#files[id] = undefined;
    this.#free.push(id);
    for (const end of endsOf(path)) {
      const paths = this.#byEnd.get(end)?.filter((each) => each !== path) ?? [];
      if (paths.length > 0) this.#byEnd.set(end, paths);
      else this.#byEnd.delete(end);
    }
    this.#byFolder.get(folderOf(path))?.delete(id);
    this.#forgetImports();
  }

  #forgetImports(): void {
    this.#imports.clear();
    this.#resolver.forget();
  }

  /** Their numbers are good until `forgetNames`. */
  get names(): NameTable {
    return this.#names;
  }

  /**
   * Makes a new table of names where most of them stand in no file any more, such as those that were half typed when they
   * were read. The numbers are others from then on.
   */
  forgetNames(): void {
    const { size } = this.#names;
    if (size < this.#manyNames) return;
    const isUsed = (id: number): boolean => this.userCount(id) > 0 || this.definerCount(id) > 0;
    const used = Array.from({ length: size }, (_, id) => id).filter(isUsed);
    if (used.length * 2 < size) this.#keepNames(used);
    this.#manyNames = Math.max(FEW_NAMES, this.#names.size * 2);
  }

  #keepNames(used: readonly number[]): void {
    const names = new NameTable();
    const numbers = new Int32Array(this.#names.size);
    for (const id of used) numbers[id] = names.idOf(this.#names.nameOf(id));
    for (const file of this.#files) {
      if (!file) continue;
      for (const ids of [file.names, file.defined]) for (const [at, id] of ids.entries()) ids[at] = numbers[id] ?? 0;
      for (const text of file.imports.flatMap((each) => [each.specifier, ...each.names])) names.interned(text);
      names.interned(file.languageId);
    }
    this.#names = names;
    this.#users = this.#users.renumbered(used);
    this.#definers = this.#definers.renumbered(used);
    this.#signatureNames = new Map();
  }

  #addEnds(path: string): void {
    for (const end of endsOf(path)) {
      const paths = this.#byEnd.get(end);
      if (paths) paths.push(path);
      else this.#byEnd.set(end, [path]);
    }
  }

  /** Takes out what others find it by. */
  #take(path: string): void {
    const file = this.byPath(path);
    if (!file) return;
    for (const name of file.names) this.#users.remove(name, file.id);
    for (const name of new Set(file.defined)) this.#definers.removeWhere(name, (each) => fileOf(each) === file.id);
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

  endingWith(path: string): string | undefined {
    const [base = "", two = base] = endsOf(path);
    for (const each of this.#byEnd.get(two) ?? []) if (each === path || each.endsWith(`/${path}`)) return each;
    return undefined;
  }

  byPath(path: string): IndexedFile | undefined {
    const id = this.#ids.get(path);
    return id === undefined ? undefined : this.#files[id];
  }

  get(id: number): IndexedFile | undefined {
    return this.#files[id];
  }

  nameCount(id: number): number {
    return this.#nameCounts[id] ?? 0;
  }

  inFolder(folder: string): Iterable<number> {
    return this.#byFolder.get(folder) ?? [];
  }

  usersOf(name: number): readonly number[] {
    return this.#users.of(name);
  }

  userCount(name: number): number {
    return this.#users.count(name);
  }

  definersOf(name: number): readonly DefinitionAt[] {
    return this.#definers.of(name);
  }

  /** Those in files that have a share, the first of them. Names that everything defines are asked for often. */
  definersIn(name: number, files: Pick<Shares, "of">, most: number): readonly DefinitionAt[] {
    const found: DefinitionAt[] = [];
    for (const each of this.#definers.of(name)) {
      if (found.length >= most) break;
      if (files.of(fileOf(each)) > 0) found.push(each);
    }
    return found;
  }

  definerCount(name: number): number {
    return this.#definers.count(name);
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
    const path = this.#resolver.resolve(specifier, from, languageId);
    const paths = path === undefined ? [] : [path];
    if (languageId !== "python") return paths;
    const dot = specifier.endsWith(".") ? "" : ".";
    for (const name of names) {
      if (name === "*") continue;
      const module = this.#resolver.resolve(`${specifier}${dot}${name}`, from, languageId);
      if (module !== undefined) paths.push(module);
    }
    return paths;
  }

  /** The known names in a definition's signature, its own left out. */
  signatureNames(file: IndexedFile, index: number): readonly number[] {
    const known = this.#signatureNames.get(file.id) ?? [];
    this.#signatureNames.set(file.id, known);
    return (known[index] ??= this.#namesInSignature(file, index));
  }

  #namesInSignature({ definitions, defined }: IndexedFile, index: number): readonly number[] {
    const ids = new Set<number>();
    for (const word of definitions.signature(index).match(WORD) ?? []) {
      const id = this.names.known(word);
      if (id !== undefined && id !== defined[index]) ids.add(id);
    }
    return Array.from(ids);
  }
}

/** The id of its file. */
export function fileOf(definer: DefinitionAt): number {
  return definer >>> DEFINITION_BITS;
}

/** Its place among the file's definitions. */
export function indexOf(definer: DefinitionAt): number {
  return definer & (DEFINITION_STRIDE - 1);
}

function into<Value>(map: Map<string, Set<Value>>, key: string): Set<Value> {
  const known = map.get(key);
  if (known) return known;
  const made = new Set<Value>();
  map.set(key, made);
  return made;
}

/** For more than a file has: collector.ts takes half as many. */
const DEFINITION_BITS = 12;
const DEFINITION_STRIDE = 2 ** DEFINITION_BITS;
/** Of a thousand files or so; fewer cost nothing. */
const FEW_NAMES = 10_000;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]+/gu;
