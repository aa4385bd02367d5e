import assert from "node:assert/strict";
import * as vscode from "vscode";
import { forgetSettings } from "../../src/extension/settings.ts";

const POLL_MS = 50;
const LIMIT_MS = 20_000;

/** Resolves with the first result of `look` that is not `undefined`. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = performance.now() + LIMIT_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    assert.ok(performance.now() < deadline, `${what} did not happen within ${LIMIT_MS / 1000} s`);
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
}

export async function setUser(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration("pairwise").update(name, value, vscode.ConfigurationTarget.Global);
  // What the tests themselves have of the product reads its settings once.
  forgetSettings();
}

/** Suggestions come from the server at this address. */
export async function useServer(baseUrl: string): Promise<void> {
  await setUser("model.servers", { openai: baseUrl });
  await setUser("model.suggestions", "openai/gpt-4.1");
}

/** Settings back to their defaults; the tests change them in turn. */
export async function resetSettings(): Promise<void> {
  for (const name of [
    "enable",
    "languages",
    "suggestions.automatic",
    "suggestions.quiet",
    "suggestions.inComments",
    "suggestions.inStrings",
    "suggestions.alternatives",
    "suggestions.speculate",
    "suggestions.timeLimitSeconds",
    "context.maxTokens",
    "index.enable",
    "model.suggestions",
    "model.chat",
    "model.servers",
    "model.fallbacks",
    "model.format",
    "cost.softLimit",
    "cost.hardLimit",
    "cost.prices",
    "ledger.enabled",
    "ledger.retentionDays",
    "report.otlpEndpoint",
  ])
    await setUser(name, undefined);
}

/** An editor on a new document, its caret at `║`. */
export async function open(marked: string, language = "typescript"): Promise<vscode.TextEditor> {
  const offset = marked.indexOf("║");
  const document = await vscode.workspace.openTextDocument({ language, content: marked.replace("║", "") });
  const editor = await vscode.window.showTextDocument(document);
  const caret = document.positionAt(offset);
  editor.selection = new vscode.Selection(caret, caret);
  return editor;
}

export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

/** Asks for a suggestion until it is there, and accepts it as Tab does. */
export async function suggestAndAccept(editor: vscode.TextEditor): Promise<string> {
  const before = editor.document.getText();
  return eventually("an accepted suggestion", async () => {
    // The clipboard of a browser takes the focus away from the editor.
    await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
    await vscode.commands.executeCommand("pairwise.suggest");
    await vscode.commands.executeCommand("editor.action.inlineSuggest.commit");
    const text = editor.document.getText();
    return text === before ? undefined : text;
  });
}

/** What `Pairwise: Copy Diagnostics` copies. */
export async function diagnostics(): Promise<string> {
  await vscode.commands.executeCommand("pairwise.copyDiagnostics");
  return vscode.env.clipboard.readText();
}

/** The kind of the last failure that the diagnostics name. */
export async function lastFailure(): Promise<string | undefined> {
  const lines = (await diagnostics()).split("\n");
  const start = lines.indexOf("Last failures:");
  const failures = lines.slice(start + 1, lines.indexOf("", start)).filter((line) => line !== "- none");
  return failures.at(-1)?.split(" ")[2];
}

/** `undefined` where the shell has none within some seconds. */
export async function shellIntegration(
  terminal: vscode.Terminal,
): Promise<vscode.TerminalShellIntegration | undefined> {
  const end = performance.now() + 8_000;
  while (!terminal.shellIntegration && performance.now() < end) await new Promise((wake) => setTimeout(wake, 100));
  return terminal.shellIntegration;
}
