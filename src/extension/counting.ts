/** Whether what happens is counted, from a moment after the start on. What counts is loaded then, not while the window starts. */

import * as vscode from "vscode";
import type { EditorEvent } from "../productivity/editorEvents.ts";
import { CountingError, type CountingState, type Trouble } from "./countingState.ts";
import { EditorEventFeed } from "./editorEventFeed.ts";
import type { InputMethods } from "./inputMethods.ts";
import { type ClockJump, SessionClock } from "./sessionClock.ts";
import { affects, setting } from "./settings.ts";
import type { UntimedEvent } from "./suggestionEvents.ts";

/** What counts, from its start to its end. */
export interface Recording {
  readonly state: CountingState;
  heed(event: EditorEvent): void;
  jumped(jump: ClockJump): void;
  /** Events before it came that there was no room for. */
  missed(count: number, fromMs: number): void;
  /** Resolves when all is given to the ledger. */
  end(): Promise<void>;
}

export interface CountingNeeds {
  readonly inputMethods: InputMethods;
  /** Loads and starts what counts. It tells when its state is another. Rejects where that can't be. */
  record(clock: SessionClock, changed: () => void): Promise<Recording>;
  /** It is switched off, perhaps since long. */
  turnedOff(): Promise<void>;
  /** Tells that it goes on, or not. */
  changed(): void;
  failed(error: unknown): void;
  /** After which it is tried again where it could not begin; a minute where it is not given. */
  readonly retryMs?: number;
}

export class Counting implements vscode.Disposable {
  readonly #needs: CountingNeeds;
  readonly #clock: SessionClock;
  readonly #listener: vscode.Disposable;
  #feed: EditorEventFeed | undefined;
  #recording: Recording | undefined;
  #trouble: Trouble | undefined;
  /** Events that wait for what counts. */
  #waiting: EditorEvent[] = [];
  /** There was no room for them. */
  #missed: { count: number; readonly fromMs: number } | undefined;
  #starting: Promise<void> | undefined;
  #firstLook: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(needs: CountingNeeds) {
    this.#needs = needs;
    this.#clock = new SessionClock({ wallMs: Date.now, monotonicMs: () => performance.now() }, (jump) =>
      this.#recording?.jumped(jump),
    );
    this.#listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (affects(event, "ledger.enabled")) this.#heedSetting();
    });
    this.#firstLook = setImmediate(() => this.#heedSetting());
  }

  get state(): CountingState {
    if (this.#trouble) return { kind: "stopped", ...this.#trouble };
    if (this.#recording) return this.#recording.state;
    return this.#feed || this.#firstLook ? { kind: "starting" } : { kind: "off" };
  }

  /** The time that events get. */
  nowMs(): number {
    return this.#clock.nowMs();
  }

  /** Of what becomes of suggestions; the feed tells the rest. */
  readonly tell = (event: UntimedEvent): void => {
    if (this.#feed) this.#heed({ ...event, atMs: this.#clock.nowMs() });
  };

  /** For what asks about today, and can't wait for a moment after the start. */
  ready(): Promise<void> {
    if (!this.#feed) return Promise.resolve();
    if (!this.#starting) clearTimeout(this.#timer);
    return (this.#starting ??= this.#start());
  }

  /** All that was counted is given to the ledger when it resolves. */
  async end(): Promise<void> {
    this.dispose();
    // A recording that is about to come would have nobody to end it.
    await this.#starting;
    const recording = this.#recording;
    this.#recording = undefined;
    await recording?.end();
  }

  dispose(): void {
    clearImmediate(this.#firstLook);
    clearTimeout(this.#timer);
    this.#listener.dispose();
    this.#feed?.dispose();
    this.#feed = undefined;
  }

  #heedSetting(): void {
    this.#firstLook = undefined;
    const isOn = setting("ledger.enabled");
    if (isOn && !this.#feed) {
      this.#trouble = undefined;
      this.#feed = new EditorEventFeed(
        (event) => this.#heed(event),
        () => this.#clock.nowMs(),
        this.#needs.inputMethods,
      );
      this.#timer = setTimeout(() => void this.ready(), START_AFTER_MS);
    } else if (!isOn) {
      this.#needs.turnedOff().catch((error: unknown) => this.#needs.failed(error));
      this.#feed?.dispose();
      this.#feed = undefined;
      clearTimeout(this.#timer);
      this.#waiting = [];
      this.#missed = undefined;
      if (this.#trouble?.reason === "broken") this.#starting = undefined;
      this.#trouble = undefined;
      void this.#stop();
    }
    this.#needs.changed();
  }

  #heed(event: EditorEvent): void {
    if (this.#recording) this.#recording.heed(event);
    else if (this.#trouble?.reason === "broken") return;
    else if (this.#waiting.length < MOST_WAITING) this.#waiting.push(event);
    else if (this.#missed) this.#missed.count += 1;
    else this.#missed = { count: 1, fromMs: event.atMs };
  }

  /** Never rejects. */
  async #start(): Promise<void> {
    try {
      const recording = await this.#needs.record(this.#clock, () => this.#needs.changed());
      for (const event of this.#waiting) recording.heed(event);
      if (this.#missed) recording.missed(this.#missed.count, this.#missed.fromMs);
      this.#recording = recording;
      this.#trouble = undefined;
    } catch (error) {
      this.#trouble = error instanceof CountingError ? error.trouble : { reason: "broken", detail: "" };
      this.#needs.failed(error);
      const canBeMended = error instanceof CountingError;
      if (canBeMended || !this.#feed) this.#starting = undefined;
      // Such as a full disk. What happens until then is kept, as far as there is room for it.
      if (canBeMended && this.#feed) {
        this.#timer = setTimeout(() => void this.ready(), this.#needs.retryMs ?? RETRY_MS);
        return this.#needs.changed();
      }
    }
    this.#waiting = [];
    this.#missed = undefined;
    // It may have been switched off meanwhile.
    if (!this.#feed) await this.#stop();
    this.#needs.changed();
  }

  async #stop(): Promise<void> {
    const starting = this.#starting;
    const recording = this.#recording;
    if (!recording) return;
    this.#recording = undefined;
    if (this.#starting === starting) this.#starting = undefined;
    await recording.end();
  }
}

/** Long after the start of the window, and before anybody has written much. */
const START_AFTER_MS = 1_500;
const RETRY_MS = 60_000;
const MOST_WAITING = 5_000;
