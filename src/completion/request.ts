/** The work of one flight: a window, a prompt, the stream, and once more in another format where that helps. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import { nextWindow, type FileWindow, type WindowBudget } from "../context/window.ts";
import type { Model, Usage } from "../model/model.ts";
import type { FormatName } from "../model/templates.ts";
import { clean } from "./filters/pipeline.ts";
import type { FlightControl } from "./flight.ts";
import { askAbout, budgetOf, secondFormat, secondWindow } from "./prompt.ts";
import { readSuggestion, stopRulesFor, type Reading } from "./stream.ts";
import { dropped } from "./suggestion.ts";

export interface CompletionBackend {
  readonly model: Model;
  readonly format: FormatName;
  /** For messages, where the model answers too late; without it they name the model. */
  readonly host?: string;
  /** How much of the file fits; without it the format decides. The embedded engine knows it from what it has measured. */
  readonly budget?: WindowBudget;
}

export interface RequestWatcher {
  requested(format: FormatName, promptChars: number, again: boolean): void;
  firstText(): void;
  /** The model has stopped, and the figures are complete. */
  finished(usage: Usage): void;
}

/**
 * Asks the model about `cursor` (with `\n` as its line breaks) and reports to `control`. Returns when the model is done
 * with it; throws what the model throws.
 */
export async function request(
  backend: CompletionBackend,
  window: FileWindow,
  cursor: CursorSnapshot,
  maxLines: number,
  control: FlightControl,
  watcher: RequestWatcher,
): Promise<void> {
  const again = await ask(backend, backend.format, window, cursor, maxLines, control, watcher);
  if (again === undefined || control.signal.aborted) return;
  await ask(backend, again, secondWindow(window), cursor, maxLines, control, watcher);
}

export function windowFor(
  previous: FileWindow | undefined,
  cursor: CursorSnapshot,
  backend: CompletionBackend,
): FileWindow {
  return nextWindow(previous, cursor, backend.budget ?? budgetOf(backend.format));
}

/** Resolves to the format to ask in next, where this answer was none. */
async function ask(
  { model, format: own }: CompletionBackend,
  format: FormatName,
  window: FileWindow,
  cursor: CursorSnapshot,
  maxLines: number,
  control: FlightControl,
  watcher: RequestWatcher,
): Promise<FormatName | undefined> {
  const question = askAbout(cursor, window, format);
  watcher.requested(format, question.chars, format !== own);
  const stream = model.stream(question.request, control.signal);
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
  await readSuggestion(stream, stopRulesFor(cursor, question.mustStartWith, maxLines), onReading);
  watcher.finished(stream.usage);
  return next;
}
