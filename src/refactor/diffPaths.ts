/** The paths in what git says of a file, `diff --git a/x.ts b/x.ts`, whatever git is set to write before them. */

/** What stands before the path of each side: mostly `a/` and `b/`. */
export interface Prefixes {
  readonly before: string;
  readonly after: string;
}

/**
 * What the most first lines tell, by the paths that git lists without them: in `x/src/a.ts` alone they can't be told from
 * folders. `undefined` where no line has a listed path, and some line has not what is usual.
 */
export function prefixesOf(firstLines: readonly string[], listed: ReadonlySet<string>): Prefixes | undefined {
  const votes = new Map<string, { readonly prefixes: Prefixes; count: number }>();
  for (const line of firstLines) {
    for (const prefixes of sidesOf(line).flatMap((sides) => possiblePrefixes(sides, listed))) {
      const key = JSON.stringify(prefixes);
      const vote = votes.get(key) ?? { prefixes, count: 0 };
      vote.count += 1;
      votes.set(key, vote);
    }
  }
  const [most] = Array.from(votes.values()).toSorted((one, other) => other.count - one.count);
  if (most) return most.prefixes;
  // Of some kinds of changes git's list has none.
  return firstLines.every((line) => pathIn(line, USUAL) !== undefined) ? USUAL : undefined;
}

/** `undefined` where the two sides are not the same path. */
export function pathIn(firstLine: string, { before, after }: Prefixes): string | undefined {
  for (const [left, right] of sidesOf(firstLine)) {
    if (!left.startsWith(before) || !right.startsWith(after)) continue;
    const path = right.slice(after.length);
    if (path !== "" && left.slice(before.length) === path) return path;
  }
  return undefined;
}

/** As git writes names with letters that are not of ASCII: `"\346\227\247.ts"`. */
export function unquoted(name: string): string {
  if (!/^".*"$/.test(name)) return name;
  const bytes: number[] = [];
  for (const [, octal, escaped, other = ""] of name.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/g)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else bytes.push(...encoder.encode(escaped === undefined ? other : (ESCAPES[escaped] ?? escaped)));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

type Sides = readonly [left: string, right: string];

/** All that they may be: a path may have blanks. */
function sidesOf(firstLine: string): readonly Sides[] {
  const both = firstLine.slice(START.length);
  const quoted = /^("(?:[^"\\]|\\.)*") (.+)$/.exec(both) ?? /^(.+) ("(?:[^"\\]|\\.)*")$/.exec(both);
  if (quoted) return [[unquoted(quoted[1] ?? ""), unquoted(quoted[2] ?? "")]];
  const blanks = Array.from(both.matchAll(/ /g), ({ index }) => index);
  return blanks.map((at) => [both.slice(0, at), both.slice(at + 1)]);
}

function possiblePrefixes([left, right]: Sides, listed: ReadonlySet<string>): readonly Prefixes[] {
  const found: Prefixes[] = [];
  for (let at = right.length - 1; at >= 0; at -= 1) {
    const path = right.slice(at);
    if (!left.endsWith(path)) break;
    if (listed.has(path)) found.push({ before: left.slice(0, left.length - path.length), after: right.slice(0, at) });
  }
  return found;
}

const START = "diff --git ";
const USUAL: Prefixes = { before: "a/", after: "b/" };
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", a: "\u0007", b: "\b", v: "\v", f: "\f" };
const encoder = new TextEncoder();
