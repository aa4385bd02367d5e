import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import { closeAll, diagnostics, eventually, setUser } from "./editor.ts";
import { openAtEnd, pause, SUM, whileSet, withFolder, write } from "./files.ts";

/** A caret that has come to rest has had its effect by then. */
const LONGER_THAN_A_REST_MS = 1_000;

/** A model that is asked by a plain prompt, which can be read ahead. */
async function usePlainPrompts(): Promise<void> {
  await setUser("model.suggestions", "openai/qwen2.5-coder");
}

export const warmUpTests: readonly HostTest[] = [
  withFolder("nothing is sent to be read ahead where no suggestion comes by itself", async (folder, server) => {
    await usePlainPrompts();
    let files = 0;
    const openAnother = async (): Promise<void> => {
      files += 1;
      await openAtEnd(write(folder, `${files}.ts`, SUM));
      await pause(LONGER_THAN_A_REST_MS);
    };
    await whileSet("pairwise", "suggestions.automatic", false, openAnother);
    await whileSet("pairwise", "model.warmUp", false, openAnother);
    await whileSet("editor", "inlineSuggest.enabled", false, openAnother);
    await whileSet("files", "readonlyInclude", { "**/*.ts": true }, openAnother);
    await vscode.commands.executeCommand("pairwise.snooze", 15);
    await openAnother();
    await vscode.commands.executeCommand("pairwise.wake");
    const output = vscode.window.createOutputChannel("Output of a test");
    try {
      output.appendLine("a line");
      await closeAll();
      output.show();
      await eventually("the output's editor", () =>
        vscode.window.activeTextEditor?.document.uri.scheme === "output" ? true : undefined,
      );
      await pause(LONGER_THAN_A_REST_MS);
    } finally {
      output.dispose();
      await vscode.commands.executeCommand("workbench.action.closePanel");
    }
    assert.deepEqual([server.requests, server.questions], [[], 0]);
    await openAnother();
    await eventually("a question", () => (server.questions > 0 ? true : undefined));
    assert.deepEqual([server.requests, server.questions], [[], 1]);
  }),
  withFolder("a setting that has no part in the model leaves it as it is", async (folder, server) => {
    await usePlainPrompts();
    await openAtEnd(write(folder, "1.ts", SUM));
    await eventually("a question", () => (server.questions === 1 ? true : undefined));
    await whileSet("pairwise", "model.mirror", "https://mirror.example", async () => {
      await openAtEnd(write(folder, "2.ts", SUM));
      await pause(LONGER_THAN_A_REST_MS);
    });
    assert.equal(server.questions, 1);
    await setUser("model.suggestions", "openai/qwen2.5-coder-7b");
    await openAtEnd(write(folder, "3.ts", SUM));
    await eventually("a question by another model", () => (server.questions === 2 ? true : undefined));
  }),
  withFolder("the diagnostics do not tell a model's name that is a path", async () => {
    await setUser("model.suggestions", "openai/qwen2.5-coder");
    assert.match(await diagnostics(), /model\.suggestions: "openai\/qwen2\.5-coder"/);
    for (const path of ["/home/me/secret.gguf", "C:\\models\\secret.gguf"]) {
      await setUser("model.suggestions", `openai/${path}`);
      const text = await diagnostics();
      assert.match(text, /model\.suggestions: \(set\)/);
      assert.doesNotMatch(text, /secret/);
    }
  }),
];
