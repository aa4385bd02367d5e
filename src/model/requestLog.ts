/** The last requests to models, in memory alone, for the person who wants to see what was sent. */

import type { ModelFailure } from "./failure.ts";
import { type Prompt, type Purpose, unknownUsage, type Usage } from "./model.ts";
import { type PlacedStretch, placeStretches, promptTexts } from "./placedStretches.ts";
import type { AskedFor, Provenance, Redaction } from "./provenance.ts";

/** Where a request goes. Neither a key nor a name and password are ever in it. */
export type EndPoint =
  /** A process on this machine. */
  | { readonly kind: "embedded" }
  | { readonly kind: "server"; readonly url: string }
  /** A model that the editor has from another extension. Where that sends it is not known. */
  | { readonly kind: "editor"; readonly vendor: string; readonly name: string };

export type SentState =
  | { readonly kind: "running" }
  /** `leftEarly`: the reader had all that it wanted and ended the request. */
  | { readonly kind: "answered"; readonly leftEarly: boolean }
  | { readonly kind: "aborted" }
  /** Without a `failure` it was a fault of the program's own. */
  | { readonly kind: "failed"; readonly failure: ModelFailure | undefined };

/** What is known when a request goes out. */
export interface Sending {
  /** What is only to be read ahead, scored or compared is sent, too. */
  readonly purpose: Purpose | "warm-up" | "scoring" | "embedding" | "check" | AskedFor;
  /** The model's name. */
  readonly model: string;
  readonly endPoint: EndPoint;
  /** As the back-end gets it, but for pictures, which are only named. */
  readonly prompt: Prompt;
  readonly maxTokens: number;
  readonly temperature: number;
  readonly stop: readonly string[];
}

export interface SentRequest extends Sending {
  /** Counts up from 1. */
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly stretches: readonly PlacedStretch[];
  readonly redactions: readonly Redaction[];
  /** The id of the suggestion that the answer may have become. */
  readonly suggestion: string | undefined;
  readonly state: SentState;
  /** As received so far. */
  readonly answer: string;
  readonly usage: Usage;
  /** From the call to its end, in milliseconds; `undefined` while it runs. */
  readonly totalMs: number | undefined;
}

/** Fills in what becomes of one request. Does nothing once the request was forgotten. */
export interface Recording {
  text(text: string, usage: Usage): void;
  end(state: SentState, usage: Usage): void;
  /** It turned out that nothing was sent. */
  forget(): void;
}

/** What a request is told to when it goes out. What `begin` throws keeps the request from being sent. */
export type Recorder = Pick<RequestLog, "begin">;

export interface LogBounds {
  readonly requests: number;
  /** Of all prompts and answers together, in UTF-16 code units. */
  readonly chars: number;
}

/** At two bytes a character, 4 MB. */
const defaultBounds: LogBounds = { requests: 50, chars: 2_000_000 };

type Entry = { -readonly [Key in Exclude<keyof SentRequest, "stretches">]: SentRequest[Key] } & Pick<
  SentRequest,
  "stretches"
>;

export class RequestLog {
  readonly bounds: LogBounds;
  readonly #now: () => number;
  readonly #later: (work: () => void) => void;
  readonly #listeners = new Set<() => void>();
  readonly #purgeListeners = new Set<() => void>();
  #entries: readonly Entry[] = [];
  #chars = 0;
  #lastId = 0;
  #paused = false;

  /** `now` gives milliseconds since 1970; `later` does what nobody waits for, when what is under way is done. */
  constructor(
    now: () => number,
    bounds: LogBounds = defaultBounds,
    later: (work: () => void) => void = (work) => setImmediate(work),
  ) {
    this.#now = now;
    this.bounds = bounds;
    this.#later = later;
  }

  /** The oldest first. An object goes on to show what becomes of its request. */
  get requests(): readonly SentRequest[] {
    return this.#entries;
  }

  get paused(): boolean {
    return this.#paused;
  }

  find(id: number): SentRequest | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }

  /** While paused, requests that go out are not kept; those that run already are filled in. */
  pause(paused: boolean): void {
    this.#paused = paused;
    this.#tell();
  }

  /** Forgets everything, also what is still running. */
  purge(): void {
    this.#entries = [];
    this.#chars = 0;
    this.#tell();
    for (const listener of this.#purgeListeners) listener();
  }

  /** Gives the function that takes the listener away. */
  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** For what else is kept of requests. Gives the function that takes the listener away. */
  onDidPurge(listener: () => void): () => void {
    this.#purgeListeners.add(listener);
    return () => this.#purgeListeners.delete(listener);
  }

  begin(sending: Sending, provenance: Provenance | undefined): Recording {
    if (this.#paused) return nothing;
    this.#lastId += 1;
    // Finding hundreds of stretches takes a millisecond or two, and somebody waits for the request and then for the
    // suggestion: it is done when that is there, or when somebody looks. After that their texts are in the prompt alone.
    let unplaced = provenance?.stretches ?? [];
    let placed: readonly PlacedStretch[] = [];
    const entry: Entry = {
      ...sending,
      id: this.#lastId,
      startedAt: this.#now(),
      get stretches() {
        if (unplaced.length > 0) placed = placeStretches(sending.prompt, unplaced);
        unplaced = [];
        return placed;
      },
      redactions: provenance?.redactions ?? [],
      suggestion: provenance?.suggestion,
      state: { kind: "running" },
      answer: "",
      usage: unknownUsage,
      totalMs: undefined,
    };
    this.#entries = [...this.#entries, entry];
    this.#grow(charsOf(entry));
    this.#tell();
    return {
      text: (text, usage) => {
        if (!this.#has(entry)) return;
        entry.answer += text;
        entry.usage = { ...usage };
        this.#grow(text.length);
        this.#tell();
      },
      end: (state, usage) => {
        if (!this.#has(entry)) return;
        this.#later(() => void entry.stretches);
        entry.state = state;
        entry.usage = { ...usage };
        entry.totalMs = Math.max(0, this.#now() - entry.startedAt);
        this.#tell();
      },
      forget: () => {
        if (!this.#has(entry)) return;
        this.#remove(entry);
        this.#tell();
      },
    };
  }

  #has(entry: Entry): boolean {
    return this.#entries.includes(entry);
  }

  /** The oldest go until the rest is within the bounds. */
  #grow(chars: number): void {
    this.#chars += chars;
    for (let oldest = this.#entries[0]; oldest !== undefined && this.#isOver(); oldest = this.#entries[0])
      this.#remove(oldest);
  }

  #isOver(): boolean {
    return this.#entries.length > this.bounds.requests || this.#chars > this.bounds.chars;
  }

  #remove(entry: Entry): void {
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.#chars -= charsOf(entry);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function charsOf({ prompt, answer }: Entry): number {
  return promptTexts(prompt).reduce((sum, { text }) => sum + text.length, answer.length);
}

const nothing: Recording = { text: () => undefined, end: () => undefined, forget: () => undefined };
