import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import { startModelServer, type ModelServer } from "../support/modelServer.ts";
import {
  closeAll,
  diagnostics,
  eventually,
  open,
  resetSettings,
  setUser,
  useServer,
  suggestAndAccept,
} from "./editor.ts";

const ANSWER = "a + b;";
const SUM = "function add(a: number, b: number): number {\n  return ║\n}\n";

/** The test gets a server that answers `a + b;`, and the settings point at it; nothing of other files is shown to it. */
export function withServer(name: string, body: (server: ModelServer) => Promise<void>): HostTest {
  return {
    name,
    async run() {
      const server = await startModelServer(ANSWER);
      try {
        await setUser("context.maxTokens", 0);
        await useServer(server.baseUrl("ok"));
        await body(server);
      } finally {
        await closeAll();
        await resetSettings();
        await server.close();
      }
    },
  };
}

export const suggestionTests: readonly HostTest[] = [
  withServer("a suggestion from a server is accepted into the document, and one undo takes it back", async () => {
    const editor = await open(SUM);
    const before = editor.document.getText();
    assert.equal(await suggestAndAccept(editor), before.replace("return ", "return a + b;"));
    await vscode.commands.executeCommand("undo");
    assert.equal(editor.document.getText(), before);
  }),
  withServer("accepted suggestions are counted", async () => {
    const accepted = async () => Number(/(\d+) accepted/.exec(await diagnostics())?.[1]);
    const before = await accepted();
    await suggestAndAccept(await open(SUM));
    await eventually("one more accepted", async () => ((await accepted()) === before + 1 ? true : undefined));
  }),
  withServer("numbers out of their bounds in settings.json count as the nearest bound", async () => {
    await setUser("suggestions.timeLimitSeconds", -5);
    await suggestAndAccept(await open(SUM));
    await setUser("suggestions.timeLimitSeconds", 1e12);
    await closeAll();
    await suggestAndAccept(await open(SUM));
  }),
  withServer("typing asks by itself", async (server) => {
    await open(SUM);
    await vscode.commands.executeCommand("type", { text: "(" });
    await eventually("a request", () => (server.requests.length > 0 ? true : undefined));
  }),
  withServer("when switched off, neither typing nor asking sends anything", async (server) => {
    await setUser("suggestions.alternatives", 1);
    await setUser("enable", false);
    const editor = await open(SUM);
    const before = editor.document.getText();
    await vscode.commands.executeCommand("type", { text: "(" });
    await vscode.commands.executeCommand("pairwise.suggest");
    await setUser("enable", true);
    await vscode.commands.executeCommand("undo");
    await suggestAndAccept(editor);
    assert.notEqual(editor.document.getText(), before);
    // The one request is the last one: what was asked while switched off would have come before it.
    assert.equal(server.requests.length, 1);
  }),
  {
    name: "inline suggestions switched off in the editor itself are named as the reason",
    async run() {
      const editorSettings = vscode.workspace.getConfiguration("editor");
      const status = (kind: string) =>
        eventually(kind, async () => ((await diagnostics()).includes(`Status: ${kind}.`) ? true : undefined));
      try {
        await open(SUM);
        await editorSettings.update("inlineSuggest.enabled", false, vscode.ConfigurationTarget.Global);
        await status("editor-off");
        await editorSettings.update("inlineSuggest.enabled", true, vscode.ConfigurationTarget.Global);
        await status("idle");
      } finally {
        await closeAll();
      }
    },
  },
  withServer("in a language that is switched off, a suggestion comes only when asked for", async (server) => {
    await setUser("languages", { "*": true, python: false });
    const python = await open("def subtract(a, b):\n    return ║\n", "python");
    await vscode.commands.executeCommand("type", { text: "(" });
    // A request from a language that is on comes later, and is the first.
    await open(SUM);
    await vscode.commands.executeCommand("type", { text: "(" });
    await eventually("a request", () => (server.requests.length > 0 ? true : undefined));
    assert.ok(server.requests.every(({ body }) => !body.includes("subtract")));
    await vscode.window.showTextDocument(python.document);
    await suggestAndAccept(python);
    assert.ok(server.requests.at(-1)?.body.includes("subtract"));
  }),
  withServer(
    "a request holds text near the caret, and of the path only what is below the workspace folder",
    async (server) => {
      const outside = mkdtempSync(join(tmpdir(), "pairwise-private-"));
      writeFileSync(join(outside, "sum.ts"), SUM.replace("║", ""));
      try {
        const [folder] = vscode.workspace.workspaceFolders ?? [];
        assert.ok(folder);
        for (const uri of [vscode.Uri.file(join(outside, "sum.ts")), vscode.Uri.joinPath(folder.uri, "cart.ts")]) {
          const editor = await vscode.window.showTextDocument(uri);
          const caret = editor.document.positionAt(editor.document.getText().indexOf("return ") + "return ".length);
          editor.selection = new vscode.Selection(caret, caret);
          const before = server.requests.length;
          await vscode.commands.executeCommand("pairwise.suggest");
          await eventually("a request", () => (server.requests.length > before ? true : undefined));
          await closeAll();
        }
        const all = server.requests.map(({ headers, body }) => JSON.stringify(headers) + body).join("\n");
        assert.ok(all.includes("function add") && all.includes("function totalPrice"));
        assert.ok(!all.includes("pairwise-private-") && !all.includes(folder.uri.path));
        assert.doesNotMatch(all, /x-stainless/i);
      } finally {
        rmSync(outside, { recursive: true });
      }
    },
  ),
  withServer("a language that is switched off and on again leaves no trace in the settings", async () => {
    const own = () => vscode.workspace.getConfiguration("pairwise").inspect("languages")?.globalValue;
    await open(SUM);
    await vscode.commands.executeCommand("pairwise.toggleLanguage");
    await eventually("off", () => (own() ? true : undefined));
    assert.deepEqual(own(), { typescript: false });
    await vscode.commands.executeCommand("pairwise.toggleLanguage");
    await eventually("on again", () => (own() ? undefined : true));
  }),
  withServer("values of pairwise.languages that are no booleans say nothing", async (server) => {
    await setUser("languages", { "*": 0, typescript: null });
    await open(SUM);
    await vscode.commands.executeCommand("type", { text: "(" });
    await eventually("a request", () => (server.requests.length > 0 ? true : undefined));
  }),
];
