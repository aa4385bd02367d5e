/** What somebody takes of a suggestion who takes a word or a line of it. */

/** Spaces, and the word or the run of signs after them; or line breaks with the next line's indentation. */
export function nextWord(text: string, languageId: string): string {
  const breaks = /^(?:[ \t]*\n)+[ \t]*/.exec(text)?.[0];
  if (breaks !== undefined) return breaks;
  const space = /^[^\S\n]*/.exec(text)?.[0] ?? "";
  const rest = text.slice(space.length);
  return space + (firstSegment(rest) ?? wordOf(languageId).exec(rest)?.[0] ?? SIGNS.exec(rest)?.[0] ?? "");
}

/** To the end of the line; at the end of a line, to the end of the next one that is not blank. Never ends in a line break. */
export function nextLine(text: string): string {
  return /^\s*[^\n]*/.exec(text)?.[0].trimEnd() || text;
}

/** In scripts that put no spaces between words, the first word; `undefined` in others. */
function firstSegment(text: string): string | undefined {
  const run = UNSPACED.exec(text.slice(0, MOST_SEGMENTED_CHARS))?.[0];
  if (run === undefined) return undefined;
  const [first] = segmenter().segment(run);
  return first?.segment;
}

let theSegmenter: Intl.Segmenter | undefined;
/** Its dictionaries cover these scripts whatever the locale. Made when first needed: that takes some milliseconds. */
function segmenter(): Intl.Segmenter {
  theSegmenter ??= new Intl.Segmenter("zh", { granularity: "word" });
  return theSegmenter;
}

function wordOf(languageId: string): RegExp {
  return hyphenating.has(languageId) ? HYPHENATED_WORD : WORD;
}

/** Scripts that put no spaces between words. */
const UNSPACED_LETTER =
  "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]";
const UNSPACED = new RegExp(`^${UNSPACED_LETTER}+`, "u");
const NUMBER = "\\d+(?:\\.\\d+)?[\\p{L}\\p{N}_]*";
const WORD = new RegExp(`^(?:${NUMBER}|(?:(?!${UNSPACED_LETTER})[\\p{L}\\p{N}\\p{M}_$])+)`, "u");
const HYPHENATED_WORD = new RegExp(`^(?:${NUMBER}|[@#.]?(?:(?!${UNSPACED_LETTER})[\\p{L}\\p{N}\\p{M}_$-])+)`, "u");
const SIGNS = /^[^\p{L}\p{N}_$\s]+/u;
/** Where a name may have hyphens in it. */
const hyphenating: ReadonlySet<string> = new Set(["css", "scss", "sass", "less", "stylus", "html", "vue", "clojure"]);
const MOST_SEGMENTED_CHARS = 64;
