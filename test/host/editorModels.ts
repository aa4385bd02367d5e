import assert from "node:assert/strict";
import * as vscode from "vscode";
import { editorBackend } from "../../src/extension/editorModels.ts";
import { SecretGate } from "../../src/extension/secretGate.ts";
import { ModelError } from "../../src/model/model.ts";
import { RequestLog } from "../../src/model/requestLog.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { madeUp } from "../support/secrets.ts";
import {
  closeAll,
  diagnostics,
  eventually,
  lastFailure,
  open,
  resetSettings,
  setUser,
  suggestAndAccept,
} from "./editor.ts";

/** What test/host/chatModels exports. */
interface Script {
  models: readonly { id: string; name: string; family: string; maxInputTokens: number }[];
  answer: (text: string) => readonly (string | Error)[];
  goesOn: boolean;
  readonly requests: string[];
  counted: number;
  cancelled: number;
  changed(): void;
  readonly LanguageModelError: typeof vscode.LanguageModelError;
}

const SUM = "function add(a: number, b: number): number {\n  return ║\n}\n";
const ONE = { id: "scripted-1", name: "Scripted One", family: "one", maxInputTokens: 100_000 };
/** The word that the command asks for, with nothing of the user's. */
const TRIAL = /the word OK/;

async function script(): Promise<Script> {
  const extension = vscode.extensions.getExtension<Script>("pairwise-tests.chat-models");
  assert.ok(extension);
  return extension.activate();
}

/** With suggestions from the other extension's model, which answers `a + b;`. */
function withEditorModel(name: string, body: (model: Script) => Promise<void>): HostTest {
  return {
    name,
    async run() {
      const model = await script();
      Object.assign(model, { models: [ONE], goesOn: false, counted: 0, cancelled: 0 });
      model.answer = () => ["a +", " b;"];
      model.requests.length = 0;
      try {
        await setUser("model.suggestions", "editor/scripted/one");
        await body(model);
      } finally {
        await closeAll();
        await resetSettings();
      }
    },
  };
}

async function fails(kind: string): Promise<void> {
  await eventually(kind, async () => {
    await vscode.commands.executeCommand("pairwise.suggest");
    return (await lastFailure()) === kind ? true : undefined;
  });
  await eventually("the state", async () => (/Status: failed/.test(await diagnostics()) ? true : undefined));
}

async function allow(): Promise<void> {
  await vscode.commands.executeCommand("pairwise.allowEditorModel");
}

/** A backend of the test's own, with a record of its own. */
async function own(allowed: readonly string[], canSendRequest: () => boolean | undefined = () => true) {
  const log = new RequestLog(Date.now);
  const state = new Map<string, unknown>([["editorModels.allowed", allowed]]);
  const context = {
    languageModelAccessInformation: { canSendRequest },
    globalState: {
      get: (key: string) => state.get(key),
      update: async (key: string, value: unknown) => void state.set(key, value),
    },
  } as unknown as vscode.ExtensionContext;
  const gate = new SecretGate();
  const chosen = { kind: "editor", vendor: "scripted", model: "one" } as const;
  const made = await editorBackend(context, chosen, log, () => gate.open());
  const { backend } = made;
  const ask = async (content: string, signal = new AbortController().signal): Promise<string> => {
    const prompt = { kind: "chat", messages: [{ role: "user", content }] } as const;
    const provenance = { stretches: [], redactions: [] };
    const request = { prompt, purpose: "suggestion", maxTokens: 50, temperature: 0, stop: [], provenance } as const;
    let text = "";
    for await (const piece of backend.model.stream(request, signal)) text += piece;
    return text;
  };
  return { backend, log, ask, dispose: () => vscode.Disposable.from(gate, made).dispose() };
}

function failsAs(kind: string) {
  return (error: unknown) => error instanceof ModelError && error.failure.kind === kind;
}

export const editorModelTests: readonly HostTest[] = [
  withEditorModel(
    "a model of VS Code's is asked for nothing before it was allowed by hand; then it suggests",
    async (model) => {
      const editor = await open(SUM);
      await fails("editor-consent-missing");
      assert.deepEqual(model.requests, []);
      await allow();
      assert.equal(model.requests.length, 1);
      assert.match(model.requests[0] ?? "", TRIAL);
      assert.doesNotMatch(await diagnostics(), /Status: failed/);
      assert.match(await suggestAndAccept(editor), /return a \+ b;/);
      assert.match(model.requests.at(-1) ?? "", /function add\(a: number/);
    },
  ),
  ...(
    [
      ["NoPermissions", "editor-consent-missing"],
      ["NotFound", "editor-model-missing"],
      ["Blocked", "editor-model-blocked"],
    ] as const
  ).map(([code, kind]) =>
    withEditorModel(
      `VS Code's model answers ${code}: the state says so, and the next answer ends it`,
      async (model) => {
        await allow();
        const editor = await open(SUM);
        model.answer = () => [model.LanguageModelError[code]("no")];
        await fails(kind);
        model.answer = () => ["a + b;"];
        const before = model.requests.length;
        if (code === "NoPermissions") {
          await vscode.commands.executeCommand("pairwise.suggest");
          assert.equal(model.requests.length, before, "it is not asked again before it is allowed again");
          await allow();
        }
        await suggestAndAccept(editor);
        assert.doesNotMatch(await diagnostics(), /Status: failed/);
      },
    ),
  ),
  withEditorModel("a model that goes is missed, and one that comes back is found", async (model) => {
    await allow();
    const editor = await open(SUM);
    await suggestAndAccept(editor);
    model.models = [];
    model.changed();
    await closeAll();
    const other = await open(SUM.replaceAll("add", "sum"));
    await fails("editor-model-missing");
    model.models = [ONE];
    model.changed();
    await suggestAndAccept(other);
  }),
  withEditorModel("secrets are replaced for VS Code's model, and what is sent is on record", async (model) => {
    const { secret = "", line = "" } = madeUp["GitHub token"] ?? {};
    const { log, ask, backend, dispose } = await own(["scripted"]);
    model.answer = (text) => ["it has ", /SECRET_\w+/.exec(text)?.[0] ?? "nothing"];
    try {
      assert.equal(await ask(line), `it has ${secret}`);
      assert.equal(model.requests.length, 1);
      assert.ok(!model.requests[0]?.includes(secret), model.requests[0]);
      const [sent] = log.requests;
      assert.deepEqual(sent?.endPoint, { kind: "editor", vendor: "scripted", name: "Scripted One" });
      assert.deepEqual(sent.prompt, { kind: "chat", messages: [{ role: "user", content: model.requests[0] }] });
      assert.deepEqual(sent.state, { kind: "answered", leftEarly: false });
      assert.equal(sent.redactions.length, 1);
      assert.equal(backend.contextTokens, ONE.maxInputTokens);
    } finally {
      dispose();
    }
  }),
  withEditorModel("typing on cancels the request in the other extension", async (model) => {
    const { log, ask, dispose } = await own(["scripted"]);
    model.answer = () => [];
    model.goesOn = true;
    const controller = new AbortController();
    try {
      const asked = ask("const a = ", controller.signal);
      await eventually("a request", () => (model.requests.length > 0 ? true : undefined));
      controller.abort(new Error("typed on"));
      await assert.rejects(asked, /typed on/);
      await eventually("its end there", () => (model.cancelled === 1 ? true : undefined));
      assert.deepEqual(log.requests[0]?.state, { kind: "aborted" });
    } finally {
      dispose();
    }
  }),
  withEditorModel("a prompt that VS Code's model has no room for is counted by it, and is not sent", async (model) => {
    model.models = [{ ...ONE, maxInputTokens: 300 }];
    model.changed();
    const { ask, dispose } = await own(["scripted"]);
    try {
      assert.equal(await ask("a".repeat(400)), "a + b;");
      assert.ok(model.counted > 0);
      await assert.rejects(ask("a".repeat(4_000)), failsAs("prompt-too-long"));
      assert.equal(model.requests.length, 1);
    } finally {
      dispose();
    }
  }),
  withEditorModel("where VS Code tells that the user was not asked, or said no, nothing is sent", async (model) => {
    for (const told of [undefined, false]) {
      const { ask, dispose } = await own(["scripted"], () => told);
      await assert.rejects(ask("const a = "), failsAs("editor-consent-missing"));
      dispose();
    }
    assert.deepEqual(model.requests, []);
  }),
];
