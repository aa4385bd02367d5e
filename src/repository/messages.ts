/** What the index's process and the one that uses it say to each other. */

import type { CaretQuery } from "../context/index/query.ts";
import type { MapQuery, RepositoryMap } from "../context/index/repositoryMap.ts";
import type { FileOutline, FoundSymbol, SymbolQuery } from "../context/index/symbolSearch.ts";
import type { Findings, SearchQuery } from "../context/retrieval/findings.ts";
import type { IndexProgress, IndexSummary } from "./indexer.ts";
import type { PackedPieces } from "./packedPieces.ts";
import type { WalkBounds } from "./walk.ts";

/** What an index is started with. */
export interface IndexTask {
  readonly root: string;
  /** The database; `undefined` where nothing is to be kept. */
  readonly storeFile: string | undefined;
  /** The built thread that parses. */
  readonly extractionFile: string;
  /** The folder of the grammars. */
  readonly grammars: string;
  /** Globs of the editor. */
  readonly excluded: readonly string[];
  readonly bounds: WalkBounds;
}

export interface IndexDescription {
  readonly files: number;
  readonly definitions: number;
  /** Of the database; 0 where nothing is kept. */
  readonly storedBytes: number;
  /** Of the process, with all that the system counts. */
  readonly memoryBytes: number;
}

/** What the index is asked, by its kind, and what it answers. */
export interface Questions {
  readonly query: { readonly ask: CaretQuery; readonly answer: PackedPieces };
  /** Files or folders that may have been written, made or removed; answered when the index has looked at them. */
  readonly changed: { readonly ask: readonly string[]; readonly answer: undefined };
  readonly map: { readonly ask: MapQuery; readonly answer: RepositoryMap };
  readonly search: { readonly ask: SearchQuery; readonly answer: Findings };
  readonly symbols: { readonly ask: SymbolQuery; readonly answer: readonly FoundSymbol[] };
  /** Of files, by their paths. */
  readonly outlines: { readonly ask: readonly string[]; readonly answer: readonly FileOutline[] };
  readonly describe: { readonly ask: undefined; readonly answer: IndexDescription };
}

export type QuestionKind = keyof Questions;

export type Question = {
  readonly [Kind in QuestionKind]: { readonly kind: Kind; readonly id: number; readonly ask: Questions[Kind]["ask"] };
}[QuestionKind];

export type ToIndex =
  /** The first one, and sent once. With `anew`, what is stored is given up. */
  | { readonly kind: "start"; readonly task: IndexTask; readonly anew: boolean }
  | Question
  | { readonly kind: "edited"; readonly path: string; readonly text: string }
  /** Reads everything again. */
  | { readonly kind: "rebuild" }
  | { readonly kind: "end" };

export type FromIndex =
  /** Of the kind that the question with this id has. */
  | { readonly kind: "answer"; readonly id: number; readonly answer: Questions[QuestionKind]["answer"] }
  | ({ readonly kind: "progress" } & IndexProgress)
  | { readonly kind: "ready"; readonly summary: IndexSummary; readonly keeps: boolean };
