import type { Memento } from "vscode";
import type { SentRequest } from "../model/requestLog.ts";

interface Measured {
  readonly tokens: number;
  readonly ms: number;
}

/** By the model's name. */
type Kept = Readonly<Record<string, Measured>>;

/** How fast the models on this machine write here, from the requests that were made anyway. */
export class ModelSpeeds {
  readonly #kept: Pick<Memento, "get" | "update">;
  readonly #log: { readonly requests: readonly SentRequest[] };
  #counted: ReadonlySet<number> = new Set();
  #timer: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(kept: Pick<Memento, "get" | "update">, log: { readonly requests: readonly SentRequest[] }) {
    this.#kept = kept;
    this.#log = log;
  }

  /** A request is over. It is looked at when nobody waits for a suggestion. */
  soon(): void {
    if (this.#disposed) return;
    this.#timer ??= setTimeout(() => void this.look(), CALM_MS);
  }

  /** Counts what is not counted yet. Never rejects: a figure that can't be kept is measured again. */
  async look(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const over = this.#log.requests.filter(({ totalMs }) => totalMs !== undefined);
    const fresh = over.filter(({ id }) => !this.#counted.has(id));
    this.#counted = new Set(over.map(({ id }) => id));
    const before = this.#kept.get<Kept>(KEPT_AS, {});
    const after = withRequests(before, fresh);
    if (after === before) return;
    try {
      await this.#kept.update(KEPT_AS, after);
    } catch {
      // The editor tells of storage that fails.
    }
  }

  /** Of the model with this name, in tokens a second; `undefined` where too little was measured. */
  of(name: string): number | undefined {
    const { tokens, ms } = this.#kept.get<Kept>(KEPT_AS, {})[name] ?? { tokens: 0, ms: 0 };
    return tokens < ENOUGH_TOKENS || ms <= 0 ? undefined : (tokens * 1000) / ms;
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
  }
}

/** The same object where none of the requests tells anything. */
function withRequests(kept: Kept, requests: readonly SentRequest[]): Kept {
  let after = kept;
  for (const { model, endPoint, usage, totalMs } of requests) {
    const { outputTokens = 0, firstTokenMs } = usage;
    if (endPoint.kind !== "embedded" || firstTokenMs === undefined || totalMs === undefined) continue;
    // The first token is waited for while the prompt is read: the rest tells how fast it writes.
    const tokens = outputTokens - 1;
    const ms = totalMs - firstTokenMs;
    if (tokens <= 0 || ms <= 0) continue;
    const { tokens: known, ms: spent } = after[model] ?? { tokens: 0, ms: 0 };
    // What was long ago counts less: another program may have had the processor.
    const weight = known > MANY_TOKENS ? 0.5 : 1;
    after = { ...after, [model]: { tokens: known * weight + tokens, ms: spent * weight + ms } };
  }
  return after;
}

const KEPT_AS = "modelSpeeds";
const CALM_MS = 5_000;
const ENOUGH_TOKENS = 20;
const MANY_TOKENS = 2_000;
