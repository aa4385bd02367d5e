/** What became of an answer, as data. The words for it are the extension's. */

import type { Hunk } from "./hunks.ts";
import type { Shrunk } from "./shrunkBodies.ts";

/** Lines of the file, from 0; `to` is the first one behind. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

export type Refusal =
  /** The block fits in several places. */
  | { readonly reason: "ambiguous"; readonly candidates: readonly Place[] }
  /** Nothing in the file says where it belongs. `text` is the line that was looked for. */
  | { readonly reason: "no-place"; readonly text: string }
  /** What a placeholder stands for can't be told. */
  | { readonly reason: "unclear-elision"; readonly text: string }
  /** It is no block that a file could be changed by: of a diff or of search and replace, a part is missing. */
  | { readonly reason: "malformed"; readonly text: string }
  /** Its last definition ends where the file's goes on: it may be cut, or may take the rest away. */
  | { readonly reason: "unclear-end"; readonly name: string }
  /** What stands in a string of several lines can't be moved with the code around it. */
  | { readonly reason: "unclear-indentation"; readonly text: string }
  | { readonly reason: "unchanged" }
  | { readonly reason: "too-large" }
  | { readonly reason: "wrong-language"; readonly language: string }
  /** The result could not be parsed where the file could: so many errors before and after. */
  | { readonly reason: "does-not-parse"; readonly before: number; readonly after: number }
  | { readonly reason: "symbols-lost"; readonly names: readonly string[] }
  /** They stay, and most of what is in them would be gone. */
  | { readonly reason: "bodies-lost"; readonly bodies: readonly Shrunk[] }
  /** Names that stand twice in the result, and once in the file. */
  | { readonly reason: "symbols-doubled"; readonly names: readonly string[] }
  /** Something would be written that is no code: a placeholder, a fence, a mark of a conflict, what is said of the code. */
  | { readonly reason: "marks-left"; readonly kind: "elision" | "fence" | "conflict" | "prose"; readonly text: string }
  /** Characters before and after. */
  | { readonly reason: "size"; readonly before: number; readonly after: number };

export type Note =
  /** The answer left them out, and they stayed. */
  | { readonly kind: "kept"; readonly what: "decorator" | "export" | "comment" | "definition"; readonly name: string }
  | { readonly kind: "added"; readonly name: string }
  | { readonly kind: "import"; readonly text: string };

export type BlockFormat = "whole-file" | "symbols" | "fragment" | "diff" | "search-replace" | "new-file";

export interface Applied {
  readonly kind: "applied";
  readonly format: BlockFormat;
  readonly text: string;
  readonly hunks: readonly Hunk[];
  readonly notes: readonly Note[];
}

export interface Refused {
  readonly kind: "refused";
  readonly refusal: Refusal;
}

export function refused(refusal: Refusal): Refused {
  return { kind: "refused", refusal };
}
