/**
 * The vocabulary of OpenAI's models, by which tokens are counted exactly. It takes a tenth of a second to build and 60 MB
 * to keep, so that it is built in a thread of its own, and never for a keystroke.
 */

/** Made of what the package tiktoken has: its WebAssembly (`lite/tiktoken_bg.wasm`) and `encoders/o200k_base.json`. */
export interface VocabularyFiles {
  readonly wasm: Uint8Array;
  readonly vocabulary: string;
}

export interface Vocabulary {
  /** The number of tokens that `text` is. What looks like a control token counts as the text that it is. */
  count(text: string): number;
  dispose(): void;
}

export async function loadVocabulary({ wasm, vocabulary }: VocabularyFiles): Promise<Vocabulary> {
  const { init, Tiktoken } = await import("tiktoken/lite/init");
  await init((imports) => WebAssembly.instantiate(wasm, imports));
  const { bpe_ranks, special_tokens, pat_str } = JSON.parse(vocabulary) as VocabularyData;
  const tiktoken = new Tiktoken(bpe_ranks, special_tokens, pat_str);
  return {
    count: (text) => tiktoken.encode_ordinary(text).length,
    dispose: () => tiktoken.free(),
  };
}

/**
 * Whether this is the vocabulary (o200k) of a model that OpenAI calls so: all since GPT-4o. GPT-4 and GPT-3.5 have another
 * one (cl100k), which makes 1 % fewer tokens of code and 11 % more of Chinese: not worth half a megabyte in the package.
 */
export function hasOpenAiVocabulary(modelName: string): boolean {
  return /^(?:openai\/)?(?:gpt-|chatgpt-|o\d|codex-)/.test(modelName);
}

interface VocabularyData {
  readonly bpe_ranks: string;
  readonly special_tokens: Record<string, number>;
  readonly pat_str: string;
}
