/** A document whose accepts are followed, for tests of survival. */

import type { ChangeEvent, Origin, TextEdit } from "../../src/productivity/editorEvents.ts";
import type { Fact, SurvivalRecord } from "../../src/productivity/records.ts";
import type { FileState } from "../../src/productivity/survival/looking.ts";
import type { StoredAccept } from "../../src/productivity/survival/keeping.ts";
import { SurvivalTracker } from "../../src/productivity/survival/tracker.ts";
import { lexemeHmac } from "./lexemeHmac.ts";

export const SURVIVING_FILE = "file:///shop/cart.ts";

/** A repository that everything is in. */
export const EVERYWHERE = { root: "file:///", isIn: () => true };

export class SurvivingText {
  readonly facts: Fact[];
  readonly stored: Map<string, StoredAccept>;
  text: string;
  version = 1;
  nowMs: number;
  isOpen = true;
  file: FileState = "there";
  /** How many lexemes were hashed: more with each search. */
  hashed = 0;
  #accepts = 0;
  #uri = SURVIVING_FILE;
  #alsoOpen: string | undefined;
  #heldBack: (() => void)[] | undefined;
  readonly tracker: SurvivalTracker;

  constructor(text: string, earlier?: SurvivingText) {
    this.text = text;
    this.nowMs = earlier?.nowMs ?? 1_800_000_000_000;
    this.facts = earlier?.facts ?? [];
    this.stored = earlier?.stored ?? new Map<string, StoredAccept>();
    this.tracker = new SurvivalTracker({
      hmac: (lexeme) => {
        this.hashed += 1;
        return lexemeHmac(lexeme);
      },
      saltOf: (uri) => `salt of ${uri}`,
      textOf: (uri) => {
        if (uri === this.#alsoOpen) return { text: this.text, version: 1 };
        return uri === this.#uri && this.isOpen ? { text: this.text, version: this.version } : undefined;
      },
      fileOf: () => this.file,
      record: (fact) => this.facts.push(fact),
      keep: (stored) => this.stored.set(stored.accept, stored),
      release: (accept) => this.stored.delete(accept),
    });
  }

  wait(ms: number): void {
    const until = this.nowMs + ms;
    for (let due = this.tracker.nextDueMs; due !== undefined && due <= until; due = this.tracker.nextDueMs) {
      this.nowMs = Math.max(due, this.nowMs + 1);
      this.tracker.tick(this.nowMs);
    }
    this.nowMs = until;
    this.tracker.tick(until);
  }

  change(edits: readonly TextEdit[], kind: Exclude<Origin["kind"], "ai"> = "typed", isComposing = false): void {
    this.#change(edits, { kind }, kind === "undo" || kind === "redo" ? kind : undefined, undefined, isComposing);
  }

  /** Replaces the only place where `text` stands. */
  replace(text: string, by: string, kind: Exclude<Origin["kind"], "ai"> = "typed"): void {
    this.change([{ offset: this.#offsetOf(text), length: text.length, text: by }], kind);
  }

  accept(text: string, offset: number): void {
    this.acceptAt([text], [offset]);
  }

  /** At several carets, ascending. */
  acceptAt(texts: readonly string[], offsets: readonly number[]): void {
    this.#accepted(offsets.map((offset, at) => ({ offset, length: 0, text: texts[at] ?? "" })));
  }

  /** It replaces what was typed of it, up to the caret. */
  acceptOver(text: string, { offset, length, caret }: { offset: number; length: number; caret: number }): void {
    this.#accepted([{ offset, length, text }], [{ from: caret, to: caret }]);
  }

  /** From the editor's own list: it replaces what was typed of it, up to the caret. */
  choose(text: string, { offset, length }: { offset: number; length: number }): void {
    const caret = offset + length;
    this.#change([{ offset, length, text }], { kind: "completed" }, undefined, [{ from: caret, to: caret }]);
  }

  #accepted(edits: readonly TextEdit[], selectionsBefore?: ChangeEvent["selectionsBefore"]): void {
    this.#accepts += 1;
    const accept = `s:${this.nowMs}:${this.#accepts}`;
    this.#change(edits, { kind: "ai", accept }, undefined, selectionsBefore);
  }

  /** The text changes, and the tracker is told of it when what is returned is called. */
  holdingBack(work: () => void): () => void {
    const held: (() => void)[] = [];
    this.#heldBack = held;
    work();
    this.#heldBack = undefined;
    return () => {
      for (const tell of held) tell();
    };
  }

  /** As VS Code does it: the other one is opened, then the renaming is told, then the first one is closed. */
  renameWhileOpen(uri: string): void {
    this.#alsoOpen = uri;
    this.tracker.opened(uri, this.nowMs);
    this.tracker.renamed(this.#uri, uri, this.nowMs);
    this.tracker.closed(this.#uri, this.nowMs);
    this.#alsoOpen = undefined;
    this.#uri = uri;
    this.version = 1;
  }

  rename(uri: string): void {
    this.#uri = uri;
  }

  close(): void {
    this.isOpen = false;
    this.tracker.closed(this.#uri, this.nowMs);
  }

  open(text = this.text): void {
    this.isOpen = true;
    this.text = text;
    this.version += 1;
    this.tracker.opened(this.#uri, this.nowMs);
  }

  /** As VS Code tells of another language, in one turn: the document is there all the time. */
  changeLanguage(): void {
    this.tracker.closed(this.#uri, this.nowMs);
    this.tracker.opened(this.#uri, this.nowMs);
  }

  /** Another window, with this text. */
  reload(text = this.text): SurvivingText {
    this.tracker.end(this.nowMs);
    const next = new SurvivingText(text, this);
    next.tracker.resume(SURVIVING_FILE, [...this.stored.values()], next.nowMs);
    return next;
  }

  get checks(): readonly SurvivalRecord[] {
    return this.facts.filter((fact): fact is SurvivalRecord => fact.kind === "survival");
  }

  /** Such as `["30s alive", "2m dead"]`. */
  get states(): readonly string[] {
    return this.checks.map(({ check, state, reason, isRescued }) =>
      [check, state, ...(isRescued ? ["rescued"] : []), ...(reason ? [reason] : [])].join(" "),
    );
  }

  #offsetOf(text: string): number {
    const at = this.text.indexOf(text);
    if (at === -1 || this.text.includes(text, at + 1)) throw new Error(`${JSON.stringify(text)} is not there once`);
    return at;
  }

  #change(
    edits: readonly TextEdit[],
    origin: Origin,
    reason: "undo" | "redo" | undefined,
    selectionsBefore?: ChangeEvent["selectionsBefore"],
    isComposing = false,
  ): void {
    for (const { offset, length, text } of edits.toReversed())
      this.text = this.text.slice(0, offset) + text + this.text.slice(offset + length);
    this.version += 1;
    const change: ChangeEvent = {
      kind: "change",
      atMs: this.nowMs,
      uri: this.#uri,
      languageId: "typescript",
      version: this.version,
      edits,
      reason,
      isDirty: true,
      isSaving: false,
      isComposing,
      isOwn: false,
      selectionsBefore,
      isActive: true,
    };
    const tell = (): void => this.tracker.heed({ change, origin }, "e1");
    if (this.#heldBack) this.#heldBack.push(tell);
    else tell();
  }
}
