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

/** What was said in the newest turns, and what they were sent with, stays, whatever the size. */
const NEWEST = 2;

/** Of the thread's file, in bytes. */
export function sizeOf(thread: Thread): number {
  let size = bytesIn(JSON.stringify({ ...thread, turns: [] }));
  for (const turn of thread.turns.values()) size += sizeOfTurn(turn);
  return size;
}

/**
 * Oldest first: the pictures of turns, then the texts that they were sent with, then the pictures of the newest turns and
 * those that wait to be sent, then the turns themselves. A few pictures must not cost all that was said.
 */
export function slimmed(thread: Thread, mostBytes: number): { readonly thread: Thread; readonly gone: Slimming } {
  let size = sizeOf(thread);
  const turns = new Map(thread.turns);
  const ids = Array.from(turns.keys());
  const [old, newest] = [ids.slice(0, -NEWEST), ids.slice(-NEWEST)];
  let { attachments } = thread;
  let gone = nothing;
  const go = (ids: readonly string[], step: (turn: Turn) => readonly [Turn | undefined, Partial<Slimming>]): void => {
    for (const id of ids) {
      if (size <= mostBytes) break;
      const turn = turns.get(id);
      if (!turn) continue;
      const [rest, less] = step(turn);
      size -= sizeOfTurn(turn) - (rest ? sizeOfTurn(rest) : 0);
      if (rest) turns.set(id, rest);
      else turns.delete(id);
      gone = added(gone, less);
    }
  };
  go(old, withoutPictures);
  go(old, withoutPieces);
  go(newest, withoutPictures);
  const waiting = attachments.filter(({ picture }) => picture).length;
  if (size > mostBytes && waiting > 0) {
    attachments = attachments.map(withoutPicture);
    size -= sizeOf(thread) - sizeOf({ ...thread, attachments });
    gone = added(gone, { pictures: waiting });
  }
  go(old, () => [undefined, { turns: 1 }]);
  return { thread: { ...thread, attachments, turns }, gone };
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
