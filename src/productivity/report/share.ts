/** How much of the new code suggestions wrote. */

import type { Report } from "../ledger/report.ts";
import { shareOf, sumOf } from "./known.ts";

export interface Share {
  /** Of accepted and typed characters that were there ten minutes later. */
  readonly ai: number;
  readonly typed: number;
  /** Undefined without any. */
  readonly share: number | undefined;
  /** What it would be were none, or all, of the accepted characters there of which nothing is known, and of the typed ones the others. */
  readonly bounds: { readonly atLeast: number; readonly atMost: number } | undefined;
  /** Characters that came in other ways, and are in neither. */
  readonly excluded: readonly { readonly how: Excluded; readonly chars: number }[];
  readonly undos: number;
}

type Excluded = "contaminated" | "paste" | "bulk" | "formatter" | "disk" | "own" | "other";

export function shareIn({ aiSlots, typedSlots, editSlots, contaminatedAccepts }: Report): Share {
  const ai = sumOf(aiSlots, ({ survivingChars }) => survivingChars);
  const typed = sumOf(typedSlots, ({ survivingChars }) => survivingChars);
  const unknownAi = sumOf(aiSlots, ({ censoredChars }) => censoredChars);
  const unknownTyped = sumOf(typedSlots, ({ censoredChars }) => censoredChars);
  const atLeast = shareOf(ai, ai + typed + unknownTyped);
  const atMost = shareOf(ai + unknownAi, ai + unknownAi + typed);
  const sum = (of: (slot: (typeof editSlots)[number]) => number): number => sumOf(editSlots, of);
  const excluded: Share["excluded"] = [
    { how: "contaminated", chars: contaminatedAccepts.chars },
    { how: "paste", chars: sum(({ pasteChars, longPasteChars }) => pasteChars + longPasteChars) },
    { how: "bulk", chars: sum(({ bulkChars }) => bulkChars) },
    { how: "formatter", chars: sum(({ formatterChars }) => formatterChars) },
    { how: "disk", chars: sum(({ diskChars }) => diskChars) },
    { how: "own", chars: sum(({ ownChars }) => ownChars) },
    { how: "other", chars: sum(({ otherChars }) => otherChars) },
  ];
  return {
    ai,
    typed,
    share: shareOf(ai, ai + typed),
    bounds: atLeast === undefined || atMost === undefined ? undefined : { atLeast, atMost },
    excluded,
    undos: sum(({ undos }) => undos),
  };
}
