/** Places in code that an output names. */

export interface Place {
  /** As it was written, with `/`: absolute, or relative to a folder that is not known. Never a link or an address. */
  readonly path: string;
  /** From 0. */
  readonly line: number;
  /** Of the function that was running. */
  readonly name: string | undefined;
}

/** Where it went wrong comes first, then its callers; each line of a file once. */
export function framesIn(text: string): readonly Place[] {
  const groups: Place[][] = [];
  let group: Place[] = [];
  const lines = text.split("\n");
  let isPython = false;
  for (let row = 0; row < lines.length; row += 1) {
    const line = lines[row] ?? "";
    if (line.length > LONGEST_LINE) continue;
    if (line.trim().startsWith("Traceback (most recent call last)")) {
      groups.push(group);
      group = [];
    }
    const place = frameIn(line, lines[row - 1] ?? "");
    if (!place) continue;
    isPython ||= place.path.endsWith(".py");
    group.push(place);
  }
  groups.push(group);
  // Python tells where it went wrong last, and of the exception that came last, last.
  const all = isPython ? groups.toReversed().flatMap((each) => each.toReversed()) : groups.flat();
  const once = new Map(all.map((place) => [`${place.path}:${place.line}`, place] as const).toReversed());
  return Array.from(once.values()).toReversed().slice(0, MOST_PLACES);
}

/** Of a package or of the language itself, by its path. */
export function isForeign(path: string): boolean {
  return FOREIGN.test(path);
}

function frameIn(line: string, above: string): Place | undefined {
  const java = JAVA.exec(line)?.groups;
  if (java) {
    const { type = "", method, file = "", line: at } = java;
    const folders = type.split(".").slice(0, -1);
    return placeOf([...folders, file].join("/"), at, method);
  }
  const python = PYTHON.exec(line)?.groups;
  if (python) return placeOf(python["path"], python["line"], python["name"]);
  const framed = FRAMED.exec(line)?.groups;
  if (framed) return placeOf(framed["path"], framed["line"], framed["name"]?.trim());
  const plain = PLAIN.exec(line)?.groups;
  if (!plain) return undefined;
  // Go and Rust name the function in the line above.
  const name = plain["name"] ?? /^(?:\s*\d+: )?(?:[\w.$-]+\/)*([\w.:$*()]+?)(?:\(.*\))?$/.exec(above)?.[1];
  return placeOf(plain["path"], plain["line"], name);
}

function placeOf(written: string | undefined, line: string | undefined, name: string | undefined): Place | undefined {
  if (written === undefined || line === undefined) return undefined;
  const path = plainPath(written);
  const number = Number(line);
  if (path === undefined || number < 1 || number > LAST_LINE) return undefined;
  return { path, line: number - 1, name: name === "" ? undefined : name };
}

function plainPath(written: string): string | undefined {
  let path = written;
  if (/^file:\/\//i.test(path)) {
    try {
      path = decodeURIComponent(path.replace(/^file:\/\/(?:localhost)?/i, "").replace(/^\/(?=[A-Za-z]:)/, ""));
    } catch {
      return undefined;
    }
  }
  if (/^(?:node|internal|webpack|https?|data|blob|native|eval):/i.test(path) || /^<.*>$/.test(path)) return undefined;
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001F]/.test(path)) return undefined;
  return path.replaceAll("\\", "/").replace(/^(?:\.\/)+/, "");
}

/** `at shop.Cart.first(Cart.java:11)`, with or without `at`, a class loader and a module. */
const JAVA =
  /^\s*(?:at )?(?:[\w.$@-]*\/){0,2}(?<type>[\w.$]+)\.(?<method>[\w$<>]+)\((?<file>[\w$]+\.(?:java|kt|scala|groovy)):(?<line>\d+)\)/;
const PYTHON = /^\s*File "(?<path>[^"]+\.py)", line (?<line>\d+)(?:, in (?<name>.+))?$/;
/** Of JavaScript: `at name (path:1:2)`, `at path:1:2`, Vitest's `❯ name path:1:2`, and as TAP has them. */
const FRAMED =
  /^\s*(?:at |❯ )?(?:async )?(?:(?<name>[^()]*?) )?\((?<path>(?:file:\/\/)?[^()]+?\.[A-Za-z]\w{0,5}):(?<line>\d+):\d+\)$/u;
const PLAIN =
  /(?:^|[\s'"(])(?:at |❯ (?:(?<name>[^\s/]+) )?)?(?<path>(?:file:\/\/\/?)?(?:[A-Za-z]:[\\/])?[^\s:'"()<>|]+\.[A-Za-z]\w{0,5}):(?<line>\d+)(?::\d+|:|\b(?!\.))/u;
const FOREIGN =
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|\.?venv|vendor|\.cargo|\.rustup|\.pnpm|\.yarn)\/|^\/rustc\/|^(?:java|javax|jdk|sun|kotlin|org\/junit|org\/opentest4j)\//;
const LONGEST_LINE = 2_000;
const LAST_LINE = 1_000_000;
const MOST_PLACES = 30;
