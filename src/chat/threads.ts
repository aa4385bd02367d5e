/** What is done to a thread. */

import {
  type Answer,
  branchOf,
  type Question,
  siblingsOf,
  type Thread,
  tipBelow,
  type Turn,
  withTurn,
} from "./conversation.ts";
import { titleOf } from "./titles.ts";

/** The question goes to the end of what is shown. It takes what was attached and written, and gives the thread its title. */
export function asked(thread: Thread, question: Omit<Question, "parent">, now: number): Thread {
  const next = withTurn(thread, { ...question, parent: thread.tip }, now);
  const isFirst = thread.turns.size === 0 && !thread.isNamed;
  return { ...next, draft: "", attachments: [], title: isFirst ? titleOf(question) : thread.title };
}

/** Another question in the place of one, which stays on its own branch. Gives the thread as it was where that is none. */
export function askedAnew(thread: Thread, id: string, question: Omit<Question, "parent">, now: number): Thread {
  const old = thread.turns.get(id);
  if (old?.role !== "question") return thread;
  const next = withTurn(thread, { ...question, parent: old.parent }, now);
  const isOnly = old.parent === undefined && !thread.isNamed && titleOf(old) === thread.title;
  return isOnly ? { ...next, title: titleOf(question) } : next;
}

/** The answer, or another one beside those that the question has. What is shown ends with it. */
export function answered(thread: Thread, answer: Answer, now: number): Thread {
  return { ...withTurn(thread, answer, now), tip: answer.id };
}

/** As its user calls it; without a name it is called after its first question again. */
export function named(thread: Thread, title: string, now: number): Thread {
  const name = title.trim();
  const first = Array.from(thread.turns.values()).find((turn) => turn.role === "question");
  if (name !== "") return { ...thread, title: name, isNamed: true, changedAt: now };
  return { ...thread, title: first ? titleOf(first) : "", isNamed: false, changedAt: now };
}

/** Shows the turn that many places further in the turn's place; a first question gives the thread its title. Gives the thread as it was where there is none. */
export function switched(thread: Thread, id: string, step: number): Thread {
  const turn = thread.turns.get(id);
  if (!turn) return thread;
  const siblings = siblingsOf(thread, turn);
  const other = siblings[siblings.indexOf(turn) + step];
  if (!other) return thread;
  const isTitle = turn.role === "question" && turn.parent === undefined && !thread.isNamed;
  const title = isTitle && other.role === "question" ? titleOf(other) : thread.title;
  return { ...thread, tip: tipBelow(thread, other.id), title };
}

/** The turns up to this one, the first one first: what it is about. */
export function branchUpTo(thread: Thread, id: string): readonly Turn[] {
  return branchOf({ turns: thread.turns, tip: id });
}

/** For each turn that is shown, which of the ones in its place it is, from 1, and how many these are. */
export function placesOf(thread: Thread): ReadonlyMap<string, { readonly branch: number; readonly branches: number }> {
  const siblings = new Map<string, string[]>();
  const key = ({ parent, role }: Turn): string => `${role} ${parent ?? ""}`;
  for (const turn of thread.turns.values()) siblings.set(key(turn), [...(siblings.get(key(turn)) ?? []), turn.id]);
  return new Map(
    branchOf(thread).map((turn) => {
      const ids = siblings.get(key(turn)) ?? [];
      return [turn.id, { branch: ids.indexOf(turn.id) + 1, branches: ids.length }];
    }),
  );
}
