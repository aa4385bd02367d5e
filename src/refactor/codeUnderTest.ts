/** Where the code may stand that a file of tests is about, told by what it imports and by its name. */

export interface CodePaths {
  /** Relative to the folder that the test's path is relative to, the most likely first. Not all of them need be there. */
  readonly exact: readonly string[];
  /** How the path of a file may end, of whichever folder. */
  readonly endings: readonly string[];
}

/** @param path of the test, with `/` */
export function codeUnderTest(path: string, text: string): CodePaths {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  const paths = pathsOf(extension, path, text);
  const isOther = (each: string): boolean => each !== path;
  return { exact: unique(paths.exact.filter(isOther)), endings: unique(paths.endings.filter(isOther)) };
}

/** What is written in code as a name. */
export function namesIn(code: string): ReadonlySet<string> {
  return new Set(code.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []);
}

function pathsOf(extension: string, path: string, text: string): CodePaths {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const base = path.slice(folder.length);
  switch (extension) {
    case "py":
      return ofPython(folder, base, text);
    case "go":
      return { exact: [`${folder}${base.replace(/_test\.go$/, ".go")}`], endings: [] };
    case "rs": {
      const root = folder.replace(/(?:^|\/)tests\/$/, (slash) => (slash.startsWith("/") ? "/" : ""));
      return { exact: [`${root}src/${base}`, `${root}src/lib.rs`], endings: [] };
    }
    case "java":
    case "kt":
    case "cs":
    case "scala": {
      const code = base.replace(/(?:Tests?|IT|Spec)(?=\.\w+$)/, "");
      const packaged = /^\s*package\s+([\w.]+)/m.exec(text)?.[1]?.replaceAll(".", "/");
      const inMain = `${folder.replace(/\btest\b(?!.*\btest\b)/, "main")}${code}`;
      return { exact: [inMain], endings: [packaged === undefined ? code : `${packaged}/${code}`] };
    }
    default:
      return ofScript(extension, folder, base, text);
  }
}

function ofScript(extension: string, folder: string, base: string, text: string): CodePaths {
  const imported = Array.from(text.matchAll(IMPORTED), ([, from = ""]) => from)
    .map((from) => joined(folder, from))
    .filter((each) => each !== undefined)
    .flatMap((each) => withExtensions(each, extension));
  const own = base.replace(/[._-](?:test|tests|spec|e2e)(?=\.\w+$)/, "");
  if (own === base) return { exact: imported, endings: [] };
  return { exact: [...imported, `${folder}${own}`, `${folder.replace(/__tests__\/$/, "")}${own}`], endings: [own] };
}

function ofPython(folder: string, base: string, text: string): CodePaths {
  const exact: string[] = [];
  const endings: string[] = [];
  for (const [, dots = "", from = "", names = "", whole = ""] of text.matchAll(PYTHON_IMPORTED)) {
    const parts = (whole || from).split(".").filter(Boolean);
    // What comes of a package may be a module of it.
    const modules = [parts, ...namesOf(names).map((name) => [...parts, name])].filter((each) => each.length > 0);
    for (const each of modules) {
      const files = [`${each.join("/")}.py`, `${each.join("/")}/__init__.py`];
      if (dots === "") endings.push(...files);
      else for (const file of files) exact.push(joined(folder, `./${"../".repeat(dots.length - 1)}${file}`) ?? file);
    }
  }
  const own = base.replace(/^test_|_test(?=\.py$)/, "");
  return { exact, endings: [...endings, ...(own === base ? [] : [own])] };
}

function namesOf(list: string): string[] {
  return list
    .replace(/[()]/g, "")
    .split(",")
    .map((name) => /^\s*(\w+)/.exec(name)?.[1] ?? "")
    .filter((name) => name !== "");
}

/** `undefined` where it leads out of the folder that all is relative to. */
function joined(folder: string, relative: string): string | undefined {
  const parts = folder.split("/").filter(Boolean);
  for (const part of relative.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

/** TypeScript's may be written as the JavaScript that becomes of it. */
function withExtensions(path: string, extension: string): string[] {
  const written = /\.([cm]?)[jt]sx?$/.exec(path);
  if (/\.(?:json|css|scss|svg|png|snap|md|html)$/.test(path)) return [];
  if (written) {
    const bare = path.slice(0, written.index);
    return [path, `${bare}.${written[1] ?? ""}ts`, `${bare}.tsx`];
  }
  const order = unique([extension, "ts", "tsx", "js", "jsx", "mts", "mjs", "cjs", "vue", "svelte"]);
  return [...order.map((each) => `${path}.${each}`), ...order.slice(0, 6).map((each) => `${path}/index.${each}`)];
}

function unique(all: readonly string[]): string[] {
  return Array.from(new Set(all));
}

const IMPORTED = /(?:\bfrom\s*|\brequire\(\s*|\bimport\(\s*|\bimport\s*)["'](\.{1,2}\/[^"'\n]*)["']/g;
const PYTHON_IMPORTED =
  /^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(\([^)]{0,2000}\)|[^\n#]{1,500})|import[ \t]+([\w.]+))/gm;
