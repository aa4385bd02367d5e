/** A server of a model that fills holes with what it is told to. */

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface HoleServer {
  /** From now on these are the answers behind `before`, and what is left of them where their start is there already. */
  says(before: string, choices: readonly string[]): void;
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** Speaks `/v1/completions` and understands the tokens of Qwen2.5-Coder. */
export async function startHoleServer(): Promise<HoleServer> {
  let before = "";
  let choices: readonly string[] = [];
  let varied = 0;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      if (!request.url?.endsWith("/completions")) {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ object: "list", data: [{ id: "qwen2.5-coder", object: "model" }] }));
        return;
      }
      const isVaried = /"temperature":0\.[1-9]/.test(body);
      if (isVaried) varied += 1;
      const text = restOf(
        promptOf(body),
        before,
        isVaried ? [choices[varied % choices.length] ?? ""] : choices.slice(0, 1),
      );
      response.writeHead(200, { "content-type": "text/event-stream" });
      const choice = (part: object) => `data: ${JSON.stringify({ id: "1", choices: [{ index: 0, ...part }] })}\n\n`;
      if (text !== "") response.write(choice({ text, finish_reason: null }));
      response.write(choice({ text: "", finish_reason: "stop" }));
      response.end("data: [DONE]\n\n");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    says: (at, all) => {
      before = at.replaceAll("\r\n", "\n");
      choices = all;
      varied = 0;
    },
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function promptOf(body: string): string {
  const { prompt } = JSON.parse(body) as { readonly prompt?: unknown };
  const text = typeof prompt === "string" ? prompt : "";
  return (/<\|fim_prefix\|>(.*?)<\|fim_suffix\|>/s.exec(text)?.[1] ?? text).replaceAll("\r\n", "\n");
}

function restOf(prompt: string, before: string, choices: readonly string[]): string {
  // A prompt may begin with other files, and leaves out the white space at its end.
  const known = before.slice(-60).trimEnd();
  const at = prompt.lastIndexOf(known);
  if (at === -1) return "";
  const typed = prompt.slice(at + known.length);
  const wanted = before.slice(before.trimEnd().length);
  for (const choice of choices) {
    const whole = wanted + choice;
    if (whole.startsWith(typed)) return whole.slice(typed.length);
    if (choice.startsWith(typed.trimStart())) return choice.slice(typed.trimStart().length);
  }
  return "";
}

/** Of an editor that asks it and nothing else, and in which nothing comes up but suggestions. */
export const holeServerSettings = ({ baseUrl }: Pick<HoleServer, "baseUrl">) => ({
  machineSettings: {
    "pairwise.model.suggestions": "vllm/qwen2.5-coder",
    "pairwise.model.servers": { vllm: baseUrl },
    "pairwise.suggestions.speculate": "never",
    "pairwise.model.warmUp": false,
  },
  settings: {
    "pairwise.context.maxTokens": 0,
    "pairwise.index.enable": false,
    "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" },
    "editor.minimap.enabled": false,
  },
});
