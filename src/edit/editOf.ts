/** From a block of an answer to a change that may be offered: applied to the file, and judged. */

import type { ReadOutline } from "../context/syntax/fileOutlines.ts";
import { type AnswerBlock, applyBlock, type TargetFile } from "./applyBlock.ts";
import { isBlank } from "../text/lines.ts";
import { asksToTakeAway } from "./goneByWish.ts";
import { judge, type Verdict } from "./guard.ts";
import type { Applied, Refused } from "./verdict.ts";

export type EditOutcome =
  | Refused
  | {
      readonly kind: "applied";
      readonly applied: Applied;
      readonly verdict: Extract<Verdict, { readonly kind: "accepted" }>;
    };

export function editOf(file: TargetFile, block: AnswerBlock, readOutline: ReadOutline): EditOutcome {
  const applied = applyBlock(file, block, readOutline);
  if (applied.kind === "refused") return applied;
  const { languageId, text: before, wish = "" } = file;
  // What was selected is to be deleted, and nothing else is answered.
  const isNothing = file.isAsked === true && isBlank(block.text);
  const mayLose = file.mayLose === true || (isNothing && asksToTakeAway(wish));
  const change = { before, after: applied.text, languageId, format: applied.format, mayLose, wish };
  const verdict = judge(change, readOutline);
  return verdict.kind === "refused" ? verdict : { kind: "applied", applied, verdict };
}
