import { ModelError, type Prompt, type PromptPart } from "../model.ts";
import { errorCode } from "../errorCode.ts";
import type { AddonModel, Binding } from "./binding.ts";
import { chatParts } from "./chatTemplate.ts";
import { readGgufString } from "./gguf.ts";
import { unusable } from "./modelFiles.ts";
import type { Vocabulary } from "./tokenText.ts";

export interface TokenizedPart extends PromptPart {
  readonly tokens: Uint32Array;
}

/** Makes tokens of prompts, a conversation by the template in the model's own file. */
export class PromptTokenizer {
  readonly #binding: Binding;
  readonly #model: AddonModel;
  readonly #vocabulary: Vocabulary;
  readonly #path: string;
  #template: Promise<string | undefined> | undefined;

  constructor(binding: Binding, model: AddonModel, vocabulary: Vocabulary, path: string) {
    this.#binding = binding;
    this.#model = model;
    this.#vocabulary = vocabulary;
    this.#path = path;
  }

  /**
   * Each part by itself: no token spans two of them, and only `special` ones may name control tokens.
   * (A SentencePiece vocabulary puts its space before each part of text.)
   * @throws {ModelError} `request-refused`; `model-file-unusable` and `model-file-missing` when the file has changed or
   * gone since it was loaded and a chat needs its template
   */
  async tokenize(prompt: Prompt): Promise<readonly TokenizedPart[]> {
    const parts = await this.#parts(prompt);
    return parts.map((part) => ({ ...part, tokens: this.#model.tokenize(part.text, part.special) }));
  }

  /** The whole prompt, with the token that the model wants at its start; empty when there is nothing else. */
  join(parts: readonly { readonly tokens: Uint32Array }[]): Uint32Array {
    const tokens = new Uint32Array(parts.reduce((sum, part) => sum + part.tokens.length, 0));
    let at = 0;
    for (const part of parts) {
      tokens.set(part.tokens, at);
      at += part.tokens.length;
    }
    const bos = this.#model.tokenBos();
    if (tokens.length === 0 || bos < 0 || tokens[0] === bos || !this.#model.shouldPrependBosToken()) return tokens;
    return Uint32Array.of(bos, ...tokens);
  }

  async #parts(prompt: Prompt): Promise<readonly PromptPart[]> {
    if (prompt.kind === "raw") return prompt.parts;
    if (prompt.kind !== "chat") throw refused("The embedded engine takes raw prompts and chats.");
    this.#template ??= this.#readTemplate();
    const template = await this.#template;
    if (template === undefined) throw refused("The model's file has no chat template.");
    const spelling = (token: number) => (token < 0 ? "" : this.#vocabulary.spelling(token));
    try {
      const renderer = new this.#binding.AddonJinjaRenderer(template);
      return chatParts((items) => renderer.render(items), prompt.messages, {
        bos: spelling(this.#model.tokenBos()),
        eos: spelling(this.#model.tokenEos()),
      });
    } catch (error) {
      throw refused(`The model's chat template failed: ${String(error)}`);
    }
  }

  /** Of the file, which may have gone since it was loaded. A failure is forgotten: the next chat tries again. */
  async #readTemplate(): Promise<string | undefined> {
    const path = this.#path;
    try {
      return await readGgufString(path, "tokenizer.chat_template");
    } catch (cause) {
      this.#template = undefined;
      if (errorCode(cause) === "ENOENT") throw new ModelError({ kind: "model-file-missing", path }, { cause });
      throw await unusable(path, cause, () => "");
    }
  }
}

function refused(detail: string): ModelError {
  return new ModelError({ kind: "request-refused", host: "embedded", detail: detail.slice(0, MAX_DETAIL_CHARS) });
}

const MAX_DETAIL_CHARS = 200;
