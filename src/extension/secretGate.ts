import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { Redactor } from "../context/gates/redactor.ts";
import { secretFinder } from "../context/gates/secretRules.ts";
import { valuesOfEnv } from "../context/gates/envValues.ts";

/** Finds secrets in what is about to be sent; its rules are read with the first request. */
export class SecretGate implements vscode.Disposable {
  #redactor: Promise<Redactor> | undefined;
  #watcher: vscode.FileSystemWatcher | undefined;

  open(): Promise<Redactor> {
    return (this.#redactor ??= this.#make());
  }

  dispose(): void {
    this.#watcher?.dispose();
  }

  async #make(): Promise<Redactor> {
    const preset = await import("@secretlint/secretlint-rule-preset-recommend");
    const redactor = new Redactor(secretFinder(preset), randomBytes(4).toString("hex").slice(0, NONCE_CHARS));
    this.#watcher = vscode.workspace.createFileSystemWatcher("**/.env*");
    const read = async (): Promise<void> => redactor.know(await environmentValues());
    this.#watcher.onDidChange(read);
    this.#watcher.onDidCreate(read);
    this.#watcher.onDidDelete(read);
    await read();
    return redactor;
  }
}

/** Of the .env files in the roots of the workspace's folders. */
async function environmentValues(): Promise<readonly string[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const values: string[] = [];
  for (const { uri } of folders) {
    const entries = await vscode.workspace.fs.readDirectory(uri).then(
      (listed) => listed,
      () => [],
    );
    const names = entries.map(([name]) => name).filter((name) => /^\.env(?:$|\.)/.test(name) && !EXAMPLE.test(name));
    for (const name of names.slice(0, MOST_FILES)) {
      const file = vscode.Uri.joinPath(uri, name);
      const size = await vscode.workspace.fs.stat(file).then(
        (found) => found.size,
        () => Number.POSITIVE_INFINITY,
      );
      if (size > MOST_BYTES) continue;
      const bytes = await vscode.workspace.fs.readFile(file).then(
        (read) => read,
        () => new Uint8Array(),
      );
      values.push(...valuesOfEnv(new TextDecoder().decode(bytes)));
    }
  }
  return values.slice(0, MOST_VALUES);
}

const EXAMPLE = /\.(?:example|sample|template|defaults)$/;
const MOST_FILES = 20;
const MOST_BYTES = 100_000;
const MOST_VALUES = 500;
const NONCE_CHARS = 5;
