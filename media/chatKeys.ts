/** An Enter that ends a word of an input method sends nothing; with Shift it is a new line. */
export function isSendKey({ key, shiftKey, altKey, isComposing, keyCode }: KeyboardEvent): boolean {
  // 229: the key belongs to the input method, also where the browser has just ended the composition.
  return key === "Enter" && !shiftKey && !altKey && !isComposing && keyCode !== 229;
}
