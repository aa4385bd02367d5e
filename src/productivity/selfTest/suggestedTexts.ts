import { blockTexts, composedTexts, lineTexts, type MarkedText } from "./texts.ts";

export interface Text extends MarkedText {
  readonly words: readonly string[];
  /** The suggestion without its marks. */
  readonly whole: string;
}

export const lines: readonly Text[] = lineTexts.map(unmarked);
/** Of several lines. */
export const blocks: readonly Text[] = blockTexts.map(unmarked);
export const all: readonly Text[] = [...lines, ...blocks];
/** Such as an input method writes. */
export const composed: readonly Text[] = composedTexts.map(unmarked);
/** Calls of which the bracket is still to be written. */
export const calls: readonly Text[] = bracketTexts().map(unmarked);
/** Their first word is the same for our command and for VS Code's. */
export const startWithName: readonly Text[] = all.filter(
  ({ words }) => words.length > 1 && /^[a-z]\w+$/iu.test(words[0]!),
);
/** What a keyboard makes of them is themselves: the editor closes no tag, quote or bracket that stays. */
export const typeable: readonly Text[] = lines.filter(
  ({ languageId, whole }) =>
    !/html|react/u.test(languageId) && !whole.endsWith("{") && whole.split("'").length % 2 === 1,
);
/** The part that VS Code's command takes first is one character. */
export const startWithMark: readonly Text[] = [...lines, ...calls].filter(({ whole }) =>
  /^[."'<(][a-z_\p{Script=Han}]/iu.test(whole),
);

export function firstWord({ words }: Text): string {
  return words[0]!;
}

/** Behind the first word. */
export function rest({ words }: Text): string {
  return words.slice(1).join("");
}

function unmarked(text: MarkedText): Text {
  const words = text.suggestion.split("┊");
  return { ...text, words, whole: words.join("") };
}

/** As our own command takes them: each with the line break before it. */
export function linesOf({ whole }: Text): readonly string[] {
  return whole.split(/(?=\n)/u);
}

/** One step of indentation, as the text has it; four spaces where it has none. */
export function indentUnitOf({ document, whole }: Text): string {
  const indentation = /^[ \t]+/mu.exec(document)?.[0] ?? /^[ \t]+/mu.exec(whole)?.[0];
  return indentation ?? "    ";
}

/** VS Code's command takes the line break as well. */
export function editorsLine({ whole }: Text): string {
  return whole.slice(0, whole.indexOf("\n") + 1);
}

/** Another choice, whose last name has a number behind it. */
export function otherThan({ whole }: Text, number: number): string {
  return whole.replace(/([\p{L}\p{N}_]+)(?=[^\p{L}\p{N}_]*$)/u, `$1${number}`);
}

export function keysOf(text: Text): string {
  return composedTexts.find(({ suggestion }) => suggestion === text.suggestion)!.keys;
}

function bracketTexts(): readonly MarkedText[] {
  const names = ["total", "log", "render", "check", "save", "load", "parse", "find", "merge", "close"];
  const values = [
    "first, second",
    "user.name",
    "0",
    "items, 10",
    "order.id, true",
    "path",
    "text.trim()",
    "query, limit + 1",
    "a, b, c",
    '"now"',
  ];
  const languages = ["typescript", "javascript", "python", "go", "java"];
  return names.flatMap((name, at) =>
    [values[at]!, values[(at + 3) % values.length]!].map((value) => ({
      languageId: languages[at % languages.length]!,
      document: `${name}║\n`,
      suggestion: `(┊${value})`,
    })),
  );
}
