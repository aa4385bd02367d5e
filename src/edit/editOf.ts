/** From a block of an answer to a change that may be offered: applied to the file, and judged. */

import type { ReadOutline } from "../context/syntax/fileOutlines.ts";
import { type AnswerBlock, applyBlock, rowsAt, type TargetFile } from "./applyBlock.ts";
import { isBlank } from "../text/lines.ts";
import { outlineOf } from "./blockCode.ts";
import { asksToTakeAway, takesSelectedAway } from "./goneByWish.ts";
import { judge, type Verdict } from "./guard.ts";
import { lineText } from "./lineText.ts";
import { withMembers } from "./matching.ts";
import type { Applied, Refused } from "./verdict.ts";

export type EditOutcome =
  | Refused
  | {
      readonly kind: "applied";
      readonly applied: Applied;
      readonly verdict: Extract<Verdict, { readonly kind: "accepted" }>;
    };

export function editOf(asked: TargetFile, block: AnswerBlock, readOutline: ReadOutline): EditOutcome {
  const file = { ...asked, wish: wishOf(asked, readOutline) };
  const applied = applyBlock(file, block, readOutline);
  if (applied.kind === "refused") return applied;
  const { languageId, text: before, wish } = file;
  // What was selected is to be deleted, and nothing else is answered.
  const isNothing = file.isAsked === true && isBlank(block.text);
  const mayLose = file.mayLose === true || (isNothing && asksToTakeAway(wish));
  const change = { before, after: applied.text, languageId, format: applied.format, mayLose, wish };
  const verdict = judge(change, readOutline);
  return verdict.kind === "refused" ? verdict : { kind: "applied", applied, verdict };
}

/** With the names of what is selected, where that is said to go as "this" or "both". */
function wishOf({ text, languageId, selection, isAsked, wish = "" }: TargetFile, readOutline: ReadOutline): string {
  if (!isAsked || !selection || !takesSelectedAway(wish)) return wish;
  const { from, to } = rowsAt(text, selection);
  const { units } = outlineOf(lineText(text).lines, languageId, readOutline) ?? { units: [] };
  const names = withMembers(units).flatMap(({ kind, name, head }) =>
    kind === "definition" && head >= from && head < to ? [name] : [],
  );
  return [wish, ...names].join(" ");
}
