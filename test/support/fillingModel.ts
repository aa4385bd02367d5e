/**
 * A model of random weights whose vocabulary has tokens for filling holes: what it writes means nothing, but a server
 * reads its file, tokenizes with it, and answers `/infill`. A megabyte, made in some milliseconds.
 */

import { type GgufTensor, type GgufValue, writeGguf } from "./ggufWriter.ts";

const EMBEDDING = 32;
const HIDDEN = 64;
const LAYERS = 2;
const HEADS = 4;
const CONTEXT = 4096;

/** Spelt as no family does, so that only the file's own numbers can tell what they are for. */
const CONTROL = ["<end>", "<before>", "<after>", "<between>", "<repository>", "<file>"] as const;
type Control = (typeof CONTROL)[number];
/** The fewest that make a token of several characters. */
const MERGES = ["r e", "t u", "re tu", "r n", "retu rn"];

const [NORMAL_TOKEN, CONTROL_TOKEN] = [1, 3] as const;

/** `fills: false` leaves the tokens in the vocabulary and does not say what they are for. */
export function writeFillingModel(path: string, { fills = true } = {}): void {
  const bytes = byteCharacters();
  const tokens = [...bytes, ...MERGES.map((merge) => merge.replace(" ", "")), ...CONTROL];
  const id = (name: Control): number => tokens.lastIndexOf(name);
  const types = tokens.map((_, at) => (at < tokens.length - CONTROL.length ? NORMAL_TOKEN : CONTROL_TOKEN));
  const u32 = (value: number): GgufValue => ({ type: "u32", value });
  const values: Record<string, GgufValue> = {
    "general.architecture": { type: "string", value: "llama" },
    "general.name": { type: "string", value: "random" },
    "llama.context_length": u32(CONTEXT),
    "llama.embedding_length": u32(EMBEDDING),
    "llama.block_count": u32(LAYERS),
    "llama.feed_forward_length": u32(HIDDEN),
    "llama.attention.head_count": u32(HEADS),
    "llama.attention.layer_norm_rms_epsilon": { type: "f32", value: 1e-5 },
    "llama.vocab_size": u32(tokens.length),
    "tokenizer.ggml.model": { type: "string", value: "gpt2" },
    "tokenizer.ggml.pre": { type: "string", value: "qwen2" },
    "tokenizer.ggml.tokens": { type: "strings", value: tokens },
    "tokenizer.ggml.token_type": { type: "i32s", value: types },
    "tokenizer.ggml.merges": { type: "strings", value: MERGES },
    "tokenizer.ggml.bos_token_id": u32(id("<end>")),
    "tokenizer.ggml.eos_token_id": u32(id("<end>")),
    "tokenizer.ggml.add_bos_token": { type: "bool", value: false },
    ...(fills && {
      "tokenizer.ggml.fim_pre_token_id": u32(id("<before>")),
      "tokenizer.ggml.fim_suf_token_id": u32(id("<after>")),
      "tokenizer.ggml.fim_mid_token_id": u32(id("<between>")),
      "tokenizer.ggml.fim_rep_token_id": u32(id("<repository>")),
      "tokenizer.ggml.fim_sep_token_id": u32(id("<file>")),
    }),
  };
  writeGguf(path, values, tensorsFor(tokens));
}

function tensorsFor(tokens: readonly string[]): readonly GgufTensor[] {
  const random = seeded();
  const matrix = (name: string, row: number, rows: number): GgufTensor => ({
    name,
    shape: [row, rows],
    data: Float32Array.from({ length: row * rows }, () => random() / Math.sqrt(row)),
  });
  const ones = (name: string): GgufTensor => ({ name, shape: [EMBEDDING], data: new Float32Array(EMBEDDING).fill(1) });
  const layers = Array.from({ length: LAYERS }, (_, layer) => `blk.${layer}`).flatMap((layer) => [
    ones(`${layer}.attn_norm.weight`),
    ...["attn_q", "attn_k", "attn_v", "attn_output"].map((name) =>
      matrix(`${layer}.${name}.weight`, EMBEDDING, EMBEDDING),
    ),
    ones(`${layer}.ffn_norm.weight`),
    matrix(`${layer}.ffn_gate.weight`, EMBEDDING, HIDDEN),
    matrix(`${layer}.ffn_up.weight`, EMBEDDING, HIDDEN),
    matrix(`${layer}.ffn_down.weight`, HIDDEN, EMBEDDING),
  ]);
  const embeddings = matrix("token_embd.weight", EMBEDDING, tokens.length);
  const output = matrix("output.weight", EMBEDDING, tokens.length);
  // Only a letter or digit is ever the likeliest, so that an answer is text and goes on to its bound.
  for (const [at, token] of tokens.entries()) {
    if (!/^[a-z0-9]$/.test(token)) output.data.fill(0, at * EMBEDDING, (at + 1) * EMBEDDING);
  }
  return [embeddings, ...layers, ones("output_norm.weight"), output];
}

/** The characters that stand for the 256 bytes in GPT-2's vocabulary (openai/gpt-2, `bytes_to_unicode`). */
function byteCharacters(): readonly string[] {
  const isShown = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
  let others = 0;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isShown(byte) ? byte : 256 + others++));
}

/** Numbers from -1 to 1, the same ones each time (Marsaglia's xorshift of 32 bits). */
function seeded(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  };
}
