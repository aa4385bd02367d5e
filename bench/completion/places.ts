/** The documents and the places in them at which completion is measured. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/toolchain.mjs";
import { bracketBalance } from "../../src/text/brackets.ts";

/** From the package zod, which the lock file pins: 2,937 lines, 102,740 characters. */
export const documentPath = "v4/classic/schemas.ts";
/** Open beside it: 204,984 characters. */
export const neighbourPaths: readonly string[] = [
  "util",
  "checks",
  "json-schema-processors",
  "errors",
  "regexes",
  "parse",
  "memoizer",
  "core",
  "visit",
  "zsf",
].map((name) => `v4/core/${name}.ts`);

export const documentsFolder = join(root, "node_modules", "zod", "src");

export function readDocument(path: string): string {
  return readFileSync(join(documentsFolder, path), "utf8");
}

export interface Place {
  /** In the document as it is on disk. */
  readonly offset: number;
  /** What is taken out of the document behind the offset, and what the model writes: the rest of the line. */
  readonly rest: string;
}

/**
 * All places in the middle of lines of code whose rest makes a suggestion; the first ones are spread over the document as
 * all of them are. Where a word has only been begun the engine waits whether it goes on, so that is no place. `which`
 * picks one half of them or the other: what was suggested at a place is remembered there.
 */
export function placesIn(text: string, which: 0 | 1): Place[] {
  const all: Place[] = [];
  let offset = 0;
  for (const line of text.split("\n")) {
    const place = placeIn(line);
    if (place !== undefined) all.push({ offset: offset + place, rest: line.slice(place) });
    offset += line.length + 1;
  }
  const half = all.filter((_, index) => index % 2 === which);
  // By the golden section, which leaves no part of the document out for long.
  const order = (index: number): number => (index * GOLDEN_SECTION) % 1;
  return half
    .map((place, index) => ({ place, at: order(index) }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ place }) => place);
}

function placeIn(line: string): number | undefined {
  const indent = /^\s*/.exec(line)?.[0].length ?? 0;
  const code = line.slice(indent);
  if (code.length < LEAST_LINE_CHARS || /^(\/\/|\/?\*)/.test(code)) return undefined;
  let at = indent + Math.floor(code.length * 0.4);
  while (at < line.length && !isSettled(line.slice(0, at))) at += 1;
  const rest = line.slice(at);
  const isWhole = bracketBalance(rest).unopened === "" && bracketBalance(rest).unclosed === "";
  return rest.trim().length >= LEAST_REST_CHARS && isWhole ? at : undefined;
}

/** Not after the first letter of a word, and not in front of white space: a suggestion would begin with it. */
function isSettled(before: string): boolean {
  return /[\p{L}\p{N}_$]{2}$|[^\p{L}\p{N}_$]$/u.test(before);
}

const LEAST_LINE_CHARS = 24;
const LEAST_REST_CHARS = 10;
const GOLDEN_SECTION = (Math.sqrt(5) - 1) / 2;
