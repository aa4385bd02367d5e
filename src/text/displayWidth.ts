const characters = new Intl.Segmenter("und", { granularity: "grapheme" });
/** Of two columns in a font of even width: Chinese, Japanese and Korean characters, their marks, and pictures. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;

/** How many columns a text takes in a font of even width. Quotation marks and dashes that Chinese shares with English take one. */
export function displayWidth(text: string): number {
  let columns = 0;
  for (const { segment } of characters.segment(text)) columns += WIDE.test(segment) ? 2 : 1;
  return columns;
}
