/**
 * Snippets of open and recently open files that name what is named near the caret. Names are looked up in an index of
 * all blocks, which an edit changes for the blocks that it touches; nothing is read again at a query.
 */

import type { Piece } from "../pieces.ts";
import { type CodeBlock, CodeBlocks, linesOf } from "./codeBlocks.ts";
import type { LineChange, LineRange, TextChange } from "./edits.ts";
import { familyOf } from "./languageFamilies.ts";
import { jaccard, merged } from "./names.ts";
import { caretNames, type CaretNames, type Run, runsAround, textOf } from "./snippetRuns.ts";

export interface SnippetQuery {
  readonly path: string;
  readonly languageId: string;
  /** Text that ends at the caret. */
  readonly before: string;
  /** Text that starts at the caret. */
  readonly after: string;
  /** The lines of this file that the model sees anyway. */
  readonly shown: LineRange;
  readonly mostPieces: number;
  readonly mostChars: number;
}

interface OpenFile {
  readonly path: string;
  readonly languageId: string;
  readonly code: CodeBlocks;
}

export class SnippetIndex {
  /** The one that was opened, or changed, last is at the end. */
  readonly #files = new Map<string, OpenFile>();
  readonly #blocksWith = new Map<number, Set<CodeBlock>>();
  readonly #fileOf = new Map<CodeBlock, OpenFile>();
  #chars = 0;

  /** A file that is open already is read anew. One that is too long is left out. */
  open(path: string, languageId: string, text: string): void {
    this.close(path);
    if (text.length > MOST_FILE_CHARS) return;
    const file = { path, languageId, code: new CodeBlocks(text) };
    this.#files.set(path, file);
    this.#chars += file.code.chars;
    this.#add(file, file.code.blocks);
    this.#makeRoom();
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  /**
   * What a change means for the file's lines. `undefined` where the file is not open, or does not have those lines: what is
   * known of it is then out of date, and forgotten.
   */
  change(path: string, { start, end, text }: TextChange): LineChange | undefined {
    const file = this.#files.get(path);
    if (!file) return undefined;
    const oldLines = file.code.lines(start.line, end.line + 1);
    const [first, last] = [oldLines[0], oldLines.at(-1)];
    const fits = oldLines.length === end.line - start.line + 1 && text.length <= MOST_FILE_CHARS;
    if (!fits || first === undefined || last === undefined) {
      this.close(path);
      return undefined;
    }
    const newLines = linesOf(first.slice(0, start.character) + text + last.slice(end.character));
    const before = file.code.chars;
    const { removed, added } = file.code.replace(start.line, oldLines.length, newLines);
    this.#remove(removed);
    this.#add(file, added);
    this.#chars += file.code.chars - before;
    this.#files.delete(path);
    this.#files.set(path, file);
    this.#makeRoom();
    return { line: start.line, oldLines, newLines };
  }

  close(path: string): void {
    const file = this.#files.get(path);
    if (!file) return;
    this.#remove(file.code.blocks);
    this.#files.delete(path);
    this.#chars -= file.code.chars;
  }

  /** The most similar snippets, the best first. */
  query({ path, languageId, before, after, shown, mostPieces, mostChars }: SnippetQuery): readonly Piece[] {
    const names = caretNames(before, after, (name) => this.#rarityOf(name));
    const found: Found[] = [];
    for (const [file, seeds] of this.#seeds(names)) {
      const hidden = file.path === path ? shown : undefined;
      const factor = familyOf(file.languageId) === familyOf(languageId) ? 1 : OTHER_LANGUAGE;
      for (const run of runsAround(file.code.blocks, seeds, names, hidden))
        found.push({ run, file, rank: run.similarity * factor });
    }
    found.sort((one, other) => other.rank - one.rank || inOrder(one, other));
    return distinct(found, mostPieces, mostChars);
  }

  /** A name that is in many blocks tells little of any of them. */
  #rarityOf(name: number): number {
    return Math.log(1 + this.#fileOf.size / (this.#blocksWith.get(name)?.size ?? 1));
  }

  /** The blocks that share most with the caret, by their files. */
  #seeds(names: CaretNames): ReadonlyMap<OpenFile, ReadonlySet<CodeBlock>> {
    const weights = new Map<CodeBlock, number>();
    for (const [name, weight] of names.weights) {
      const blocks = this.#blocksWith.get(name);
      if (!blocks || blocks.size > MOST_BLOCKS_WITH) continue;
      for (const block of blocks) weights.set(block, (weights.get(block) ?? 0) + weight);
    }
    const seeds = new Map<OpenFile, Set<CodeBlock>>();
    for (const block of heaviest(weights, MOST_SEEDS)) {
      const file = this.#fileOf.get(block);
      if (file) seeds.set(file, (seeds.get(file) ?? new Set()).add(block));
    }
    return seeds;
  }

  #add(file: OpenFile, blocks: readonly CodeBlock[]): void {
    for (const block of blocks) {
      this.#fileOf.set(block, file);
      for (const name of block.names) {
        const known = this.#blocksWith.get(name);
        if (known) known.add(block);
        else this.#blocksWith.set(name, new Set([block]));
      }
    }
  }

  #remove(blocks: readonly CodeBlock[]): void {
    for (const block of blocks) {
      this.#fileOf.delete(block);
      for (const name of block.names) {
        const known = this.#blocksWith.get(name);
        known?.delete(block);
        if (known?.size === 0) this.#blocksWith.delete(name);
      }
    }
  }

  /** The one that was used least recently goes first. */
  #makeRoom(): void {
    while (this.#files.size > MOST_FILES || (this.#chars > MOST_CHARS && this.#files.size > 1)) {
      const [oldest] = this.#files.keys();
      if (oldest === undefined) return;
      this.close(oldest);
    }
  }
}

/** The first so many by their weights, without an order of all of them; of equal ones those that come first. */
function heaviest(weights: ReadonlyMap<CodeBlock, number>, most: number): readonly CodeBlock[] {
  const best: { readonly block: CodeBlock; readonly weight: number }[] = [];
  weights.forEach((weight, block) => {
    if (best.length === most && weight <= (best[most - 1]?.weight ?? 0)) return;
    let at = best.length;
    while (at > 0 && (best[at - 1]?.weight ?? 0) < weight) at -= 1;
    best.splice(at, 0, { block, weight });
    if (best.length > most) best.pop();
  });
  return best.map(({ block }) => block);
}

interface Found {
  readonly run: Run;
  readonly file: OpenFile;
  readonly rank: number;
}

/** The best ones that are not nearly the same as a better one. */
function distinct(found: readonly Found[], mostPieces: number, mostChars: number): readonly Piece[] {
  const pieces: Piece[] = [];
  const taken = new Set<CodeBlock>();
  const names: Uint32Array[] = [];
  let room = mostChars;
  for (const { run, file, rank } of found) {
    if (pieces.length >= mostPieces || rank < LEAST_SIMILARITY) break;
    if (run.blocks.some((block) => taken.has(block))) continue;
    const own = merged(run.blocks.map(({ names }) => names));
    if (names.some((other) => jaccard(own, other) >= SAME)) continue;
    const { line, text } = textOf(run);
    if (text.length > room || text === "") continue;
    room -= text.length;
    for (const block of run.blocks) taken.add(block);
    names.push(own);
    pieces.push(pieceOf(file.path, line, text, rank));
  }
  return pieces;
}

function pieceOf(path: string, line: number, text: string, similarity: number): Piece {
  return {
    id: `similar ${path} ${text}`,
    source: "similar",
    path,
    line,
    text,
    value: Math.min(1, LEAST_SHARE + similarity ** 2) * SHARE_OF_ITS_OWN,
    reason: { kind: "similar", similarity },
  };
}

function inOrder(one: Found, other: Found): number {
  return one.file.path < other.file.path ? -1 : one.file.path > other.file.path ? 1 : one.run.line - other.run.line;
}

const MOST_FILES = 60;
const MOST_FILE_CHARS = 1_000_000;
const MOST_CHARS = 3_000_000;
const MOST_SEEDS = 40;
/** A name in more blocks than that says nothing of any of them, and would cost the most. */
const MOST_BLOCKS_WITH = 400;
const OTHER_LANGUAGE = 0.5;
const LEAST_SIMILARITY = 0.1;
/** Two snippets that share so much of their names are taken for one. */
const SAME = 0.9;
/**
 * The share of snippets that had a name which the next lines needed and the window lacked was 0.11 at a similarity of 0.1,
 * 0.19 at 0.3 and about 0.5 at 0.5. Measured on 600 places in three TypeScript and two Python packages.
 */
const LEAST_SHARE = 0.1;
/**
 * Most of these names stand in a signature, too, which takes a small part of the room. At its full value a snippet took the room of
 * more than it brought: of the names that the next lines needed, prompts of 16,000 characters had 0.701 with random files
 * open, and 0.728 with this; prompts of 3,300 had 0.462 and 0.492. Measured on 300 names in the twelve packages
 * that bench/context/packages.ts calls `development`.
 */
const SHARE_OF_ITS_OWN = 0.05;
