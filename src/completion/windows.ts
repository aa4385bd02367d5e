/** The window of one engine, from one request to the next, and what its models have told about their contexts and rates. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import { ASCII_CHARS_PER_TOKEN, estimateTokens } from "../context/tokens.ts";
import { TokenCalibration } from "../context/tokenCalibration.ts";
import { nextWindow, type FileWindow, type WindowBudget } from "../context/window.ts";
import type { Model, Usage } from "../model/model.ts";
import type { Piece } from "../context/pieces.ts";
import { charsThatFit, fitAfter, fittedBudget, type ContextFit, type Reserved } from "./contextFit.ts";
import { budgetOf, mostPieceChars, otherWeightOf, reservedFor } from "./prompt.ts";
import { ReadingRate, timedBudget } from "./readingRate.ts";
import type { CompletionBackend } from "./request.ts";

/**
 * How long reading a window may take, in milliseconds: a new one with somebody waiting for it, a new one in the
 * background, and one that has grown.
 */
export const readingMs = { request: 1_000, background: 3_000, most: 5_000 } as const;

/** What a model was shown: `pieceChars` of ASCII beside the window. */
export interface Seen {
  readonly cursor: CursorSnapshot;
  readonly window: FileWindow;
  readonly pieceChars: number;
}

export class Windows {
  #last: FileWindow | undefined;
  readonly #learned = new WeakMap<Model, ContextFit>();
  readonly #rates = new WeakMap<Model, ReadingRate>();
  readonly #calibrations = new WeakMap<Model, TokenCalibration>();

  /** The window for a caret, as near to the previous one as it may be. */
  place(cursor: CursorSnapshot, backend: CompletionBackend): FileWindow {
    const window = this.plan(cursor, backend, readingMs.request);
    this.keep(window);
    return window;
  }

  /** The same, of a length that is read in `ms`, for what the model may not come to read. */
  plan(cursor: CursorSnapshot, backend: CompletionBackend, ms: number): FileWindow {
    return nextWindow(this.#last, cursor, this.#budget(cursor, backend, ms));
  }

  /** The model has read it, or is about to. */
  keep(window: FileWindow): void {
    this.#last = window;
  }

  /**
   * How many characters of pieces beside the window the model takes, and reads in `ms` together with it. Where nothing
   * is known of its rate, one that runs on this machine gets little: it may be slow, and many servers never tell.
   */
  roomForPieces(cursor: CursorSnapshot, backend: CompletionBackend, window: FileWindow, ms: number): number {
    const { format, model, contextTokens, local } = backend;
    const length = lengthOf(window);
    const most = mostPieceChars(format) - length;
    const fit = this.#learned.get(model) ?? { contextTokens, density: 1 };
    const fitting = charsThatFit(fit, reserved(cursor, backend));
    const { mostPrefixChars, mostSuffixChars } = budgetOf(format);
    const inContext = fitting === undefined ? most : fitting - Math.max(length, mostPrefixChars + mostSuffixChars);
    const readable = this.#rates.get(model)?.charsIn(ms);
    const unknown = local ? LITTLE_CHARS : Number.POSITIVE_INFINITY;
    const inTime = readable === undefined ? unknown : readable - length;
    return Math.max(0, Math.floor(Math.min(most, inContext, inTime)));
  }

  /** A shorter one after the model has refused `refused`, and for all requests from now on; `undefined` where none is. */
  shorten(
    refused: FileWindow,
    pieces: readonly Piece[],
    failure: { readonly tokens: number; readonly limit: number },
    cursor: CursorSnapshot,
    backend: CompletionBackend,
  ): FileWindow | undefined {
    const fit = fitAfter(failure, refused, pieces, budgetOf(backend.format), reserved(cursor, backend));
    this.#learned.set(backend.model, fit);
    const next = this.place(cursor, backend);
    return lengthOf(next) < lengthOf(refused) ? next : undefined;
  }

  /** How many tokens of the model are one that is estimated. */
  tokenFactor(model: Model): number {
    return this.#calibrations.get(model)?.factor ?? 1;
  }

  /** The figures of a request that found the model ready, and what it was shown. */
  observe(backend: CompletionBackend, { cursor, window, pieceChars }: Seen, usage: Usage): void {
    const { model, format } = backend;
    if (usage.promptTokens !== undefined) {
      const otherWeight = otherWeightOf(format);
      const ofWindow = estimateTokens(window.prefix, otherWeight) + estimateTokens(window.suffix, otherWeight);
      const estimated = ofWindow + pieceChars / ASCII_CHARS_PER_TOKEN;
      const calibration = this.#calibrations.get(model) ?? new TokenCalibration();
      this.#calibrations.set(model, calibration);
      calibration.observe(estimated, usage.promptTokens - reserved(cursor, backend).template);
    }
    const rate = this.#rates.get(model) ?? new ReadingRate();
    this.#rates.set(model, rate);
    rate.observe(usage);
  }

  clear(): void {
    this.#last = undefined;
  }

  #budget(cursor: CursorSnapshot, backend: CompletionBackend, ms: number): WindowBudget {
    const { format, model, contextTokens, local } = backend;
    const fit = this.#learned.get(model) ?? { contextTokens, density: 1 };
    const beside = reserved(cursor, backend);
    const usual = budgetOf(format);
    const rate = this.#rates.get(model);
    const chars = rate?.charsIn(ms);
    const most = rate?.charsIn(readingMs.most);
    if (chars === undefined || most === undefined) return fittedBudget(usual, fit, beside);
    // More than usual is for a model that reads it in time, and that nobody pays for by the token.
    const isFast = local === true && chars > usual.freshPrefixChars + usual.suffixChars;
    return timedBudget(fittedBudget(budgetOf(format, isFast ? MOST_GROWTH : 1), fit, beside), chars, most);
  }
}

function reserved(cursor: CursorSnapshot, { format, promptAt }: CompletionBackend): Reserved {
  return reservedFor(format, cursor, promptAt?.(cursor));
}

function lengthOf({ prefix, suffix }: FileWindow): number {
  return prefix.length + suffix.length;
}

const LITTLE_CHARS = 2_000;
const MOST_GROWTH = 2;
