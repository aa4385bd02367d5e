/** A model whose every word a test decides. */

import { promptTexts } from "../../src/model/placedStretches.ts";
import { type Model, type ModelRequest, type ModelStream, unknownUsage, type Usage } from "../../src/model/model.ts";

/** One request as the model sees it. */
export class ScriptedStream implements ModelStream {
  readonly request: ModelRequest;
  readonly signal: AbortSignal;
  readonly usage: Usage = { ...unknownUsage, promptTokens: 10 };
  /** The reader left the loop before the answer had ended. */
  left = false;
  #pieces: string[] = [];
  #end: { readonly error: unknown } | "done" | undefined;
  #wake = Promise.withResolvers<void>();
  readonly #deaf: boolean;

  constructor(request: ModelRequest, signal: AbortSignal, deaf: boolean) {
    this.request = request;
    this.signal = signal;
    this.#deaf = deaf;
    signal.addEventListener("abort", () => this.#wake.resolve(), { once: true });
  }

  /** The whole prompt as text. */
  get prompt(): string {
    const { prompt } = this.request;
    return promptTexts(prompt)
      .map(({ text }) => text)
      .join(prompt.kind === "chat" ? "\n" : "");
  }

  say(...pieces: readonly string[]): this {
    this.#pieces.push(...pieces);
    this.#wake.resolve();
    return this;
  }

  done(): void {
    this.#end = "done";
    this.#wake.resolve();
  }

  fail(error: unknown): void {
    this.#end = { error };
    this.#wake.resolve();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string, void, void> {
    let ended = false;
    try {
      for (;;) {
        const piece = this.#pieces.shift();
        if (this.signal.aborted && !this.#deaf) {
          ended = true;
          throw this.signal.reason;
        }
        if (piece !== undefined) yield piece;
        else if (this.#end === undefined) {
          await this.#wake.promise;
          this.#wake = Promise.withResolvers<void>();
        } else {
          ended = true;
          if (this.#end === "done") return;
          throw this.#end.error;
        }
      }
    } finally {
      this.left = !ended;
    }
  }
}

export class ScriptedModel implements Model {
  readonly name = "scripted";
  /** All requests so far, the newest last. */
  readonly streams: ScriptedStream[] = [];
  readonly #answer: ((stream: ScriptedStream) => void) | undefined;
  readonly #deaf: boolean;

  /** `answer` speaks for the model at once; without it the test does. A deaf model does not hear an abort. */
  constructor(answer?: (stream: ScriptedStream) => void, { deaf = false } = {}) {
    this.#answer = answer;
    this.#deaf = deaf;
  }

  get last(): ScriptedStream {
    const stream = this.streams.at(-1);
    if (stream === undefined) throw new Error("The model was not asked.");
    return stream;
  }

  stream(request: ModelRequest, signal: AbortSignal): ModelStream {
    const stream = new ScriptedStream(request, signal, this.#deaf);
    this.streams.push(stream);
    this.#answer?.(stream);
    return stream;
  }
}

/** A model that always writes the same. */
export function alwaysSays(text: string): ScriptedModel {
  return new ScriptedModel((stream) => stream.say(text).done());
}
