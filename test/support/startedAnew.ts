/** A server like llama.cpp's that is started anew with another model. */

import type { IncomingMessage, ServerResponse } from "node:http";

export interface Loaded {
  readonly name: string;
  readonly fills: boolean;
}

export const filling: Loaded = { name: "in-house", fills: true };
export const chatting: Loaded = { name: "other", fills: false };

/** As llama.cpp's does it; `undefined`: it still reads a model's file. */
export function llama(loaded: () => Loaded | undefined, isNamed = true) {
  return (request: IncomingMessage, response: ServerResponse, body: string): void => {
    const json = (status: number, value: unknown) =>
      void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    const model = loaded();
    if (!model) return json(503, { error: { message: "Loading model", code: 503 } });
    const named = isNamed && { model: model.name };
    if (request.url === "/props")
      return json(200, { default_generation_settings: { n_ctx: 4096 }, model_alias: model.name, chat_template: "own" });
    if (request.url === "/infill" && !model.fills) return json(501, { error: { message: "no infill", code: 501 } });
    if (body.includes('"input_extra":"none"')) return json(400, { error: { message: "no", code: 400 } });
    response.writeHead(200, { "content-type": "text/event-stream" });
    if (request.url === "/infill") response.end(`data: ${JSON.stringify({ content: "1", stop: true, ...named })}\n\n`);
    else {
      const choices = [{ delta: { content: "1" }, finish_reason: "stop" }];
      response.end(`data: ${JSON.stringify({ choices, ...named })}\n\ndata: [DONE]\n\n`);
    }
  };
}
