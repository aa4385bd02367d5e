/**
 * Asks a small model to change code. It is shown that code alone: with more it copies what is around. Its answer is begun
 * for it, so that it is code and not talk of code.
 */

import type { ActionId } from "../edit/catalogue.ts";
import type { ChatMessage } from "../model/model.ts";
import { isBlank, unixNewlines } from "../text/lines.ts";
import { tailOf } from "../text/offsets.ts";
import type { Count, EditPrompt, EditQuestion } from "./editPrompt.ts";
import { fenced } from "./fenced.ts";
import { summaryOf } from "./summaryComment.ts";

export interface BriefQuestion extends EditQuestion {
  readonly action: ActionId | undefined;
}

/** An answer whose beginning is not the model's. */
export interface BegunAnswer {
  /** Without a space at its end: tokens have theirs in front. */
  readonly begun: string;
  readonly stop: readonly string[];
  readonly maxTokens: number;
  /** The reply by what the model has said behind it, as far as it has come; `isEnded`: by itself. */
  reply(said: string, isEnded: boolean): string;
}

/** `undefined` where the code does not fit into so many tokens. */
export function briefPrompt(question: BriefQuestion, tokens: number, count: Count): EditPrompt | undefined {
  const { action, languageId, path, text, asked, instruction, problems, earlier } = question;
  const isNew = isBlank(text.slice(asked.from, asked.to)) && !isBlank(text);
  // For new code it is what stands above.
  const from = isNew ? asked.from - tailOf(text.slice(0, asked.from), CHARS_ABOVE).length : asked.from;
  const code = unixNewlines(text.slice(from, asked.to)).replace(/\n*$/, "\n");
  const shown = fenced(code, languageId);
  const [fence = ""] = /^`+/.exec(shown) ?? [];
  const summary = action === "docs" && earlier.length === 0 ? summaryOf(code, languageId) : undefined;
  const task = (action && TASKS[action]) ?? instruction;
  const parts = [
    shown,
    problems.length > 0 && !summary && `Problems in it:\n${problems.join("\n")}`,
    summary ? summary.task : `${task}\n${isNew ? NEW_CODE : REPLY}`,
  ];
  const messages: ChatMessage[] = [
    { role: "user", content: parts.filter((part) => typeof part === "string").join("\n\n") },
  ];
  for (const { reply, wish } of earlier)
    messages.push(
      { role: "assistant", content: reply },
      { role: "user", content: `${wish}\n${isNew ? NEW_CODE : REPLY}` },
    );
  const begun = `${fence}${languageId}\n`;
  const codeTokens = count(code);
  const answer: BegunAnswer = summary
    ? {
        begun: summary.begun,
        stop: ["\n"],
        maxTokens: SENTENCE_TOKENS,
        reply: (said, isEnded) => {
          const documented = summary.documented(said, isEnded);
          return documented === undefined ? `${summary.begun}${said}` : fenced(documented, languageId);
        },
      }
    : {
        begun,
        stop: [`\n${fence}`],
        maxTokens: isNew ? NEW_TOKENS : Math.ceil(codeTokens * GROWTH) + SENTENCE_TOKENS,
        reply: (said, isEnded) => `${begun}${said}${isEnded ? `\n${fence}\n` : ""}`,
      };
  const asking = messages.reduce((sum, { content }) => sum + count(content) + PER_MESSAGE, count(answer.begun));
  if (asking + answer.maxTokens > tokens) return undefined;
  const line = text.slice(0, from).split("\n").length - 1;
  return { messages, answer, stretches: [{ source: "file", text: code, path, line, tokens: codeTokens }] };
}

/** In place of the catalogue's instructions, whose rules small models do not follow. */
const TASKS: Partial<Record<ActionId, string>> = {
  fix: "Fix the bug in this code.",
  docs: "Write a documentation comment for this code. Change nothing else.",
  simplify: "Make this code simpler, with the same behaviour.",
  optimize: "Make this code faster, with the same results.",
  extract: "Move a part of this code into a function of its own, with the same behaviour.",
  types: "Add types to this code.",
  errors: "Handle the errors that can happen in this code.",
  implement: "Write the code that the comments in this code ask for.",
};
const REPLY = "Reply with the complete changed code in one code block.";
const NEW_CODE = "Reply with the new code alone, which goes below that, in one code block.";
const SENTENCE_TOKENS = 80;
const NEW_TOKENS = 400;
const CHARS_ABOVE = 800;
/** Code that becomes longer is mostly one that repeats itself. */
const GROWTH = 1.5;
const PER_MESSAGE = 8;
