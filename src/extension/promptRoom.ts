/** What a conversation may have of a model's tokens: the meter of the input and the request itself reckon alike. */

import { exchangedTokens, exchangedWithin } from "../chat/exchanged.ts";
import { toolRules, toolsWithin } from "../chat/tools.ts";
import type { ChatMessage, ToolDefinition } from "../model/model.ts";
import type { ChatInstruction, ChatModels, ChatTools } from "./chatPorts.ts";

interface PromptRoom {
  /** With the rules for tools, where there are any. */
  readonly system: string;
  /** That the model may call, whether there is room for them or not. */
  readonly offered: readonly ToolDefinition[];
  /** Of these, what there is room for. */
  readonly tools: readonly ToolDefinition[];
  /** Since the question, as much as there is room for. */
  readonly exchanged: readonly ChatMessage[];
  /** The answer may have so many. */
  readonly answerTokens: number;
  /** Of tools, examples and what was exchanged since the question. */
  readonly besideTokens: number;
  /** What is left for system, conversation and question, in tokens. */
  readonly budget: number;
}

type Facts = Pick<ReturnType<ChatModels["facts"]>, "contextTokens" | "answerTokens" | "callsTools" | "count">;

/**
 * @param tools none where the model may not call any
 * @param exchanged what was said since the question: calls of tools and their results
 */
export async function promptRoom(
  { contextTokens, answerTokens, callsTools, count }: Facts,
  { system, examples }: Pick<ChatInstruction, "system" | "examples">,
  tools: Pick<ChatTools, "definitions"> | undefined,
  exchanged: readonly ChatMessage[],
): Promise<PromptRoom> {
  const offered = callsTools && tools ? await tools.definitions() : [];
  const fitting = toolsWithin(offered, contextTokens, count);
  const room = Math.min(answerTokens, Math.floor(contextTokens / ANSWER_SHARE));
  const fixed = exchangedTokens(examples, count) + (fitting.length > 0 ? count(JSON.stringify(fitting)) : 0);
  const kept = exchangedWithin(exchanged, (contextTokens - room - fixed) * EXCHANGED_SHARE, count);
  const beside = Math.ceil(fixed + exchangedTokens(kept, count));
  return {
    system: fitting.length > 0 ? `${system}\n\n${toolRules}` : system,
    offered,
    tools: fitting,
    exchanged: kept,
    answerTokens: room,
    besideTokens: beside,
    budget: Math.max(LEAST_BUDGET, contextTokens - room - beside),
  };
}

/** Of what a model takes in all, at most so much is kept for its answer. */
const ANSWER_SHARE = 4;
/** The question that all of it is for needs the rest. */
const EXCHANGED_SHARE = 0.6;
const LEAST_BUDGET = 200;
