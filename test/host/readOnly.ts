import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import * as vscode from "vscode";
import { isReadOnly } from "../../src/extension/readOnly.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { closeAll, eventually } from "./editor.ts";
import { SUM, openAtEnd, status, suggestsAs, whileSet, withFolder, write } from "./files.ts";
import { withServer } from "./suggestions.ts";

/** A file system with one file in it, `/sum.ts`. */
function fileSystem(permissions?: vscode.FilePermission): vscode.FileSystemProvider {
  const content = new TextEncoder().encode(SUM);
  const unsupported = (): never => {
    throw vscode.FileSystemError.NoPermissions();
  };
  return {
    onDidChangeFile: () => ({ dispose() {} }),
    watch: () => ({ dispose() {} }),
    stat: ({ path }) => {
      if (path !== "/sum.ts") throw vscode.FileSystemError.FileNotFound();
      return {
        type: vscode.FileType.File,
        ctime: 0,
        mtime: 0,
        size: content.length,
        ...(permissions && { permissions }),
      };
    },
    readFile: () => content,
    readDirectory: () => [],
    createDirectory: unsupported,
    writeFile: unsupported,
    delete: unsupported,
    rename: unsupported,
  };
}

export const readOnlyTests: readonly HostTest[] = [
  withFolder(
    "in a diff the side that can be changed works, and the other one says that it can't",
    async (folder, server) => {
      const registration = vscode.workspace.registerFileSystemProvider("pairwise-before", fileSystem(), {
        isReadonly: true,
      });
      try {
        const before = vscode.Uri.parse("pairwise-before:/sum.ts");
        const after = write(folder, "sum.ts", `const changed = 1;\n${SUM}`);
        await vscode.commands.executeCommand("vscode.diff", before, after, "before and after");
        const editor = await eventually("the changed side", () =>
          vscode.window.activeTextEditor?.document.uri.scheme === "file" ? vscode.window.activeTextEditor : undefined,
        );
        editor.selection = new vscode.Selection(2, 9, 2, 9);
        await suggestsAs("sum.ts", server);
        await status("idle");
        await vscode.commands.executeCommand("diffEditor.switchSide");
        await eventually("the other side", () =>
          vscode.window.activeTextEditor?.document.uri.scheme === "pairwise-before" ? true : undefined,
        );
        await status("read-only");
      } finally {
        await closeAll();
        registration.dispose();
      }
    },
  ),
  withServer("a file that its file system does not let one write is told as read-only", async () => {
    const files = fileSystem(vscode.FilePermission.Readonly);
    const registration = vscode.workspace.registerFileSystemProvider("pairwise-locked", files);
    try {
      await openAtEnd(vscode.Uri.parse("pairwise-locked:/sum.ts"));
      await status("read-only");
    } finally {
      await closeAll();
      registration.dispose();
    }
  }),
  withFolder("files.readonlyInclude is told as read-only, and its end as well", async (folder, server) => {
    const uri = write(folder, "kept.ts", SUM);
    await whileSet("files", "readonlyInclude", { "**/kept.ts": true }, async () => {
      await openAtEnd(uri);
      await status("read-only");
      await vscode.commands.executeCommand("pairwise.suggest");
      await status("read-only");
    });
    await status("idle");
    await suggestsAs("kept.ts", server);
  }),
  withFolder(
    "a file without write permission works, unless VS Code is set to keep it read-only",
    async (folder, server) => {
      const uri = write(folder, "locked.ts", SUM);
      chmodSync(uri.fsPath, 0o444);
      await openAtEnd(uri);
      await suggestsAs("locked.ts", server);
      await whileSet("files", "readonlyFromPermissions", true, async () => {
        await status("read-only");
        // It takes back what files.readonlyInclude says, and nothing else.
        const document = await vscode.workspace.openTextDocument(uri);
        await whileSet("files", "readonlyExclude", { "**/locked.ts": true }, async () =>
          assert.equal(await isReadOnly(document), true),
        );
      });
      await status("idle");
    },
  ),
  withFolder(
    "what is read-only for the session only is told when a suggestion is asked for",
    async (folder, server) => {
      await openAtEnd(write(folder, "sum.ts", SUM));
      await vscode.commands.executeCommand("workbench.action.files.setActiveEditorReadonlyInSession");
      await vscode.commands.executeCommand("pairwise.suggest");
      await status("unasked");
      assert.equal(server.requests.length, 0);
      await vscode.commands.executeCommand("workbench.action.files.resetActiveEditorReadonlyInSession");
      await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
      await suggestsAs("sum.ts", server);
      await status("idle");
    },
  ),
];
