/**
 * Answers a caret with a suggestion. In this order, and at the first hit it stops: the text is already the start of
 * what is shown or cached; a request under way agrees with what was typed since; else a new request.
 */

import type { CursorSnapshot } from "../context/snapshot.ts";
import { Alternatives } from "./alternatives.ts";
import { remainderAt } from "./cache.ts";
import type { Call } from "./call.ts";
import { nearby, withSelectedAccepted } from "./cursor.ts";
import { summarise } from "./events.ts";
import { clean } from "./filters/pipeline.ts";
import { Flight, type FlightControl, type FlightEnd, type FlightOrigin } from "./flight.ts";
import { Latest } from "./latest.ts";
import { Offers } from "./offers.ts";
import { defaultCompletionOptions, type CompletionDependencies, type CompletionOptions } from "./options.ts";
import { placeOf, typedSince } from "./place.ts";
import { request } from "./request.ts";
import { dropped, type DropReason, type Offered, type Origin, type Outcome, type Trigger } from "./suggestion.ts";
import { hasBegunWord, Patience, reasonByScope, reasonNotToAsk, TypingRhythm } from "./trigger.ts";
import { WarmUp } from "./warmUp.ts";
import { Windows } from "./windows.ts";

// The engine's face: what somebody who makes one has to know.
export type { Clock } from "./clock.ts";
export type { CompletionEvent } from "./events.ts";
export type { CompletionDependencies } from "./options.ts";
export type { CompletionBackend } from "./request.ts";

export class CompletionEngine {
  readonly #dependencies: CompletionDependencies;
  readonly #latest = new Latest();
  readonly #offers: Offers;
  readonly #rhythm = new TypingRhythm();
  readonly #patience = new Patience();
  readonly #windows = new Windows();
  readonly #warmUp: WarmUp;
  #flight: Flight | undefined;
  #alternatives: Alternatives | undefined;
  /** Aborted as soon as there is no use any more in asking ahead. */
  #ahead = new AbortController();
  /** The last request that was joined before it had written anything wrote something else. */
  #joinedInVain = false;
  /** How many calls have joined the flight before it had written anything. */
  #silentJoins = 0;
  #requests = 0;

  constructor(dependencies: CompletionDependencies) {
    this.#dependencies = dependencies;
    this.#offers = new Offers((cursor) => dependencies.isCurrent?.(cursor) !== false);
    this.#warmUp = new WarmUp(dependencies.backend, this.#windows);
  }

  /**
   * The newest call wins: an older one that is still waiting settles as cancelled. What the caches know is answered
   * without waiting for anything. A fault of the program is an outcome, too: rejects only for one in `onEvent`.
   */
  async complete(asked: CursorSnapshot, trigger: Trigger, signal: AbortSignal): Promise<Outcome> {
    const { clock, onEvent } = this.#dependencies;
    const startedAt = clock.now();
    const outcome = await this.#latest
      .run(signal, (own) =>
        this.#answer({
          asked,
          cursor: withSelectedAccepted(asked),
          trigger,
          startedAt,
          options: this.#options(),
          signal: own,
        }),
      )
      .catch((error: unknown): Outcome => ({ kind: "broken", error }));
    onEvent?.({ kind: "settled", trigger, outcome: summarise(outcome), afterMs: clock.now() - startedAt });
    return outcome;
  }

  /** The suggestion was waved away: what it led to is not offered again at its place, except when asked for by a key. */
  dismiss(id: string): void {
    if (this.#offers.dismiss(id)) this.#patience.dismissed(this.#dependencies.clock.now());
  }

  /** A suggestion was accepted whole; `after` is where the caret is now, and the model may be asked about it ahead. */
  accepted(after: CursorSnapshot | undefined): void {
    this.#patience.accepted(this.#dependencies.clock.now());
    if (after) void this.#speculate(after);
  }

  /** The caret has come to rest: what the model will be shown there is evaluated now, while nobody waits. */
  rest(cursor: CursorSnapshot): void {
    if (this.#flight?.over !== false) this.#warmUp.start(cursor);
  }

  /**
   * What is offered and not yet typed at a caret, as far as the engine knows: no request is made for it. `undefined`
   * also where there are several to choose from, since nobody knows which one is seen.
   */
  shownAt(cursor: CursorSnapshot): Offered | undefined {
    return this.#offers.shownAt(cursor);
  }

  /** Forgets all suggestions; for a change of model. */
  clear(): void {
    this.#offers.clear();
    this.#windows.clear();
    this.#endRequests();
  }

  /** Ends what is under way. */
  stop(): void {
    this.#latest.stop();
    this.#endRequests();
  }

  #endRequests(): void {
    this.#ahead.abort();
    this.#flight?.abort();
    this.#endAlternatives();
    this.#warmUp.stop();
  }

  #options(): CompletionOptions {
    return { ...defaultCompletionOptions, ...this.#dependencies.options() };
  }

  async #answer(call: Call): Promise<Outcome> {
    if (call.signal.aborted) return { kind: "cancelled" };
    this.#ahead.abort();
    if (this.#alternatives?.isAt(call.cursor) === false) this.#endAlternatives();
    if (call.trigger === "manual") return this.#answerByHand(call);
    this.#rhythm.key(call.startedAt);
    if (this.#rhythm.isAfterPause) this.#joinedInVain = false;
    return this.#offers.recall(call) ?? this.#joinOrAsk(call);
  }

  /** The first suggestion as soon as it is there, with as many others as there are by then. */
  async #answerByHand(call: Call): Promise<Outcome> {
    const first = this.#offers.recall(call) ?? this.#joinOrAsk(call);
    this.#alternatives ??= this.#startAlternatives(call);
    const alternatives = this.#alternatives;
    const outcome = await first;
    if (outcome.kind === "offered") return this.#offers.withOthers(outcome, alternatives?.entries ?? [], call);
    if (this.#alternatives === alternatives) this.#endAlternatives();
    return outcome;
  }

  #startAlternatives(call: Call): Alternatives | undefined {
    const count = call.options.alternatives - 1;
    if (count < 1 || reasonNotToAsk(call.cursor, "manual")) return undefined;
    const flights = Array.from({ length: count }, () => this.#launch(call, VARIED));
    return new Alternatives(placeOf(call.cursor), flights, (found) =>
      this.#dependencies.onEvent?.({ kind: "alternatives", count: found }),
    );
  }

  #endAlternatives(): void {
    this.#alternatives?.abort();
    this.#alternatives = undefined;
  }

  async #joinOrAsk(call: Call): Promise<Outcome> {
    if (this.#flight && this.#mayJoin(this.#flight, call)) {
      const outcome = await this.#waitFor(this.#flight, call, "joined");
      if (outcome !== "refuted") return outcome;
    }
    return this.#askAnew(call);
  }

  /**
   * A request that has written nothing yet is trusted; after a disappointment by one call only, so that somebody who
   * types on makes a request at every other key and not at each.
   */
  #mayJoin(flight: Flight, { cursor }: Call): boolean {
    if (flight.over) return false;
    const typed = typedSince(flight.origin.place, cursor, MOST_TYPED_AHEAD_CHARS);
    if (typed === undefined || !agree(flight.text, typed)) return false;
    if (typed === "" || flight.text !== "") return true;
    this.#silentJoins += 1;
    return !this.#joinedInVain || this.#silentJoins === 1;
  }

  async #askAnew(call: Call): Promise<Outcome> {
    this.#flight?.abort();
    const { cursor, trigger, options, signal, startedAt } = call;
    const reason = reasonNotToAsk(cursor, trigger) ?? (trigger === "manual" ? undefined : await this.#unwanted(call));
    if (reason) return dropped(reason);
    const { clock } = this.#dependencies;
    // A call that has waited for somebody else's request has paused already.
    const delay = trigger === "manual" ? 0 : this.#delay(call) - (clock.now() - startedAt);
    if (delay > 0) await clock.sleep(Math.min(delay, options.timeLimitMs), signal);
    if (signal.aborted) return { kind: "cancelled" };
    this.#flight = this.#launch(call, 0);
    this.#silentJoins = 0;
    const outcome = await this.#waitFor(this.#flight, call, "model");
    return outcome === "refuted" ? dropped("stale") : outcome;
  }

  /** The reason by the caret's scope, where that matters: it then waits for the grammar, once for each language. */
  async #unwanted({ cursor, options: { scopes } }: Call): Promise<DropReason | undefined> {
    const { syntax } = this.#dependencies;
    if (syntax === undefined || (scopes.comments && scopes.strings)) return undefined;
    await syntax.ready(cursor.languageId);
    return reasonByScope(syntax.at(cursor)?.scope ?? "code", scopes);
  }

  #delay({ cursor, options }: Call): number {
    const patience = this.#patience.factor(this.#dependencies.clock.now());
    const usual = this.#rhythm.delay(options.delay, patience, hasBegunWord(cursor.prefix));
    return options.quiet ? Math.max(usual, QUIET_MS) : usual;
  }

  /** After an accepted suggestion, before the editor asks: its call then joins what is under way. */
  async #speculate(after: CursorSnapshot): Promise<void> {
    const options = this.#options();
    if (options.speculate === "never" || reasonNotToAsk(after, "automatic")) return;
    this.#ahead.abort();
    this.#ahead = new AbortController();
    const { signal } = this.#ahead;
    const { backend: backendOf, clock } = this.#dependencies;
    const call: Call = { asked: after, cursor: after, trigger: "automatic", startedAt: clock.now(), options, signal };
    // If something is wrong with the model, the editor's own call tells it.
    const backend = await (async () => backendOf())().catch(() => undefined);
    if (!backend || (options.speculate === "local" && backend.local !== true)) return;
    if ((await this.#unwanted(call)) || signal.aborted) return;
    if (this.#offers.knows(after)) return;
    this.#flight?.abort();
    this.#flight = this.#launch(call, 0);
    this.#silentJoins = 0;
    void this.#flight.goOnAlone(SPECULATION_MS);
  }

  #launch(call: Call, temperature: number): Flight {
    const { clock } = this.#dependencies;
    const { timeLimitMs, lingerMs } = call.options;
    this.#warmUp.stop();
    this.#requests += 1;
    const origin = { id: `s${this.#requests}`, place: placeOf(call.cursor) };
    const mostMs = temperature === 0 ? timeLimitMs : Math.min(timeLimitMs, ALTERNATIVES_MS);
    const limits = { timeLimitMs: Math.max(0, mostMs - (clock.now() - call.startedAt)), lingerMs };
    return new Flight(origin, clock, limits, (control) => this.#ask(call, origin, control, temperature));
  }

  async #ask(
    { cursor, trigger, options }: Call,
    origin: FlightOrigin,
    control: FlightControl,
    temperature: number,
  ): Promise<void> {
    const { backend: backendOf, clock, onEvent, syntax } = this.#dependencies;
    const startedAt = clock.now();
    const sinceStart = (): number => clock.now() - startedAt;
    const backend = await backendOf();
    if (control.signal.aborted) return;
    const ready = (): boolean => backend.ready?.() ?? true;
    const wasReady = ready();
    control.asks({ host: backend.host ?? backend.model.name, ready });
    const window = this.#windows.place(cursor, backend);
    await request(
      backend,
      {
        cursor: nearby(cursor),
        window,
        maxLines: options.maxLines,
        temperature,
        syntax: syntax?.at(cursor),
        shorten: (failure) => this.#windows.shorten(window, failure, cursor, backend),
      },
      {
        ...control,
        answered: (suggestion, usage) => {
          if (suggestion.kind === "offered" && suggestion.insertText !== "") {
            this.#offers.remember({ ...origin, text: suggestion.insertText });
          }
          control.answered(suggestion, usage);
        },
      },
      {
        requested: (format, promptChars, again) =>
          onEvent?.({ kind: "requested", trigger, format, promptChars, afterMs: sinceStart(), again }),
        firstText: () => {
          // An alternative waits for the first suggestion's turn.
          if (temperature === 0) this.#rhythm.answered(sinceStart());
          onEvent?.({ kind: "first-text", afterMs: sinceStart() });
        },
        finished: (usage) => {
          if (wasReady) this.#windows.observe(backend.model, usage);
          onEvent?.({ kind: "finished", afterMs: sinceStart(), usage });
        },
      },
    );
  }

  async #waitFor(flight: Flight, call: Call, origin: "joined" | "model"): Promise<Outcome | "refuted"> {
    const typed = typedSince(flight.origin.place, call.cursor, MOST_TYPED_AHEAD_CHARS) ?? "";
    // Where the model disagrees most of the time, a request for less than was typed is not waited for longer than the
    // next key would take to come.
    const silentMs = origin === "joined" && typed !== "" && this.#joinedInVain ? this.#rhythm.nextKeyMs : undefined;
    const end = await flight.wait(call.signal, (text) => agree(text, typed), silentMs);
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
        const outcome = this.#offers.offer(entry, remainder, call, origin);
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
    const outcome = entry && remainder ? this.#offers.offer(entry, remainder, call, origin) : undefined;
    if (outcome?.kind === "offered") return outcome;
    return { kind: "failed", failure: { kind: "timed-out", host, limitMs: call.options.timeLimitMs } };
  }
}

/** As far as both go, one is the start of the other. */
function agree(written: string, typed: string): boolean {
  return written.startsWith(typed) || typed.startsWith(written);
}

/** Somebody who has typed more than this past a request wants something else by now. */
const MOST_TYPED_AHEAD_CHARS = 80;
/** The temperature at which a model does not write the same again. */
const VARIED = 0.8;
/** Nobody waits for alternatives longer than this. */
const ALTERNATIVES_MS = 5_000;
const QUIET_MS = 1_000;
/** The editor asks some 50 ms after an accepted suggestion; a busy one later. */
const SPECULATION_MS = 1_000;
