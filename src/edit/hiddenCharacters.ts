/** Characters in code that nobody sees, or that turn the direction of what follows, and so make it another than it looks. */

import { lineChanges } from "../text/diff.ts";

/** Those that come with a change, as `U+202E`, each once. What the file has between the same two characters is no news. */
export function hiddenAdded(before: readonly string[], after: readonly string[]): readonly string[] {
  const added = new Set<string>();
  for (const { from, to, newFrom, newTo } of lineChanges(before, after)) {
    const known = before.slice(from, to).flatMap(hiddenIn);
    for (const { place, code } of after.slice(newFrom, newTo).flatMap(hiddenIn)) {
      const at = known.findIndex((each) => each.place === place);
      if (at === -1) added.add(code);
      else known.splice(at, 1);
    }
  }
  return Array.from(added);
}

interface Hidden {
  /** It, between those around it. */
  readonly place: string;
  readonly code: string;
}

function hiddenIn(line: string): readonly Hidden[] {
  // Of a byte order mark at the front the file, and not the model, decides.
  return Array.from(line.replace(/^\uFEFF/, "").matchAll(HIDDEN), ({ 0: character, index, input }) => ({
    place: input.slice(Math.max(0, index - 1), index + character.length + 1),
    code: `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
  }));
}

/** But for those that emojis and the words of some scripts are written with. */
const HIDDEN =
  /(?!\t|(?<=\p{Emoji})[\uFE0E\uFE0F]|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?)\u200D|(?<=(?!\p{Script=Latin})[\p{L}\p{M}])[\u200C\u200D])(?:[\p{Cc}\p{Cf}\u2028\u2029]|\p{Default_Ignorable_Code_Point})/gu;
