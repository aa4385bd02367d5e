/**
 * llama.cpp's `/infill`: the server is given the hole and the other files, and writes the prompt itself, with the tokens
 * for filling holes that the model's file names. When it is asked so is said in `llamaFormat.ts`.
 * Source of the protocol: ggml-org/llama.cpp, tools/server/README.md.
 */

import { count, field, text } from "./jsonFields.ts";
import type { ModelRequest } from "./model.ts";
import type { StreamEvent } from "./openAiEvents.ts";
import type { Hole } from "./hole.ts";

/**
 * Nobody waits longer for a suggestion. The server counts from the first token, and only stops behind a line break; it
 * matters where something between us does not pass it on when a request is aborted.
 */
const MOST_WRITING_MS = 15_000;

type Asked = Pick<ModelRequest, "maxTokens" | "temperature" | "stop">;

/** The server keeps the last of the other files where there are too many, so that the most telling one comes last. */
export function infillBody(
  hole: Hole,
  { maxTokens, temperature, stop }: Asked,
  model: string,
): Record<string, unknown> {
  return {
    model,
    input_prefix: hole.prefix,
    input_suffix: hole.suffix,
    input_extra: (hole.neighbours ?? []).map(({ path, text }) => ({ filename: path, text: ended(text) })),
    n_predict: maxTokens,
    temperature,
    stop,
    stream: true,
    cache_prompt: true,
    t_max_predict_ms: MOST_WRITING_MS,
  };
}

/** What the model reads of a hole, in order, apart from the server's own words and tokens. */
export function infillTexts({ prefix, suffix, neighbours = [] }: Hole): readonly string[] {
  return [...neighbours.flatMap(({ path, text }) => [`${path}\n`, ended(text)]), prefix, suffix];
}

/** The server puts the next file's name right behind a text. */
function ended(text: string): string {
  return `${text}\n`;
}

/** An event of its own form. The last one has the figures; of an error another part takes care. */
export function readInfillEvent(value: unknown): StreamEvent | undefined {
  const content = field(value, "content");
  if (content === undefined) return undefined;
  const finished = field(value, "stop") === true;
  const usage = finished
    ? {
        // All of the prompt's, also those that were evaluated before.
        promptTokens: count(field(value, "tokens_evaluated")),
        cachedTokens: count(field(field(value, "timings"), "cache_n")),
        outputTokens: count(field(value, "tokens_predicted")),
      }
    : undefined;
  return { text: text(content) ?? "", finished, usage, isLlama: true, model: text(field(value, "model")) };
}
