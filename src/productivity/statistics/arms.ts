import { flawIn, inPart } from "./checks.ts";
import type { Malformed } from "./outcome.ts";

/** One block: net surviving characters, and active minutes. */
export type Block = readonly [characters: number, minutes: number];

/** Blocks with suggestions and blocks without. */
export interface Arms {
  readonly on: readonly Block[];
  readonly off: readonly Block[];
}

/** What is wrong with the blocks, if anything is: characters may be 0, minutes may not. Indexes are those of the blocks. */
export function flawInArms({ on, off }: Arms): Malformed | undefined {
  for (const [field, blocks] of [
    ["on", on],
    ["off", off],
  ] as const) {
    const characters = blocks.map(([characters]) => characters);
    const minutes = blocks.map(([, minutes]) => minutes);
    const flaw =
      inPart(flawIn(field, characters, "not-negative"), "characters") ??
      inPart(flawIn(field, minutes, "positive"), "minutes");
    if (flaw) return flaw;
  }
  return undefined;
}

/** The degrees of freedom of a difference of two means with unequal variances; `first` and `second` are those of the means. */
export function welchDf(first: number, firstDf: number, second: number, secondDf: number): number {
  return (first + second) ** 2 / (first ** 2 / firstDf + second ** 2 / secondDf);
}
