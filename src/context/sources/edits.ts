/** What an editor tells of its documents, as data. Lines and UTF-16 code units count from 0. */

/** Part of a document, and what stands there now. */
export interface TextChange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  readonly text: string;
}

/** The same as whole lines, without line breaks; at least one of each. */
export interface LineChange {
  readonly line: number;
  readonly oldLines: readonly string[];
  readonly newLines: readonly string[];
}

/** Both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}
