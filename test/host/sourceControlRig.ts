/** Real repositories of git, with a server that is a script. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import * as vscode from "vscode";
import type { GitRepository } from "../../src/extension/gitApi.ts";
import { RefactorModel } from "../../src/extension/refactorModel.ts";
import { SecretGate } from "../../src/extension/secretGate.ts";
import { CommitMessages } from "../../src/extension/sourceControlCommit.ts";
import { RequestLog } from "../../src/model/requestLog.ts";
import { type ChatScript, type ChatServer, startChatServer } from "../support/chatServer.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { type ChatFolder, inFolder } from "./chatFolder.ts";
import { type RigOptions, scriptedModels } from "./chatRig.ts";
import { eventually } from "./editor.ts";

export interface Rig {
  readonly repository: GitRepository;
  readonly commits: CommitMessages;
  readonly needs: { readonly model: RefactorModel; readonly ignored: ChatFolder["ignored"] };
  readonly server: ChatServer;
  readonly folder: ChatFolder;
  readonly git: (...args: readonly string[]) => string;
  readonly write: (name: string, content: string | Uint8Array) => void;
  /** Of the last question. */
  readonly asked: () => string;
}

export const answering = (text: string) => (): ChatScript => ({ pieces: text.match(/[^]{1,8}/g) ?? [], delayMs: 5 });

/** A repository with these files in its first commit. */
export function inRepository(
  name: string,
  files: Readonly<Record<string, string>>,
  script: (text: string, count: number) => ChatScript,
  use: (rig: Rig) => Promise<void>,
  options: RigOptions = {},
): HostTest {
  return inFolder(name, files, async (folder) => {
    await using server = await startChatServer(script);
    const gate = new SecretGate();
    const model = new RefactorModel(scriptedModels(server, new RequestLog(Date.now), gate, options));
    const needs = { model, ignored: folder.ignored };
    const who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false"];
    const git = (...args: readonly string[]): string =>
      execFileSync("git", [...who, ...args], { cwd: folder.path, stdio: "pipe", encoding: "utf8" });
    git("init", "-q", "-b", "main");
    if (Object.keys(files).length > 0) {
      git("add", "-f", ".");
      git("commit", "-q", "-m", "fix(cart): show prices");
    }
    const repository = await openRepository(folder);
    try {
      await use({
        repository,
        commits: new CommitMessages(needs),
        needs,
        server,
        folder,
        git,
        write: (name, content) => writeFileSync(folder.uri(name).fsPath, content),
        asked: () => JSON.stringify(server.asked.at(-1)?.messages),
      });
    } finally {
      repository.inputBox.value = "";
      gate.dispose();
    }
  });
}

interface GitApi {
  openRepository(uri: vscode.Uri): Promise<GitRepository | null>;
  toGitUri(uri: vscode.Uri, ref: string): vscode.Uri;
}

async function gitApi(): Promise<GitApi> {
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>("vscode.git");
  const api = (await extension?.activate())?.getAPI(1);
  assert.ok(api, "the host has Git's extension");
  return api;
}

export async function openRepository(folder: ChatFolder): Promise<GitRepository> {
  const repository = await (await gitApi()).openRepository(vscode.Uri.file(folder.path));
  assert.ok(repository);
  return repository;
}

/** Of the file as it was in a commit; where `ref` is empty, as it is staged. */
export async function gitUri(uri: vscode.Uri, ref: string): Promise<vscode.Uri> {
  return (await gitApi()).toGitUri(uri, ref);
}

export const shownText = (): Promise<string> =>
  eventually("a new document", () => {
    const document = vscode.window.activeTextEditor?.document;
    return document?.isUntitled && document.languageId === "markdown" ? document.getText() : undefined;
  });

/** While this runs the first thing that can be picked with these words is picked. */
export async function picking(words: string, use: () => Promise<void>): Promise<void> {
  const window = vscode.window as unknown as Record<string, unknown>;
  const { showQuickPick } = window;
  window["showQuickPick"] = async (items: readonly (string | vscode.QuickPickItem)[]) =>
    items.find((item) => (typeof item === "string" ? item : item.label).includes(words));
  try {
    await use();
  } finally {
    window["showQuickPick"] = showQuickPick;
  }
}
