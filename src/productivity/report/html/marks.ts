import type { Mark } from "../words/text.ts";
import { percent } from "./escape.ts";

/** A shape for each, around 0: they are told apart without their colours, too. */
const shapes: Readonly<Record<Mark, string>> = {
  "ruled-out": '<path class="against" d="M-5-5 5 5M5-5-5 5"/>',
  shown: '<circle class="for" r="6"/>',
  undecided: '<circle class="open" r="5"/>',
  "not-known": '<circle class="unknown" r="5"/>',
  point: '<path class="for" d="M0-6 6 0 0 6-6 0z"/>',
};

export function markAt(mark: Mark, x: number, y: string): string {
  return `<svg class="mark" x="${percent(x)}" y="${y}">${shapes[mark]}</svg>`;
}
