/**
 * Which pieces are shown, from one caret to the next. A piece that moves costs a model all that it has evaluated from
 * there on, so what is shown stays in its place until something else is clearly worth more.
 */

import { layOut } from "./layout.ts";
import type { Piece } from "./pieces.ts";
import { weightOf } from "./tokens.ts";

/** In characters of ASCII (see `tokens.ts`). */
export interface SelectionBudget {
  readonly mostChars: number;
  /** What a character outside of ASCII counts for. At least 1. */
  readonly otherWeight: number;
  /** A change has to be worth so much more, as a share of the value that is shown. 0 takes any change. */
  readonly inertia: number;
}

/** The pieces to show, in their order: those of `shown` that stay, then new ones. `candidates` come with the best first. */
export function selectPieces(
  shown: readonly Piece[],
  candidates: readonly Piece[],
  budget: SelectionBudget,
): readonly Piece[] {
  const fresh = new Map(candidates.map((piece) => [piece.id, piece]));
  // What is not named any more may have changed, or may not be shown any more.
  const old = shown.flatMap(({ id }) => fresh.get(id) ?? []);
  const oldIds = new Set(old.map(({ id }) => id));
  const chosen = fill([...old, ...candidates.filter(({ id }) => !oldIds.has(id))], budget);
  const fits = lengthOf(old, budget.otherWeight) <= budget.mostChars;
  const gain = valueOf(chosen) - valueOf(old);
  if (fits && old.length === shown.length && gain <= valueOf(old) * budget.inertia) return shown;
  // Too many by a little, every other key would find too many again.
  const room = fits || shown.length === 0 ? budget.mostChars : budget.mostChars * ROOMY;
  let kept = room === budget.mostChars ? chosen : fill(chosen, { ...budget, mostChars: room });
  for (;;) {
    const ids = new Set(kept.map(({ id }) => id));
    const arranged = [...old.filter(({ id }) => ids.has(id)), ...byFile(kept.filter(({ id }) => !oldIds.has(id)))];
    // In their order some heads are shown twice: what is worth least goes until all of it fits.
    if (lengthOf(arranged, budget.otherWeight) <= room) return arranged;
    kept = kept.slice(0, Math.floor(kept.length * SLIGHTLY_FEWER));
  }
}

/** Greedy by value for length, which for many small pieces is close to the best that fits. */
function fill(pieces: readonly Piece[], { mostChars, otherWeight }: SelectionBudget): readonly Piece[] {
  const rated = pieces.map((piece) => ({ piece, density: piece.value / (weightOf(piece.text, otherWeight) + 1) }));
  rated.sort((one, other) => other.density - one.density);
  const chosen: Piece[] = [];
  const heads = new Set<string>();
  let length = 0;
  for (const { piece } of rated) {
    const missing = headsOf(piece).filter((head) => !heads.has(head));
    const own = weightOf(piece.text, otherWeight) + 1 + missing.reduce((sum, head) => sum + headLength(head), 0);
    if (length + own > mostChars) continue;
    length += own;
    chosen.push(piece);
    for (const head of missing) heads.add(head);
  }
  return chosen;
}

/** The lines that it has to stand under, each with its file. */
function headsOf({ path = "", heads = [] }: Piece): readonly string[] {
  return [`${path}${SEPARATOR}`, ...heads.map((head) => `${path}${SEPARATOR}${head}`)];
}

function headLength(head: string): number {
  const [path = "", line = ""] = head.split(SEPARATOR);
  return line === "" ? path.length + PATH_COST : line.length + 1;
}

/** Pieces of one file beside each other, the most valuable nearest to the caret, in the order of the file. */
function byFile(pieces: readonly Piece[]): readonly Piece[] {
  const files = new Map<string | undefined, Piece[]>();
  for (const piece of pieces) files.set(piece.path, [...(files.get(piece.path) ?? []), piece]);
  return Array.from(files.values())
    .toSorted((one, other) => valueOf(one) - valueOf(other))
    .flatMap((group) => group.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0)));
}

function valueOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { value }) => sum + value, 0);
}

/** In characters of ASCII, with the lines that name their files. */
export function lengthOf(pieces: readonly Piece[], otherWeight: number): number {
  const excerpts = layOut(pieces);
  return excerpts.reduce((sum, { path, text }) => sum + weightOf(text, otherWeight) + 1 + path.length + PATH_COST, 0);
}

const SEPARATOR = "\0";
/** What a format writes around a path. */
const PATH_COST = 6;
const ROOMY = 0.85;
const SLIGHTLY_FEWER = 0.97;
