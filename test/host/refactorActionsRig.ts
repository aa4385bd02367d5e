/** What the extension itself does when a command of the catalogue is run, with a server that is a script. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { type ChatScript, type ChatServer, startChatServer } from "../support/chatServer.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { type ChatFolder, inFolder } from "./chatFolder.ts";
import { closeAll, eventually, resetSettings, setUser } from "./editor.ts";
import { EDIT_SCHEME } from "../../src/extension/editTabs.ts";
import { lensTitles, noPreview } from "./refactorRig.ts";

export function acting(
  name: string,
  files: Readonly<Record<string, string>>,
  script: (text: string, count: number) => ChatScript,
  use: (server: ChatServer, folder: ChatFolder) => Promise<void>,
): HostTest {
  return inFolder(name, files, async (folder) => {
    await using server = await startChatServer(script);
    await setUser("model.servers", { openai: server.baseUrl });
    await setUser("model.chat", "openai/gpt-4.1");
    try {
      await use(server, folder);
    } finally {
      await closeAll();
      await resetSettings();
    }
  });
}

/** An editor with the first occurrence of this selected. */
export async function selecting(uri: vscode.Uri, text: string): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(uri, { preview: false });
  const at = editor.document.getText().indexOf(text);
  assert.ok(at >= 0, text);
  const { document } = editor;
  editor.selection = new vscode.Selection(document.positionAt(at), document.positionAt(at + text.length));
  return editor;
}

/** Runs a command, accepts all that it shows, and gives the text that the document has then. */
export async function accepted(document: vscode.TextDocument, run: () => Thenable<unknown>): Promise<string> {
  const before = document.getText();
  void run();
  await eventually("an edit to accept", async () => {
    if (vscode.window.activeTextEditor?.document.uri.scheme !== EDIT_SCHEME) return undefined;
    await vscode.commands.executeCommand("pairwise.acceptEdit");
    return document.getText() === before ? undefined : true;
  }).catch(async (error: unknown) => {
    throw new Error(`it says: ${(await lensTitles()).join(" | ")}`, { cause: error });
  });
  await noPreview();
  return document.getText();
}

/** What was asked last, as one text. */
export function lastQuestion({ asked }: ChatServer): string {
  return (asked.at(-1)?.messages ?? []).map(({ content }) => String(content)).join("\n");
}

export async function codeActions(
  uri: vscode.Uri,
  range: vscode.Range,
  kind?: vscode.CodeActionKind,
): Promise<readonly vscode.CodeAction[]> {
  const command = "vscode.executeCodeActionProvider";
  const all = await eventually("code actions", async () => {
    try {
      return await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(command, uri, range, kind?.value);
    } catch (error) {
      // A language server that is starting cancels what others are asked along with it.
      if (error instanceof Error && error.name === "Canceled") return undefined;
      throw error;
    }
  });
  return all.filter(({ command }) => command?.command.startsWith("pairwise."));
}
