/** What the index's thread and the one that uses it say to each other. */

import type { CaretQuery } from "../context/index/query.ts";
import type { Piece } from "../context/pieces.ts";
import type { IndexProgress, IndexSummary } from "./indexer.ts";
import type { WalkBounds } from "./walk.ts";

/** What a thread is started with. */
export interface IndexTask {
  readonly root: string;
  /** The database; `undefined` where nothing is to be kept. */
  readonly storeFile: string | undefined;
  /** The folder of the grammars. */
  readonly grammars: string;
  /** Globs of the editor. */
  readonly excluded: readonly string[];
  readonly bounds: WalkBounds;
}

export type ToIndex =
  | { readonly kind: "query"; readonly id: number; readonly query: CaretQuery }
  | { readonly kind: "changed"; readonly id: number; readonly paths: readonly string[] }
  | { readonly kind: "edited"; readonly path: string; readonly text: string }
  /** Looks at the whole folder again. With `anew`, everything is read again. */
  | { readonly kind: "update"; readonly anew: boolean }
  | { readonly kind: "end" };

export type FromIndex =
  | { readonly kind: "pieces"; readonly id: number; readonly pieces: readonly Piece[] }
  | { readonly kind: "changed"; readonly id: number }
  | ({ readonly kind: "progress" } & IndexProgress)
  | { readonly kind: "ready"; readonly summary: IndexSummary; readonly keeps: boolean };
