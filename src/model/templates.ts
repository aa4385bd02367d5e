/**
 * How each family of models is asked to fill a hole in a file, and which tokens of its vocabulary steer it.
 * This is the one place that knows. The strings are those the models' makers publish; each format names its source.
 *
 * With the suffix first, typing only extends the prompt, and what the model has evaluated stays. That order is used
 * where the makers document that they taught it. Code Llama's do, too, but say that it needs token healing
 * (arXiv 2308.12950, appendix), which no server does; CodeGemma's card says that half of the samples had it, but not how
 * it is written; those of Qwen2.5-Coder and DeepSeek-Coder name the other order alone.
 */

import { chatHole } from "./chatHole.ts";
import type { Hole } from "./hole.ts";
import type { Prompt, PromptPart } from "./model.ts";
import { quoted } from "./neighbours.ts";
import type { PromptTemplate } from "./prompts/promptFile.ts";

export const formatNames = [
  "qwen2.5-coder",
  "starcoder2",
  "codellama",
  "deepseek-coder",
  "codestral",
  "codegemma",
  "granite",
  "stable-code",
  "smollm2-fim",
  "dolly",
  "chat-hole",
  "completions-suffix",
  "continuation",
] as const;

/** `infill` is for llama.cpp's own server alone, and nobody can set it: see `llamaFormat.ts`. */
export type FormatName = (typeof formatNames)[number] | "infill";

export interface HolePrompt {
  readonly prompt: Prompt;
  /** The most telling ones first: some servers take only four. */
  readonly stop: readonly string[];
}

/**
 * The control tokens of each format, spelt as the vocabulary spells them. A suggestion never contains one of them;
 * where a model writes one, its answer has ended.
 */
export const controlTokens: Readonly<Record<FormatName, readonly string[]>> = {
  "qwen2.5-coder": [
    "<|endoftext|>",
    "<|file_sep|>",
    "<|fim_prefix|>",
    "<|fim_suffix|>",
    "<|fim_middle|>",
    "<|fim_pad|>",
    "<|repo_name|>",
    "<|im_start|>",
    "<|im_end|>",
  ],
  starcoder2: [
    "<|endoftext|>",
    "<file_sep>",
    "<fim_prefix>",
    "<fim_suffix>",
    "<fim_middle>",
    "<fim_pad>",
    "<repo_name>",
  ],
  codellama: ["<EOT>", "<PRE>", "<SUF>", "<MID>", "<s>", "</s>"],
  "deepseek-coder": [
    "<｜end▁of▁sentence｜>",
    "<｜fim▁begin｜>",
    "<｜fim▁hole｜>",
    "<｜fim▁end｜>",
    "<|EOT|>",
    "<｜begin▁of▁sentence｜>",
  ],
  codestral: ["[PREFIX]", "[SUFFIX]", "[MIDDLE]", "</s>", "<s>", "[INST]", "[/INST]"],
  codegemma: [
    "<|file_separator|>",
    "<|fim_prefix|>",
    "<|fim_suffix|>",
    "<|fim_middle|>",
    "<eos>",
    "<bos>",
    "<start_of_turn>",
    "<end_of_turn>",
  ],
  granite: ["<|endoftext|>", "<fim_prefix>", "<fim_suffix>", "<fim_middle>", "<fim_pad>", "<filename>"],
  "stable-code": ["<|endoftext|>", "<fim_prefix>", "<fim_suffix>", "<fim_middle>", "<fim_pad>"],
  "smollm2-fim": [
    "<|endoftext|>",
    "<file_sep>",
    "<issue_start>",
    "<issue_comment>",
    "<repo_name>",
    "<filename>",
    "<|im_start|>",
    "<|im_end|>",
  ],
  dolly: ["### End", "### Instruction:", "### Response:", "<|endoftext|>"],
  "chat-hole": [],
  "completions-suffix": [],
  continuation: ["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
  infill: [],
};

/** What to ask a model of this format so that it writes the text between `prefix` and `suffix`; one that chats by `prompt`. */
export function formatHole(format: FormatName, hole: Hole, prompt?: PromptTemplate): HolePrompt {
  const { path, prefix, suffix, repository, neighbours = [] } = hole;
  switch (format) {
    // Qwen2.5-Coder's README, "file level" and "repository level" fill-in-the-middle.
    case "qwen2.5-coder": {
      const project = repository ? [special("<|repo_name|>"), text(`${repository}\n`)] : [];
      const others = neighbours.flatMap((other) => [special("<|file_sep|>"), text(`${other.path}\n${other.text}\n`)]);
      const file = path ? [special("<|file_sep|>"), text(`${path}\n`)] : [];
      return raw(format, [
        ...project,
        ...others,
        ...file,
        special("<|fim_prefix|>"),
        before(prefix),
        special("<|fim_suffix|>"),
        after(suffix),
        special("<|fim_middle|>"),
      ]);
    }
    // StarCoder 2 and The Stack v2 (arXiv 2402.19173), section 5: the path stands inside the prefix. Half of the holes
    // were taught with the suffix first (bigcode-project/Megatron-LM, `permute` in megatron/data/gpt_dataset.py), cut at
    // any character and with prefix and middle tokenized apart.
    case "starcoder2": {
      const project = repository ? [special("<repo_name>"), text(repository)] : [];
      const others = neighbours.flatMap((other) => [special("<file_sep>"), text(`${other.path}\n${other.text}\n`)]);
      return raw(format, [
        ...project,
        ...others,
        special("<file_sep><fim_prefix><fim_suffix>"),
        after(suffix),
        special("<fim_middle>"),
        before(path ? `${path}\n${prefix}` : prefix),
      ]);
    }
    // Code Llama's infilling (meta-llama/codellama, `infilling_prompt_tokens`): the spaces belong to the SentencePiece
    // tokens, the suffix has none in front.
    case "codellama":
      return raw(format, [
        special("<PRE> "),
        before(quoted(hole) + prefix),
        special(" <SUF>"),
        after(suffix),
        special(" <MID>"),
      ]);
    // DeepSeek-Coder's README, "Code Insertion". The bars are full-width (U+FF5C), the strokes U+2581.
    case "deepseek-coder":
      return raw(format, [
        special("<｜fim▁begin｜>"),
        // Its repositories were taught as files one after the other, each under a comment with its path.
        before(quoted(hole) + prefix),
        special("<｜fim▁hole｜>"),
        after(suffix),
        special("<｜fim▁end｜>"),
      ]);
    // Mistral's tokenizer guide, V3: suffix first, and the space that SentencePiece puts before the prefix.
    case "codestral":
      return raw(format, [special("[SUFFIX]"), after(suffix), special("[PREFIX] "), before(quoted(hole) + prefix)]);
    // Gemma's documentation, "CodeGemma prompt structure": no white space between tokens and text.
    case "codegemma":
      return raw(format, [
        ...neighbours.flatMap((other) => [text(`${other.path}\n${other.text}\n`), special("<|file_separator|>")]),
        special("<|fim_prefix|>"),
        before(prefix),
        special("<|fim_suffix|>"),
        after(suffix),
        special("<|fim_middle|>"),
      ]);
    // Granite Code (arXiv 2405.04324) took StarCoder's tokenizer and was taught as StarCoder was, with the suffix first in
    // half of the holes: `permute` in IBM/dolomite-engine's data/megatron/gpt_dataset.py is that of bigcode-project.
    case "granite":
      return raw(format, [
        special("<fim_prefix><fim_suffix>"),
        after(suffix),
        special("<fim_middle>"),
        before(quoted(hole) + prefix),
      ]);
    // The model card of Stable Code 3B, which has StarCoder's three names and says nothing of another order.
    case "stable-code":
      return raw(format, [
        special("<fim_prefix>"),
        before(quoted(hole) + prefix),
        special("<fim_suffix>"),
        after(suffix),
        special("<fim_middle>"),
      ]);
    // Our adapter's card (models/README.md).
    case "smollm2-fim":
      return raw(format, [
        ...neighbours.flatMap((other) => [special("<file_sep>"), text(`${other.path}\n${other.text}\n`)]),
        special("<file_sep>"),
        text(`${path}\n`),
        special("<issue_start>"),
        after(suffix),
        special("<issue_comment>"),
        before(prefix),
      ]);
    // Dolly continues its own answer, which begins with the text before the caret.
    case "dolly": {
      const what = `Write the ${hole.languageId} file${path ? ` ${path}` : ""}.`;
      const asked =
        suffix.trim() === ""
          ? formatInstruction("dolly", what)
          : formatInstruction("dolly", `${what} It goes on with the code given as input.`, suffix);
      return {
        prompt: { kind: "raw", parts: [...rawParts(asked.prompt), before(quoted(hole) + prefix)] },
        stop: asked.stop,
      };
    }
    case "chat-hole":
      return { prompt: { kind: "chat", messages: chatHole(hole, prompt) }, stop: [] };
    case "completions-suffix":
      return { prompt: { kind: "hole", prefix: quoted(hole) + prefix, suffix }, stop: [] };
    case "continuation":
      return raw(format, [before(quoted(hole) + prefix)]);
    case "infill":
      return { prompt: { kind: "infill", hole }, stop: [] };
  }
}

/**
 * An instruction in the words that Dolly was taught with (databrickslabs/dolly, `training/consts.py`). `### Instruction:`,
 * `### Response:` with its line break, and `### End` are single tokens of its vocabulary.
 */
export function formatInstruction(_format: "dolly", instruction: string, input?: string): HolePrompt {
  const intro =
    "Below is an instruction that describes a task. Write a response that appropriately completes the request.";
  return raw("dolly", [
    text(`${intro}\n\n`),
    special("### Instruction:"),
    text(`\n${instruction}`),
    ...(input === undefined ? [] : [text("\n\nInput:\n"), after(input)]),
    text("\n\n"),
    special("### Response:\n"),
  ]);
}

/**
 * The first pattern that fits a model's name decides. An instruct model is never asked with fill-in-the-middle tokens,
 * also where only its maker's catalogue says that it is one: Ollama's bare tags of Code Llama, DeepSeek-Coder, Granite
 * Code and CodeGemma 7B are instruct models. Ollama's Qwen2.5-Coder, DeepSeek-Coder-V2 and Codestral fill holes as served.
 */
const formatTable: readonly (readonly [pattern: RegExp, format: FormatName])[] = [
  [/^gpt-3\.5-turbo-instruct/, "completions-suffix"],
  [/^(davinci|babbage)-002/, "continuation"],
  [/dolly/, "dolly"],
  [/(^|[^a-z])(instruct|chat|it)([^a-z]|$)/, "chat-hole"],
  [/qwen2\.5-coder/, "qwen2.5-coder"],
  [/starcoder-?2/, "starcoder2"],
  [/stable-?code/, "stable-code"],
  [/starcoder/, "granite"],
  [/deepseek-coder-v2/, "deepseek-coder"],
  [/^codellama(:(?!.*code)|$)/, "chat-hole"],
  [/code-?llama.*(34b|70b|python)/, "continuation"],
  [/code-?llama/, "codellama"],
  [/^deepseek-coder(:(?!.*base)|$)/, "chat-hole"],
  [/deepseek-coder/, "deepseek-coder"],
  [/^codestral(?!.*latest$)|codestral-22b/, "codestral"],
  [/codestral/, "completions-suffix"],
  [/^codegemma(:(?!.*(code|2b))|$)/, "chat-hole"],
  [/codegemma/, "codegemma"],
  [/^granite-code(:(?!.*base)|$)/, "chat-hole"],
  [/granite.*code/, "granite"],
  [/(^|[^a-z])base([^a-z]|$)/, "continuation"],
];

/** The format for a model that a server lists or a user names: `gpt-4.1`, `qwen2.5-coder:7b`, a file name. */
export function formatForModel(modelName: string): FormatName {
  return knownFormat(modelName) ?? "chat-hole";
}

/** The same; `undefined` where the name says nothing. */
export function knownFormat(modelName: string): FormatName | undefined {
  const name = modelName.toLowerCase().replace(/^.*\//, "");
  return formatTable.find(([pattern]) => pattern.test(name))?.[1];
}

function special(value: string): PromptPart {
  return { text: value, special: true };
}

function text(value: string): PromptPart {
  return { text: value, special: false };
}

const before = (value: string): PromptPart => ({ text: value, special: false, side: "before" });
const after = (value: string): PromptPart => ({ text: value, special: false, side: "after" });

function raw(format: FormatName, parts: readonly PromptPart[]): HolePrompt {
  return { prompt: { kind: "raw", parts }, stop: controlTokens[format] };
}

function rawParts(prompt: Prompt): readonly PromptPart[] {
  return prompt.kind === "raw" ? prompt.parts : [];
}
