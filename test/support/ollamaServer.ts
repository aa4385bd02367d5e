import type { IncomingMessage, ServerResponse } from "node:http";
import { type LocalServer, serve } from "../model/localServer.ts";
import { sendInPieces } from "./inPieces.ts";

/** A model as `ollama pull` leaves it. */
interface PulledModel {
  readonly capabilities: readonly string[];
  readonly contextLength: number;
}

export interface OllamaScript {
  readonly models?: Readonly<Record<string, PulledModel>>;
  /** What each model writes, piece by piece. */
  readonly answer?: readonly string[];
  /** What comes before the last line: nothing, an error, silence, the connection's end, half a line. */
  readonly ending?: "done" | "error" | "silence" | "cut" | "half";
  /** Bytes in a piece of the network's. */
  readonly cutAt?: number;
  /** Instead of everything else. */
  readonly refusal?: { readonly status: number; readonly error: string };
  /** The lines of a pull. */
  readonly pull?: readonly object[];
}

/** Ollama's own routes, as docs/api.md, docs/api/errors.mdx and server/routes.go of its repository have them. */
export async function startOllama(script: OllamaScript): Promise<LocalServer & { readonly bodies: readonly Body[] }> {
  const bodies: Body[] = [];
  const server = await serve(async (request, response, text) => {
    const body = text === "" ? {} : (JSON.parse(text) as Body);
    bodies.push(body);
    await respond(script, request, response, body);
  });
  return Object.assign(server, { bodies });
}

export interface Body {
  readonly model?: string;
  readonly prompt?: string;
  readonly suffix?: string;
  readonly raw?: boolean;
  readonly truncate?: boolean;
  readonly messages?: readonly { readonly content: string }[];
  readonly options?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

async function respond(script: OllamaScript, request: IncomingMessage, response: ServerResponse, body: Body) {
  const { models = {}, refusal } = script;
  const fail = (status: number, error: string) => json(response, status, { error });
  if (refusal) return fail(refusal.status, refusal.error);
  const model = models[body.model ?? ""];
  switch (`${request.method} ${request.url}`) {
    case "GET /api/version":
      return json(response, 200, { version: "0.12.3" });
    case "GET /api/tags":
      return json(response, 200, { models: Object.keys(models).map(tagOf) });
    case "POST /api/show":
      if (!model) return fail(404, `model '${body.model}' not found`);
      return json(response, 200, infoOf(model));
    case "POST /api/pull":
      response.writeHead(200, { "content-type": "application/x-ndjson" });
      await sendInPieces(response, (script.pull ?? []).map(line).join(""), script.cutAt ?? 1_000);
      return void (script.ending === "silence" || response.end());
    case "POST /api/generate":
      if (!model) return fail(404, `model '${body.model}' not found`);
      if (body.raw && body["template"]) return fail(400, "raw mode does not support template, system, or context");
      if (body.suffix && !model.capabilities.includes("insert")) {
        return fail(400, `registry.ollama.ai/library/${body.model} does not support insert`);
      }
      if (!body.prompt) {
        return json(response, 200, { ...head(body), response: "", done: true, done_reason: "load" });
      }
      return stream(script, response, body, (text) => ({ response: text }));
    case "POST /v1/embeddings":
      return json(response, 200, { object: "list", data: vectorsOf(body["input"]), model: body.model });
    case "POST /api/chat":
      if (!model) return fail(404, `model '${body.model}' not found`);
      return stream(script, response, body, (content) => ({ message: { role: "assistant", content } }));
    default:
      response.writeHead(404, { "content-type": "text/plain" }).end("404 page not found");
  }
}

async function stream(
  { answer = [], ending = "done", cutAt = 1_000 }: OllamaScript,
  response: ServerResponse,
  body: Body,
  piece: (text: string) => object,
): Promise<void> {
  const room = Number(body.options?.["num_ctx"] ?? 4_096);
  const texts = [body.prompt ?? "", body.suffix ?? "", ...(body.messages ?? []).map(({ content }) => content)];
  const promptTokens = Math.ceil(texts.join("").length / 4);
  if (body.truncate === false && promptTokens > room) {
    return json(response, 400, { error: "the input length exceeds the context length" });
  }
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  const lines = answer.map((text) => line({ ...head(body), ...piece(text), done: false })).join("");
  await sendInPieces(response, lines, cutAt);
  switch (ending) {
    case "silence":
      return;
    case "cut":
      response.socket?.destroy();
      return;
    case "half":
      response.end(line({ ...head(body), ...piece("never"), done: false }).slice(0, -20));
      return;
    case "error":
      response.end(line({ error: "an error was encountered while running the model" }));
      return;
    case "done": {
      const counts = { prompt_eval_count: promptTokens, eval_count: answer.length, eval_duration: 4_232_710_000 };
      const last = { ...head(body), ...piece(""), done: true, done_reason: "stop", ...counts };
      await sendInPieces(response, line(last), cutAt);
      response.end();
    }
  }
}

function head({ model }: Body) {
  return { model, created_at: "2025-10-26T17:21:21.196249Z" };
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(value));
}

/** Of each text its length. */
function vectorsOf(input: unknown) {
  const texts = Array.isArray(input) ? input.map(String) : [];
  return texts.map(({ length }, index) => ({ object: "embedding", index, embedding: [length] }));
}

function tagOf(name: string) {
  return {
    name,
    model: name,
    modified_at: "2025-05-10T08:06:48.639712648-07:00",
    size: 4_683_075_271,
    digest: "0a8c26691023dca6a98c2ad5d6fe0b0e4d4e7cb4bd1a7a5a9a5e6c94e1b7c8b1",
    details: {
      format: "gguf",
      family: "qwen2",
      families: ["qwen2"],
      parameter_size: "7.6B",
      quantization_level: "Q4_K_M",
    },
    ...(name.endsWith("cloud") && { remote_model: name, remote_host: "https://ollama.com:443" }),
  };
}

function infoOf({ capabilities, contextLength }: PulledModel) {
  return {
    modelfile: '# Modelfile generated by "ollama show"\n',
    template: "{{ .Prompt }}",
    details: {
      parent_model: "",
      format: "gguf",
      family: "qwen2",
      parameter_size: "7.6B",
      quantization_level: "Q4_K_M",
    },
    model_info: { "general.architecture": "qwen2", "qwen2.context_length": contextLength, "qwen2.block_count": 28 },
    capabilities,
    modified_at: "2025-05-10T08:06:48.639712648-07:00",
  };
}
