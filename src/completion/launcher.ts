/** Starts requests to the model: a window, a flight, and what is learned from its answer. */

import type { CaretSyntax, SyntaxSource } from "../context/caretSyntax.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";
import { ModelError } from "../model/model.ts";
import { indentationOf, lineBefore, previousFilledLines } from "../text/lines.ts";
import type { Call } from "./call.ts";
import { nearby } from "./cursor.ts";
import { Flight, type FlightControl, type FlightOrigin } from "./flight.ts";
import type { Offers } from "./offers.ts";
import type { CompletionDependencies } from "./options.ts";
import { placeOf } from "./place.ts";
import { type CompletionBackend, request } from "./request.ts";
import type { SurroundingPieces } from "./surroundingPieces.ts";
import type { TypingRhythm } from "./trigger.ts";
import { readingMs, type Windows } from "./windows.ts";

/** The model's first choice, or another one. */
type Choice = "first" | "varied";

export class Launcher {
  readonly #dependencies: CompletionDependencies;
  readonly #windows: Windows;
  readonly #pieces: SurroundingPieces;
  readonly #offers: Offers;
  readonly #rhythm: TypingRhythm;
  #requests = 0;

  constructor(
    dependencies: CompletionDependencies,
    windows: Windows,
    pieces: SurroundingPieces,
    offers: Offers,
    rhythm: TypingRhythm,
  ) {
    this.#dependencies = dependencies;
    this.#windows = windows;
    this.#pieces = pieces;
    this.#offers = offers;
    this.#rhythm = rhythm;
  }

  /** Its answer is remembered, whoever waits for it. */
  launch(call: Call, choice: Choice): Flight {
    const { clock } = this.#dependencies;
    const { timeLimitMs, lingerMs } = call.options;
    this.#requests += 1;
    const origin = { id: `s${this.#requests}`, place: placeOf(call.cursor), near: nearby(call.cursor) };
    const mostMs = choice === "first" ? timeLimitMs : Math.min(timeLimitMs, ALTERNATIVES_MS);
    const leftMs = Math.max(0, mostMs - (clock.now() - call.startedAt));
    const limits = { timeLimitMs: leftMs, lingerMs, toldMs: choice === "first" ? timeLimitMs : undefined };
    return new Flight(origin, clock, limits, (control) => this.#ask(call, origin, control, choice));
  }

  /** A model that fails before it has written anything is not waited for: the next one is asked the same at once. */
  async #ask(call: Call, origin: FlightOrigin, control: FlightControl, choice: Choice): Promise<void> {
    const { backend: backendOf, instead } = this.#dependencies;
    let hasWritten = false;
    const progress = (text: string): void => {
      hasWritten ||= text !== "";
      control.progress(text);
    };
    let failed: ModelError | undefined;
    let next: CompletionBackend | undefined = await backendOf();
    while (next && !control.signal.aborted) {
      const asked: CompletionBackend = next;
      try {
        return await this.#askOne(asked, call, origin, { ...control, progress }, choice);
      } catch (error) {
        // Whatever the others say, the first one is the one that was meant.
        if (error instanceof ModelError) failed ??= error;
        if (!(error instanceof ModelError) || hasWritten || control.signal.aborted) throw error;
        next = await instead?.(asked);
      }
    }
    if (failed) throw failed;
  }

  async #askOne(
    backend: CompletionBackend,
    { cursor, trigger, options }: Call,
    origin: FlightOrigin,
    control: FlightControl,
    choice: Choice,
  ): Promise<void> {
    const { clock, onAsked, onEvent, syntax } = this.#dependencies;
    const startedAt = clock.now();
    const sinceStart = (): number => clock.now() - startedAt;
    const ready = (): boolean => backend.ready?.() ?? true;
    // An alternative waits for the first suggestion's turn, and a model that is loaded first for its load.
    const isTelling = choice === "first" && ready();
    control.asks({ host: backend.host ?? backend.model.name, ready });
    const window = this.#windows.place(cursor, backend);
    const shown = await this.#pieces.plan(cursor, window, backend, options, readingMs.request, control.signal);
    if (control.signal.aborted) return;
    this.#pieces.keep(shown);
    const { pieces } = shown;
    let known: CaretSyntax | undefined;
    // There is none as long as the language's grammar is being loaded.
    const syntaxHere = (): CaretSyntax | undefined => (known ??= syntax?.at(cursor));
    control.whileWaiting(syntaxHere);
    await request(
      backend,
      {
        id: origin.id,
        place: origin.place,
        cursor: origin.near,
        window,
        pieces,
        maxLines: options.maxLines,
        temperature: choice === "first" ? 0 : VARIED,
        surroundings: () => ({ syntax: syntaxHere(), announced: once(() => isComment(syntax, cursor)) }),
        shorten: (failure) => this.#windows.shorten(window, pieces, failure, cursor, backend),
      },
      {
        ...control,
        answered: (suggestion, usage) => {
          if (suggestion.kind === "offered" && suggestion.insertText !== "" && !control.signal.aborted) {
            this.#offers.remember({ id: origin.id, place: origin.place, text: suggestion.insertText });
          }
          control.answered(suggestion, usage);
        },
      },
      {
        requested: (asked, promptChars, again) => {
          const { format } = asked.asking;
          onAsked?.(origin.id, asked);
          onEvent?.({ kind: "requested", trigger, format, promptChars, afterMs: sinceStart(), again });
        },
        firstText: () => {
          if (isTelling) this.#rhythm.answered(sinceStart());
          onEvent?.({ kind: "first-text", afterMs: sinceStart() });
        },
        finished: (usage) => {
          if (isTelling) this.#windows.observe(backend, { cursor, window, pieceChars: shown.chars }, usage);
          onEvent?.({ kind: "finished", afterMs: sinceStart(), usage });
        },
      },
    );
  }
}

/** True where the line above the caret, the blank ones left out, begins with a comment: a caret after its first signs is in one. */
function isComment(syntax: SyntaxSource | undefined, cursor: CursorSnapshot): boolean {
  const { prefix, offset } = cursor;
  const above = previousFilledLines(prefix, 1)[0];
  if (syntax === undefined || above === undefined) return false;
  const start = prefix.lastIndexOf(`\n${above}`, prefix.length - lineBefore(prefix).length);
  const end = start + 1 + indentationOf(above).length + COMMENT_SIGNS;
  const inLine = { ...cursor, offset: offset - (prefix.length - end), prefix: prefix.slice(0, end), suffix: "" };
  return syntax.at(inLine)?.scope === "comment";
}

function once(ask: () => boolean): () => boolean {
  let answer: boolean | undefined;
  return () => (answer ??= ask());
}

/** The temperature at which a model does not write the same again. */
const VARIED = 0.8;
/** Nobody waits for alternatives longer than this. */
const ALTERNATIVES_MS = 5_000;
/** `//`, `--`, `/*`; the signs of a comment that has only one, and one more. */
const COMMENT_SIGNS = 2;
