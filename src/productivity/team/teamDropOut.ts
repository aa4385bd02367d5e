/** Whether half-hours of one kind were left out more often than of the other: of one person, and of all who are in the average. */

import { type JointDropOut, jointDropOut } from "../statistics/dropOut.ts";
import type { Outcome } from "../statistics/outcome.ts";
import type { PersonSums } from "./personSums.ts";

/** Of an experiment with groups of `k` half-hours. */
export interface DrawnBlocks extends Pick<PersonSums, "drawnOn" | "drawnOff" | "qualifyingOn" | "qualifyingOff"> {
  readonly k: number;
}

/** In groups of five another share is without suggestions than in groups of two, so that either size is held against itself. */
export function teamDropOut(of: readonly DrawnBlocks[]): Outcome<JointDropOut> {
  return jointDropOut(
    [...new Set(of.map(({ k }) => k))].map((size) => {
      const alike = of.filter(({ k }) => k === size);
      const sum = (field: keyof DrawnBlocks): number => alike.reduce((total, blocks) => total + blocks[field], 0);
      return {
        on: { kept: sum("qualifyingOn"), drawn: sum("drawnOn") },
        off: { kept: sum("qualifyingOff"), drawn: sum("drawnOff") },
      };
    }),
  );
}
