/** Which file of the repository an import means. By its path alone: no configuration is read. */

/** Finds files by the end of their paths. */
export interface Files {
  has(path: string): boolean;
  /** The first path that ends with `/` and this, or is this. */
  endingWith(path: string): string | undefined;
}

/** The path that `specifier` in the file at `from` most likely means; `undefined` for packages of others. */
export function resolveImport(specifier: string, from: string, languageId: string, files: Files): string | undefined {
  if (languageId === "python") return resolvePython(specifier, from, files);
  if (languageId === "rust") return resolveRust(specifier, files);
  const ending = endings[languageId];
  if (specifier.startsWith(".")) {
    const path = joined(folderOf(from), specifier);
    return ending === undefined ? existing(path, files) : [path, `${path}.${ending}`].find((each) => files.has(each));
  }
  if (/^(?:typescript|javascript)/.test(languageId)) return resolveAlias(specifier, files);
  if (languageId === "c" || languageId === "cpp") {
    const beside = joined(folderOf(from), specifier);
    return files.has(beside) ? beside : files.endingWith(specifier);
  }
  if (ending === undefined) return undefined;
  const path = specifier
    .replace(/\.\*$/, "")
    .split(/\.|::|\\|\//)
    .filter(Boolean);
  return files.endingWith(`${path.slice(-2).join("/")}.${ending}`);
}

/** Remembers what an import means that means the same in every file: a package is imported by many. */
export class ImportResolver {
  readonly #files: Files;
  readonly #known = new Map<string, string | undefined>();

  constructor(files: Files) {
    this.#files = files;
  }

  /** As `resolveImport`. */
  resolve(specifier: string, from: string, languageId: string): string | undefined {
    if (specifier.startsWith(".") || languageId === "c" || languageId === "cpp")
      return resolveImport(specifier, from, languageId, this.#files);
    const key = `${languageId} ${specifier}`;
    const known = this.#known.get(key);
    if (known !== undefined || this.#known.has(key)) return known;
    const path = resolveImport(specifier, from, languageId, this.#files);
    this.#known.set(key, path);
    return path;
  }

  /** A file is new, or gone. */
  forget(): void {
    this.#known.clear();
  }
}

/** `@/cart`, `~/cart`, `src/cart`: what follows the alias is a path in the repository. */
function resolveAlias(specifier: string, files: Files): string | undefined {
  const path = /^(?:[@~#]\/|src\/)(.+)$/.exec(specifier)?.[1];
  if (path === undefined) return undefined;
  for (const ending of scriptEndings(path)) {
    const found = files.endingWith(ending);
    if (found !== undefined) return found;
  }
  return undefined;
}

function existing(path: string, files: Files): string | undefined {
  for (const candidate of scriptEndings(path)) if (files.has(candidate)) return candidate;
  return undefined;
}

/** TypeScript's own sources are imported by the names of what is made of them. One by one, since mostly the second is it. */
function* scriptEndings(path: string): Iterable<string> {
  yield path;
  const bare = path.replace(/\.(?:[cm]?js|jsx)$/, "");
  for (const ending of SCRIPTS) yield bare + ending;
  for (const ending of FOLDERS) yield path + ending;
}

/** The last name of a path is most often what stands in the module before it. */
function resolveRust(specifier: string, files: Files): string | undefined {
  const path = specifier.split("::").filter((part) => !/^(?:crate|self|super|\*)$/.test(part));
  for (const module of [path, path.slice(0, -1)]) {
    const end = module.slice(-2).join("/");
    const found = end === "" ? undefined : (files.endingWith(`${end}.rs`) ?? files.endingWith(`${end}/mod.rs`));
    if (found !== undefined) return found;
  }
  return undefined;
}

function resolvePython(specifier: string, from: string, files: Files): string | undefined {
  const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
  const path = specifier.slice(dots).split(".").filter(Boolean).join("/");
  if (dots > 0) {
    const base = joined(folderOf(from), "../".repeat(dots - 1));
    return pythonFiles(path === "" ? base : base === "" ? path : `${base}/${path}`).find((each) => files.has(each));
  }
  if (path === "") return undefined;
  let nearest: string | undefined;
  for (const each of pythonFiles(path)) {
    const found = files.endingWith(each);
    // A package is nearer to the root than a script of its name among the tests.
    if (found !== undefined && (nearest === undefined || depthOf(found) < depthOf(nearest))) nearest = found;
  }
  return nearest;
}

function depthOf(path: string): number {
  return path.replace(/\/__init__\.pyi?$/, "").split("/").length;
}

function pythonFiles(path: string): readonly string[] {
  const inside = path === "" ? "" : `${path}/`;
  return [...(path === "" ? [] : [`${path}.py`, `${path}.pyi`]), `${inside}__init__.py`, `${inside}__init__.pyi`];
}

/** What a path is found by: its last part, and its last two where there are so many. */
export function endsOf(path: string): readonly string[] {
  const last = path.lastIndexOf("/");
  return last === -1 ? [path] : [path.slice(last + 1), path.slice(path.lastIndexOf("/", last - 1) + 1)];
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function joined(folder: string, relative: string): string {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

const endings: Readonly<Record<string, string>> = {
  java: "java",
  csharp: "cs",
  php: "php",
  ruby: "rb",
  go: "go",
};

const SCRIPTS = [".ts", ".tsx", ".d.ts", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];
const FOLDERS = ["/index.ts", "/index.tsx", "/index.d.ts", "/index.js"];
