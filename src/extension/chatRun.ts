/** One answer as it is written: what was attached is read, the model is asked, and what comes is handed on. */

import type { Answer, AnswerState, Thread, Turn } from "../chat/conversation.ts";
import { ChatPrompts } from "../chat/prompt.ts";
import { promptWithoutRepeats } from "../chat/repeats.ts";
import { branchUpTo } from "../chat/threads.ts";
import { ModelError, type ModelStream } from "../model/model.ts";
import type { ChatContext } from "./chatContext.ts";
import type { ChatInstruction, ChatModel, ChatModels } from "./chatPorts.ts";
import type { ReadAttachment } from "./chatContextReading.ts";

export interface RunParts {
  readonly models: Pick<ChatModels, "open">;
  readonly context: Pick<ChatContext, "read">;
  readonly instruction: (branch: readonly Turn[]) => Promise<ChatInstruction>;
  /** Hears of faults of the program. */
  readonly onFault: (error: unknown) => void;
}

/** Where the answer is written. */
export interface RunTarget {
  /** As it is now; `undefined` where it was removed. */
  readonly thread: () => Thread | undefined;
  /** The question or the answer as it is from now on. */
  readonly change: (turn: Turn) => void;
  /** Follows the text that the answer has; it is changed, too. */
  readonly append: (answer: Answer, text: string) => void;
  /** What could not be read of what is attached. */
  readonly onRead: (question: string, read: readonly ReadAttachment[]) => void;
}

export class ChatRun {
  readonly #parts: RunParts;
  readonly #target: RunTarget;
  readonly #abort = new AbortController();
  #answer: Answer;
  #pending = "";
  #timer: NodeJS.Timeout | undefined;
  #hasText = false;
  /** Resolves when it has ended, in whatever way. */
  readonly ended: Promise<void>;

  /** `answer` is in the thread already, and so is its question. */
  constructor(parts: RunParts, target: RunTarget, answer: Answer) {
    this.#parts = parts;
    this.#target = target;
    this.#answer = answer;
    this.ended = this.#run();
  }

  get answer(): string {
    return this.#answer.id;
  }

  /** What has arrived stays. */
  stop(): void {
    this.#abort.abort();
  }

  async #run(): Promise<void> {
    try {
      this.#end(await this.#ask());
    } catch (error) {
      if (this.#abort.signal.aborted) return this.#end({ kind: "stopped" });
      if (!(error instanceof ModelError)) this.#parts.onFault(error);
      this.#end({ kind: "failed", failure: error instanceof ModelError ? error.failure : undefined });
    }
  }

  async #ask(): Promise<AnswerState> {
    const { signal } = this.#abort;
    // In parallel: a model may have to be loaded, and a search may take its time.
    const [model] = await Promise.all([this.#parts.models.open(this.#answer.model), this.#read()]);
    signal.throwIfAborted();
    const thread = this.#target.thread();
    if (!thread) return { kind: "stopped" };
    const branch = branchUpTo(thread, this.#answer.parent);
    const instruction = await this.#parts.instruction(branch);
    const { stream, maxTokens } = this.#stream(model, branch, instruction);
    for await (const text of stream) this.#append(text);
    this.#flush();
    const { promptTokens, outputTokens } = stream.usage;
    this.#change({ promptTokens: promptTokens ?? this.#answer.promptTokens, outputTokens });
    return { kind: outputTokens !== undefined && outputTokens >= maxTokens ? "cut" : "done" };
  }

  #stream(
    { model, contextTokens, answerTokens, sees, count }: ChatModel,
    branch: readonly Turn[],
    { system, examples, textOf }: ChatInstruction,
  ): { readonly stream: ModelStream; readonly maxTokens: number } {
    const maxTokens = answerRoom(contextTokens, answerTokens);
    const shown = examples.reduce((sum, { content }) => sum + count(content) + EXAMPLE_TOKENS, 0);
    const budget = contextTokens - maxTokens - shown;
    const prompts = new ChatPrompts({ count, textOf });
    const prompt = promptWithoutRepeats(prompts, { system, branch, budget, sees });
    const [first, ...rest] = prompt.messages;
    const messages =
      first?.role === "system" ? [first, ...examples, ...rest] : [...examples, ...(first ? [first] : []), ...rest];
    this.#change({ promptTokens: prompt.tokens + shown, turnsLeftOut: prompt.left.turns.length });
    const { provenance } = prompt;
    const request = { purpose: "chat", maxTokens, temperature: TEMPERATURE, stop: [], provenance } as const;
    const stream = model.stream({ ...request, prompt: { kind: "chat", messages } }, this.#abort.signal);
    return { stream, maxTokens };
  }

  /** What was attached, as it is now. A question that is answered again keeps what it was read as. */
  async #read(): Promise<void> {
    const question = this.#target.thread()?.turns.get(this.#answer.parent);
    if (question?.role !== "question" || question.pieces.length > 0) return;
    const attached = question.attachments.filter(({ kind }) => kind !== "picture");
    if (attached.length === 0) return;
    const { signal } = this.#abort;
    const read = await this.#parts.context.read(attached, {
      question: question.text,
      mostChars: MOST_CHARS,
      signal,
    });
    signal.throwIfAborted();
    this.#target.onRead(question.id, read);
    this.#target.change({ ...question, pieces: read.flatMap(({ pieces }) => pieces) });
  }

  #append(text: string): void {
    this.#pending += text;
    // The first word at once; what follows in steps that nobody sees.
    if (!this.#hasText) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), APPEND_MS);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#pending;
    if (text === "") return;
    this.#pending = "";
    this.#hasText = true;
    this.#answer = { ...this.#answer, text: this.#answer.text + text };
    this.#target.append(this.#answer, text);
  }

  #change(change: Partial<Answer>): void {
    this.#answer = { ...this.#answer, ...change };
    this.#target.change(this.#answer);
  }

  #end(state: AnswerState): void {
    this.#flush();
    this.#change({ state });
  }
}

/** Of what a model takes in all, so much is kept for its answer. */
export function answerRoom(contextTokens: number, answerTokens: number): number {
  return Math.min(answerTokens, Math.floor(contextTokens / 4));
}

/** Somewhat lively, and mostly the likeliest: what models for code are recommended with. */
const TEMPERATURE = 0.2;
const APPEND_MS = 30;
/** What a template writes around a message. */
const EXAMPLE_TOKENS = 6;
/** Of each attachment; what goes into the prompt is chosen by the model's budget. */
const MOST_CHARS = 200_000;
