/**
 * A server that speaks like OpenAI's, for measuring: it notes when requests arrive and when its last byte leaves, on the
 * machine's clock that all processes share. It runs in a process of its own; `startModelServer` starts and asks it.
 */

import { fork } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

type ServerAnswer =
  /** The same text to everybody. */
  | { readonly kind: "text"; readonly text: string }
  /** The rest of a line, of which the prompt has the start: what was typed since `head`. */
  | { readonly kind: "rest-of-line"; readonly head: string; readonly line: string }
  /** Another text each time, which nobody is going to type: its first letter is `stranger`. */
  | { readonly kind: "disagrees"; readonly stranger: string };

interface ServerBehaviour {
  readonly answer: ServerAnswer;
  /** From the request to the first piece of text, and from one piece to the next. */
  readonly afterMs: number;
  readonly pieceMs: number;
}

interface SeenRequest {
  /** When its body was complete. */
  readonly arrivedAtNs: string;
  /** Just before the last bytes were written: the end of the text, with all that ends the answer. */
  readonly lastByteAtNs: string | undefined;
  readonly promptChars: number;
}

export interface ServerReport {
  /** Since the last report. */
  readonly requests: readonly SeenRequest[];
  readonly openStreams: number;
}

export interface MeasuringServer {
  readonly baseUrl: string;
  behave(behaviour: ServerBehaviour): Promise<void>;
  report(): Promise<ServerReport>;
  close(): void;
}

type ToServer = { readonly behave: ServerBehaviour } | "report";

export async function startModelServer(): Promise<MeasuringServer> {
  const child = fork(import.meta.filename, { stdio: "inherit" });
  const reply = <Value>() =>
    new Promise<Value>((resolve, reject) => {
      child.once("message", (value) => {
        child.off("exit", reject);
        resolve(value as Value);
      });
      child.once("exit", reject);
    });
  const ask = <Value>(message: ToServer): Promise<Value> => {
    const answer = reply<Value>();
    child.send(message);
    return answer;
  };
  const port = await reply<number>();
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    behave: (behave) => ask({ behave }),
    report: () => ask("report"),
    close: () => child.disconnect(),
  };
}

function serve(send: (value: unknown) => void): void {
  let behaviour: ServerBehaviour = { answer: { kind: "text", text: "" }, afterMs: 0, pieceMs: 0 };
  let requests: { arrivedAtNs: string; lastByteAtNs: string | undefined; promptChars: number }[] = [];
  let openStreams = 0;
  let count = 0;

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = "";
    // What else a server may be asked for, such as what it is.
    if (request.method !== "POST" || request.url !== "/v1/completions") {
      response.writeHead(404).end();
      return;
    }
    request.setEncoding("utf8");
    for await (const chunk of request) body += String(chunk);
    const { prompt } = JSON.parse(body) as { readonly prompt: string };
    const seen = {
      arrivedAtNs: String(process.hrtime.bigint()),
      lastByteAtNs: undefined as string | undefined,
      promptChars: prompt.length,
    };
    requests.push(seen);
    count += 1;
    const { answer, afterMs, pieceMs } = behaviour;
    const pieces = textOf(answer, prompt, count).match(/\s+|\S+\s*/g) ?? [];
    const last = pieces.pop() ?? "";
    await sleep(afterMs);
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const piece of pieces) {
      if (response.destroyed) return;
      response.write(event(piece, null));
      await sleep(pieceMs);
    }
    if (response.destroyed) return;
    const usage = { prompt_tokens: Math.round(prompt.length / 3.3), completion_tokens: pieces.length + 1 };
    const end = `${event(last, null)}${event("", "stop")}data: ${JSON.stringify({ choices: [], usage })}\n\ndata: [DONE]\n\n`;
    seen.lastByteAtNs = String(process.hrtime.bigint());
    response.end(end);
  };

  const server = createServer((request, response) => {
    openStreams += 1;
    response.on("close", () => (openStreams -= 1));
    void respond(request, response);
  });
  server.listen(0, "127.0.0.1", () => send((server.address() as AddressInfo).port));
  process.on("message", (message: ToServer) => {
    if (message === "report") {
      send({ requests, openStreams } satisfies ServerReport);
      requests = [];
    } else {
      behaviour = message.behave;
      send("ok");
    }
  });
  process.on("disconnect", () => process.exit());
}

function textOf(answer: ServerAnswer, prompt: string, count: number): string {
  switch (answer.kind) {
    case "text":
      return answer.text;
    case "disagrees":
      return `${answer.stranger}other${count}(value);`;
    case "rest-of-line": {
      const at = prompt.lastIndexOf(answer.head);
      const typed = at === -1 ? undefined : /^[^\n<]*/.exec(prompt.slice(at + answer.head.length))?.[0];
      return typed !== undefined && answer.line.startsWith(typed) ? answer.line.slice(typed.length) : "";
    }
  }
}

function event(text: string, finish: string | null): string {
  return `data: ${JSON.stringify({ id: "1", object: "text_completion", created: 0, model: "m", choices: [{ index: 0, text, finish_reason: finish }] })}\n\n`;
}

// Started by `startModelServer`.
if (process.send !== undefined && process.argv[1] === import.meta.filename) serve((value) => process.send?.(value));
