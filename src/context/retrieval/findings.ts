/** A search in the repository, and what it finds. */

export interface SearchQuery {
  /** As a person writes it. */
  readonly text: string;
  /** Of the file in hand, relative to the folder; what is near it counts more. */
  readonly path: string;
  /** Paths of files that were edited or looked at of late, the last one first. */
  readonly recent: readonly string[];
  readonly most: number;
}

export interface Finding {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** From 0. */
  readonly line: number;
  /** Whole lines, some 8 to 60. */
  readonly text: string;
}

export interface Findings {
  readonly found: readonly Finding[];
  /** Places in `found`, the best first, as each way of looking sees it: by words, and by nearness to the file in hand. */
  readonly rankings: readonly (readonly number[])[];
}
