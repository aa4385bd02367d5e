/**
 * A message with words of a model, or names of files, in it: VS Code makes links of `[text](address)` in its messages, also
 * of addresses that run commands.
 */
export function unlinked(words: string): string {
  return words.replace(/\](\s*)\(/g, "] $1(");
}
