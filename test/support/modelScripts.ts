/** Answers of models good and bad, and when their pieces come; played against a clock that stands still otherwise. */

import { ModelError } from "../../src/model/model.ts";
import type { FakeClock } from "./fakeClock.ts";
import { settled } from "./fakeClock.ts";
import { ScriptedModel, type ScriptedStream } from "./scriptedModel.ts";

export interface ModelScript {
  readonly answer:
    | { readonly kind: "text"; readonly text: string }
    /** The file's own next lines, or those before the caret. */
    | { readonly kind: "suffix" | "prefix"; readonly lines: number };
  /** Into how many pieces the answer is cut, and the time before each of them, in milliseconds. */
  readonly pieces: number;
  readonly eachMs: number;
  readonly ending: "done" | "failure" | "bug" | "never";
}

export interface PlayedStream {
  readonly stream: ScriptedStream;
  readonly trigger: "automatic" | "manual";
  /** The model has nothing more to say. */
  over: boolean;
}

/** Plays scripts, one for each request, over and over. */
export class ScriptedPlay {
  readonly model: ScriptedModel;
  readonly played: PlayedStream[] = [];
  /** Told before each request. */
  trigger: "automatic" | "manual" = "automatic";
  readonly #clock: FakeClock;
  #due: { readonly at: number; readonly run: () => void }[] = [];

  constructor(
    clock: FakeClock,
    scripts: readonly ModelScript[],
    around: () => { readonly prefix: string; readonly suffix: string },
    deaf: boolean,
  ) {
    this.#clock = clock;
    this.model = new ScriptedModel(
      (stream) => {
        const script = scripts[this.played.length % scripts.length];
        const played = { stream, trigger: this.trigger, over: false };
        this.played.push(played);
        if (script) this.#plan(script, played, around());
      },
      { deaf },
    );
  }

  /** Requests that the engine has neither left nor stopped, and that the model has not ended. */
  open(trigger?: "automatic" | "manual"): number {
    const isOpen = ({ stream, over }: PlayedStream): boolean => !over && !stream.left && !stream.signal.aborted;
    return this.played.filter((one) => isOpen(one) && (trigger === undefined || one.trigger === trigger)).length;
  }

  async pass(ms: number): Promise<void> {
    const end = this.#clock.now() + ms;
    for (;;) {
      const next = this.#due.toSorted((one, other) => one.at - other.at)[0];
      if (next === undefined || next.at > end) break;
      this.#due = this.#due.filter((one) => one !== next);
      if (next.at > this.#clock.now()) await this.#clock.pass(next.at - this.#clock.now());
      next.run();
      await settled();
    }
    await this.#clock.pass(end - this.#clock.now());
  }

  #plan(script: ModelScript, played: PlayedStream, around: { readonly prefix: string; readonly suffix: string }): void {
    const text = textOf(script, around);
    const size = Math.max(1, Math.ceil(text.length / script.pieces));
    let at = this.#clock.now();
    for (let from = 0; from < text.length; from += size) {
      at += script.eachMs;
      this.#at(at, () => played.stream.say(text.slice(from, from + size)));
    }
    if (script.ending !== "never") this.#at(at, () => end(script, played));
  }

  #at(at: number, run: () => void): void {
    if (at <= this.#clock.now()) run();
    else this.#due.push({ at, run });
  }
}

function end({ ending }: ModelScript, played: PlayedStream): void {
  played.over = true;
  if (ending === "done") played.stream.done();
  else
    played.stream.fail(
      ending === "bug" ? new TypeError("bug") : new ModelError({ kind: "engine-stopped", detail: "" }),
    );
}

function textOf({ answer }: ModelScript, around: { readonly prefix: string; readonly suffix: string }): string {
  switch (answer.kind) {
    case "text":
      return answer.text;
    case "suffix":
      return around.suffix.split("\n").slice(0, answer.lines).join("\n");
    case "prefix":
      return around.prefix.split("\n").slice(-answer.lines).join("\n");
  }
}
