/** What is known of a thread without its turns, and what is searched in it. */

import type { Thread } from "./conversation.ts";

export interface ThreadSummary {
  readonly id: string;
  readonly title: string;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly turns: number;
  /** In bytes, on the disk. */
  readonly size: number;
}

export function summaryOf({ id, title, createdAt, changedAt, turns }: Thread, size: number): ThreadSummary {
  return { id, title, createdAt, changedAt, turns: turns.size, size };
}

export function newestFirst(threads: Iterable<ThreadSummary>): readonly ThreadSummary[] {
  return Array.from(threads).toSorted((one, other) => other.changedAt - one.changedAt);
}

/** Title, questions and answers, in the form in which they are compared. */
export function searchedText({ title, turns }: Thread): string {
  return folded([title, ...Array.from(turns.values(), ({ text }) => text)].join("\n"));
}

/** The words all of which a thread has to have. */
export function searchedWords(query: string): readonly string[] {
  return folded(query)
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** Without the difference between capital and small letters, and between a letter's several ways to be written. */
function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
