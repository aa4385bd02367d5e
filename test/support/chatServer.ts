/** A server of the kind that OpenAI's clients expect, which answers a chat by a script. */

import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

export interface ChatScript {
  readonly pieces: readonly string[];
  /** Between the pieces. */
  readonly delayMs?: number;
  /** What the last piece waits for: the answer stands still, for as long as a test looks at it. */
  readonly held?: Promise<unknown>;
  /** Wanted after them. */
  readonly call?: { readonly name: string; readonly arguments: string };
  /** It has reached its upper bound. */
  readonly isCut?: boolean;
  /** The connection breaks after them. */
  readonly breaks?: boolean;
  /** In place of an answer. */
  readonly refusal?: { readonly status: number; readonly message: string; readonly headers?: Record<string, string> };
}

interface AskedChat {
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly [key: string]: unknown;
}

export interface ChatServer extends AsyncDisposable {
  readonly baseUrl: string;
  readonly asked: readonly AskedChat[];
  /** How many answers their client did not want to the end. */
  readonly aborted: number;
}

/** `script` gets the last message's text and how often was asked before. */
export async function startChatServer(script: (text: string, count: number) => ChatScript): Promise<ChatServer> {
  const asked: AskedChat[] = [];
  let aborted = 0;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      if (!request.url?.endsWith("/chat/completions")) {
        response.writeHead(404, { "content-type": "application/json" }).end("{}");
        return;
      }
      const question = JSON.parse(body) as AskedChat;
      asked.push(question);
      void answer(response, script(textOf(question), asked.length - 1));
    });
    response.on("close", () => {
      if (!response.writableEnded) aborted += 1;
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    get aborted() {
      return aborted;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function textOf({ messages }: AskedChat): string {
  const content = messages.at(-1)?.content;
  return typeof content === "string" ? content : JSON.stringify(content);
}

async function answer(
  response: ServerResponse,
  { pieces, delayMs = 0, held, call, isCut = false, breaks = false, refusal }: ChatScript,
): Promise<void> {
  if (refusal) {
    const { status, message, headers } = refusal;
    response.writeHead(status, { "content-type": "application/json", ...headers });
    return void response.end(JSON.stringify({ error: { message } }));
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  const say = (choice: object): void => {
    const chunk = { id: "1", object: "chat.completion.chunk", created: 1, model: "scripted", choices: [choice] };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  };
  for (const [index, content] of pieces.entries()) {
    if (index === pieces.length - 1) await held;
    if (response.destroyed) return;
    say({ index: 0, delta: { content }, finish_reason: null });
    await setTimeout(delayMs);
  }
  if (breaks) return void response.destroy();
  if (call) {
    const called = { index: 0, id: "call1", type: "function", function: call };
    say({ index: 0, delta: { tool_calls: [called] }, finish_reason: null });
  }
  say({ index: 0, delta: {}, finish_reason: isCut ? "length" : call ? "tool_calls" : "stop" });
  response.end("data: [DONE]\n\n");
}
