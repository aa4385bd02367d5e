/** Keeps the last tree of one grammar, and parses what has changed since. */

import type { Edit, Parser, Point, Tree } from "web-tree-sitter";

export class IncrementalParser {
  readonly #parser: Parser;
  readonly #edit: typeof Edit;
  #text = "";
  #tree: Tree | undefined;

  /** Takes the class of edits, since its module is loaded late. */
  constructor(parser: Parser, edit: typeof Edit) {
    this.#parser = parser;
    this.#edit = edit;
  }

  /** The tree is valid until the next call. `undefined` where the parser gives none. */
  parse(text: string): Tree | undefined {
    const before = this.#tree;
    if (before && text === this.#text) return before;
    const same = sameStart(this.#text, text);
    // With little in common there is nothing to gain.
    const kept = same * 2 >= this.#text.length ? before : undefined;
    kept?.edit(new this.#edit(changedFrom(same, this.#text, text)));
    this.#tree = undefined;
    try {
      this.#tree = this.#parser.parse(text, kept) ?? undefined;
    } finally {
      before?.delete();
    }
    this.#text = text;
    return this.#tree;
  }

  dispose(): void {
    this.#tree?.delete();
    this.#tree = undefined;
    this.#parser.delete();
  }
}

function sameStart(before: string, now: string): number {
  const most = Math.min(before.length, now.length);
  let same = 0;
  while (same < most && before.charCodeAt(same) === now.charCodeAt(same)) same += 1;
  return same;
}

/** Everything from an offset on is another text. */
function changedFrom(offset: number, before: string, now: string): ConstructorParameters<typeof Edit>[0] {
  return {
    startIndex: offset,
    oldEndIndex: before.length,
    newEndIndex: now.length,
    startPosition: pointAt(now, offset),
    oldEndPosition: pointAt(before, before.length),
    newEndPosition: pointAt(now, now.length),
  };
}

function pointAt(text: string, offset: number): Point {
  let row = 0;
  let lineStart = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    row += 1;
    lineStart = at + 1;
  }
  return { row, column: offset - lineStart };
}
