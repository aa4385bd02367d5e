/** The words by which code is searched: what a person types, and what stands in a file, are cut in the same way. */

/**
 * In small letters: names whole and in their parts (`parseHTMLDocument`, `parse_html_document`: parse, html, document), and
 * of Chinese, Japanese and Korean, which have no spaces, each character and each two that follow each other. In the order of the text, repeated as they are there.
 */
export function* searchWords(text: string): Generator<string, void, undefined> {
  for (const [found] of text.matchAll(WORD)) {
    if (isIdeographic(found)) {
      yield* ideographs(found);
      continue;
    }
    const whole = found.toLowerCase();
    if (whole.length > LONGEST || whole.length < 2) continue;
    const parts = found.match(PART) ?? [];
    if (parts.length !== 1 || parts[0]?.length !== found.length) yield whole;
    for (const part of parts) if (part.length > 1) yield part.toLowerCase();
  }
}

function* ideographs(run: string): Generator<string, void, undefined> {
  let before = "";
  for (const character of run.slice(0, LONGEST)) {
    yield character;
    if (before !== "") yield before + character;
    before = character;
  }
}

function isIdeographic(found: string): boolean {
  return IDEOGRAPH.test(found);
}

const IDEOGRAPHS = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}`;
const IDEOGRAPH = new RegExp(`^[${IDEOGRAPHS}]`, "u");
const WORD = new RegExp(
  String.raw`[${IDEOGRAPHS}]+|(?:(?![${IDEOGRAPHS}])[\p{L}_$])(?:(?![${IDEOGRAPHS}])[\p{L}\p{N}_$])*`,
  "gu",
);
const PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+/gu;
/** What is longer is data. */
const LONGEST = 80;
