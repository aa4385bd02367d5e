import assert from "node:assert/strict";
import * as vscode from "vscode";
import { pickChatModel } from "../../src/extension/chatModelPick.ts";
import { OpenChatModels } from "../../src/extension/chatModels.ts";
import type { Ask } from "../../src/extension/quickInputs.ts";
import { SecretGate } from "../../src/extension/secretGate.ts";
import type { Keys } from "../../src/extension/secrets.ts";
import { forgetSettings } from "../../src/extension/settings.ts";
import type { ChatMessage, ChatPrompt } from "../../src/model/model.ts";
import { ModelError } from "../../src/model/model.ts";
import { RequestLog } from "../../src/model/requestLog.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { startModelServer } from "../support/modelServer.ts";
import { madeUp } from "../support/secrets.ts";
import { serve } from "../model/localServer.ts";
import { resetSettings, setUser } from "./editor.ts";

interface Rig {
  readonly context: vscode.ExtensionContext;
  readonly keys: Keys;
  /** The global one. */
  readonly state: ReadonlyMap<string, unknown>;
  readonly models: OpenChatModels;
  readonly log: RequestLog;
  /** The settings that models are made by have changed. */
  readonly reset: () => void;
}

function withModels(name: string, body: (rig: Rig) => Promise<void>): HostTest {
  return {
    name,
    async run() {
      const extension = vscode.extensions.getExtension("pairwise.pairwise");
      assert.ok(extension);
      const log = new RequestLog(Date.now);
      const gate = new SecretGate();
      const didReset = new vscode.EventEmitter<void>();
      // The test has a copy of the extension's code of its own.
      const settings = vscode.workspace.onDidChangeConfiguration(forgetSettings);
      const state = new Map<string, unknown>();
      const memento = {
        get: (key: string, fallback: unknown) => state.get(key) ?? fallback,
        update: async (key: string, value: unknown) => void state.set(key, value),
      };
      const keys: Keys = { get: async () => undefined, store: async () => undefined, remove: async () => undefined };
      const context = {
        extension,
        asAbsolutePath: (file: string) => `${extension.extensionPath}/${file}`,
        globalStorageUri: vscode.Uri.joinPath(extension.extensionUri, ".test-storage"),
        globalState: memento,
        languageModelAccessInformation: { canSendRequest: () => true },
      } as unknown as vscode.ExtensionContext;
      const models = new OpenChatModels({
        context,
        keys,
        recorderFor: async () => log,
        gate: () => gate.open(),
        onDidReset: didReset.event,
      });
      try {
        await resetSettings();
        forgetSettings();
        await body({ context, keys, state, models, log, reset: () => didReset.fire() });
      } finally {
        settings.dispose();
        models.dispose();
        didReset.dispose();
        gate.dispose();
        await resetSettings();
        await vscode.workspace.fs
          .delete(context.globalStorageUri, { recursive: true })
          .then(undefined, () => undefined);
      }
    },
  };
}

function asking(content: string, more: Partial<ChatPrompt> = {}, messages: readonly ChatMessage[] = []) {
  const prompt = { kind: "chat", messages: [...messages, { role: "user", content }], ...more } as const;
  const provenance = { stretches: [], redactions: [] };
  return { prompt, purpose: "chat", maxTokens: 60, temperature: 0, stop: [], provenance } as const;
}

async function textOf(stream: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of stream) text += piece;
  return text;
}

/** What test/host/chatModels exports. */
interface Script {
  models: readonly object[];
  answer: (text: string) => readonly (string | object)[];
  readonly parts: readonly (readonly object[])[];
  readonly offered: readonly string[];
  changed(): void;
}

async function scriptedModel(capabilities: object): Promise<Script> {
  const extension = vscode.extensions.getExtension<Script>("pairwise-tests.chat-models");
  assert.ok(extension);
  const script = await extension.activate();
  const one = { id: "scripted-1", name: "Scripted One", family: "one", maxInputTokens: 100_000 };
  script.models = [{ ...one, capabilities }];
  script.changed();
  return script;
}

const { secret = "", line = "" } = madeUp["GitHub token"] ?? {};
/** One pixel: VS Code looks into pictures. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==";
const never = new AbortController().signal;
const tools = [{ name: "read_file", description: "Reads a file.", parameters: { type: "object", properties: {} } }];

/** Takes the row of this name, when the servers have answered; tells what there was. */
function choosing(wanted: string, seen: string[], described: Map<string, string> = new Map()): Ask {
  return {
    async pick(options) {
      const rows = (await options.later?.(never)) ?? options.rows;
      const value = rows.find(({ label }) => label === wanted)?.value;
      for (const { label, kind } of rows) seen.push(kind === vscode.QuickPickItemKind.Separator ? `# ${label}` : label);
      for (const { label, description = "" } of rows) described.set(label, description);
      return value === undefined ? undefined : { value, button: undefined };
    },
    text: async ({ check }) => {
      assert.equal(check("openai", true)?.severity, "error");
      assert.equal(check(" openai/gpt-4o ", true), undefined);
      return " openai/gpt-4o ";
    },
  };
}

export const chatModelSourceTests: readonly HostTest[] = [
  withModels(
    "a thread is given a model of the settings, this machine, a server or VS Code, or another one",
    async (rig) => {
      await scriptedModel({});
      const server = await startModelServer("ok");
      try {
        await setUser("model.servers", { mine: server.baseUrl("ok") });
        await setUser("model.fallbacks", ["openai/gpt-4.1"]);
        const { context, keys, state } = rig;
        const seen: string[] = [];
        const described = new Map<string, string>();
        const facts = (reference: string) => rig.models.facts(reference);
        const pick = (wanted: string) => {
          const ask = choosing(wanted, seen, described);
          return pickChatModel({ context, keys, ask, facts }, rig.models.standard, rig.models.standard);
        };
        assert.equal(await pick("small-coder"), "mine/small-coder");
        assert.deepEqual(seen, [
          "# In your settings",
          "SmolLM2 135M",
          "gpt-4.1",
          "# VS Code's",
          "Scripted One",
          "# On servers that you use",
          "small-coder",
          "zephyr-1",
          "# ",
          "Another model…",
        ]);
        assert.equal(described.get("gpt-4.1"), "api.openai.com · calls tools · sees pictures");
        assert.doesNotMatch(described.get("small-coder") ?? "", /calls|sees/);
        assert.equal(await pick("Scripted One"), "editor/scripted/one");
        assert.equal(await pick("Another model…"), "openai/gpt-4o");
        assert.equal(await pick("nothing of that name"), undefined);
        assert.deepEqual(state.get("chat.chosenModels"), ["openai/gpt-4o", "editor/scripted/one", "mine/small-coder"]);
        await server.close();
        seen.length = 0;
        await pick("gpt-4o");
        assert.deepEqual(seen.slice(3, 7), ["# Chosen before", "gpt-4o", "one", "small-coder"]);
      } finally {
        await server.close().catch(() => undefined);
      }
    },
  ),
  withModels("the chat asks the model of suggestions unless a setting names another one", async ({ models }) => {
    assert.equal(models.standard, "embedded/smollm2-135m-instruct");
    await setUser("model.chat", "openai/gpt-4.1");
    assert.equal(models.standard, "openai/gpt-4.1");
    assert.deepEqual([models.facts(models.standard).sees, models.facts(models.standard).callsTools], [true, true]);
  }),
  withModels("the model on this machine answers, piece by piece, and is on record", async ({ models, log }) => {
    const { model, contextTokens, sees, callsTools, name } = await models.open(models.standard);
    assert.deepEqual([name, sees, callsTools], ["SmolLM2 135M", false, false]);
    assert.ok(contextTokens > 7_000 && contextTokens <= 8_192, String(contextTokens));
    assert.match(await textOf(model.stream(asking("Say hello.", { tools }), never)), /hello/i);
    assert.equal(log.requests[0]?.purpose, "chat");
    const pictures = [{ mediaType: "image/png", base64: "AAAA" }] as const;
    const shown = asking("", { messages: [{ role: "user", content: "What is it?", pictures }] });
    await assert.rejects(
      textOf(model.stream(shown, never)),
      (error) => error instanceof ModelError && error.failure.kind === "pictures-unseen",
    );
    assert.equal(log.requests.length, 1);
  }),
  withModels("an answer that is being given goes on when the settings change", async ({ models, reset }) => {
    const { model } = await models.open(models.standard);
    let text = "";
    let pieces = 0;
    for await (const piece of model.stream(asking("Count from one to ten in words."), never)) {
      if (pieces++ === 1) reset();
      text += piece;
    }
    assert.ok(pieces > 3, text);
    const again = await models.open(models.standard);
    assert.match(await textOf(again.model.stream(asking("Say hello."), never)), /hello/i);
  }),
  withModels("what names no model, or a file that is not there, is told as such", async ({ models }) => {
    const kindOf = async (reference: string) =>
      models.open(reference).then(
        () => "opened",
        (error: unknown) => error instanceof ModelError && error.failure.kind,
      );
    assert.equal(await kindOf("nobody/nothing"), "reference-unknown");
    assert.equal(await kindOf("embedded/~/not-there.gguf"), "model-file-missing");
    assert.equal(await kindOf("editor/scripted/nobody"), "editor-model-missing");
  }),
  withModels("a server's model answers; secrets go out as placeholders, and come back", async ({ models, log }) => {
    const server = await startModelServer("It is a total.");
    try {
      await setUser("model.servers", { mine: server.baseUrl("ok") });
      const { model, callsTools } = await models.open("mine/some-model");
      assert.equal(callsTools, undefined);
      assert.equal(await textOf(model.stream(asking(`What is this?\n${line}`), never)), "It is a total.");
      const sent = server.requests.find(({ url }) => url.endsWith("/chat/completions"));
      assert.ok(sent);
      assert.ok(!sent.body.includes(secret));
      assert.equal(log.requests[0]?.redactions.length, 1);
    } finally {
      await server.close();
    }
  }),
  withModels(
    "a server nearby says before the first question what its model takes, and the settings say the rest",
    async ({ models, log }) => {
      const server = await startModelServer("It is a total.");
      try {
        await setUser("model.servers", { mine: server.baseUrl("ok"), "llama.cpp": server.baseUrl("llama") });
        const before = models.facts("mine/some-model");
        assert.deepEqual([before.isSizeKnown, before.callsTools], [false, undefined]);
        assert.equal(await models.learn("mine/some-model"), true);
        assert.equal(await models.learn("mine/some-model"), false);
        assert.equal(models.facts("mine/some-model").isSizeKnown, false);
        await setUser("model.capabilities", { "mine/*": { contextTokens: 32_768, tools: true, pictures: true } });
        const { isSizeKnown, callsTools, sees, contextTokens } = await models.open("mine/some-model");
        assert.deepEqual([isSizeKnown, callsTools, sees, contextTokens], [true, true, true, Math.floor(32_768 * 0.92)]);
        // Whoever asks services elsewhere for something asks a question.
        assert.equal(await models.learn("openai/gpt-4.1"), false);
        const local = models.facts(models.standard);
        assert.equal(local.isSizeKnown, false);
        assert.equal(await models.learn(models.standard), true);
        assert.equal(models.facts(models.standard).isSizeKnown, true);
        assert.deepEqual(log.requests, []);
        assert.deepEqual(server.requests, []);
      } finally {
        await server.close();
      }
    },
  ),
  withModels("a model whose server refuses tools is offered none from then on", async ({ models }) => {
    await using server = await serve((_request, response, body) => {
      if (body.includes('"tools"')) return void response.writeHead(400).end('{"error":"tools is not supported"}');
      response.end('data: {"choices":[{"delta":{"content":"Well."},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
    });
    await setUser("model.servers", { mine: `${server.url}/v1` });
    const { model, callsTools } = await models.open("mine/gpt-4.1");
    assert.equal(callsTools, true);
    assert.equal(await textOf(model.stream(asking("Hello?", { tools }), never)), "Well.");
    assert.equal(models.facts("mine/gpt-4.1").callsTools, false);
  }),
  withModels("a model of VS Code's says what it can, is offered tools, and calls them", async ({ models }) => {
    const script = await scriptedModel({ imageInput: true, toolCalling: true });
    script.answer = () => ["Let me look.", { id: "c1", name: "read_file", input: { path: "a.ts" } }];
    const { model, callsTools, sees, contextTokens } = await models.open("editor/scripted/one");
    assert.equal(callsTools, true);
    assert.equal(sees, "LanguageModelDataPart" in vscode);
    assert.ok(contextTokens > 80_000);
    const stream = model.stream(asking("What is in a.ts?", { tools }), never);
    assert.equal(await textOf(stream), "Let me look.");
    const call = { id: "c1", name: "read_file", arguments: '{"path":"a.ts"}' };
    assert.deepEqual(stream.toolCalls, [call]);
    assert.deepEqual(script.offered, ["read_file"]);
    script.answer = () => ["It has a."];
    const exchanged: readonly ChatMessage[] = [
      { role: "user", content: "What is in a.ts?" },
      { role: "assistant", content: "Let me look.", toolCalls: [call, { ...call, id: "c2" }] },
      { role: "tool", content: "let a;", toolCallId: "c1" },
      { role: "tool", content: "let b;", toolCallId: "c2" },
    ];
    const next = asking("", { messages: exchanged, tools });
    assert.equal(await textOf(model.stream(next, never)), "It has a.");
    assert.deepEqual(script.parts.slice(1), [
      [
        { text: "Let me look." },
        { call: "c1", name: "read_file", input: { path: "a.ts" } },
        { call: "c2", name: "read_file", input: { path: "a.ts" } },
      ],
      [
        { result: "c1", text: "let a;" },
        { result: "c2", text: "let b;" },
      ],
    ]);
  }),
  withModels("a picture reaches a model of VS Code's, where the version has words for it", async ({ models }) => {
    const script = await scriptedModel({ imageInput: true });
    script.answer = () => ["A cat."];
    const { model } = await models.open("editor/scripted/one");
    const pictures = [{ mediaType: "image/png", base64: PIXEL }] as const;
    const shown = asking("", { messages: [{ role: "user", content: "What is it?", pictures }] });
    if ("LanguageModelDataPart" in vscode) {
      assert.equal(await textOf(model.stream(shown, never)), "A cat.");
      assert.deepEqual(script.parts, [
        [{ text: "What is it?" }, { mediaType: "image/png", bytes: Buffer.from(PIXEL, "base64").length }],
      ]);
    } else {
      await assert.rejects(textOf(model.stream(shown, never)), /pictures-unseen/);
    }
  }),
];
