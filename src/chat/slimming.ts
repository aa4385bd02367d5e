/** Makes a thread small enough to be kept: what can be had again goes first, what was said last. */

import type { Attachment, Thread, Turn, UsedPiece } from "./conversation.ts";

/** What is not kept any more. */
export interface Slimming {
  readonly pictures: number;
  /** Texts of files, and of what tools found. */
  readonly pieces: number;
  readonly turns: number;
}

const nothing: Slimming = { pictures: 0, pieces: 0, turns: 0 };

/** The newest turns stay as they are, whatever the size. */
const NEWEST = 2;

/** Of the thread's file, in bytes. */
export function sizeOf(thread: Thread): number {
  let size = bytesIn(JSON.stringify({ ...thread, turns: [] }));
  for (const turn of thread.turns.values()) size += sizeOfTurn(turn);
  return size;
}

/** Oldest first: the pictures of turns, then the texts that they were sent with, then the turns themselves. */
export function slimmed(thread: Thread, mostBytes: number): { readonly thread: Thread; readonly gone: Slimming } {
  let size = sizeOf(thread);
  const turns = new Map(thread.turns);
  const old = Array.from(turns.keys()).slice(0, -NEWEST);
  let gone = nothing;
  const steps: readonly ((turn: Turn) => readonly [turn: Turn | undefined, gone: Partial<Slimming>])[] = [
    withoutPictures,
    withoutPieces,
    () => [undefined, { turns: 1 }],
  ];
  for (const step of steps) {
    for (const id of old) {
      if (size <= mostBytes) break;
      const turn = turns.get(id);
      if (!turn) continue;
      const [rest, less] = step(turn);
      size -= sizeOfTurn(turn) - (rest ? sizeOfTurn(rest) : 0);
      if (rest) turns.set(id, rest);
      else turns.delete(id);
      gone = added(gone, less);
    }
  }
  return { thread: { ...thread, turns }, gone };
}

export function isNothing({ pictures, pieces, turns }: Slimming): boolean {
  return pictures + pieces + turns === 0;
}

const sizes = new WeakMap<Turn, number>();

function sizeOfTurn(turn: Turn): number {
  const known = sizes.get(turn);
  if (known !== undefined) return known;
  const size = bytesIn(JSON.stringify({ turn })) + 1;
  sizes.set(turn, size);
  return size;
}

function withoutPictures(turn: Turn): readonly [Turn, Partial<Slimming>] {
  const pictures = turn.role === "question" ? turn.attachments.filter(({ picture }) => picture).length : 0;
  if (turn.role !== "question" || pictures === 0) return [turn, {}];
  return [{ ...turn, attachments: turn.attachments.map(withoutPicture) }, { pictures }];
}

function withoutPieces(turn: Turn): readonly [Turn, Partial<Slimming>] {
  const texts = turn.pieces.filter(({ text }) => text !== "").length;
  const pieces = turn.pieces.map((piece): UsedPiece => ({ ...piece, text: "", cut: true }));
  if (turn.role === "question") {
    const pasted = turn.attachments.filter(({ text }) => text !== undefined).length;
    if (texts + pasted === 0) return [turn, {}];
    return [{ ...turn, pieces, attachments: turn.attachments.map(withoutText) }, { pieces: texts + pasted }];
  }
  const results = turn.tools.filter(({ result }) => result !== "").length;
  if (texts + results === 0) return [turn, {}];
  return [{ ...turn, pieces, tools: turn.tools.map((tool) => ({ ...tool, result: "" })) }, { pieces: texts + results }];
}

function withoutPicture(attachment: Attachment): Attachment {
  const { picture: _, ...rest } = attachment;
  return rest;
}

function withoutText(attachment: Attachment): Attachment {
  const { text: _, ...rest } = attachment;
  return rest;
}

function added(one: Slimming, other: Partial<Slimming>): Slimming {
  return {
    pictures: one.pictures + (other.pictures ?? 0),
    pieces: one.pieces + (other.pieces ?? 0),
    turns: one.turns + (other.turns ?? 0),
  };
}

function bytesIn(text: string): number {
  return Buffer.byteLength(text);
}
