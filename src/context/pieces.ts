/** What may be shown to a model besides the window around the caret. */

export type SourceName =
  /** The file's own outline beyond the window. */
  | "outline"
  /** Definitions of what is used near the caret. */
  | "definitions"
  /** What imported modules export, and siblings of the file. */
  | "imports"
  /** The repository map: what is near in the graph of symbols. */
  | "map"
  | "recent-edits"
  /** Snippets of open and recent files that resemble the text around the caret. */
  | "similar"
  | "diagnostics"
  | "clipboard";

export interface Piece {
  /** The same for the same piece from one query to the next, as long as its text is. */
  readonly id: string;
  readonly source: SourceName;
  /** Of the file it is from, relative to its workspace folder, with `/`; `undefined` for the clipboard. */
  readonly path: string | undefined;
  /** Tells that folder from others, which may have the same path in them. */
  readonly folder?: string | undefined;
  /** From 0, in that file. */
  readonly line: number | undefined;
  /** Lines of code as they stand in that file, but for indentation and bodies that were left out. Ends without a line break. */
  readonly text: string;
  /** What it is a member of: lines of the same file to be shown above it once, for all pieces that have them. */
  readonly heads?: readonly string[];
  /** How likely it is to be of use, from 0 to 1, on one scale for all sources. */
  readonly value: number;
  readonly reason: PieceReason;
}

/** Why a piece was chosen, as data; its words are the extension's. */
export type PieceReason =
  /** `name` stands near the caret. */
  | { readonly kind: "used"; readonly name: string }
  /** A member, or the definition, of the type `name` that something near the caret has. */
  | { readonly kind: "type"; readonly name: string }
  | { readonly kind: "imported"; readonly specifier: string }
  | { readonly kind: "sibling" }
  /** Near in the graph of symbols. */
  | { readonly kind: "related" }
  | { readonly kind: "same-file" }
  | { readonly kind: "edited" }
  /** From 0 to 1. */
  | { readonly kind: "similar"; readonly similarity: number }
  | { readonly kind: "diagnostic" }
  | { readonly kind: "copied" };
