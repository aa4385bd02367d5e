/** How the text after a caret changes while somebody types: an editor puts closing brackets there, and typing takes them away. */

export type SuffixChange =
  | { readonly kind: "none" }
  /** `closers` were put before the old suffix. */
  | { readonly kind: "added"; readonly closers: string }
  /** `closers` stood at the start of the old suffix and are gone. */
  | { readonly kind: "removed"; readonly closers: string };

/**
 * The change from one suffix to another, both cut at the same length; `undefined` when more than closing brackets and
 * quotes at the start is different.
 */
export function suffixChange(before: string, now: string): SuffixChange | undefined {
  if (before === now) return { kind: "none" };
  // Most places that are compared are quite other ones.
  if (!CLOSER.test(before) && !CLOSER.test(now)) return undefined;
  for (let count = 1; count <= MOST_CLOSERS; count += 1) {
    if (isShifted(now, before, count)) return { kind: "added", closers: now.slice(0, count) };
    if (isShifted(before, now, count)) return { kind: "removed", closers: before.slice(0, count) };
  }
  return undefined;
}

/** `long` is closers and then `short`, as far as both were cut. */
function isShifted(long: string, short: string, count: number): boolean {
  if (long.length < count || !/^[)\]}"'`]+$/.test(long.slice(0, count))) return false;
  const rest = long.slice(count);
  return short.length <= rest.length ? rest === short : short.length <= long.length && short.startsWith(rest);
}

const MOST_CLOSERS = 3;
const CLOSER = /^[)\]}"'`]/;
