import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import type { Attachment } from "../../src/chat/conversation.ts";
import { ChatContext, type ReadOptions } from "../../src/extension/chatContext.ts";
import type { ReadAttachment } from "../../src/extension/chatContextReading.ts";
import { IgnoredFiles } from "../../src/extension/ignoredFiles.ts";
import { Lazy } from "../../src/extension/lazy.ts";
import { Repositories } from "../../src/extension/repositories.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { closeAll } from "./editor.ts";

export interface ChatFolder {
  readonly path: string;
  readonly ignored: IgnoredFiles;
  readonly repositories: Repositories;
  uri(name: string): vscode.Uri;
  read(attachment: Attachment, options?: Partial<ReadOptions>): Promise<ReadAttachment>;
}

/** A folder in the workspace with these files, which is removed afterwards, and what reads attachments there. */
export function inFolder(
  name: string,
  files: Readonly<Record<string, string>>,
  body: (folder: ChatFolder) => Promise<void>,
): HostTest {
  return {
    name,
    async run() {
      const workspace = vscode.workspace.workspaceFolders?.[0];
      assert.ok(workspace);
      const path = mkdtempSync(join(workspace.uri.fsPath, "chat-"));
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(path, file)), { recursive: true });
        writeFileSync(join(path, file), text);
      }
      const ignored = new IgnoredFiles();
      const repositories = realRepositories(ignored);
      const context = new ChatContext(ignored, repositories);
      const { signal } = new AbortController();
      try {
        await body({
          path,
          ignored,
          repositories,
          uri: (file) => vscode.Uri.file(join(path, file)),
          read: async (attachment, options = {}) => {
            const all = await context.read([attachment], { question: "", mostChars: 10_000, signal, ...options });
            assert.ok(all[0]);
            return all[0];
          },
        });
      } finally {
        await closeAll();
        context.dispose();
        repositories.dispose();
        ignored.dispose();
        rmSync(path, { recursive: true, force: true });
      }
    },
  };
}

/** With the extension's own processes, and nothing kept on the disk. */
function realRepositories(ignored: IgnoredFiles): Repositories {
  const root = vscode.extensions.getExtension("pairwise.pairwise")?.extensionPath;
  assert.ok(root !== undefined);
  const context = { asAbsolutePath: (file: string) => join(root, file), storageUri: undefined };
  const ranking = new Lazy(async () => ({ rank: async () => [] }));
  return new Repositories(
    context as unknown as vscode.ExtensionContext,
    ranking as unknown as ConstructorParameters<typeof Repositories>[1],
    (file) => ignored.look(file),
  );
}

export function reasons({ notRead }: ReadAttachment): readonly string[] {
  return notRead.map(({ reason }) => reason);
}

export function textOf({ pieces }: ReadAttachment): string {
  return pieces.map(({ text }) => text).join("\n");
}
