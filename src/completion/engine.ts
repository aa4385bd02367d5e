/**
 * Answers a caret with a suggestion. In this order, and at the first hit it stops: the text is already the start of
 * what is shown or cached; a request under way agrees with what was typed since; else a new request.
 */

import type { CursorSnapshot } from "../context/snapshot.ts";
import { remainderAt, SuggestionCache, type CacheEntry } from "./cache.ts";
import { nearby, withSelectedAccepted } from "./cursor.ts";
import { Dismissals } from "./dismissals.ts";
import { summarise } from "./events.ts";
import { clean, fit } from "./filters/pipeline.ts";
import { Flight, type FlightControl, type FlightEnd, type FlightOrigin } from "./flight.ts";
import { Latest } from "./latest.ts";
import { defaultCompletionOptions, type CompletionDependencies, type CompletionOptions } from "./options.ts";
import { placeOf, typedSince } from "./place.ts";
import { placeOnLine } from "./placement.ts";
import { request } from "./request.ts";
import { dropped, type Offered, type Origin, type Outcome, type Trigger } from "./suggestion.ts";
import { reasonNotToAsk, TypingRhythm } from "./trigger.ts";
import { Windows } from "./windows.ts";

// The engine's face: what somebody who makes one has to know.
export type { Clock } from "./clock.ts";
export type { CompletionEvent } from "./events.ts";
export type { CompletionDependencies } from "./options.ts";
export type { CompletionBackend } from "./request.ts";

/** One call: what is asked, when, and how long it may take. */
interface Call {
  /** As asked. */
  readonly asked: CursorSnapshot;
  /** The caret as it would be with the suggest widget's selected item accepted; without one it is `asked`. */
  readonly cursor: CursorSnapshot;
  readonly trigger: Trigger;
  readonly startedAt: number;
  readonly options: CompletionOptions;
  readonly signal: AbortSignal;
}

export class CompletionEngine {
  readonly #dependencies: CompletionDependencies;
  readonly #latest = new Latest();
  readonly #cache = new SuggestionCache({ entries: CACHE_ENTRIES, chars: CACHE_CHARS });
  readonly #dismissals = new Dismissals();
  readonly #rhythm = new TypingRhythm();
  readonly #windows = new Windows();
  #flight: Flight | undefined;
  #shown: (CacheEntry & { readonly offered: { readonly text: string; readonly at: CursorSnapshot } }) | undefined;
  /** The last request that was joined before it had written anything wrote something else. */
  #joinedInVain = false;
  #requests = 0;

  constructor(dependencies: CompletionDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * The newest call wins: an older one that is still waiting settles as cancelled. What the caches know is answered
   * without waiting for anything. A fault of the program is an outcome, too: rejects only for one in `onEvent`.
   */
  async complete(asked: CursorSnapshot, trigger: Trigger, signal: AbortSignal): Promise<Outcome> {
    const { clock, options, onEvent } = this.#dependencies;
    const startedAt = clock.now();
    const outcome = await this.#latest
      .run(signal, (own) =>
        this.#answer({
          asked,
          cursor: withSelectedAccepted(asked),
          trigger,
          startedAt,
          options: { ...defaultCompletionOptions, ...options() },
          signal: own,
        }),
      )
      .catch((error: unknown): Outcome => ({ kind: "broken", error }));
    onEvent?.({ kind: "settled", trigger, outcome: summarise(outcome), afterMs: clock.now() - startedAt });
    return outcome;
  }

  /** The suggestion was waved away: what it led to is not offered again at its place, except when asked for by a key. */
  dismiss(id: string): void {
    if (this.#shown?.id !== id) return;
    this.#dismissals.add(placeOf(this.#shown.offered.at), this.#shown.offered.text);
  }

  /** The suggestion was accepted whole; `after` is where the caret is now. */
  accepted(_id: string, _after: CursorSnapshot | undefined): void {}

  /** The caret has come to rest: what the model will be shown there is evaluated now, while nobody waits. */
  rest(_cursor: CursorSnapshot): void {}

  /** What is offered and not yet typed at a caret, as far as the engine knows: no request is made for it. */
  shownAt(cursor: CursorSnapshot): Offered | undefined {
    const remainder = this.#shown && remainderAt(this.#shown, cursor);
    const placed = remainder ? placeOnLine(remainder, nearby(cursor)) : undefined;
    return (
      this.#shown &&
      placed && { id: this.#shown.id, insertText: placed.text, replaceBefore: 0, replaceAfter: placed.replaceAfter }
    );
  }

  /** Forgets all suggestions; for a change of model. */
  clear(): void {
    this.#cache.clear();
    this.#shown = undefined;
    this.#windows.clear();
    this.#flight?.abort();
  }

  /** Ends what is under way. */
  stop(): void {
    this.#latest.stop();
    this.#flight?.abort();
  }

  async #answer(call: Call): Promise<Outcome> {
    if (call.signal.aborted) return { kind: "cancelled" };
    if (call.trigger === "automatic") this.#rhythm.key(call.startedAt);
    const known = this.#fromMemory(call);
    if (known) return known;
    if (this.#flight && this.#mayJoin(this.#flight, call)) {
      const outcome = await this.#waitFor(this.#flight, call, "joined");
      if (outcome !== "refuted") return outcome;
    }
    return this.#askAnew(call);
  }

  #fromMemory(call: Call): Outcome | undefined {
    const remainder = this.#shown && remainderAt(this.#shown, call.cursor);
    const shown = this.#shown && remainder ? this.#offer(this.#shown, remainder, call, "typed-through") : undefined;
    if (shown && isFinal(shown)) return shown;
    for (const hit of this.#cache.hits(call.cursor)) {
      const outcome = this.#offer(hit.entry, hit.remainder, call, "cache");
      if (isFinal(outcome)) return outcome;
    }
    return undefined;
  }

  /** A request that has written nothing yet is trusted once; after a disappointment it has to show something first. */
  #mayJoin(flight: Flight, { cursor }: Call): boolean {
    if (flight.over) return false;
    const typed = typedSince(flight.origin.place, cursor, MOST_TYPED_AHEAD_CHARS);
    if (typed === undefined || !agree(flight.text, typed)) return false;
    return typed === "" || flight.text !== "" || !this.#joinedInVain;
  }

  async #askAnew(call: Call): Promise<Outcome> {
    this.#flight?.abort();
    const { cursor, trigger, options, signal, startedAt } = call;
    const reason = reasonNotToAsk(cursor, trigger);
    if (reason) return dropped(reason);
    const { clock } = this.#dependencies;
    // A call that has waited for somebody else's request has paused already.
    const delay = trigger === "manual" ? 0 : this.#rhythm.delay(options.delay) - (clock.now() - startedAt);
    if (delay > 0) await clock.sleep(Math.min(delay, options.timeLimitMs), signal);
    if (signal.aborted) return { kind: "cancelled" };
    const flight = this.#start(call);
    const outcome = await this.#waitFor(flight, call, "model");
    return outcome === "refuted" ? dropped("stale") : outcome;
  }

  #start(call: Call): Flight {
    const { clock } = this.#dependencies;
    const { timeLimitMs, lingerMs } = call.options;
    this.#requests += 1;
    const origin = { id: `s${this.#requests}`, place: placeOf(call.cursor) };
    const limits = { timeLimitMs: Math.max(0, timeLimitMs - (clock.now() - call.startedAt)), lingerMs };
    this.#flight = new Flight(origin, clock, limits, (control) => this.#ask(call, origin, control));
    return this.#flight;
  }

  async #ask({ cursor, trigger, options }: Call, origin: FlightOrigin, control: FlightControl): Promise<void> {
    const { backend: backendOf, clock, onEvent } = this.#dependencies;
    const startedAt = clock.now();
    const sinceStart = (): number => clock.now() - startedAt;
    const backend = await backendOf();
    if (control.signal.aborted) return;
    control.asks({ host: backend.host ?? backend.model.name, ready: () => backend.ready?.() ?? true });
    const window = this.#windows.place(cursor, backend);
    await request(
      backend,
      {
        cursor: nearby(cursor),
        window,
        maxLines: options.maxLines,
        shorten: (failure) => this.#windows.shorten(window, failure, cursor, backend),
      },
      {
        ...control,
        answered: (suggestion, usage) => {
          if (suggestion.kind === "offered" && suggestion.insertText !== "") {
            this.#cache.put({ ...origin, text: suggestion.insertText });
          }
          control.answered(suggestion, usage);
        },
      },
      {
        requested: (format, promptChars, again) =>
          onEvent?.({ kind: "requested", trigger, format, promptChars, afterMs: sinceStart(), again }),
        firstText: () => {
          this.#rhythm.answered(sinceStart());
          onEvent?.({ kind: "first-text", afterMs: sinceStart() });
        },
        finished: (usage) => onEvent?.({ kind: "finished", afterMs: sinceStart(), usage }),
      },
    );
  }

  async #waitFor(flight: Flight, call: Call, origin: "joined" | "model"): Promise<Outcome | "refuted"> {
    const typed = typedSince(flight.origin.place, call.cursor, MOST_TYPED_AHEAD_CHARS) ?? "";
    const end = await flight.wait(call.signal, (text) => agree(text, typed));
    if (end === "left" || call.signal.aborted) return { kind: "cancelled" };
    let outcome = end === "refuted" ? end : this.#conclude(end, flight, call, origin);
    // What was typed since is an answer of its own: the model may have more to say now than it had then.
    if (typed !== "" && outcome !== "refuted" && outcome.kind === "dropped") outcome = "refuted";
    if (origin === "joined") this.#joinedInVain = outcome === "refuted";
    return outcome;
  }

  #conclude(end: FlightEnd, flight: Flight, call: Call, origin: "joined" | "model"): Outcome | "refuted" {
    switch (end.kind) {
      case "answered": {
        if (end.suggestion.kind === "dropped") return end.suggestion;
        const entry = { ...flight.origin, text: end.suggestion.insertText };
        const remainder = remainderAt(entry, call.cursor);
        if (remainder === undefined) return "refuted";
        const outcome = this.#offer(entry, remainder, call, origin);
        return outcome.kind === "offered" && origin === "model" ? { ...outcome, usage: end.usage } : outcome;
      }
      case "timed-out":
        return this.#offerInTime(end, flight, call, origin);
      case "aborted":
        return { kind: "cancelled" };
      case "failed":
      case "broken":
        return end;
    }
  }

  /** The lines that had arrived within the limit are better than none. */
  #offerInTime(
    { lines, host }: FlightEnd & { readonly kind: "timed-out" },
    flight: Flight,
    call: Call,
    origin: Origin,
  ): Outcome {
    if (host === undefined) return dropped("model-not-ready");
    const suggestion = clean(lines, nearby(call.cursor));
    const entry = suggestion.kind === "offered" ? { ...flight.origin, text: suggestion.insertText } : undefined;
    const remainder = entry && remainderAt(entry, call.cursor);
    const outcome = entry && remainder ? this.#offer(entry, remainder, call, origin) : undefined;
    if (outcome?.kind === "offered") return outcome;
    return { kind: "failed", failure: { kind: "timed-out", host, limitMs: call.options.timeLimitMs } };
  }

  /** The one door to an offer, for what is fresh and what is remembered. */
  #offer(entry: CacheEntry, remainder: string, { asked, cursor, trigger }: Call, origin: Origin): Outcome {
    const near = nearby(cursor);
    const suggestion = fit(remainder, near);
    if (suggestion.kind === "dropped") return suggestion;
    const placed = placeOnLine(suggestion.insertText, near);
    if (placed === undefined) return dropped("does-not-fit-line");
    if (trigger === "automatic" && this.#dismissals.covers(cursor, placed.text)) return dropped("dismissed");
    if (this.#dependencies.isCurrent?.(asked) === false) return dropped("stale");
    this.#shown = { ...entry, offered: { text: placed.text, at: cursor } };
    const selected = asked.selectedCompletion;
    const offered: Offered = {
      id: entry.id,
      insertText: (selected?.text ?? "") + placed.text,
      replaceBefore: selected?.replaces ?? 0,
      replaceAfter: placed.replaceAfter,
    };
    return { kind: "offered", suggestions: [offered], origin };
  }
}

/** As far as both go, one is the start of the other. */
function agree(written: string, typed: string): boolean {
  return written.startsWith(typed) || typed.startsWith(written);
}

/** An offer, or a reason that a request to the model would not take away. */
function isFinal(outcome: Outcome): boolean {
  if (outcome.kind !== "dropped") return true;
  return outcome.reason === "dismissed" || outcome.reason === "stale";
}

const CACHE_ENTRIES = 64;
const CACHE_CHARS = 200_000;
/** Somebody who has typed more than this past a request wants something else by now. */
const MOST_TYPED_AHEAD_CHARS = 80;
