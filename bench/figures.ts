/** What a measurement gives, by the stable names of docs/benchmarks.md. */
export interface Figures {
  readonly figures: Readonly<Record<string, number>>;
  /** The single values behind a figure. */
  readonly runs: Readonly<Record<string, readonly number[]>>;
  /** Figures that could not be taken, with the reason. They are not in `figures`. */
  readonly missing: Readonly<Record<string, string>>;
}

export const noFigures: Figures = { figures: {}, runs: {}, missing: {} };

/** How much of something is measured: for figures to keep, or to see in a moment whether it works. */
export interface Sizes<Size> {
  readonly full: Size;
  readonly quick: Size;
}

/** Of a list with at least one value. Nearest rank: a value that was measured, not one between two. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (value === undefined) throw new Error("no values");
  return value;
}

/** Joins several measurements into one. */
export function merge(parts: readonly Figures[]): Figures {
  return {
    figures: Object.assign({}, ...parts.map((part) => part.figures)),
    runs: Object.assign({}, ...parts.map((part) => part.runs)),
    missing: Object.assign({}, ...parts.map((part) => part.missing)),
  };
}
