/** What was said since the question: calls of tools and their results. */

import type { ChatMessage } from "../model/model.ts";
import { type Count, headOfTokens } from "./promptPieces.ts";

/** What a template writes around a message. */
const MESSAGE_TOKENS = 6;
/** Of a result that has to be shortened so much is kept, as long as there is any to shorten. */
const SHORT_TOKENS = 150;
const CUT = "\n[… The rest was left out, for want of room.]";

export function exchangedTokens(messages: readonly ChatMessage[], count: Count): number {
  return messages.reduce((sum, message) => sum + tokensOf(message, count), 0);
}

/** Shortens results where all has more tokens than that, the oldest first: what was asked for last is needed most. */
export function exchangedWithin(
  messages: readonly ChatMessage[],
  tokens: number,
  count: Count,
): readonly ChatMessage[] {
  let over = exchangedTokens(messages, count) - tokens;
  return messages.map((message) => {
    if (over <= 0 || message.role !== "tool") return message;
    const own = count(message.content);
    const room = Math.max(SHORT_TOKENS, own - over) - count(CUT);
    if (own <= SHORT_TOKENS) return message;
    const content = headOfTokens(message.content, room, count) + CUT;
    over -= own - count(content);
    return { ...message, content };
  });
}

function tokensOf({ content, toolCalls }: ChatMessage, count: Count): number {
  return count(content) + (toolCalls ? count(JSON.stringify(toolCalls)) : 0) + MESSAGE_TOKENS;
}
