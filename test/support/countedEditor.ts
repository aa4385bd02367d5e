/** An editor in memory whose events are counted: a document with a caret, a provider, a clock, and somebody who writes. */

import type { ChangeOrigins } from "../../src/productivity/activity/changeOrigin.ts";
import { Detector } from "../../src/productivity/detector/detector.ts";
import type {
  AttributedChange,
  ChangeEvent,
  EditorEvent,
  Origin,
  Repeated,
  TextEdit,
} from "../../src/productivity/editorEvents.ts";
import { recordIds } from "../../src/extension/recordIds.ts";
import type { Fact } from "../../src/productivity/records.ts";

type Untimed<Event> = Event extends unknown ? Omit<Event, "atMs"> : never;
type ChangeHow = Partial<
  Pick<ChangeEvent, "reason" | "isComposing" | "isOwn" | "isSaving" | "isDirty"> & {
    origin: Origin["kind"];
    /** Of the selection's event behind it: keys and pastes have one, accepts of VS Code's none. */
    cause: "keyboard" | undefined;
  }
>;

const FILE = "file:///shop/cart.ts";

interface SuggestHow {
  /** An experiment does not show it. */
  readonly isHeldBack?: boolean;
  readonly id?: string;
  readonly others?: boolean;
  readonly repeats?: Repeated;
  /** How many characters behind the caret it replaces. */
  readonly behind?: number;
  /** What it replaces before the caret. */
  readonly before?: string;
}

export class CountedEditor {
  readonly facts: Fact[] = [];
  readonly attributed: AttributedChange[] = [];
  readonly changes: ChangeEvent[] = [];
  text: string;
  caret: number;
  nowMs = 1_800_000_000_000;
  #version = 1;
  #asks = 0;
  #origins = new Map<ChangeEvent, Origin["kind"]>();
  readonly #classifier: ChangeOrigins | undefined;
  readonly detector = new Detector({
    newId: recordIds("s"),
    record: (fact) => this.facts.push(fact),
    attributed: (attributed) => this.attributed.push(attributed),
    classify: (change) =>
      this.#classifier?.originOf(change) ?? ({ kind: this.#origins.get(change) ?? "typed" } as Origin),
  });

  /**
   * @param marked the text with `║` at the caret
   * @param classifier says what changes are, instead of who makes them here
   */
  constructor(marked: string, classifier?: ChangeOrigins) {
    this.#classifier = classifier;
    this.caret = marked.indexOf("║");
    this.text = marked.replace("║", "");
    this.tell({ kind: "focus", isFocused: true });
    this.tell({ kind: "active", uri: FILE });
  }

  get marked(): string {
    return `${this.text.slice(0, this.caret)}║${this.text.slice(this.caret)}`;
  }

  tell(event: Untimed<EditorEvent>): void {
    const now = { ...event, atMs: this.nowMs };
    this.#classifier?.heed(now);
    this.detector.heed(now);
  }

  /** Time passes, with the ticks that the detector wants. */
  wait(ms: number): void {
    const until = this.nowMs + ms;
    for (let due = this.detector.nextDueMs; due !== undefined && due <= until; due = this.detector.nextDueMs) {
      if (due < this.nowMs) throw new Error("a tick is due that was given already");
      const before = this.nowMs;
      this.nowMs = due;
      this.tell({ kind: "tick" });
      if (this.detector.nextDueMs === due && before === due) break;
    }
    this.nowMs = until;
    this.tell({ kind: "tick" });
  }

  /** The editor asks at the caret, and gets `rest` there. */
  suggest(rest: string | readonly string[], how: SuggestHow = {}): void {
    this.ask(how.others, how.repeats)(rest, how);
  }

  /** The editor asks at the caret. What it gets may come later. */
  ask(others = false, repeats?: Repeated): (rest: string | readonly string[], how?: SuggestHow) => void {
    this.#asks += 1;
    const at = { uri: FILE, ask: this.#asks };
    const { caret: offset } = this;
    const version = this.#version;
    const asked = { ...at, languageId: "typescript", version, offset, trigger: "automatic", others } as const;
    this.tell({ kind: "asked", ...asked, ...(repeats && { repeats }) });
    return (rest, { id = "one", behind = 0, before = "", isHeldBack = false } = {}) => {
      const texts = typeof rest === "string" ? [rest] : rest;
      const suggestions = texts.map((text, index) => ({
        id: index === 0 ? id : `${id}${index}`,
        insertText: before + text,
        from: offset - before.length,
        to: offset + behind,
      }));
      this.tell({
        kind: "answered",
        ...at,
        answer: { kind: isHeldBack ? "held-back" : "returned", origin: "model", model: "m", suggestions },
      });
    };
  }

  suggestNothing(why: "dropped" | "cancelled" = "dropped", reason = "empty"): void {
    this.#asks += 1;
    const at = { uri: FILE, ask: this.#asks };
    const { caret: offset } = this;
    this.tell({
      kind: "asked",
      ...at,
      languageId: "typescript",
      version: this.#version,
      offset,
      trigger: "automatic",
      others: false,
    });
    this.tell({ kind: "answered", ...at, answer: { kind: "nothing", why, reason } });
  }

  /** The editor asks, and suggestions are off. */
  withhold(): void {
    this.tell({ kind: "withheld", uri: FILE, version: this.#version, offset: this.caret });
  }

  /** `caret`: where it is afterwards, in the text after the change. */
  change(edits: readonly TextEdit[], caret: number, how: ChangeHow = {}): void {
    const { origin = "typed", cause = "cause" in how ? undefined : "keyboard", ...flags } = how;
    const before = this.caret;
    for (const { offset, length, text } of edits.toReversed())
      this.text = this.text.slice(0, offset) + text + this.text.slice(offset + length);
    this.#version += 1;
    const change: ChangeEvent = {
      kind: "change",
      uri: FILE,
      languageId: "typescript",
      version: this.#version,
      edits,
      reason: undefined,
      isDirty: true,
      isSaving: false,
      isComposing: false,
      isOwn: false,
      selectionsBefore: [{ from: before, to: before }],
      isActive: true,
      ...flags,
      atMs: this.nowMs,
    };
    this.changes.push(change);
    this.#origins.set(change, origin);
    this.detector.heed(change);
    this.caret = caret;
    this.tell({ kind: "selection", uri: FILE, selections: [{ anchor: caret, active: caret }], cause });
  }

  insert(text: string, how: ChangeHow = {}): void {
    this.change([{ offset: this.caret, length: 0, text }], this.caret + text.length, how);
  }

  /** Key by key. */
  type(text: string): void {
    for (const key of text) {
      this.insert(key);
      this.wait(50);
    }
  }

  backspace(): void {
    this.change([{ offset: this.caret - 1, length: 1, text: "" }], this.caret - 1, { origin: "deleted" });
  }

  /** Tab: VS Code changes the document, and runs the suggestion's command. */
  accept(rest: string, id = "one", behind = 0): void {
    const caret = this.caret + rest.length;
    this.change([{ offset: this.caret, length: behind, text: rest }], caret, { origin: "paste", cause: undefined });
    this.tell({ kind: "accepted", id });
  }

  /** Our own command. */
  take(part: "word" | "line", text: string, isRest = false, id = "one"): void {
    this.tell({ kind: "taking", uri: FILE, id, part, offset: this.caret, text, isRest });
    this.insert(text, { origin: "paste", cause: undefined });
    if (isRest) this.tell({ kind: "accepted", id });
  }

  moveTo(caret: number): void {
    this.caret = caret;
    this.tell({ kind: "selection", uri: FILE, selections: [{ anchor: caret, active: caret }], cause: "keyboard" });
  }

  /** The window ends: all that is known is told. */
  end(): this {
    this.wait(120_000);
    this.detector.end(this.nowMs);
    return this;
  }

  of<Kind extends Fact["kind"]>(kind: Kind): Extract<Fact, { readonly kind: Kind }>[] {
    return this.facts.filter((fact): fact is Extract<Fact, { readonly kind: Kind }> => fact.kind === kind);
  }

  /** Such as `["word 3 wrapper", "full 5 command"]`. */
  get accepts(): readonly string[] {
    return this.of("accept").map(({ part, chars, evidence }) => `${part} ${chars} ${evidence}`);
  }

  /** Such as `["accepted: accepted"]`. */
  get ends(): readonly string[] {
    return this.of("end").map(({ outcome, reason }) => `${outcome}: ${reason}`);
  }

  get shown(): readonly string[] {
    return this.of("shown").map(({ thresholdMs, evidence }) => `${thresholdMs} ${evidence}`);
  }

  get origins(): readonly string[] {
    return this.attributed.map(({ origin }) => origin.kind);
  }
}
