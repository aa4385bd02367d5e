/** Keys are pasted with what stood around them. */

/** What the key most likely is: without white space, quotation marks and the word of the header. */
export function mendedKey(key: string): string {
  return key
    .trim()
    .replace(/^["'`]+|["'`]+$/g, "")
    .replace(/^(authorization:\s*)?bearer\s+/i, "")
    .replaceAll(/[\s\u00ad\u200b-\u200d\u2060\ufeff]/g, "");
}

/** Whether a header can have it. */
export function isUsableKey(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}
