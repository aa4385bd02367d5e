/** Counts OpenAI's tokens in a thread of its own. */

import { type Numbered, WorkerThread } from "./workerThread.ts";

export interface VocabularyPaths {
  readonly wasm: string;
  readonly vocabulary: string;
}

interface Asked {
  readonly text: string;
}

interface Told {
  /** `undefined` where the vocabulary can't be loaded. */
  readonly tokens: number | undefined;
}

export type CountQuestion = Numbered<Asked>;
export type CountAnswer = Numbered<Told>;

export class OpenAiTokenizer {
  readonly #thread: WorkerThread<Asked, Told>;
  /** What the vocabulary lacks does not come by asking again. */
  #broken: Error | undefined;

  /** `script` is the thread's file. */
  constructor(script: string, paths: VocabularyPaths) {
    this.#thread = new WorkerThread(script, paths, IDLE_MS);
  }

  /** Rejects where the vocabulary can't be loaded, and for a text that is too long to be worth it. */
  async count(text: string): Promise<number> {
    if (this.#broken) throw this.#broken;
    if (text.length > MOST_CHARS) throw new Error(`${text.length} characters are not counted.`);
    try {
      const { tokens } = await this.#thread.ask({ text });
      if (tokens !== undefined) return tokens;
      throw new Error("The vocabulary can't be loaded.");
    } catch (error) {
      this.#broken ??= error instanceof Error ? error : new Error(String(error));
      this.#thread.end(this.#broken);
      throw this.#broken;
    }
  }

  dispose(): void {
    this.#thread.end(new Error("It has been disposed."));
  }
}

const MOST_CHARS = 400_000;
/** It takes 60 MB. */
const IDLE_MS = 30_000;
