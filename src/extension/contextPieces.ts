import type * as vscode from "vscode";
import type { PieceSource } from "../completion/surroundingPieces.ts";
import { languageIdOfPath } from "../context/index/extraction/languageOfPath.ts";
import type { CaretQuery } from "../context/index/query.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";
import type { EditTracker } from "./editTracker.ts";
import type { Lazy } from "./lazy.ts";
import type { Repositories } from "./repositories.ts";
import { languageEnabled, setting } from "./settings.ts";

/** What other files have for a caret: from the index of its folder, from open files, from the last edits. */
export class ContextPieces implements PieceSource {
  readonly #repositories: Repositories;
  readonly #edits: Lazy<EditTracker>;
  readonly #documentOf: (cursor: CursorSnapshot) => vscode.TextDocument | undefined;

  constructor(
    repositories: Repositories,
    edits: Lazy<EditTracker>,
    documentOf: (cursor: CursorSnapshot) => vscode.TextDocument | undefined,
  ) {
    this.#repositories = repositories;
    this.#edits = edits;
    this.#documentOf = documentOf;
  }

  async pieces(
    cursor: CursorSnapshot,
    shown: CaretQuery["shown"],
    mostChars: number,
    keep: readonly string[],
    signal: AbortSignal,
  ) {
    const document = this.#documentOf(cursor);
    if (!document) return [];
    const { path, languageId, prefix: before, suffix: after } = cursor;
    const edits = await this.#edits.get();
    const recent = edits.recent(cursor);
    const [found, copied] = await Promise.all([
      this.#repositories.pieces(document, { path, languageId, before, after, shown, recent, keep, mostChars }, signal),
      edits.copied(cursor, shown),
    ]);
    // Where somebody wants no suggestions, nothing is taken from either. An open file has the language that the editor tells,
    // which its name need not; the index goes by names alone.
    const languages = setting("languages", document);
    const isOn = (language: string): boolean => languageEnabled(languages, language);
    const open = edits.pieces(cursor, shown, mostChars, isOn);
    const indexed = found
      .filter(({ path = "" }) => isOn(languageIdOfPath(path) ?? ""))
      .map((piece) => ({ ...piece, folder: cursor.folder }));
    return [...open, ...indexed, ...copied];
  }
}
