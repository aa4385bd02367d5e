/**
 * The port to a language model: a prompt in, a stream of strings out.
 * What stands behind it (a server, a process of our own) is in the files beside this one.
 */

import type { ModelFailure } from "./failure.ts";
import type { Provenance } from "./provenance.ts";
import type { Score, ScoreRequest } from "./scoring.ts";
import type { Hole } from "./hole.ts";

/**
 * A stretch of a raw prompt. `special` text is written by a template of ours and may name the model's
 * control tokens; other text comes from the user's files, where the same characters are only characters.
 */
export interface PromptPart {
  readonly text: string;
  readonly special: boolean;
  /** It ends with the text before the caret, or is the text after it. Absent where it is neither. */
  readonly side?: "before" | "after";
}

/** What a model that can see is shown. */
export interface Picture {
  readonly mediaType: "image/png" | "image/jpeg" | "image/webp" | "image/gif";
  readonly base64: string;
  /** Of a picture that a record has kept without `base64`. */
  readonly bytes?: number;
}

/** What a model wants done. Who runs it decides whether it is. */
export interface ToolCall {
  /** Tells it from the others of a conversation. */
  readonly id: string;
  readonly name: string;
  /** JSON, as the model wrote it: it may be none. */
  readonly arguments: string;
}

export interface ChatMessage {
  /** `tool`: the result of a call. */
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly content: string;
  /** With what a user says. */
  readonly pictures?: readonly Picture[];
  /** With what an assistant says. Each is followed by its result. */
  readonly toolCalls?: readonly ToolCall[];
  /** The id of the call that this is the result of. */
  readonly toolCallId?: string;
}

/** A tool that a model may call. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** A JSON schema, of an object. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The model continues the concatenation of the parts. */
export interface RawPrompt {
  readonly kind: "raw";
  readonly parts: readonly PromptPart[];
}

/** What a model is asked, in the form that its kind of interface takes. */
export type Prompt =
  | RawPrompt
  /** The server has a parameter for the text after the hole (OpenAI's completions with `suffix`). */
  | { readonly kind: "hole"; readonly prefix: string; readonly suffix: string }
  /** The server writes the prompt itself, with the tokens that the model's file names (llama.cpp's `/infill`). */
  | { readonly kind: "infill"; readonly hole: Hole }
  | ChatPrompt;

export interface ChatPrompt {
  readonly kind: "chat";
  readonly messages: readonly ChatMessage[];
  /** That the model may call. A back-end whose model can't leaves them out. */
  readonly tools?: readonly ToolDefinition[];
}

/**
 * Requests of one purpose share what a local model has evaluated. Suggestions, the plain continuation that is asked for
 * where there was none, and chat would evict each other's prompt, so they do not share it.
 */
export type Purpose = "suggestion" | "continuation" | "chat";

export interface ModelRequest {
  readonly prompt: Prompt;
  readonly purpose: Purpose;
  /** Upper bound of the answer, in tokens of the model. */
  readonly maxTokens: number;
  /** 0 is greedy. */
  readonly temperature: number;
  /** The answer ends before the first of these; none of them is part of it. */
  readonly stop: readonly string[];
  /**
   * The last part of a raw prompt may end inside a token: the model goes back to where one begins, and writes only
   * what continues the text that it went back over, which the answer does not contain. A back-end that can't ignores it.
   */
  readonly heal?: boolean;
  /** Told for the record of what was sent (see `recorded.ts`); no back-end gets it. */
  readonly provenance?: Provenance;
}

/** Figures of one request. What a back-end does not tell is `undefined`, never zero. */
export interface Usage {
  readonly promptTokens: number | undefined;
  /** Of `promptTokens`, those that the model had evaluated before and did not evaluate again. */
  readonly cachedTokens: number | undefined;
  readonly outputTokens: number | undefined;
  /** From the call of `stream` to the first text, in milliseconds. */
  readonly firstTokenMs: number | undefined;
}

export const unknownUsage: Usage = {
  promptTokens: undefined,
  cachedTokens: undefined,
  outputTokens: undefined,
  firstTokenMs: undefined,
};

export interface Wait {
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly failure: ModelFailure;
}

/**
 * The answer as it arrives. Iterate it once. It ends when the model does, throws `ModelError` when the
 * model fails, and throws the signal's reason when the request was aborted; it always does one of the three.
 * Leaving the loop early (`break`) aborts the request too.
 */
export interface ModelStream extends AsyncIterable<string> {
  /** As far as known; complete when the iteration has ended. */
  readonly usage: Usage;
  /** Likewise. Absent or empty where the model calls none. */
  readonly toolCalls?: readonly ToolCall[];
  /** The answer was cut where it reached the upper bound. Absent as long as it was not, or where the back-end does not tell. */
  readonly endedBy?: "limit" | undefined;
  /** While the server wants to be left alone, when it is asked again, and why. Nothing has come yet. */
  readonly waits?: Wait | undefined;
  /** The server has refused the tools of a request, so the model was asked without them. Absent where it did not. */
  readonly refusesTools?: boolean;
}

export interface Model {
  /** For people: the name of the model as its back-end knows it. */
  readonly name: string;
  stream(request: ModelRequest, signal: AbortSignal): ModelStream;
  /**
   * Absent where the back-end can't, which a server may show only by its answers. Rejects with `ModelError` when the model fails, and with the signal's reason when
   * the request was aborted.
   */
  readonly score?: ((request: ScoreRequest, signal: AbortSignal) => Promise<Score>) | undefined;
}

export class ModelError extends Error {
  readonly failure: ModelFailure;
  constructor(failure: ModelFailure, options?: ErrorOptions) {
    super(failure.kind, options);
    this.name = "ModelError";
    this.failure = failure;
  }
}
