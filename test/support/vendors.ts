/** Services as their vendors document them, as far as they are asked by this extension. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { sendInPieces } from "./inPieces.ts";

type Route = (request: IncomingMessage, response: ServerResponse, body: string) => void | Promise<void>;

/** Bytes in a piece of the network's; a number that cuts characters and line ends in two. */
const CUT = 5;

/** docs.mistral.ai/api: `/v1/fim/completions`, whose events have a chat's shape and end with the usage unasked. */
export const mistral: Route = async (request, response, text) => {
  const body = parsed(text);
  if (request.headers.authorization !== "Bearer test-key") return json(response, 401, { detail: "Unauthorized" });
  if (request.url === "/v1/models") {
    const capabilities = { completion_chat: true, completion_fim: true, function_calling: true };
    return json(response, 200, {
      object: "list",
      data: [{ id: "codestral-latest", object: "model", type: "base", capabilities, max_context_length: 256_000 }],
    });
  }
  const known = new Set(["model", "prompt", "suffix", "messages", "stream", "stop", "max_tokens", "temperature"]);
  const extra = Object.keys(body).find((name) => !known.has(name));
  if (extra !== undefined) {
    const detail = [{ type: "extra_forbidden", loc: ["body", extra], msg: "Extra inputs are not permitted", input: 1 }];
    return json(response, 422, { object: "error", message: { detail }, type: "invalid_request_error", code: null });
  }
  if (request.url !== "/v1/fim/completions" && request.url !== "/v1/chat/completions") {
    return json(response, 404, { message: "no Route matched with those values" });
  }
  const head = { id: "cmpl-1", object: "chat.completion.chunk", created: 1_702_637_377, model: body["model"] };
  const chunk = (content: string, more: object = {}) => ({
    ...head,
    choices: [{ index: 0, delta: { role: "assistant", content }, finish_reason: null, ...more }],
  });
  await events(response, [
    chunk(""),
    chunk("return a "),
    chunk("＋ b"),
    {
      ...chunk("", { delta: { content: "" }, finish_reason: "stop" }),
      usage: { prompt_tokens: 21, total_tokens: 26, completion_tokens: 5 },
    },
  ]);
};

/** api-docs.deepseek.com/api/create-completion, under `/beta`, and /api/create-chat-completion. */
export const deepseek: Route = async (request, response, text) => {
  const body = parsed(text);
  const error = (status: number, message: string, type: string) =>
    json(response, status, { error: { message, type, param: null, code: "invalid_request_error" } });
  if (request.headers.authorization !== "Bearer test-key") {
    return error(401, "Authentication Fails, Your api key is invalid", "authentication_error");
  }
  if (body["model"] === "deepseek-poor") return error(402, "Insufficient Balance", "unknown_error");
  const head = {
    id: "60f16544",
    created: 1_793_084_841,
    model: body["model"],
    system_fingerprint: "e72d3c7f663d3e1383",
  };
  const usage = {
    prompt_tokens: 12,
    completion_tokens: 4,
    total_tokens: 16,
    prompt_tokens_details: { cached_tokens: 8 },
    prompt_cache_hit_tokens: 8,
    prompt_cache_miss_tokens: 4,
  };
  if (request.url === "/beta/completions") {
    const choice = (piece: string, reason: string | null) => ({
      ...head,
      object: "text_completion",
      choices: [{ text: piece, index: 0, logprobs: null, finish_reason: reason }],
    });
    return events(response, [
      choice("return a ", null),
      choice("＋ b", null),
      choice("", "stop"),
      { ...head, choices: [], usage },
    ]);
  }
  if (request.url !== "/chat/completions") return void response.writeHead(404).end();
  const thinks = (body["thinking"] as { type?: string } | undefined)?.type !== "disabled";
  const delta = (fields: object, reason: string | null) => ({
    ...head,
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta: fields, finish_reason: reason }],
  });
  return events(response, [
    delta({ role: "assistant", content: "" }, null),
    ...(thinks ? [delta({ content: null, reasoning_content: "Hmm." }, null)] : []),
    delta({ content: thinks ? "after thought" : "at once" }, null),
    { ...delta({ content: "" }, "stop"), usage },
  ]);
};

/** learn.microsoft.com: the v1 interface and the classic one, for a deployment called `my gpt`. */
export const azure: Route = async (request, response, text) => {
  const error = (status: number, code: string, message: string) => json(response, status, { error: { code, message } });
  const url = new URL(request.url ?? "", "http://localhost");
  if (request.headers["api-key"] !== "test-key") {
    const message =
      "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.";
    return error(401, "401", message);
  }
  const missing = "The API deployment for this resource does not exist.";
  switch (url.pathname) {
    case "/openai/v1/models":
      return json(response, 200, { object: "list", data: [{ id: "gpt-4.1", object: "model", status: "succeeded" }] });
    case "/openai/v1/chat/completions":
      if (parsed(text)["model"] !== "my gpt") return error(404, "DeploymentNotFound", missing);
      break;
    case "/openai/deployments/my%20gpt/chat/completions":
      if (!/^\d{4}-\d\d-\d\d(-preview)?$/.test(url.searchParams.get("api-version") ?? "")) {
        return error(404, "404", "Resource not found");
      }
      break;
    default:
      return error(404, "DeploymentNotFound", missing);
  }
  if (text.includes("max_tokens")) {
    const message =
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
    return json(response, 400, {
      error: { message, type: "invalid_request_error", param: "max_tokens", code: "unsupported_parameter" },
    });
  }
  if (text.includes("violence")) {
    const message = "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.";
    return json(response, 400, {
      error: { message, type: null, param: "prompt", code: "content_filter", status: 400 },
    });
  }
  const delta = (fields: object, reason: string | null) => ({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta: fields, finish_reason: reason, content_filter_results: {} }],
  });
  return events(response, [
    { choices: [], created: 0, id: "", model: "", object: "", prompt_filter_results: [{ prompt_index: 0 }] },
    delta({ role: "assistant", content: "" }, null),
    delta({ content: "from Azure" }, null),
    delta({}, "stop"),
  ]);
};

function parsed(text: string): Readonly<Record<string, unknown>> {
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}

async function events(response: ServerResponse, all: readonly object[]): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  const lines = all.map((event) => `data: ${JSON.stringify(event)}\n\n`);
  await sendInPieces(response, `${lines.join("")}data: [DONE]\n\n`, CUT);
  response.end();
}

function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}
