import type { Sha256 } from "./plan.ts";

/**
 * Which half-hour of a stratum is without suggestions, from 0: each of the k is equally likely, and nothing but the seed says which.
 *
 * @param seed 64 hexadecimal digits from a cryptographic source
 */
export const offPosition = (seed: string, stratum: number, k: number, sha256: Sha256): number =>
  drawnBelow(`${seed}/stratum/${stratum}`, k, sha256);

/**
 * A whole number from 0 to k - 1, each equally likely, that follows from a text with a seed in it.
 *
 * SHA-256 of the text gives eight numbers of 32 bits; the first one below the largest multiple of k is taken modulo k
 * (rejection sampling, so that none is likelier by as little as it would be otherwise), and where none is, the next eight.
 */
export function drawnBelow(text: string, k: number, sha256: Sha256): number {
  const below = Math.floor(WORDS / k) * k;
  for (let round = 0; ; round += 1) {
    const digest = sha256(`${text}/${round}`);
    for (let at = 0; at < digest.length; at += WORD_DIGITS) {
      const word = Number.parseInt(digest.slice(at, at + WORD_DIGITS), 16);
      if (word < below) return word % k;
    }
  }
}

const WORD_DIGITS = 8;
const WORDS = 2 ** 32;
