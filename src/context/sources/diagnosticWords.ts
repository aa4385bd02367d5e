/** What of a diagnostic's message may be told: it quotes types and members of files that may be ignored. */

/**
 * The message as far as all names in it stand in `seen`, text of the file that it is about; `undefined` where one does
 * not. Lists of names behind a quotation, such as the properties that a type has and a value lacks, are cut off.
 */
export function tellableMessage(message: string, seen: string): string | undefined {
  const text = message.replace(/\s+/g, " ").replace(LIST, "$1").slice(0, MOST_CHARS);
  let names: ReadonlySet<string> | undefined;
  const isSeen = (name: string): boolean => {
    names ??= new Set(seen.match(NAME));
    return names.has(name) || BUILT_IN.has(name);
  };
  const quoted = Array.from(text.matchAll(QUOTED), ([span]) => span).join(" ");
  for (const name of quoted.match(NAME) ?? []) if (!isSeen(name)) return undefined;
  for (const { 0: name, index } of text.replace(QUOTED, "").matchAll(NAME)) {
    const startsSentence = /(?:^|[.!?:] )$/.test(text.replace(QUOTED, "").slice(0, index));
    if (looksLikeName(name, startsSentence) && !isSeen(name)) return undefined;
  }
  return text;
}

/** Not a word of the sentence. */
function looksLikeName(word: string, startsSentence: boolean): boolean {
  return /[_$\d]|\p{Ll}\p{Lu}/u.test(word) || (!startsSentence && /^\p{Lu}/u.test(word));
}

const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
const QUOTED = /'[^']*'|"[^"]*"|`[^`]*`|‘[^’]*’|“[^”]*”|«[^»]*»/gu;
const LIST = /(['"`’”»]):.*$/u;
const MOST_CHARS = 400;
const BUILT_IN: ReadonlySet<string> = new Set(
  "any array bool boolean bytes char dict double false float int list long never none None null number object Object Promise self str string String this true tuple undefined unknown void".split(
    " ",
  ),
);
