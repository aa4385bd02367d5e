import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import { diagnostics, resetSettings } from "./editor.ts";

async function localModel(): Promise<vscode.LanguageModelChat> {
  const [model] = await vscode.lm.selectChatModels({ vendor: "pairwise", family: "smollm2-135m-instruct" });
  assert.ok(model);
  return model;
}

/** The pieces of the answer, the likeliest one. */
async function ask(model: vscode.LanguageModelChat, text: string, token?: vscode.CancellationToken) {
  const messages = [vscode.LanguageModelChatMessage.User(text)];
  const { text: pieces } = await model.sendRequest(messages, { modelOptions: { temperature: 0 } }, token);
  return pieces;
}

async function piecesOf(model: vscode.LanguageModelChat, text: string): Promise<readonly string[]> {
  const pieces: string[] = [];
  for await (const piece of await ask(model, text)) pieces.push(piece);
  return pieces;
}

async function answerTo(model: vscode.LanguageModelChat, text: string): Promise<string> {
  return (await piecesOf(model, text)).join("");
}

export const localChatTests: readonly HostTest[] = [
  {
    name: "VS Code's chat and other extensions find the model on this machine, with its real length, and nothing is loaded for that",
    async run() {
      await resetSettings();
      const [only, ...others] = await vscode.lm.selectChatModels({ vendor: "pairwise" });
      assert.ok(only);
      assert.deepEqual(others, [], "the others of the catalogue are not on this machine");
      assert.equal(only.name, "SmolLM2 135M");
      // Taught with 8,192 tokens, of which 1,024 are for the answer.
      assert.equal(only.maxInputTokens, 7_168);
      const tokens = await only.countTokens("const total = items.reduce((sum, item) => sum + item.price, 0);");
      assert.ok(tokens >= 15 && tokens <= 40, String(tokens));
      assert.match(await diagnostics(), /Engine: idle\./);
    },
  },
  {
    name: "the model on this machine answers in VS Code's chat, piece by piece",
    async run() {
      const pieces = await piecesOf(await localModel(), "Say hello.");
      assert.match(pieces.join(""), /hello/i);
      assert.ok(pieces.length > 1, "in one piece");
    },
  },
  {
    name: "an answer that is stopped in VS Code's chat ends at once, and the next one comes",
    async run() {
      const model = await localModel();
      const source = new vscode.CancellationTokenSource();
      const pieces = await ask(model, "Tell me a long story.", source.token);
      let heard = "";
      await assert.rejects(async () => {
        for await (const piece of pieces) {
          heard += piece;
          source.cancel();
        }
      });
      // Without an end it would be 1,024 tokens.
      assert.ok(heard.length < 400, heard);
      assert.match(await answerTo(model, "Say hello."), /hello/i);
    },
  },
  {
    name: "a conversation that is too long for the model on this machine is refused with the reason",
    async run() {
      const model = await localModel();
      await assert.rejects(answerTo(model, "word ".repeat(9_000)), /tokens and the model takes 81\d\d/);
      assert.match(await answerTo(model, "Say hello."), /hello/i);
    },
  },
];
