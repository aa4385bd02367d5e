import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * How the server answers, chosen by the first part of the address: `http://127.0.0.1:PORT/ok/v1`. `locked` wants a key;
 * `telling` says first how many tokens it reads and writes, since nobody waits for its last word;
 * `llama` is llama.cpp's own with a model that fills holes, and answers the first request while it loads it.
 */
export type Behaviour =
  | "ok"
  | "telling"
  | "varied"
  | "locked"
  | "llama"
  | "unauthorized"
  | "rate-limited"
  | "broken"
  | "garbage"
  | "half"
  | "silent";

interface SeenRequest {
  readonly behaviour: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface ModelServer {
  readonly port: number;
  /** All but the questions. */
  readonly requests: readonly SeenRequest[];
  /** Those for its models. */
  readonly listings: readonly SeenRequest[];
  /** How often it was asked whether it is llama.cpp's. */
  readonly questions: number;
  /** Requests whose connection the client closed before the answer had ended. */
  readonly aborted: number;
  baseUrl(behaviour: Behaviour): string;
  close(): Promise<void>;
}

/** Of an editor whose suggestions come from it. */
export const modelServerSettings = ({ baseUrl }: Pick<ModelServer, "baseUrl">, behaviour: Behaviour = "ok") => ({
  "pairwise.model.suggestions": "openai/gpt-4.1",
  "pairwise.model.servers": { openai: baseUrl(behaviour) },
});

/** A server of the kind that OpenAI's clients expect. With `ok` it streams `answer`, a word at a time. */
export async function startModelServer(answer: string): Promise<ModelServer> {
  const requests: SeenRequest[] = [];
  const listings: SeenRequest[] = [];
  let aborted = 0;
  let questions = 0;
  let isLoading = true;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      const url = request.url ?? "";
      const behaviour = url.split("/")[1] ?? "";
      if (url.endsWith("/props")) questions += 1;
      else (url.endsWith("/models") ? listings : requests).push({ behaviour, url, headers: request.headers, body });
      if (behaviour === "llama") {
        respondAsLlama(url, response, answer, body, isLoading);
        isLoading = false;
        return;
      }
      const isAuthorized = request.headers.authorization !== undefined;
      const lists = url.endsWith("/models") && (behaviour === "ok" || (behaviour === "locked" && isAuthorized));
      if (lists) listModels(response);
      else respond(behaviour, response, answer, body, url.includes("/chat/"), isAuthorized);
    });
    response.on("close", () => {
      if (!response.writableEnded) aborted += 1;
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    requests,
    listings,
    get questions() {
      return questions;
    },
    get aborted() {
      return aborted;
    },
    baseUrl: (behaviour) => `http://127.0.0.1:${port}/${behaviour}/v1`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** What the list of models has, in its order; one of them is not for text. */
const listedModels = ["text-embedding-3-small", "zephyr-1", "small-coder"];

function listModels(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ object: "list", data: listedModels.map((id) => ({ id, object: "model" })) }));
}

let variations = 0;
const VARIATION_MS = 400;

function respond(
  behaviour: string,
  response: ServerResponse,
  answer: string,
  body: string,
  chat: boolean,
  authorized: boolean,
): void {
  const json = (status: number, body: unknown, headers: Record<string, string> = {}) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
  const words = answer.match(/\S*\s*/g)?.filter((word) => word !== "") ?? [];
  switch (behaviour) {
    case "unauthorized":
      return json(401, { error: { message: "Incorrect API key provided", code: "invalid_api_key" } });
    case "rate-limited":
      return json(429, { error: { message: "Slow down", code: "rate_limit_exceeded" } }, { "retry-after": "120" });
    case "broken":
      return json(500, { error: { message: "boom" } });
    case "garbage":
      response.writeHead(200, { "content-type": "text/html" });
      response.end("<html><body>It works!</body></html>");
      return;
    case "half":
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const word of words.slice(0, 1)) response.write(event(word, chat));
      return;
    case "silent":
      return;
    case "varied":
      // The first choice at once; what is asked for at a temperature later, and each time another answer.
      if (!/"temperature":0\.[1-9]/.test(body)) return respond("ok", response, answer, body, chat, authorized);
      variations += 1;
      setTimeout(respond, VARIATION_MS, "ok", response, `variation${variations}();`, body, chat, authorized);
      return;
    case "locked":
      if (!authorized) return json(401, { error: { message: "You did not provide an API key" } });
      return respond("ok", response, answer, body, chat, authorized);
    default:
      response.writeHead(200, { "content-type": "text/event-stream" });
      if (behaviour === "telling") response.write(usage());
      for (const word of words) response.write(event(word, chat));
      response.write(finish(chat));
      response.end("data: [DONE]\n\n");
  }
}

function respondAsLlama(url: string, response: ServerResponse, answer: string, body: string, isLoading: boolean): void {
  const path = url.slice("/llama".length);
  if (isLoading) response.writeHead(503).end('{"error":{"code":503,"message":"Loading model"}}');
  else if (path === "/props") response.end('{"default_generation_settings":{"n_ctx":4096},"chat_template":""}');
  else if (path !== "/infill") response.writeHead(404).end();
  else if (!body.includes('"stream":true')) response.writeHead(400).end();
  else {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(
      `data: ${JSON.stringify({ content: answer, stop: true, tokens_evaluated: 20, tokens_predicted: 4 })}\n\n`,
    );
  }
}

function event(text: string, chat: boolean): string {
  const choice = chat ? { index: 0, delta: { content: text } } : { index: 0, text };
  return `data: ${JSON.stringify({ id: "1", object: "chunk", created: 0, model: "m", choices: [{ ...choice, finish_reason: null }] })}\n\n`;
}

function usage(): string {
  const figures = { prompt_tokens: 50, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 20 } };
  return `data: ${JSON.stringify({ id: "1", object: "chunk", created: 0, model: "m", choices: [], usage: figures })}\n\n`;
}

function finish(chat: boolean): string {
  const choice = chat ? { index: 0, delta: {} } : { index: 0, text: "" };
  return `data: ${JSON.stringify({ id: "1", object: "chunk", created: 0, model: "m", choices: [{ ...choice, finish_reason: "stop" }] })}\n\n`;
}
