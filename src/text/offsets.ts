/** Cutting text by length, in UTF-16 code units, without cutting a character in two. */

/** The end of `text`, at most `chars` long. */
export function tailOf(text: string, chars: number): string {
  const start = Math.max(0, text.length - chars);
  return text.slice(splitsCharacter(text, start) ? start + 1 : start);
}

/** The start of `text`, at most `chars` long. */
export function headOf(text: string, chars: number): string {
  const end = Math.min(text.length, chars);
  return text.slice(0, splitsCharacter(text, end) ? end - 1 : end);
}

function splitsCharacter(text: string, at: number): boolean {
  return isBetween(text.charCodeAt(at - 1), 0xd800, 0xdbff) && isBetween(text.charCodeAt(at), 0xdc00, 0xdfff);
}

function isBetween(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}
