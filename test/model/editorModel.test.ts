import assert from "node:assert/strict";
import { test } from "node:test";
import { createEditorModel, type EditorChat, editorFailure, type EditorMessage } from "../../src/model/editorModel.ts";
import {
  type ChatMessage,
  ModelError,
  type ModelRequest,
  type Prompt,
  type ToolCall,
  type ToolDefinition,
} from "../../src/model/model.ts";

const never = new AbortController().signal;
const messages: readonly ChatMessage[] = [
  { role: "system", content: "Fill the hole." },
  { role: "user", content: "a = <HOLE>" },
  { role: "assistant", content: "1" },
  { role: "user", content: "b = <HOLE>" },
];

function asking(prompt: Prompt = { kind: "chat", messages }, changes: Partial<ModelRequest> = {}): ModelRequest {
  return { prompt, purpose: "suggestion", maxTokens: 100, temperature: 0, stop: [], ...changes };
}

class Chat implements EditorChat {
  maxInputTokens = 1_000;
  takesPictures = true;
  readonly sent: (readonly EditorMessage[])[] = [];
  readonly counted: string[] = [];
  signal: AbortSignal = never;
  readonly offered: (readonly ToolDefinition[])[] = [];
  answer: () => AsyncIterable<string | ToolCall>;

  constructor(answer: Chat["answer"]) {
    this.answer = answer;
  }

  readonly countTokens = async (text: string) => {
    this.counted.push(text);
    return text.length / 2;
  };

  send(messages: readonly EditorMessage[], tools: readonly ToolDefinition[], signal: AbortSignal) {
    this.sent.push(messages);
    this.offered.push(tools);
    this.signal = signal;
    return this.answer();
  }
}

async function* saying(...pieces: readonly string[]): AsyncGenerator<string> {
  yield* pieces;
}

async function* silence(): AsyncGenerator<string> {
  await new Promise(() => undefined);
  yield "";
}

async function textOf(chat: Chat, request = asking(), signal = never): Promise<string> {
  let text = "";
  for await (const piece of createEditorModel("gpt", async () => chat).stream(request, signal)) text += piece;
  return text;
}

async function* failing(error: Error, ...pieces: readonly string[]): AsyncGenerator<string> {
  yield* pieces;
  throw error;
}

function failsAs(kind: string) {
  return (error: unknown) => error instanceof ModelError && error.failure.kind === kind;
}

function editorError(code: string): Error {
  return Object.assign(new Error("no"), { code });
}

test("extensions have no system role: what Pairwise asks for begins the first question", async () => {
  const chat = new Chat(() => saying("b", "ar"));
  assert.equal(await textOf(chat), "bar");
  assert.deepEqual(chat.sent, [
    [
      { role: "user", content: "Fill the hole.\n\na = <HOLE>" },
      { role: "assistant", content: "1" },
      { role: "user", content: "b = <HOLE>" },
    ],
  ]);
});

test("an answer ends at a stop and at its limit, and the request with it", async () => {
  const stopped = new Chat(() => saying("one;\n", "EN", "D two"));
  assert.equal(await textOf(stopped, asking(undefined, { stop: ["END"] })), "one;\n");
  assert.ok(stopped.signal.aborted);
  const endless = new Chat(async function* () {
    for (;;) yield "0123456789";
  });
  assert.equal((await textOf(endless, asking(undefined, { maxTokens: 5 }))).length, 40);
  assert.ok(endless.signal.aborted);
});

test("a prompt is counted only where it may be too long, and is not sent where it is", async () => {
  const chat = new Chat(() => saying("ok"));
  await textOf(chat);
  assert.deepEqual(chat.counted, []);
  chat.maxInputTokens = 60;
  await textOf(chat);
  assert.equal(chat.counted.length, 3);
  chat.maxInputTokens = 20;
  await assert.rejects(textOf(chat), failsAs("prompt-too-long"));
  assert.equal(chat.sent.length, 2);
});

test("who gives up gets an end at once, from an extension that never answers, too", async () => {
  const endings: readonly ((chat: Chat) => Promise<EditorChat>)[] = [
    () => new Promise(() => undefined),
    async (chat) => chat,
  ];
  for (const find of endings) {
    const chat = new Chat(silence);
    const controller = new AbortController();
    const reading = (async () => {
      for await (const _ of createEditorModel("gpt", () => find(chat)).stream(asking(), controller.signal));
    })();
    setImmediate(() => controller.abort(new Error("typed on")));
    await assert.rejects(reading, /typed on/);
  }
});

test("who leaves early ends the request", async () => {
  const chat = new Chat(() => saying("one", "two"));
  for await (const _ of createEditorModel("gpt", async () => chat).stream(asking(), never)) break;
  assert.ok(chat.signal.aborted);
});

test("what the editor says of a model is a failure with a way out", async () => {
  const kinds = [
    ["NoPermissions", "editor-consent-missing"],
    ["NotFound", "editor-model-missing"],
    ["Blocked", "editor-model-blocked"],
    ["Unknown", "editor-model-failed"],
  ] as const;
  for (const [code, kind] of kinds) {
    await assert.rejects(textOf(new Chat(() => failing(editorError(code)))), failsAs(kind));
    const inTheMiddle = new Chat(() => failing(editorError(code), "a"));
    await assert.rejects(textOf(inTheMiddle), failsAs(kind));
  }
  assert.deepEqual(editorFailure(new Error("x".repeat(500)), "gpt"), {
    kind: "editor-model-failed",
    model: "gpt",
    detail: "x".repeat(200),
  });
});

test("a prompt that is no chat is not sent", async () => {
  const chat = new Chat(() => saying("ok"));
  const raw: Prompt = { kind: "raw", parts: [{ text: "a", special: false }] };
  await assert.rejects(textOf(chat, asking(raw)), failsAs("editor-model-failed"));
  assert.equal(chat.sent.length, 0);
});

test("tools are offered, and what the model calls is told beside its text", async () => {
  const call = { id: "1", name: "read_file", arguments: '{"path":"a.ts"}' };
  const tools = [{ name: "read_file", description: "Reads.", parameters: { type: "object" } }];
  const chat = new Chat(async function* () {
    yield "Let me look.";
    yield call;
  });
  const stream = createEditorModel("gpt", async () => chat).stream(asking({ kind: "chat", messages, tools }), never);
  let text = "";
  for await (const piece of stream) text += piece;
  assert.equal(text, "Let me look.");
  assert.deepEqual(stream.toolCalls, [call]);
  assert.deepEqual(chat.offered, [tools]);
});

test("a result of a tool is what the user says, and keeps which call it is of", async () => {
  const chat = new Chat(() => saying("ok"));
  const call = { id: "1", name: "read_file", arguments: "{}" };
  const said: readonly ChatMessage[] = [
    { role: "user", content: "what is in a.ts?" },
    { role: "assistant", content: "", toolCalls: [call] },
    { role: "tool", content: "let a;", toolCallId: "1" },
  ];
  await textOf(chat, asking({ kind: "chat", messages: said }));
  assert.deepEqual(chat.sent[0]?.slice(1), [
    { role: "assistant", content: "", toolCalls: [call] },
    { role: "user", content: "let a;", toolCallId: "1" },
  ]);
});

test("an editor that has no words for pictures is not asked about one", async () => {
  const chat = new Chat(() => saying("a cat"));
  chat.takesPictures = false;
  const pictures = [{ mediaType: "image/png", base64: "AA==" }] as const;
  const request = asking({ kind: "chat", messages: [{ role: "user", content: "what is it?", pictures }] });
  await assert.rejects(textOf(chat, request), failsAs("pictures-unseen"));
  assert.equal(chat.sent.length, 0);
  chat.takesPictures = true;
  assert.equal(await textOf(chat, request), "a cat");
  assert.deepEqual(chat.sent[0]?.[0]?.pictures, pictures);
});

test("an answer that was ended at its limit says so", async () => {
  const stream = createEditorModel("gpt", async () => new Chat(() => saying("a".repeat(50), "b"))).stream(
    asking(undefined, { maxTokens: 2 }),
    never,
  );
  for await (const _ of stream);
  assert.equal(stream.endedBy, "limit");
});
