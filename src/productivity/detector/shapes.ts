/** What an inserted text looks like: typed at one key, or a word or a line that was taken at once. All texts have `\n` for line breaks. */

/** Lines that a text touches. */
export function lineCount(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}

/** What one key makes of itself: what it puts before the caret, and what the editor adds behind it. */
export interface Keyed {
  readonly before: string;
  readonly behind: string;
}

/** `undefined` where it takes more than one key, or something else than keys. */
export function keyed(text: string): Keyed | undefined {
  const [, broken, below] = BREAK.exec(text) ?? [];
  if (broken !== undefined) return { before: broken, behind: below ?? "" };
  const [, opener, closer] = PAIR.exec(text) ?? [];
  if (opener !== undefined && closer !== undefined) return { before: opener, behind: closer };
  return ONE.test(text) ? { before: text, behind: "" } : undefined;
}

/** A text can be cut there without cutting a word. */
export function isWordBoundary(text: string, at: number): boolean {
  return at <= 0 || at >= text.length || !(WORD.test(text.charAt(at - 1)) && WORD.test(text.charAt(at)));
}

/**
 * What somebody took who took a text's first `chars` characters. VS Code's own command takes a line with its line break; other
 * editors' commands and ours end before it.
 */
export function partTaken(text: string, from: number, chars: number): "word" | "line" {
  const taken = text.slice(from, from + chars);
  if (taken.endsWith("\n")) return "line";
  const isAtLineEnd = from + chars === text.length || text.charAt(from + chars) === "\n";
  return isAtLineEnd && /\S\s+\S/.test(taken) ? "line" : "word";
}

/** What VS Code's list of names inserts: a name, perhaps with the brackets of a call. */
export function isName(text: string): boolean {
  return NAME.test(text);
}

/** Enter, with the next line's indentation; between brackets a second line for the closing one. */
const BREAK = /^(\n[ \t]*)(\n[ \t]*)?$/;
/** An opening sign with what closes it, as editors add it. */
const PAIR = /^([([{<"'`*])([)\]}>"'`]{1,3}| \*\/)$/;
const ONE = /^.$/su;
const WORD = /[\p{L}\p{N}\p{M}_$]/u;
const NAME = /^[\p{L}\p{N}_$]+(?:\(\))?;?$/u;
