/** One answer as it is written: what was attached is read, the model is asked, and what comes is handed on. */

import { randomUUID } from "node:crypto";
import type { Answer, AnswerState, Thread, ToolUse, Turn } from "../chat/conversation.ts";
import { ChatPrompts } from "../chat/prompt.ts";
import { promptWithoutRepeats } from "../chat/repeats.ts";
import { branchUpTo } from "../chat/threads.ts";
import { MOST_CALLS, tooManyCalls } from "../chat/tools.ts";
import { type ChatMessage, ModelError, type ModelStream, type ToolCall, type Wait } from "../model/model.ts";
import { settlingAtOnce } from "../model/settlingAtOnce.ts";
import type { ChatContext } from "./chatContext.ts";
import type { ReadAttachment } from "./chatContextReading.ts";
import type { ChatInstruction, ChatModel, ChatModels, ChatTools, ToolResult } from "./chatPorts.ts";
import { promptRoom } from "./promptRoom.ts";

export interface RunParts {
  readonly models: Pick<ChatModels, "open">;
  readonly context: Pick<ChatContext, "read">;
  readonly tools: ChatTools;
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
  /** The answer is changed by the text at its end. */
  readonly append: (answer: Answer, text: string) => void;
  /** What could not be read of what is attached, too. */
  readonly onRead: (question: string, read: readonly ReadAttachment[]) => void;
  /** Each second: the server is asked again later, or not any more. */
  readonly onWait: (wait: Wait | undefined) => void;
  /** Asks the user. Rejects with the signal's reason. */
  readonly permit: (tool: ToolUse, signal: AbortSignal) => Promise<boolean>;
}

export class ChatRun {
  readonly #parts: RunParts;
  readonly #target: RunTarget;
  readonly #abort = new AbortController();
  #answer: Answer;
  #pending = "";
  #timer: NodeJS.Timeout | undefined;
  #hasText = false;
  #hasEnded = false;
  /** The names of the tools that the model was offered last. */
  #offered: ReadonlySet<string> = new Set();
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
      // Nobody who stops it waits for a model that is being loaded.
      this.#end(await settlingAtOnce(this.#abort.signal, () => this.#ask()));
    } catch (error) {
      if (this.#abort.signal.aborted) return this.#end({ kind: "stopped" });
      if (!(error instanceof ModelError)) this.#parts.onFault(error);
      this.#end({ kind: "failed", failure: error instanceof ModelError ? error.failure : undefined });
    }
  }

  async #ask(): Promise<AnswerState> {
    const { signal } = this.#abort;
    // At the same time: a model may have to be loaded, and a search may take its time.
    const [model] = await Promise.all([this.#parts.models.open(this.#answer.model), this.#read()]);
    signal.throwIfAborted();
    const thread = this.#target.thread();
    if (!thread) return { kind: "stopped" };
    const branch = branchUpTo(thread, this.#answer.parent);
    const instruction = await this.#parts.instruction(branch);
    const exchanged: ChatMessage[] = [];
    for (let round = 0; round <= MOST_ROUNDS; round += 1) {
      const start = this.#answer.text.length;
      if (start > 0 && round > 0) this.#append("\n\n");
      const mayCall = this.#answer.tools.length < MOST_CALLS && round < MOST_ROUNDS;
      const stream = await this.#stream(model, branch, instruction, exchanged, mayCall);
      await this.#hear(stream);
      this.#flush();
      this.#count(stream);
      const toolCalls = this.#ownIds(stream.toolCalls ?? []);
      // The last call of an answer that was cut may lack what would have followed.
      if (stream.endedBy === "limit") return { kind: "cut" };
      if (toolCalls.length === 0) return { kind: "done" };
      exchanged.push({ role: "assistant", content: this.#answer.text.slice(start).trim(), toolCalls });
      for (const call of toolCalls)
        exchanged.push({ role: "tool", content: await this.#use(call), toolCallId: call.id });
    }
    return { kind: "done" };
  }

  async #hear(stream: ModelStream): Promise<void> {
    // So that it can be counted down.
    const timer = setInterval(() => this.#target.onWait(stream.waits), LOOK_MS);
    try {
      for await (const text of stream) this.#append(text);
    } finally {
      clearInterval(timer);
      this.#target.onWait(undefined);
    }
  }

  /** Some servers count their calls anew with each answer, and results are told apart by them. */
  #ownIds(calls: readonly ToolCall[]): readonly ToolCall[] {
    const known = new Set(this.#answer.tools.map(({ id }) => id));
    return calls.map((call) => {
      const id = known.has(call.id) ? randomUUID().replaceAll("-", "").slice(0, 9) : call.id;
      known.add(id);
      return { ...call, id };
    });
  }

  /** @param exchanged What was said since the question: calls of tools and their results. */
  async #stream(
    opened: ChatModel,
    branch: readonly Turn[],
    instruction: ChatInstruction,
    exchanged: readonly ChatMessage[],
    mayCall: boolean,
  ): Promise<ModelStream> {
    const { model, sees, count } = opened;
    const { examples, textOf } = instruction;
    const room = await promptRoom(opened, instruction, mayCall ? this.#parts.tools : undefined, exchanged);
    const { system, tools, budget } = room;
    this.#offered = new Set(tools.map(({ name }) => name));
    const prompts = new ChatPrompts({ count, textOf });
    const prompt = promptWithoutRepeats(prompts, { system, branch, budget, sees });
    const [first, ...rest] = prompt.messages;
    const asked = first?.role === "system" ? [first, ...examples, ...rest] : [...examples, ...prompt.messages];
    const results = room.exchanged
      .filter(({ role }) => role === "tool")
      .map(({ content }) => ({
        source: "tool",
        text: content,
        path: undefined,
        line: undefined,
        tokens: Math.ceil(count(content)),
      }));
    this.#change({
      promptTokens: Math.ceil(prompt.tokens) + room.besideTokens,
      turnsLeftOut: prompt.left.turns.length,
    });
    return model.stream(
      {
        prompt: { kind: "chat", messages: [...asked, ...room.exchanged], ...(tools.length > 0 && { tools }) },
        purpose: "chat",
        maxTokens: room.answerTokens,
        temperature: TEMPERATURE,
        stop: [],
        provenance: { ...prompt.provenance, stretches: [...prompt.provenance.stretches, ...results] },
      },
      this.#abort.signal,
    );
  }

  #count({ usage }: ModelStream): void {
    const { outputTokens } = this.#answer;
    this.#change({
      promptTokens: usage.promptTokens ?? this.#answer.promptTokens,
      outputTokens: usage.outputTokens === undefined ? outputTokens : (outputTokens ?? 0) + usage.outputTokens,
    });
  }

  /** Gives what the model is told. */
  async #use(call: ToolCall): Promise<string> {
    const { signal } = this.#abort;
    const { tools } = this.#parts;
    const isOver = this.#answer.tools.length >= MOST_CALLS;
    const isOffered = this.#offered.has(call.name);
    const asks = isOffered && tools.needsPermission(call.name);
    let use: ToolUse = { ...call, state: asks ? "waiting" : "running", result: "" };
    const become = (change: Partial<ToolUse>): void => {
      use = { ...use, ...change };
      const others = this.#answer.tools.filter(({ id }) => id !== use.id);
      this.#change({ tools: [...others, use] });
    };
    // Of these nothing is shown.
    if (isOver) return tooManyCalls;
    become({});
    if (!isOffered) {
      become({ state: "failed", result: `There is no tool ${call.name}.` });
    } else if (asks && !(await this.#target.permit(use, signal))) {
      become({ state: "refused", result: "The user has refused this." });
    } else {
      become({ state: "running" });
      const { text, hasFailed, pieces } = await tools.run(call, signal).catch((error: unknown): ToolResult => {
        signal.throwIfAborted();
        this.#parts.onFault(error);
        return { text: "The tool has failed.", hasFailed: true, pieces: [] };
      });
      become({ state: hasFailed ? "failed" : "done", result: text });
      if (pieces.length > 0) this.#change({ pieces: [...this.#answer.pieces, ...pieces] });
    }
    return use.result;
  }

  /** What was attached, as it is now. A question that is answered again keeps what it was read as. */
  async #read(): Promise<void> {
    const question = this.#target.thread()?.turns.get(this.#answer.parent);
    if (question?.role !== "question" || question.pieces.length > 0) return;
    const attached = question.attachments.filter(({ kind }) => kind !== "picture");
    if (attached.length === 0) return;
    const { signal } = this.#abort;
    const options = { question: question.text, mostChars: MOST_CHARS, signal };
    const read = await this.#parts.context.read(attached, options);
    signal.throwIfAborted();
    this.#target.onRead(question.id, read);
    this.#target.change({ ...question, pieces: read.flatMap(({ pieces }) => pieces) });
  }

  #append(text: string): void {
    if (this.#hasEnded) return;
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
    // What was stopped may still be on its way.
    if (this.#hasEnded) return;
    this.#flush();
    this.#answer = { ...this.#answer, ...change };
    this.#target.change(this.#answer);
  }

  #end(state: AnswerState): void {
    const tools = this.#answer.tools.map((tool) =>
      tool.state === "waiting" || tool.state === "running" ? { ...tool, state: "refused" as const } : tool,
    );
    this.#change({ state, tools });
    this.#hasEnded = true;
  }
}

/** Somewhat lively, and mostly the likeliest: what models for code are recommended with. */
const TEMPERATURE = 0.2;
const APPEND_MS = 30;
const LOOK_MS = 1_000;
/** In which a model may call tools, for one answer. */
const MOST_ROUNDS = 10;
/** Of each attachment; what goes into the prompt is chosen by the model's room. */
const MOST_CHARS = 200_000;
