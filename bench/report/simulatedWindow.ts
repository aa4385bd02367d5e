/** A window of an editor with one document, without VS Code: what is done in it goes through all that counts, into a real ledger. */

import { recordIds } from "../../src/extension/recordIds.ts";
import { CountedEvents } from "../../src/productivity/countedEvents.ts";
import type { Answer, EditorEvent, TextEdit } from "../../src/productivity/editorEvents.ts";
import type { Batch, PendingAccept, PendingChange } from "../../src/productivity/ledger/batches.ts";
import { fileHmac, SECRET_BYTES } from "../../src/productivity/ledger/fileHmac.ts";
import type { LedgerStore } from "../../src/productivity/ledger/store.ts";
import type { Fact, LedgerRecord } from "../../src/productivity/records.ts";
import type { StoredAccept } from "../../src/productivity/survival/keeping.ts";
import { SurvivalTracker } from "../../src/productivity/survival/tracker.ts";
import type { TrueBooks } from "./books.ts";

type Untimed<Event> = Event extends unknown ? Omit<Event, "atMs"> : never;
type ChangeCause = "keyboard" | undefined;

export interface SimulatedWindowOptions {
  readonly store: LedgerStore;
  readonly books: TrueBooks;
  readonly session: string;
  readonly uri: string;
  /** What is in the document. */
  readonly text: string;
  readonly nowMs: number;
}

const PROJECT = "file:///shop";
const LANGUAGE = "typescript";
const ofAddress = fileHmac(Buffer.alloc(SECRET_BYTES, "addresses"));
const ofLexeme = fileHmac(Buffer.alloc(SECRET_BYTES, "lexemes"), 20_000);

export class SimulatedWindow {
  readonly #options: SimulatedWindowOptions;
  readonly #counted: CountedEvents;
  readonly #tracker: SurvivalTracker;
  readonly #kept = new Set<string>();
  /** When each character of the document was written; those that were there before, never. */
  readonly #writtenMs: number[];
  #records: LedgerRecord[] = [];
  #pending: PendingChange[] = [];
  #batches = 0;
  #asks = 0;
  #version = 1;
  #hasEnded = false;
  nowMs: number;
  text: string;
  caret: number;

  constructor(options: SimulatedWindowOptions) {
    this.#options = options;
    this.nowMs = options.nowMs;
    this.text = options.text;
    this.caret = options.text.length;
    this.#writtenMs = Array.from({ length: options.text.length }, () => -Infinity);
    const record = (fact: Fact): void => this.#record(fact);
    this.#tracker = new SurvivalTracker({
      hmac: (text) => Number.parseInt(ofLexeme(text).slice(0, 8), 16),
      saltOf: ofAddress,
      textOf: (uri) =>
        uri === options.uri && !this.#hasEnded ? { text: this.text, version: this.#version } : undefined,
      fileOf: () => "there",
      record,
      keep: (stored) => this.#keep(stored),
      release: (accept) => {
        this.#kept.delete(accept);
        this.#pending.push({ kind: "remove", accept });
      },
    });
    this.#counted = new CountedEvents({
      newId: recordIds(options.session),
      record,
      project: () => ofAddress(PROJECT),
      followed: this.#followed(),
    });
    this.tell({ kind: "focus", isFocused: true });
    options.books.worked(this.nowMs);
    this.tell({ kind: "opened", uri: options.uri, languageId: LANGUAGE });
    this.work({ kind: "active", uri: options.uri });
  }

  /** What earlier windows have accepted in the document is followed on in this one. */
  #followed() {
    const { store, uri } = this.#options;
    const tracker = this.#tracker;
    return {
      get nextDueMs() {
        return tracker.nextDueMs;
      },
      heed: (event: EditorEvent) => {
        if (event.kind === "opened") this.#tracker.opened(event.uri, event.atMs);
        else if (event.kind === "active" && event.uri !== undefined) {
          const found = store.claims.ofFile(ofAddress(uri), 10_000, Math.floor(event.atMs));
          for (const { accept } of found) this.#kept.add(accept);
          this.#tracker.resume(uri, found, event.atMs);
        }
      },
      attributed: this.#tracker.heed.bind(this.#tracker),
      isSavedUntitled: () => false,
      tick: (nowMs: number) => this.#tracker.tick(nowMs),
      end: (atMs: number) => this.#tracker.end(atMs),
    };
  }

  /** Time passes, with the ticks that are due in it. */
  passTo(atMs: number): void {
    for (let due = this.#counted.nextDueMs; due !== undefined && due <= atMs; due = this.#counted.nextDueMs) {
      // As the extension's timer: not at once again.
      const next = Math.max(due, this.nowMs + LEAST_MS);
      if (next > atMs) break;
      this.nowMs = next;
      this.#counted.tick(next);
    }
    this.nowMs = Math.max(this.nowMs, atMs);
    if (this.#records.length >= MOST_RECORDS) this.flush();
  }

  pass(ms: number): void {
    this.passTo(this.nowMs + ms);
  }

  tell(event: Untimed<EditorEvent>): void {
    this.#counted.heed({ ...event, atMs: this.nowMs });
  }

  /** Something that somebody does. */
  work(event: Untimed<EditorEvent>): void {
    this.#options.books.worked(this.nowMs);
    this.tell(event);
  }

  scroll(): void {
    this.work({ kind: "scroll", uri: this.#options.uri });
  }

  leave(): void {
    this.#options.books.left(this.nowMs);
    this.tell({ kind: "focus", isFocused: false });
  }

  comeBack(): void {
    this.#options.books.worked(this.nowMs);
    this.tell({ kind: "focus", isFocused: true });
  }

  moveTo(caret: number): void {
    this.caret = caret;
    this.#select(caret, caret, "keyboard");
  }

  key(character: string): void {
    this.#change({ offset: this.caret, length: 0, text: character }, "keyboard");
  }

  backspace(): void {
    this.#change({ offset: this.caret - 1, length: 1, text: "" }, "keyboard");
  }

  /** Selects it and deletes it. */
  remove(from: number, to: number): void {
    this.#select(from, to, "keyboard");
    this.pass(KEY_MS);
    this.#change({ offset: from, length: to - from, text: "" }, "keyboard", { from, to });
  }

  paste(text: string): void {
    this.#change({ offset: this.caret, length: 0, text }, "keyboard", undefined, false);
  }

  ask(trigger: "automatic" | "manual", afterMs: number, answer: Answer): void {
    const ask = (this.#asks += 1);
    const { uri } = this.#options;
    const asked = {
      uri,
      ask,
      languageId: LANGUAGE,
      version: this.#version,
      offset: this.caret,
      trigger,
      others: false,
    };
    this.tell({ kind: "asked", ...asked });
    this.pass(afterMs);
    this.tell({ kind: "answered", uri, ask, answer });
  }

  /** Tab: VS Code changes the document, and then runs the suggestion's command. */
  accept(text: string, id: string): void {
    this.#change({ offset: this.caret, length: 0, text }, undefined);
    this.tell({ kind: "accepted", id });
  }

  acceptWord(word: string, id: string): void {
    const { uri } = this.#options;
    this.tell({ kind: "taking", uri, id, part: "word", offset: this.caret, text: word, isRest: false });
    this.#change({ offset: this.caret, length: 0, text: word }, undefined);
  }

  /** The window is closed; what it has not written yet is written. */
  end(): void {
    this.leave();
    this.#hasEnded = true;
    this.#counted.end(this.nowMs);
    this.flush();
    this.#options.store.claims.release();
  }

  flush(): void {
    if (this.#records.length === 0 && this.#pending.length === 0) return;
    const { store, session } = this.#options;
    const batch: Batch = {
      writer: session,
      number: (this.#batches += 1),
      records: this.#records,
      pending: this.#pending,
      isDurable: false,
      deletions: 0,
    };
    const unfit = store.append(batch, Math.floor(this.nowMs));
    if (unfit > 0) throw new Error(`${unfit} records are none.`);
    this.#records = [];
    this.#pending = [];
  }

  #change(
    edit: TextEdit,
    cause: ChangeCause,
    selected?: { readonly from: number; readonly to: number },
    counts = true,
  ): void {
    const { uri, books } = this.#options;
    const { offset, length, text } = edit;
    const selectionsBefore = [selected ?? { from: this.caret, to: this.caret }];
    books.deleted(this.nowMs, this.#writtenMs.slice(offset, offset + length));
    // What was pasted is in no outcome.
    const writtenMs = counts ? this.nowMs : -Infinity;
    this.#writtenMs.splice(offset, length, ...Array.from(text, () => writtenMs));
    if (counts) books.wrote(this.nowMs, text.length);
    this.text = this.text.slice(0, offset) + text + this.text.slice(offset + length);
    this.caret = offset + text.length;
    this.#version += 1;
    this.work({
      kind: "change",
      uri,
      languageId: LANGUAGE,
      version: this.#version,
      edits: [edit],
      reason: undefined,
      isDirty: true,
      isSaving: false,
      isComposing: false,
      isOwn: false,
      selectionsBefore,
      isActive: true,
    });
    this.#select(this.caret, this.caret, cause);
  }

  #select(anchor: number, active: number, cause: ChangeCause): void {
    const event = { kind: "selection", uri: this.#options.uri, selections: [{ anchor, active }], cause } as const;
    if (cause === undefined) this.tell(event);
    else this.work(event);
  }

  #keep(stored: StoredAccept): void {
    const { accept, dueMs, value, uri } = stored;
    const pending: PendingAccept = { accept, dueMs, value, file: ofAddress(uri) };
    const isKept = this.#kept.has(accept);
    this.#kept.add(accept);
    if (this.#hasEnded && isKept) this.#pending.push({ kind: "leave", pending });
    else if (isKept) this.#pending.push({ kind: "renew", pending });
    else this.#pending.push({ kind: "put", pending, sinceMs: this.nowMs, isLeft: this.#hasEnded });
  }

  #record(fact: Fact): void {
    const { session } = this.#options;
    if ("uri" in fact) {
      const { uri, ...rest } = fact;
      this.#records.push({ ...rest, session, file: ofAddress(uri), project: ofAddress(PROJECT) });
    } else this.#records.push({ ...fact, session });
  }
}

const LEAST_MS = 10;
const KEY_MS = 150;
/** As many as the extension writes at once, about. */
const MOST_RECORDS = 500;
