/** Brackets counted as characters: those in strings and comments count too, and are nearly always in pairs there. */

const closerOf: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

export interface BracketBalance {
  /** Closing brackets whose opening ones are not in the text, in order. */
  readonly unopened: string;
  /** The closing brackets that the text still owes, innermost first. */
  readonly unclosed: string;
}

export function bracketBalance(text: string): BracketBalance {
  const owed: string[] = [];
  let unopened = "";
  for (const character of text) {
    const closer = closerOf[character];
    if (closer !== undefined) owed.push(closer);
    else if (character === ")" || character === "]" || character === "}") {
      if (owed.at(-1) === character) owed.pop();
      else unopened += character;
    }
  }
  return { unopened, unclosed: owed.toReversed().join("") };
}

/** True for text made only of what an editor or a writer closes things with, such as `});`. Not for blank text. */
export function isOnlyClosers(text: string): boolean {
  return /^\s*[)\]}"'`>;,:]+[)\]}"'`>;,:\s]*$/.test(text);
}
