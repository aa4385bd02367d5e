/**
 * Number, mean and sum of squared deviations of values that come one after the other (Welford, Note on a Method for Calculating
 * Corrected Sums of Squares and Products, 1962). Nothing is lost by cancellation, and a value more costs the same however many there are.
 */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  /** The sum of squared deviations from the mean. */
  readonly m2: number;
}

export const noMoments: Moments = { n: 0, mean: 0, m2: 0 };

export function withValue({ n, mean, m2 }: Moments, value: number): Moments {
  const away = value - mean;
  const next = mean + away / (n + 1);
  return { n: n + 1, mean: next, m2: m2 + away * (value - next) };
}

export function momentsOf(values: readonly number[]): Moments {
  let moments = noMoments;
  for (const value of values) moments = withValue(moments, value);
  return moments;
}

/** The variance of a sample, divided by n - 1; `n` is at least 2. */
export function varianceOf({ n, m2 }: Moments): number {
  return m2 / (n - 1);
}

/**
 * Whether the values are the same but for what rounding makes of them: logarithms of equal ratios differ in the last digit, and an
 * interval of that width would say something of the arithmetic alone.
 */
export function isWithoutSpread({ n, mean, m2 }: Moments): boolean {
  return Math.sqrt(m2 / n) <= 1e-12 * Math.max(1, Math.abs(mean));
}
