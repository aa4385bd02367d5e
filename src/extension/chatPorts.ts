/** What the chat asks of the rest of the extension. */

import type { Question, UsedPiece } from "../chat/conversation.ts";
import type { Count } from "../chat/promptPieces.ts";
import type { ChatMessage, Model, ToolCall, ToolDefinition } from "../model/model.ts";

/** What is known of a model without asking it anything. */
export interface ChatModelFacts {
  /** For people. */
  readonly name: string;
  /** It takes pictures. */
  readonly sees: boolean;
  /** `undefined` where nobody tells: then it is offered none. */
  readonly callsTools: boolean | undefined;
  /** Else it is assumed how much it takes. */
  readonly isSizeKnown: boolean;
  /** For prompt and answer together. */
  readonly contextTokens: number;
  /** The most of an answer. */
  readonly answerTokens: number;
  readonly count: Count;
  /** It follows few rules, loses its way in long prompts, and goes on with an answer that is begun for it. */
  readonly isSmall: boolean;
}

/** A model that was opened for a question; it goes through gate and record. */
export interface ChatModel extends ChatModelFacts {
  readonly model: Model;
}

export interface ChatModels {
  /** What threads ask that have none of their own: `provider/model`. */
  readonly standard: string;
  facts(reference: string): ChatModelFacts;
  /** Asks a model nearby, once, what it can. Whether more is known of it now than before. Never rejects. */
  learn(reference: string): Promise<boolean>;
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
  readonly textOf: (question: Question) => string;
}

export interface ToolResult {
  readonly text: string;
  readonly hasFailed: boolean;
  readonly pieces: readonly UsedPiece[];
}

export interface ChatTools {
  definitions(): Promise<readonly ToolDefinition[]>;
  /** For people: what would be done. */
  titleOf(name: string, given: string): string;
  /** For who is asked about it: whose it is and what it does. Empty where nothing is known. */
  aboutOf(name: string): string;
  /** The user is asked before. */
  needsPermission(name: string): boolean;
  /** From now on it need not be asked. */
  allow(name: string): void;
  /** Rejects with the signal's reason alone. */
  run(call: ToolCall, signal: AbortSignal): Promise<ToolResult>;
}
