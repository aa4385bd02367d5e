/** Without characters that nobody sees, or that turn the direction of what follows. Line ends, tabs and what joins emoji stay. */
export function withoutHidden(text: string): string {
  return text.replace(HIDDEN, "");
}

const HIDDEN =
  /(?!(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic}))(?![\n\t])[\p{Cc}\p{Cf}]/gu;
