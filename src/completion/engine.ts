/**
 * Answers a caret with a suggestion. In this order, and at the first hit it stops: the text is already the start of
 * what is shown or cached; a request under way agrees with what was typed since; else a new request.
 */

import type { CursorSnapshot } from "../context/snapshot.ts";
import { Alternatives } from "./alternatives.ts";
import type { Call } from "./call.ts";
import { NOT_NEEDED } from "./clock.ts";
import { conclude } from "./conclude.ts";
import { withSelectedAccepted } from "./cursor.ts";
import { summarise } from "./events.ts";
import type { Flight } from "./flight.ts";
import { Latest } from "./latest.ts";
import { Launcher } from "./launcher.ts";
import { Offers } from "./offers.ts";
import { defaultCompletionOptions, type CompletionDependencies, type CompletionOptions } from "./options.ts";
import { agrees, placeOf, typedSince } from "./place.ts";
import { dropped, isModelsAnswer, type DropReason, type Offered, type Outcome, type Trigger } from "./suggestion.ts";
import { SurroundingPieces } from "./surroundingPieces.ts";
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
  readonly #pieces: SurroundingPieces;
  readonly #launcher: Launcher;
  readonly #warmUp: WarmUp;
  #flight: Flight | undefined;
  #alternatives: Alternatives | undefined;
  /** Aborted as soon as there is no use any more in asking ahead. */
  #ahead = new AbortController();
  /** The last request that was joined before it had written anything wrote something else. */
  #joinedInVain = false;
  /** How many keys have joined the flight before it had written anything. */
  #silentJoins = 0;
  #lastAsked: CursorSnapshot | undefined;

  constructor(dependencies: CompletionDependencies) {
    this.#dependencies = dependencies;
    this.#pieces = new SurroundingPieces(dependencies.pieces, this.#windows, () => dependencies.clock.now());
    this.#offers = new Offers((cursor) => dependencies.isCurrent?.(cursor) !== false);
    this.#launcher = new Launcher(dependencies, this.#windows, this.#pieces, this.#offers, this.#rhythm);
    this.#warmUp = new WarmUp(dependencies, this.#windows, this.#pieces);
  }

  /**
   * The newest call wins: an older one that is still waiting settles as cancelled. What the caches know is answered
   * without waiting for anything. A fault of the program is an outcome, too: rejects only for one in `onEvent`.
   */
  async complete(asked: CursorSnapshot, trigger: Trigger, signal: AbortSignal): Promise<Outcome> {
    const { clock, onEvent } = this.#dependencies;
    const startedAt = clock.now();
    const outcome = await this.#latest
      .run(signal, (own) => this.#answer(this.#call(asked, trigger, startedAt, own)))
      .catch((error: unknown): Outcome => ({ kind: "broken", error }));
    onEvent?.({ kind: "settled", trigger, outcome: summarise(outcome), afterMs: clock.now() - startedAt });
    return outcome;
  }

  /** Where nothing comes by itself: the rest of what is shown goes on being shown to who types along. Asks nobody. */
  goOn(asked: CursorSnapshot): Outcome {
    const call = this.#call(asked, "automatic", this.#dependencies.clock.now(), new AbortController().signal);
    return this.#offers.recallShown(call) ?? { kind: "cancelled" };
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

  /** The text was just changed before the caret: what a request here will need is found before the editor asks. */
  prepare(cursor: CursorSnapshot): void {
    if (!this.#offers.knows(cursor)) this.#warmUp.prepare(cursor);
  }

  /**
   * What is offered and not yet typed at a caret. No request is made for it; `undefined` where there are several to choose from.
   */
  shownAt(cursor: CursorSnapshot): Offered | undefined {
    return this.#offers.shownAt(cursor);
  }

  /** Forgets all suggestions; for a change of model. */
  clear(): void {
    this.#offers.clear();
    this.#windows.clear();
    this.#pieces.clear();
    this.#endRequests();
  }

  /** What may be shown of other files has changed. */
  forgetPieces(): void {
    this.#pieces.clear();
  }

  /** Ends what is under way. */
  stop(): void {
    this.#latest.stop();
    this.#endRequests();
  }

  #endRequests(): void {
    this.#ahead.abort(NOT_NEEDED);
    this.#flight?.abort();
    this.#endAlternatives();
    this.#warmUp.stop();
  }

  #call(asked: CursorSnapshot, trigger: Trigger, startedAt: number, signal: AbortSignal): Call {
    return { asked, cursor: withSelectedAccepted(asked), trigger, startedAt, options: this.#options(asked), signal };
  }

  #options(cursor: CursorSnapshot): CompletionOptions {
    return { ...defaultCompletionOptions, ...this.#dependencies.options(cursor) };
  }

  async #answer(call: Call): Promise<Outcome> {
    if (call.signal.aborted) return { kind: "cancelled" };
    this.#ahead.abort(NOT_NEEDED);
    if (this.#alternatives?.isAt(call.cursor) === false) this.#endAlternatives();
    if (call.trigger === "manual") return this.#answerByHand(call);
    const isKey = this.#isKey(call.asked);
    if (isKey) this.#rhythm.key(call.startedAt);
    if (isKey && this.#rhythm.isAfterPause) this.#joinedInVain = false;
    const shown = this.#offers.recallShown(call);
    if (shown) return shown;
    if (call.options.quiet) await this.#dependencies.clock.sleep(QUIET_MS, call.signal);
    const unwanted = await this.#unwanted(call);
    if (call.signal.aborted) return { kind: "cancelled" };
    if (unwanted) return dropped(unwanted);
    return this.#offers.recallCached(call) ?? this.#joinOrAsk(call, isKey);
  }

  /** An editor asks again at the same caret when its suggest widget opens or moves on; that is no key. */
  #isKey(asked: CursorSnapshot): boolean {
    const last = this.#lastAsked;
    this.#lastAsked = asked;
    return last?.uri !== asked.uri || last.version !== asked.version || last.offset !== asked.offset;
  }

  /** The first suggestion as soon as it is there, with as many others as there are by then. */
  async #answerByHand(call: Call): Promise<Outcome> {
    const known = this.#offers.recallShown(call) ?? this.#offers.recallCached(call);
    const first = known ?? this.#joinOrAsk(call, true);
    this.#alternatives ??= this.#startAlternatives(call);
    const alternatives = this.#alternatives;
    alternatives?.hold();
    const outcome = await first;
    if (outcome.kind === "cancelled") alternatives?.release(call.options.lingerMs);
    else if (outcome.kind !== "offered" && this.#alternatives === alternatives) this.#endAlternatives();
    if (outcome.kind !== "offered" || !alternatives) return outcome;
    const all = this.#offers.withOthers(outcome, alternatives.entries, call);
    alternatives.given = all.suggestions.length;
    return all;
  }

  #startAlternatives(call: Call): Alternatives | undefined {
    const count = call.options.alternatives - 1;
    if (count < 1 || reasonNotToAsk(call.cursor, "manual")) return undefined;
    this.#warmUp.stop();
    const flights = Array.from({ length: count }, () => this.#launcher.launch(call, "varied"));
    const alternatives = new Alternatives(placeOf(call.cursor), flights, () => {
      // What came before the first suggestion was given with it.
      const choices = this.#offers.choices(alternatives.entries, call);
      if (alternatives.given === 0 || choices <= alternatives.given) return;
      this.#dependencies.onEvent?.({ kind: "alternatives", count: choices });
    });
    return alternatives;
  }

  #endAlternatives(): void {
    this.#alternatives?.abort();
    this.#alternatives = undefined;
  }

  async #joinOrAsk(call: Call, isKey: boolean): Promise<Outcome> {
    if (this.#flight && this.#mayJoin(this.#flight, call, isKey)) {
      const outcome = await this.#waitFor(this.#flight, call, "joined");
      if (outcome !== "refuted") return outcome;
      // Cleaned, what it wrote may fit all the same.
      const known = this.#offers.recallCached(call);
      if (known) return known;
    }
    return this.#askAnew(call);
  }

  /**
   * A request that has written nothing yet is trusted; after a disappointment by one key only, so that somebody who
   * types on makes a request at every other key and not at each.
   */
  #mayJoin(flight: Flight, { cursor }: Call, isKey: boolean): boolean {
    if (flight.over) return false;
    const typed = typedSince(flight.origin.place, cursor, MOST_TYPED_AHEAD_CHARS);
    if (typed === undefined || !agrees(flight.text, typed, flight.origin.place)) return false;
    if (typed === "" || flight.text !== "") return true;
    if (isKey) this.#silentJoins += 1;
    return !this.#joinedInVain || this.#silentJoins <= 1;
  }

  async #askAnew(call: Call): Promise<Outcome> {
    this.#flight?.abort();
    const { cursor, trigger, options, signal, startedAt } = call;
    const reason = reasonNotToAsk(cursor, trigger);
    if (reason) return dropped(reason);
    const { clock } = this.#dependencies;
    // A call that has waited for somebody else's request has paused already.
    const delay = trigger === "manual" ? 0 : this.#delay(call) - (clock.now() - startedAt);
    if (delay > 0) await clock.sleep(Math.min(delay, options.timeLimitMs), signal);
    if (signal.aborted) return { kind: "cancelled" };
    const outcome = await this.#waitFor(this.#launch(call), call, "model");
    return outcome === "refuted" ? dropped("stale") : outcome;
  }

  #launch(call: Call): Flight {
    this.#flight?.abort();
    this.#warmUp.stop();
    this.#silentJoins = 0;
    return (this.#flight = this.#launcher.launch(call, "first"));
  }

  /** The reason by the caret's scope, where that matters: it then waits for the grammar, once for each language. */
  async #unwanted({ cursor, options: { scopes, timeLimitMs }, signal }: Call): Promise<DropReason | undefined> {
    const { syntax, clock } = this.#dependencies;
    if (syntax === undefined || (scopes.comments && scopes.strings)) return undefined;
    const ready = new AbortController();
    const tooLong = clock.sleep(timeLimitMs, AbortSignal.any([signal, ready.signal]));
    await Promise.race([syntax.ready(cursor.languageId), tooLong]);
    ready.abort(NOT_NEEDED);
    return reasonByScope(syntax.at(cursor)?.scope ?? "code", scopes);
  }

  #delay({ cursor, options }: Call): number {
    const patience = this.#patience.factor(this.#dependencies.clock.now());
    return this.#rhythm.delay(options.delay, patience, hasBegunWord(cursor.prefix));
  }

  /** After an accepted suggestion, before the editor asks: its call then joins what is under way. */
  async #speculate(after: CursorSnapshot): Promise<void> {
    const options = this.#options(after);
    if (options.speculate === "never" || reasonNotToAsk(after, "automatic")) return;
    this.#ahead.abort(NOT_NEEDED);
    const { signal } = (this.#ahead = new AbortController());
    const { backend: backendOf, clock } = this.#dependencies;
    const call: Call = { asked: after, cursor: after, trigger: "automatic", startedAt: clock.now(), options, signal };
    // If something is wrong with the model, the editor's own call tells it.
    const backend = await (async () => backendOf())().catch(() => undefined);
    if (!backend || (options.speculate === "local" && backend.local !== true)) return;
    if ((await this.#unwanted(call)) || signal.aborted) return;
    // The editor was faster, or knows the answer already.
    if (this.#latest.isRunning || this.#offers.knows(after)) return;
    void this.#launch(call).goOnAlone(SPECULATION_MS);
  }

  async #waitFor(flight: Flight, call: Call, origin: "joined" | "model"): Promise<Outcome | "refuted"> {
    const { place } = flight.origin;
    const typed = typedSince(place, call.cursor, MOST_TYPED_AHEAD_CHARS) ?? "";
    // Where the model disagrees most of the time, a request for less than was typed is not waited for longer than the
    // next key would take to come.
    const silentMs = origin === "joined" && typed !== "" && this.#joinedInVain ? this.#rhythm.nextKeyMs : undefined;
    const end = await flight.wait(call.signal, (text) => agrees(text, typed, place), silentMs);
    if (end === "left" || call.signal.aborted) return { kind: "cancelled" };
    let outcome = end === "refuted" ? end : conclude(end, flight, call, origin, this.#offers);
    // What was typed since is an answer of its own: the model may have more to say now than it had then.
    if (typed !== "" && outcome !== "refuted" && outcome.kind === "dropped" && isModelsAnswer(outcome)) {
      outcome = "refuted";
    }
    if (origin === "joined") this.#joinedInVain = outcome === "refuted";
    return outcome;
  }
}

/** Who has typed more than this past a request wants something else by now. */
const MOST_TYPED_AHEAD_CHARS = 80;
const QUIET_MS = 1_000;
/** The editor asks some 50 ms after an accepted suggestion; a busy one later. */
const SPECULATION_MS = 1_000;
