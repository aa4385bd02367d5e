/** The request that a suggestion at a caret would be asked for with, by each of several prompts. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import type { ModelRequest } from "../model/model.ts";
import type { PromptOverride } from "../model/prompts/promptInUse.ts";
import { nearby } from "./cursor.ts";
import type { CompletionOptions } from "./options.ts";
import { askAbout } from "./prompt.ts";
import type { CompletionBackend } from "./request.ts";
import { shapeAt } from "./stream.ts";
import { type PieceSource, SurroundingPieces } from "./surroundingPieces.ts";
import { readingMs, Windows } from "./windows.ts";

/**
 * `prompts` are of a model that chats; `undefined` is the built-in one. All are about the same lines, as many as fit beside
 * the last prompt. `now` in milliseconds.
 */
export async function trialRequests(
  cursor: CursorSnapshot,
  backend: CompletionBackend,
  source: PieceSource,
  options: Pick<CompletionOptions, "mostPieceTokens">,
  prompts: readonly (PromptOverride | undefined)[],
  now: () => number,
  signal: AbortSignal,
): Promise<readonly ModelRequest[]> {
  const asked: CompletionBackend = { ...backend, promptAt: () => prompts.at(-1) };
  const windows = new Windows();
  const window = windows.plan(cursor, asked, readingMs.request);
  const surrounding = new SurroundingPieces(source, windows, now);
  const { pieces } = await surrounding.plan(cursor, window, asked, options, readingMs.request, signal);
  const near = nearby(cursor);
  const { format, heals = false } = backend;
  return prompts.map((override) => {
    const asking = { format, shape: shapeAt(near), heals, second: false, override };
    const { request } = askAbout(near, window, pieces, asking);
    return { ...request, provenance: { ...(request.provenance ?? nothing), askedFor: "trial" } };
  });
}

const nothing = { stretches: [], redactions: [] };
