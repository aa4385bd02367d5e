/** Brackets, without those in strings and comments. */

import { literalEnd } from "./literals.ts";

const closerOf: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

export interface BracketBalance {
  /** Closing brackets whose opening ones are not in the text, in order. */
  readonly unopened: string;
  /** The closing brackets that the text still owes, innermost first. */
  readonly unclosed: string;
}

/** Of the text from `start` on; what stands before tells whether that is inside of a string or a comment. */
export function bracketBalance(text: string, start = 0): BracketBalance {
  const owed: string[] = [];
  let unopened = "";
  for (const { offset, closer, opens } of bracketsIn(text)) {
    if (offset < start) continue;
    if (opens) owed.push(closer);
    else if (owed.at(-1) === closer) owed.pop();
    else unopened += closer;
  }
  return { unopened, unclosed: owed.toReversed().join("") };
}

export interface Bracket {
  readonly offset: number;
  /** The bracket that closes it, or the closing one itself. */
  readonly closer: string;
  readonly opens: boolean;
}

export function bracketsIn(text: string): readonly Bracket[] {
  const found: Bracket[] = [];
  const next = /[()[\]{}"'`/#]/g;
  for (let match = next.exec(text); match !== null; match = next.exec(text)) {
    const [character] = match;
    const closer = closerOf[character];
    if (closer !== undefined) found.push({ offset: match.index, closer, opens: true });
    else if (character === ")" || character === "]" || character === "}") {
      found.push({ offset: match.index, closer: character, opens: false });
    } else next.lastIndex = literalEnd(text, match.index) ?? match.index + 1;
  }
  return found;
}

/** True for text made only of what an editor or a writer closes things with, such as `});`. Not for blank text. */
export function isOnlyClosers(text: string): boolean {
  return /^\s*[)\]}"'`>;,:]+[)\]}"'`>;,:\s]*$/.test(text);
}
