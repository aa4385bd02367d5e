import type * as vscode from "vscode";
import type { Finding } from "../context/retrieval/findings.ts";
import { hostFetch } from "../model/hostFetch.ts";
import { Embeddings, rankedByLikeness } from "../model/embeddings.ts";
import { withoutSentence } from "../model/failure.ts";
import { ModelError } from "../model/model.ts";
import { openAiAccess } from "../model/openAiAccess.ts";
import { modelNamed } from "./chosenModel.ts";
import { describeFailure } from "./notices.ts";
import type { OpenGate } from "./secretGate.ts";
import type { Keys } from "./secrets.ts";
import { setting } from "./settings.ts";
import type { OpenRecorder } from "./spending.ts";

type Log = Pick<vscode.LogOutputChannel, "warn" | "error">;

/** Orders what a search has found by what it means, where the settings name a model that tells. */
export class EmbeddingRanking {
  readonly #keys: Keys;
  readonly #recorderFor: OpenRecorder;
  readonly #gate: OpenGate;
  readonly #log: Log;
  #made: { readonly key: string; readonly embeddings: Embeddings } | undefined;

  constructor(keys: Keys, recorderFor: OpenRecorder, gate: OpenGate, log: Log) {
    this.#keys = keys;
    this.#recorderFor = recorderFor;
    this.#gate = gate;
    this.#log = log;
  }

  /** Places in `found`, the best first; none where there is no such model, or it fails: the search has others. The log has why. Never rejects. */
  async rank(text: string, found: readonly Finding[], signal: AbortSignal): Promise<readonly number[]> {
    if (setting("index.embeddingModel") === "" || found.length === 0) return [];
    try {
      const embeddings = await this.#embeddings();
      const texts = found.map((each) => `${each.path}\n${each.text}`);
      const [query = [], ...vectors] = await embeddings.of([text, ...texts], signal);
      return rankedByLikeness(query, vectors);
    } catch (error) {
      if (signal.aborted) return [];
      if (error instanceof ModelError) this.#log.warn(describeFailure(withoutSentence(error.failure)).text);
      // Such as a gate that can't be opened, or a key that can't be read: nothing was sent then.
      else this.#log.error(error instanceof Error ? error : String(error));
      return [];
    }
  }

  async #embeddings(): Promise<Embeddings> {
    const reference = setting("index.embeddingModel");
    const chosen = modelNamed(reference);
    if (chosen.kind !== "server") throw new ModelError({ kind: "reference-unknown", reference });
    const { model } = chosen;
    const { baseUrl, keyHeader } = openAiAccess(chosen);
    const apiKey = await this.#keys.get(chosen.baseUrl);
    const timeLimitMs = setting("suggestions.timeLimitSeconds") * 1_000;
    const key = JSON.stringify([reference, baseUrl, keyHeader, apiKey, timeLimitMs]);
    if (this.#made?.key === key) return this.#made.embeddings;
    const embeddings = new Embeddings({
      baseUrl,
      model,
      apiKey,
      keyHeader,
      timeLimitMs,
      fetch: hostFetch,
      now: Date.now,
      gate: this.#gate,
      log: await this.#recorderFor(reference),
    });
    this.#made = { key, embeddings };
    return embeddings;
  }
}
