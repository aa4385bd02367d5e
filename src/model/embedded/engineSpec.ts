/** What is loaded. Another value of any field means another load. */
export interface EngineSpec {
  readonly path: string;
  /** A LoRA adapter in GGUF format. It serves suggestions only: it teaches to fill holes, not to talk. */
  readonly adapterPath: string | undefined;
  /** Tokens of prompt and answer together; the model's own limit where that is less. A chat has `CHAT_TOKENS` where that is more. */
  readonly contextTokens: number;
  /** 0: measured. */
  readonly threads: number;
}

/** The context of a chat: VS Code's own begin with some thousand tokens. Larger ones are memory that others may need. */
export const CHAT_TOKENS = 8_192;

export function specKey(spec: EngineSpec): string {
  return JSON.stringify([spec.path, spec.adapterPath, spec.contextTokens, spec.threads]);
}
