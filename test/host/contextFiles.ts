import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import type { ModelServer } from "../support/modelServer.ts";
import { eventually, setUser } from "./editor.ts";
import { withServer } from "./suggestions.ts";

/** Files in a folder of the workspace, which is removed afterwards. */
export function withFiles(
  name: string,
  files: Readonly<Record<string, string>>,
  body: (server: ModelServer, folder: string) => Promise<void>,
): HostTest {
  return withServer(name, async (server) => {
    const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(workspace);
    const folder = mkdtempSync(join(workspace, "context-"));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    try {
      await setUser("context.maxTokens", undefined);
      await setUser("model.suggestions", "openai/qwen2.5-coder");
      await body(server, folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

/** Opens a file with the caret at its end, and asks by hand until `look` finds what it wants in what was sent. */
export async function askedIn(file: string, server: ModelServer, look: (sent: string) => boolean): Promise<string> {
  const document = await vscode.workspace.openTextDocument(file);
  const editor = await vscode.window.showTextDocument(document);
  const end = document.positionAt(document.getText().length);
  editor.selection = new vscode.Selection(end, end);
  let edits = 0;
  return eventually("a request with what is looked for", async () => {
    // Another place at each look: an answer that is known is not asked for.
    edits += 1;
    const { line } = editor.selection.active;
    await editor.edit((edit) => edit.insert(new vscode.Position(line, 0), `// ${edits}\n`));
    await vscode.commands.executeCommand("pairwise.suggest");
    return sentBy(server).findLast(look);
  });
}

export function sentBy({ requests }: ModelServer): readonly string[] {
  return requests.map(({ body }) => body);
}
