/** Which file of the repository an import means. By its path alone: no configuration is read. */

/** Finds files by the end of their paths. */
export interface Files {
  has(path: string): boolean;
  /** Paths that end with `/` and this, or are this. A few of them, where there are many. */
  endingWith(path: string): readonly string[];
}

/** The paths that `specifier` in the file at `from` may mean, the likeliest first; empty for packages of others. */
export function resolveImport(specifier: string, from: string, languageId: string, files: Files): readonly string[] {
  if (languageId === "python") return resolvePython(specifier, from, files);
  if (specifier.startsWith(".")) return existing(joined(folderOf(from), specifier), files);
  if (/^(?:typescript|javascript)/.test(languageId)) return resolveAlias(specifier, files);
  if (languageId === "c" || languageId === "cpp") {
    const beside = joined(folderOf(from), specifier);
    return files.has(beside) ? [beside] : files.endingWith(specifier);
  }
  const path = specifier
    .replace(/\.\*$/, "")
    .split(/\.|::|\\|\//)
    .filter(Boolean);
  const ending = endings[languageId];
  return ending === undefined ? [] : files.endingWith(`${path.slice(-2).join("/")}.${ending}`);
}

/** `@/cart`, `~/cart`, `src/cart`: what follows the alias is a path in the repository. */
function resolveAlias(specifier: string, files: Files): readonly string[] {
  const path = /^(?:[@~#]\/|src\/)(.+)$/.exec(specifier)?.[1];
  if (path === undefined) return [];
  for (const ending of scriptEndings(path)) {
    const found = files.endingWith(ending);
    if (found.length > 0) return found;
  }
  return [];
}

function existing(path: string, files: Files): readonly string[] {
  return scriptEndings(path).filter((candidate) => files.has(candidate));
}

/** TypeScript's own sources are imported by the names of what is made of them. */
function scriptEndings(path: string): readonly string[] {
  const bare = path.replace(/\.(?:[cm]?js|jsx)$/, "");
  return [
    path,
    ...[".ts", ".tsx", ".d.ts", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"].map((ending) => bare + ending),
    ...["/index.ts", "/index.tsx", "/index.d.ts", "/index.js"].map((ending) => path + ending),
  ];
}

function resolvePython(specifier: string, from: string, files: Files): readonly string[] {
  const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
  const path = specifier.slice(dots).split(".").filter(Boolean).join("/");
  if (dots > 0) {
    const base = joined(folderOf(from), "../".repeat(dots - 1));
    return pythonFiles(path === "" ? base : base === "" ? path : `${base}/${path}`).filter((each) => files.has(each));
  }
  if (path === "") return [];
  return pythonFiles(path).flatMap((each) => files.endingWith(each));
}

function pythonFiles(path: string): readonly string[] {
  const inside = path === "" ? "" : `${path}/`;
  return [...(path === "" ? [] : [`${path}.py`, `${path}.pyi`]), `${inside}__init__.py`, `${inside}__init__.pyi`];
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
  rust: "rs",
  ruby: "rb",
  go: "go",
};
