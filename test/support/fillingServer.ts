/** A server like OpenAI's whose model knows the answers to the holes of a check, as far as it is asked in its own way. */

import type { IncomingMessage, ServerResponse } from "node:http";

export interface FillingOptions {
  readonly models?: readonly object[];
  /** Which of its ways gives code; the others are answered as an instruct model does. */
  readonly takes?: "chat" | "raw" | "both";
  /** Where it wants one. */
  readonly key?: string;
  /** The list is for everybody. */
  readonly hasOpenList?: boolean;
  /** Below which path its interface is. */
  readonly root?: string;
}

export function fillingServer(options: FillingOptions = {}) {
  const { models = [{ id: "coder" }], takes = "both", key, hasOpenList = false, root = "/v1" } = options;
  return (request: IncomingMessage, response: ServerResponse, body: string): void => {
    const json = (status: number, value: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    const isList = request.url === `${root}/models`;
    if (key !== undefined && request.headers.authorization !== `Bearer ${key}` && !(isList && hasOpenList))
      return void json(401, { error: { message: "Incorrect API key provided", code: "invalid_api_key" } });
    if (isList) return void json(200, { object: "list", data: models });
    const isChat = request.url === `${root}/chat/completions`;
    if (!isChat && request.url !== `${root}/completions`) return void json(404, { error: { message: "Not found" } });
    const { model } = JSON.parse(body) as { readonly model: string };
    if (!models.some((each) => "id" in each && each.id === model))
      return void json(404, { error: { message: `The model ${model} does not exist`, code: "model_not_found" } });
    const isOwn = takes === "both" || (takes === "chat") === isChat;
    const code = body.includes("json.loads") ? "json" : body.includes("def add") ? "a + b" : "101,\n102,\n";
    const words = (isOwn ? code : "Sure! Here is the code that you asked for.").split(/(?<= )/);
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const word of words) response.write(event(isChat ? { delta: { content: word } } : { text: word }));
    response.write(event({ ...(isChat ? { delta: {} } : { text: "" }), finish_reason: "stop" }));
    response.end("data: [DONE]\n\n");
  };
}

function event(choice: object): string {
  return `data: ${JSON.stringify({ id: "1", object: "chunk", created: 0, model: "m", choices: [{ index: 0, finish_reason: null, ...choice }] })}\n\n`;
}
