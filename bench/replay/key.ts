/** The keys of a typing session. */

export type Key =
  | { readonly kind: "char"; readonly char: string }
  | { readonly kind: "enter" }
  /** One level of indentation. */
  | { readonly kind: "tab" }
  /** What is before the caret, of this length: a character, or a level of indentation. */
  | { readonly kind: "backspace"; readonly length: number }
  /** What is behind the caret, selected or one by one. */
  | { readonly kind: "delete"; readonly length: number }
  /** The caret goes elsewhere, by mouse or keys. */
  | { readonly kind: "caret"; readonly offset: number };
