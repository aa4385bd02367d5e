/** Back-ends as a reference in the settings makes them, against servers that answer as the vendors say. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { chosenModel } from "../../src/model/chosenModel.ts";
import { RequestLog } from "../../src/model/requestLog.ts";
import { formatHole } from "../../src/model/templates.ts";
import { ModelSource } from "../../src/extension/modelSource.ts";
import { SecretGate } from "../../src/extension/secretGate.ts";
import { serverBackend } from "../../src/extension/serverBackend.ts";
import { failureOf, requestFor, textOf } from "../support/answers.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { serve } from "../model/localServer.ts";
import { diagnostics, eventually, resetSettings, setUser } from "./editor.ts";
import { chatting, filling, llama } from "../support/startedAnew.ts";
import { startOllama } from "../support/ollamaServer.ts";
import { azure, mistral } from "../support/vendors.ts";

const HOLE = { path: "add.py", languageId: "python", prefix: "def add(a, b):\n    ", suffix: "\n" };
const OLLAMA_MODELS = {
  "qwen2.5-coder:7b": { capabilities: ["completion", "insert"], contextLength: 32_768 },
  "own-model:latest": { capabilities: ["completion", "insert"], contextLength: 4_096 },
};

/** What the model that `reference` names writes into the hole, and how it was asked. */
async function filled(reference: string, address: string) {
  const [provider = ""] = reference.split("/");
  const chosen = chosenModel(reference, { [provider]: address });
  assert.equal(chosen.kind, "server");
  const keys = { get: async () => "test-key", store: async () => undefined, remove: async () => undefined };
  const gate = new SecretGate();
  const sent = new RequestLog(Date.now);
  const backend = await serverBackend(chosen, keys, sent, () => gate.open());
  const { prompt } = formatHole(backend.format, HOLE);
  const text = await textOf(backend.model.stream(requestFor(prompt), new AbortController().signal));
  assert.doesNotMatch(JSON.stringify(sent.requests), /test-key/, "no key in the record");
  assert.equal(sent.requests.length, 1);
  gate.dispose();
  return { text, format: backend.format, contextTokens: backend.contextTokens };
}

/** The models as the settings name them, with nothing but a server behind. */
function modelSource(gate: SecretGate): ModelSource {
  const context = { secrets: { onDidChange: () => new vscode.Disposable(() => undefined) } };
  const keys = { get: async () => undefined, store: async () => undefined, remove: async () => undefined };
  const log = new RequestLog(Date.now);
  return new ModelSource(
    context as unknown as vscode.ExtensionContext,
    keys,
    async () => log,
    () => gate.open(),
    async () => undefined,
  );
}

export const backEndTests: readonly HostTest[] = [
  {
    name: "Codestral fills a hole at the address that Mistral has for it",
    async run() {
      await using server = await serve(mistral);
      const { text, format } = await filled("codestral/codestral-latest", `${server.url}/v1`);
      assert.deepEqual([text, format], ["return a ＋ b", "completions-suffix"]);
    },
  },
  {
    name: "a deployment on Azure answers, with the key in Azure's own header",
    async run() {
      await using server = await serve(azure);
      const { text, format } = await filled("azure/my gpt", server.url);
      assert.equal(format, "chat-hole");
      assert.notEqual(text, "");
    },
  },
  {
    name: "Ollama is asked by its own interface: by our layout where the family is known, else by the model's template",
    async run() {
      const server = await startOllama({ models: OLLAMA_MODELS, answer: ["return a", " + b"] });
      try {
        const known = await filled("ollama/qwen2.5-coder:7b", server.url);
        assert.deepEqual(known, { text: "return a + b", format: "qwen2.5-coder", contextTokens: 8_192 });
        assert.equal(server.bodies.at(-1)?.raw, true);
        const own = await filled("ollama/own-model:latest", server.url);
        assert.deepEqual(own, { text: "return a + b", format: "completions-suffix", contextTokens: 4_096 });
        assert.equal(server.bodies.at(-1)?.suffix, HOLE.suffix);
        const missing = await failureOf(filled("ollama/not-pulled", server.url));
        assert.equal(missing.kind, "model-unknown");
      } finally {
        await server[Symbol.asyncDispose]();
      }
    },
  },
  {
    name: "a llama.cpp server that was started anew with another model is asked in that one's format",
    async run() {
      let loaded = filling;
      await using server = await serve(llama(() => loaded));
      await setUser("model.servers", { "llama.cpp": `${server.url}/v1` });
      await setUser("model.suggestions", "llama.cpp/in-house");
      const gate = new SecretGate();
      const models = modelSource(gate);
      try {
        const ask = async () => {
          const { format, model } = await models.backend();
          const { prompt } = formatHole(format, HOLE);
          await textOf(model.stream(requestFor(prompt), new AbortController().signal));
          return format;
        };
        assert.equal(await ask(), "infill");
        loaded = chatting;
        // The first one learns of it, and is answered all the same.
        await ask();
        await eventually("the other format", async () => (await models.backend()).format === "chat-hole" || undefined);
        await ask();
        assert.equal(server.requests.at(-1)?.url, "/v1/chat/completions");
      } finally {
        models.dispose();
        gate.dispose();
        await resetSettings();
      }
    },
  },
  ...["opnai/gpt-4.1", "embedded/qwen", "embedded/~/nowhere.gguf", ""].map((reference) => ({
    name: `with “${reference}” as the model the status says that something is wrong, before anybody types`,
    async run() {
      try {
        await setUser("model.suggestions", reference);
        await eventually("the failed state", async () => /^Status: failed\./m.test(await diagnostics()) || undefined);
        await setUser("model.suggestions", "llama.cpp/any");
        await eventually("the end of it", async () => /^Status: (?!failed)/m.test(await diagnostics()) || undefined);
        await setUser("model.suggestions", reference);
        await setUser("model.fallbacks", ["llama.cpp/any"]);
        await eventually("who helps", async () => /^Status: fallen-back\./m.test(await diagnostics()) || undefined);
      } finally {
        await setUser("model.fallbacks", undefined);
        await resetSettings();
      }
    },
  })),
];
