/** From a block of an answer to a change that may be offered: applied to the file, and judged. */

import type { ReadOutline } from "../context/syntax/fileOutlines.ts";
import { type AnswerBlock, applyBlock, type TargetFile } from "./applyBlock.ts";
import { judge, type Verdict } from "./guard.ts";
import { isOfPlace, replaceAsked } from "./replaceAsked.ts";
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
  if (applied.kind === "applied") return judged(file, applied, readOutline);
  const asked = file.isAsked && isOfPlace(applied.refusal) ? replaceAsked(file, block, readOutline) : undefined;
  const outcome = asked && judged(file, asked, readOutline);
  return outcome?.kind === "applied" ? outcome : applied;
}

function judged(file: TargetFile, applied: Applied, readOutline: ReadOutline): EditOutcome {
  const { languageId, text: before, mayLose = false, wish = "" } = file;
  const verdict = judge(
    { before, after: applied.text, languageId, format: applied.format, mayLose, wish },
    readOutline,
  );
  return verdict.kind === "refused" ? verdict : { kind: "applied", applied, verdict };
}
