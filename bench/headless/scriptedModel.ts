/** A model that writes what it is told to, in its own time. */

import type { Clock } from "../../src/completion/clock.ts";
import { infillTexts } from "../../src/model/llamaInfill.ts";
import {
  type Model,
  type ModelRequest,
  type ModelStream,
  type Prompt,
  unknownUsage,
  type Usage,
} from "../../src/model/model.ts";

export interface ScriptedAnswer {
  readonly text: string;
  /** From the request to the first piece, in milliseconds. */
  readonly afterMs: number;
  /** From one piece to the next. A piece is a word with the white space after it. */
  readonly pieceMs: number;
}

/** Estimates, like the tokens of a model with a vocabulary of some 50,000. */
const CHARS_PER_TOKEN = 3.3;

export class ScriptedModel implements Model {
  readonly name = "scripted";
  /** What requests get that begin from now on. */
  answer: ScriptedAnswer = { text: "", afterMs: 0, pieceMs: 0 };
  readonly #clock: Clock;
  /** What was evaluated last: the next prompt need not be read again as far as it starts the same. */
  #evaluated = "";

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  stream(request: ModelRequest, signal: AbortSignal): ModelStream {
    const answer = this.answer;
    const usage: { -readonly [Key in keyof Usage]: Usage[Key] } = { ...unknownUsage };
    const iterate = async function* (this: ScriptedModel): AsyncGenerator<string, void> {
      const startedAt = this.#clock.now();
      signal.throwIfAborted();
      const prompt = textOf(request.prompt);
      usage.promptTokens = Math.ceil(prompt.length / CHARS_PER_TOKEN);
      usage.cachedTokens = Math.floor(sharedStart(this.#evaluated, prompt) / CHARS_PER_TOKEN);
      this.#evaluated = prompt;
      await this.#clock.sleep(answer.afterMs, signal);
      for (const [index, piece] of (answer.text.match(/\s+|\S+\s*/g) ?? []).entries()) {
        if (index > 0) await this.#clock.sleep(answer.pieceMs, signal);
        signal.throwIfAborted();
        usage.firstTokenMs ??= this.#clock.now() - startedAt;
        usage.outputTokens = index + 1;
        yield piece;
      }
      signal.throwIfAborted();
    };
    return { usage, [Symbol.asyncIterator]: () => iterate.call(this) };
  }
}

function textOf(prompt: Prompt): string {
  switch (prompt.kind) {
    case "raw":
      return prompt.parts.map(({ text }) => text).join("");
    case "hole":
      return prompt.prefix + prompt.suffix;
    case "infill":
      return infillTexts(prompt.hole).join("");
    case "chat":
      return prompt.messages.map(({ content }) => content).join("\n");
  }
}

function sharedStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
  return length;
}
