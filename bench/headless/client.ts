/** Talks to the headless program: to one in a process of its own, or to its session in this one. */

import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Clock } from "../../src/completion/engine.ts";
import type { Outcome } from "../../src/completion/suggestion.ts";
import type { SyntaxSource } from "../../src/context/caretSyntax.ts";
import type { ModelRequest, Usage } from "../../src/model/model.ts";
import type { Counts } from "./counters.ts";
import type { Shown } from "./ghostText.ts";
import { parseMessage, type Id, type Message } from "./messages.ts";
import type { CallTimes } from "./meter.ts";
import type { RequestRecord } from "./recordingModel.ts";
import { Session } from "./session.ts";

/** What of a message's fields may be left out. */
type Sent<M> = M extends { readonly do: infer Name }
  ? { readonly do: Name } & {
      readonly [Key in keyof Omit<M, "do"> as undefined extends M[Key] ? never : Key]?: M[Key];
    } & {
      readonly [Key in keyof Omit<M, "do">]?: M[Key];
    }
  : never;

type SentMessage = Sent<Message>;

export interface AskReply {
  readonly outcome: Outcome;
  /** What was typed with it was shown. */
  readonly followed: boolean;
  readonly requests: readonly ToldRequest[];
  readonly times: CallTimes;
}

export interface ToldRequest extends Pick<ModelRequest, "maxTokens" | "temperature" | "heal"> {
  readonly usage: Usage;
  readonly end: NonNullable<RequestRecord["end"]> | "open";
}

interface Followed {
  readonly followed: boolean;
  readonly shown: Shown | null;
}

interface Replies {
  readonly ask: AskReply;
  readonly change: { readonly version: number; readonly length: number; readonly caret: number } & Followed;
  readonly text: { readonly text: string };
  readonly accept: { readonly inserted: string; readonly replaced: number; readonly caret: number };
  readonly shown: { readonly suggestion: Shown | null };
  readonly stats: { readonly counters: Counts; readonly memory: NodeJS.MemoryUsage };
  readonly requests: { readonly requests: readonly (ToldRequest & { readonly ask: Id | null })[] };
}

type ReplyTo<Name> = Name extends keyof Replies ? Replies[Name] : unknown;

export interface Headless {
  /** The reply, which is to the last message sent with this `do`; rejects with what the program says is wrong. */
  send<M extends SentMessage>(message: M, id?: Id): Promise<ReplyTo<M["do"]>>;
  close(): Promise<void>;
}

/** In this process, and in the time of `clock`. */
export function headlessHere(clock: Clock, syntax: SyntaxSource): Headless {
  const session = new Session({ clock, syntax, delayMs: 0 });
  let count = 0;
  return {
    send: async <M extends SentMessage>(message: M, id: Id = `m${(count += 1)}`) => {
      const parsed = parseMessage({ ...message, id });
      return (await session.handle(id, parsed.message)) as ReplyTo<M["do"]>;
    },
    close: () => session.close(),
  };
}

interface Waiting {
  resolve(reply: unknown): void;
  reject(error: Error): void;
}

/** `script` is the program or its bundle. */
export function startHeadless(script: string, env: NodeJS.ProcessEnv = {}): Headless {
  const child = spawn(process.execPath, [script], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  const ended = endOf(child);
  const waiting = new Map<Id, Waiting>();
  createInterface({ input: child.stdout, crlfDelay: Infinity }).on("line", (line) => {
    const { id, error, ...reply } = JSON.parse(line) as { readonly id: Id; readonly error?: string };
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) waiter?.resolve(reply);
    else waiter?.reject(new Error(error));
  });
  void rejectAtEnd(ended, waiting);
  let count = 0;
  const send = <M extends SentMessage>(message: M, id: Id = `m${(count += 1)}`) =>
    new Promise<ReplyTo<M["do"]>>((resolve, reject) => {
      if (child.exitCode !== null) return reject(new Error("the headless program has ended"));
      waiting.set(id, { resolve: (reply) => resolve(reply as ReplyTo<M["do"]>), reject });
      child.stdin.write(`${JSON.stringify({ ...message, id })}\n`);
    });
  return {
    send,
    close: async () => {
      if (child.exitCode === null) await send({ do: "quit" });
      await ended;
    },
  };
}

async function rejectAtEnd(ended: Promise<string>, waiting: ReadonlyMap<Id, Waiting>): Promise<void> {
  const error = new Error(`the headless program has ended: ${await ended}`);
  for (const waiter of waiting.values()) waiter.reject(error);
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(`code ${code}, signal ${signal}`));
  });
}
