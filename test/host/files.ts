import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import type { ModelServer } from "../support/modelServer.ts";
import { closeAll, diagnostics, eventually } from "./editor.ts";
import { withServer } from "./suggestions.ts";

export const SUM = "function add(a: number, b: number): number {\n  return ";

/** With a server that answers `a + b;`, and a folder for files, outside of the workspace. */
export function withFolder(name: string, body: (folder: string, server: ModelServer) => Promise<void>): HostTest {
  return withServer(name, async (server) => {
    const folder = mkdtempSync(join(tmpdir(), "pairwise-documents-"));
    try {
      await body(folder, server);
    } finally {
      await closeAll();
      rmSync(folder, { recursive: true });
    }
  });
}

export function write(folder: string, name: string, text: string): vscode.Uri {
  writeFileSync(join(folder, name), text);
  return vscode.Uri.file(join(folder, name));
}

/** An editor with the caret at the end of the text. */
export async function openAtEnd(uri: vscode.Uri): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(uri, { preview: false });
  const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
  return editor;
}

export async function type(text: string): Promise<void> {
  await vscode.commands.executeCommand("type", { text });
}

/** For what VS Code does in its own time and tells nobody. */
export async function pause(ms: number): Promise<void> {
  await new Promise((wake) => setTimeout(wake, ms));
}

export async function status(kind: string): Promise<void> {
  let last = "";
  try {
    await eventually(kind, async () => {
      last = /Status: ([\w-]+)\./.exec(await diagnostics())?.[1] ?? "";
      return last === kind ? true : undefined;
    });
  } catch (error) {
    throw new Error(`the status stays ${last}`, { cause: error });
  }
}

export async function requestAfter(server: ModelServer, before: number): Promise<string> {
  return eventually("a request", () => server.requests.slice(before).at(-1)?.body);
}

/** Asks at the caret, and sees that a request goes out and names the file as `path`. */
export async function suggestsAs(path: string, server: ModelServer): Promise<void> {
  const before = server.requests.length;
  await vscode.commands.executeCommand("pairwise.suggest");
  assert.ok((await requestAfter(server, before)).includes(path), path);
}

export async function whileSet(
  section: string,
  name: string,
  value: unknown,
  body: () => Promise<void>,
): Promise<void> {
  const set = (to: unknown) =>
    vscode.workspace.getConfiguration(section).update(name, to, vscode.ConfigurationTarget.Global);
  await set(value);
  try {
    await body();
  } finally {
    await set(undefined);
  }
}
