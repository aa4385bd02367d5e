/** What the extension adds to a request beside the caret's own file, and what it does to it before it leaves. */

import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PieceSource } from "../../src/completion/surroundingPieces.ts";
import { Redactor } from "../../src/context/gates/redactor.ts";
import { secretFinder } from "../../src/context/gates/secretRules.ts";
import type { CaretQuery } from "../../src/context/index/query.ts";
import type { Piece } from "../../src/context/pieces.ts";
import type { CursorSnapshot } from "../../src/context/snapshot.ts";
import { EditHistory } from "../../src/context/sources/recentEdits.ts";
import { SnippetIndex } from "../../src/context/sources/similarSnippets.ts";
import { guardedModel } from "../../src/model/guarded.ts";
import type { Model } from "../../src/model/model.ts";
import { recordedModel } from "../../src/model/recorded.ts";
import { RequestLog } from "../../src/model/requestLog.ts";
import { type IndexState, RepositoryClient } from "../../src/repository/client.ts";
import { lineBreaksIn } from "../../src/text/lines.ts";
import type { EditorDocument, TextChange } from "./editorDocument.ts";
import { productFolder } from "./productFolder.ts";

export class Surroundings implements PieceSource {
  readonly #snippets = new SnippetIndex();
  readonly #edits = new EditHistory();
  /** By their addresses; the one that was edited last is at the end. */
  readonly #documents = new Map<string, EditorDocument>();
  readonly #log = new RequestLog(Date.now);
  #redactor: Promise<Redactor> | undefined;
  #index: { readonly client: RepositoryClient; readonly storage: string } | undefined;

  /** As it is asked in the extension: behind the search for secrets, with a record of what leaves. */
  guarded(model: Model): Model {
    return guardedModel(recordedModel(model, this.#log, { kind: "embedded" }), () => this.#openGate());
  }

  /** Reads the folder into an index of its own, and resolves when it is whole or has failed. */
  async read(folder: string): Promise<IndexState> {
    await this.close();
    const storage = mkdtempSync(join(tmpdir(), "pairwise-headless-index-"));
    const whole = Promise.withResolvers<IndexState>();
    const client = new RepositoryClient({
      workerFile: join(productFolder(), "dist", "indexWorker.cjs"),
      task: {
        root: folder,
        storeFile: join(storage, "index.sqlite"),
        extractionFile: join(productFolder(), "dist", "extractionWorker.cjs"),
        grammars: join(productFolder(), "dist", "grammars"),
        excluded: [],
        bounds: { mostBytes: 1_000_000, mostFiles: 20_000, mostEntries: 400_000 },
      },
      anew: false,
      onState: (state) => state.kind !== "reading" && whole.resolve(state),
    });
    this.#index = { client, storage };
    // The index does not keep its user alive, and here somebody waits for it.
    const awake = setInterval(() => undefined, 1_000);
    try {
      return await whole.promise;
    } finally {
      clearInterval(awake);
    }
  }

  opened(document: EditorDocument): void {
    this.#snippets.open(document.path, document.languageId, document.text());
    this.#touch(document);
  }

  closed(document: EditorDocument): void {
    this.#documents.delete(document.uri);
  }

  /** To be called before the document has changed. */
  changes(document: EditorDocument, { offset, length, text }: TextChange): void {
    const [start, end] = [document.positionAt(offset), document.positionAt(offset + length)];
    const change = this.#snippets.change(document.path, { start, end, text });
    if (change) this.#edits.edited(document.path, change);
    this.#touch(document);
  }

  async pieces(
    cursor: CursorSnapshot,
    shown: CaretQuery["shown"],
    mostChars: number,
    keep: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly Piece[]> {
    const { path, languageId, prefix: before, suffix: after } = cursor;
    const others = Array.from(this.#documents.values()).toReversed();
    const recent = others.map((other) => other.path).filter((other) => other !== path);
    const query = { path, languageId, before, after, shown, recent: recent.slice(0, MOST_RECENT), keep, mostChars };
    const found = this.#index?.client.query(query, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]));
    const own = this.#own(cursor, shown, mostChars);
    return [...own, ...((await found) ?? [])];
  }

  async close(): Promise<void> {
    await this.#index?.client.end();
    if (this.#index) rmSync(this.#index.storage, { recursive: true, force: true });
    this.#index = undefined;
  }

  #own(cursor: CursorSnapshot, { before: above, after: below }: CaretQuery["shown"], mostChars: number) {
    const { uri, path, languageId, prefix: before, suffix: after, offset } = cursor;
    const line = this.#documents.get(uri)?.positionAt(offset).line ?? 0;
    const shown = {
      first: line - lineBreaksIn(before.slice(Math.max(0, before.length - above))),
      last: line + lineBreaksIn(after.slice(0, below)),
    };
    const snippets = { path, languageId, before, after, shown, mostPieces: MOST_SNIPPETS, mostChars };
    const pieces = [...this.#edits.query({ path, shown, mostChars }), ...this.#snippets.query(snippets)];
    return pieces.toSorted((one, other) => other.value - one.value);
  }

  #touch(document: EditorDocument): void {
    this.#documents.delete(document.uri);
    this.#documents.set(document.uri, document);
  }

  #openGate(): Promise<Redactor> {
    return (this.#redactor ??= makeRedactor());
  }
}

async function makeRedactor(): Promise<Redactor> {
  const preset = await import("@secretlint/secretlint-rule-preset-recommend");
  return new Redactor(secretFinder(preset), randomBytes(4).toString("hex").slice(0, NONCE_CHARS));
}

/** As in the extension. */
const MOST_RECENT = 20;
const MOST_SNIPPETS = 8;
const PATIENCE_MS = 30;
const NONCE_CHARS = 5;
