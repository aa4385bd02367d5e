/** In a fence that is longer than any in the code. */
export function fenced(code: string, languageId: string): string {
  const longest = Math.max(2, ...Array.from(code.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${languageId}\n${code}${code.endsWith("\n") ? "" : "\n"}${fence}`;
}
