/** The work of one flight: a prompt, the stream, and once more about less, or in another format, where that helps. */

import type { CaretSyntax } from "../context/caretSyntax.ts";
import type { Piece } from "../context/pieces.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";
import type { FileWindow } from "../context/window.ts";
import type { ModelFailure } from "../model/failure.ts";
import { ModelError, type Model, type Prompt, type Usage } from "../model/model.ts";
import type { Provenance } from "../model/provenance.ts";
import type { PromptOverride } from "../model/prompts/promptInUse.ts";
import type { FormatName } from "../model/templates.ts";
import { clean } from "./filters/pipeline.ts";
import type { FlightControl } from "./flight.ts";
import type { Place } from "./place.ts";
import { askAbout, type Asking, secondFormat, secondWindow } from "./prompt.ts";
import type { Asked } from "./requestMemory.ts";
import { readSuggestion, shapeAt, stopRulesFor, type Reading, type StopRules } from "./stream.ts";
import { dropped } from "./suggestion.ts";

export interface CompletionBackend {
  readonly model: Model;
  readonly format: FormatName;
  /** For messages, where the model answers too late; without it they name the model. */
  readonly host?: string;
  /** The model's context, in tokens: prompt and answer together. Without it the window is as large as the format's. */
  readonly contextTokens?: number;
  /** False while the model is being started or loaded; without it the model always is. */
  readonly ready?: () => boolean;
  /** It runs on this machine and costs nobody anything: it may be asked for what may not be needed. */
  readonly local?: boolean;
  /** It obeys `ModelRequest.heal`. */
  readonly heals?: boolean;
  /** The prompt for a model that chats, where it is not the built-in one. Asked at every key. */
  readonly promptAt?: (cursor: CursorSnapshot) => PromptOverride | undefined;
  /**
   * Evaluates a prompt with nothing asked for, so that a request that begins like it is answered sooner. Gives way to
   * every request. Without it the back-end can't.
   */
  readonly warm?: (prompt: Prompt, signal: AbortSignal, provenance?: Provenance) => Promise<unknown>;
}

export interface Subject {
  /** Of the suggestion that may come of it. */
  readonly id: string;
  readonly place: Place;
  /** With `\n` as its line breaks. */
  readonly cursor: CursorSnapshot;
  readonly window: FileWindow;
  /** What is shown beside it. A question that is asked again is asked without. */
  readonly pieces: readonly Piece[];
  /** Lines that are not blank. */
  readonly maxLines: number;
  /** 0 is the model's first choice. */
  readonly temperature: number;
  /** Asked once the model has begun to answer. */
  readonly surroundings: () => Surroundings;
  /** A shorter window after the model has refused this one; `undefined` where there is none. */
  shorten(failure: PromptTooLong): FileWindow | undefined;
}

interface Surroundings {
  readonly syntax: CaretSyntax | undefined;
  /** A comment stands just above the caret. */
  readonly announced: () => boolean;
}

type PromptTooLong = Extract<ModelFailure, { readonly kind: "prompt-too-long" }>;

export interface RequestWatcher {
  requested(asked: Asked, promptChars: number, again: boolean): void;
  firstText(): void;
  /** The model has stopped, and the figures are complete. */
  finished(usage: Usage): void;
}

/** Reports to `control`. Returns when the model is done with it; throws what the model throws. */
export async function request(
  backend: CompletionBackend,
  subject: Subject,
  control: FlightControl,
  watcher: RequestWatcher,
): Promise<void> {
  const ask = (format: FormatName, window: FileWindow, again: boolean): Promise<FormatName | undefined> => {
    const pieces = again ? [] : subject.pieces;
    return askOnce(backend, { ...subject, window, pieces, format, again }, control, watcher);
  };
  let { window } = subject;
  let next: FormatName | undefined;
  try {
    next = await ask(backend.format, window, false);
  } catch (error) {
    const shorter = isTooLong(error) && !control.signal.aborted ? subject.shorten(error.failure) : undefined;
    if (shorter === undefined) throw error;
    window = shorter;
    next = await ask(backend.format, window, true);
  }
  if (next !== undefined && !control.signal.aborted) await ask(next, secondWindow(window), true);
}

interface Turn extends Subject {
  readonly format: FormatName;
  readonly again: boolean;
}

/** Resolves to the format to ask in next, where this answer was none. */
async function askOnce(
  backend: CompletionBackend,
  { id, place, cursor, window, pieces, maxLines, temperature, surroundings, format, again }: Turn,
  control: FlightControl,
  watcher: RequestWatcher,
): Promise<FormatName | undefined> {
  const { model, format: usual, heals = false } = backend;
  const override = backend.promptAt?.(cursor);
  const asking: Asking = { format, shape: shapeAt(cursor), heals, second: format !== usual, override };
  const { request, chars, mustStartWith } = askAbout(cursor, window, pieces, asking);
  watcher.requested({ backend, place, cursor, window, pieces, asking }, chars, again);
  const provenance = request.provenance && { provenance: { ...request.provenance, suggestion: id } };
  const stream = model.stream({ ...request, temperature, ...provenance }, control.signal);
  let next: FormatName | undefined;
  let silent = true;
  const onReading = ({ text, complete, unfitting }: Reading): void => {
    if (silent && text !== "") {
      silent = false;
      watcher.firstText();
    }
    control.progress(text);
    if (!complete) return;
    next = secondFormat(format, cursor, text);
    if (next === undefined) {
      control.answered(unfitting ? dropped("wrong-indentation") : clean(text, cursor), stream.usage);
    }
  };
  const rulesOf = (): StopRules => {
    const { syntax, announced } = surroundings();
    return { ...stopRulesFor(cursor, maxLines, syntax, announced), mustStartWith };
  };
  await readSuggestion(stream, rulesOf, onReading);
  watcher.finished(stream.usage);
  return next;
}

function isTooLong(error: unknown): error is ModelError & { readonly failure: PromptTooLong } {
  return error instanceof ModelError && error.failure.kind === "prompt-too-long";
}
