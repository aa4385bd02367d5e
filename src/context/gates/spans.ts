/** Parts of a text, by their offsets in UTF-16 code units. */
export interface Span {
  readonly start: number;
  /** Of the first character behind it. */
  readonly end: number;
}

/** In the order of the text; those that overlap become one, which is otherwise like the first. */
export function merged<Range extends Span>(ranges: readonly Range[]): readonly Range[] {
  if (ranges.length < 2) return [...ranges];
  const result: Range[] = [];
  for (const range of ranges.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const last = result.at(-1);
    if (last && range.start < last.end) result[result.length - 1] = { ...last, end: Math.max(last.end, range.end) };
    else result.push(range);
  }
  return result;
}

/** The engine keeps the whole of a text in memory as long as a part of it, but for such a copy. */
export function copyOf(part: string): string {
  return ` ${part}`.slice(1);
}
