/** What the chat asks of the rest of the extension. */

import type { Turn } from "../chat/conversation.ts";
import type { Count } from "../chat/promptPieces.ts";
import type { ChatMessage, Model } from "../model/model.ts";

/** A model that was opened for a question; it goes through gate and record. */
export interface ChatModel {
  readonly model: Model;
  /** For prompt and answer together. */
  readonly contextTokens: number;
  /** The most of an answer. */
  readonly answerTokens: number;
  /** It takes pictures. */
  readonly sees: boolean;
  readonly count: Count;
}

/** What is known of a model without opening it. */
export interface ChatModelFacts {
  /** For people. */
  readonly name: string;
  readonly sees: boolean;
  readonly contextTokens: number;
  readonly answerTokens: number;
  readonly count: Count;
}

export interface ChatModels {
  /** What threads ask that have none of their own: `provider/model`. */
  readonly standard: string;
  facts(reference: string): ChatModelFacts;
  /** Rejects with `ModelError`. */
  open(reference: string): Promise<ChatModel>;
  /** Lets the user choose; `undefined` where nothing was chosen. */
  choose(current: string): Promise<string | undefined>;
}

/** What a model is told of what it is to be, and how questions are put. */
export interface ChatInstruction {
  readonly system: string;
  readonly examples: readonly ChatMessage[];
  /** The question as it is asked. */
  textOf(question: Turn & { readonly role: "question" }): string;
}
