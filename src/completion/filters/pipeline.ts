/** The filters and their order. */

import type { CursorSnapshot } from "../../context/snapshot.ts";
import { offered, type Suggestion } from "../suggestion.ts";
import { dropAlreadyThere } from "./alreadyThere.ts";
import { cutCommentEnd } from "./commentEnd.ts";
import { cutControlTokens } from "./controlTokens.ts";
import { dropEmpty } from "./empty.ts";
import type { Filter } from "./filter.ts";
import { fixIndentation } from "./indentation.ts";
import { dropProse } from "./prose.ts";
import { dropRepeatedPrefix } from "./repeatsPrefix.ts";
import { dropRepeatedSuffix } from "./repeatsSuffix.ts";
import { cutRepetition } from "./repetition.ts";
import { dropTooShort } from "./tooShort.ts";
import { trimTrailingSpace } from "./trailingSpace.ts";
import { cutUnbalanced } from "./unbalanced.ts";
import { unfence } from "./unfence.ts";

/** What a model said becomes code that begins at the caret it was asked about. */
const cleaning: readonly Filter[] = [cutControlTokens, unfence, dropRepeatedPrefix, dropProse, fixIndentation];

/** Code becomes what fits between the text before and after a caret, which may have typed on since. */
const fitting: readonly Filter[] = [
  cutRepetition,
  cutCommentEnd,
  cutUnbalanced,
  dropRepeatedSuffix,
  trimTrailingSpace,
  dropEmpty,
];

export function clean(text: string, cursor: CursorSnapshot): Suggestion {
  return pass(cleaning, text, cursor);
}

export function fit(text: string, cursor: CursorSnapshot): Suggestion {
  return pass([...fitting, dropAlreadyThere, dropTooShort], text, cursor);
}

/**
 * For the rest of what is shown and was typed in part: one that goes away before its last character flickers, also where
 * the rest alone looks like something that the file has.
 */
export function fitRest(text: string, cursor: CursorSnapshot): Suggestion {
  return pass(fitting, text, cursor);
}

/** Until nothing changes: what one filter leaves can be what another one is for. */
function pass(filters: readonly Filter[], text: string, cursor: CursorSnapshot): Suggestion {
  let kept = text;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = kept;
    for (const filter of filters) {
      const suggestion = filter(kept, cursor);
      if (suggestion.kind === "dropped") return suggestion;
      kept = suggestion.insertText;
    }
    if (kept === before) break;
  }
  return offered(kept);
}

/** More than two are rare. An answer of a model must not keep an editor busy. */
const MOST_ROUNDS = 4;
