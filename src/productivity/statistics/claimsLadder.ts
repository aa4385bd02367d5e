/**
 * The speed-ups that are spoken of, the largest first: "10x" and "3-4x" as they are advertised, 2.5 and 1.67 for "five become two or
 * three", then what field experiments found, and no effect.
 */
export const CLAIMS_LADDER: readonly number[] = [10, 4, 3, 2.5, 1.67, 1.25, 1.1, 1];
