import type { Span } from "./spans.ts";

/** Finds secrets of one kind in a line, or in a piece of some thousand characters. */
export type Find = (text: string) => Iterable<Span>;

/** Of each match the group `secret`, or else the whole. `user` is the group of that name. */
export function matches(pattern: RegExp, accepts: (secret: string, user: string) => boolean = () => true): Find {
  return function* (text) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = match.indices?.groups?.["secret"] ?? match.indices?.[0] ?? [0, 0];
      if (accepts(text.slice(start, end), match.groups?.["user"] ?? "")) yield { start, end };
    }
  };
}
