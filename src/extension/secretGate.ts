import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { Redactor } from "../context/gates/redactor.ts";
import { secretFinder } from "../context/gates/secretRules.ts";
import { valuesOfEnv } from "../context/gates/envValues.ts";

/** Nothing is sent before it has resolved. */
export type OpenGate = () => Promise<Redactor>;

/** Finds secrets in what is about to be sent; its rules are read with the first request. */
export class SecretGate implements vscode.Disposable {
  #redactor: Promise<Redactor> | undefined;
  #reading: Promise<unknown> | undefined;
  #watching: vscode.Disposable | undefined;

  /** Waits also where files of environment variables are being read. */
  async open(): Promise<Redactor> {
    const made = (this.#redactor ??= this.#make());
    // The next request tries again; this one is not sent.
    made.catch(() => {
      if (this.#redactor === made) this.#redactor = undefined;
    });
    const redactor = await made;
    // What is read may have changed meanwhile, and is read again.
    let reading: Promise<unknown> | undefined;
    do {
      reading = this.#reading;
      await reading;
    } while (reading !== this.#reading);
    return redactor;
  }

  dispose(): void {
    this.#watching?.dispose();
  }

  async #make(): Promise<Redactor> {
    const preset = await import("@secretlint/secretlint-rule-preset-recommend");
    const redactor = new Redactor(secretFinder(preset), randomBytes(4).toString("hex").slice(0, NONCE_CHARS));
    let found: readonly string[] = [];
    let reads = 0;
    let lastRead = 0;
    const know = async (): Promise<void> => {
      const own = ++reads;
      // What is open need not be searched for.
      redactor.know([...openValues(), ...found]);
      const values = await environmentValues();
      // A later search was faster.
      if (own < lastRead) return;
      lastRead = own;
      found = values;
      redactor.know([...openValues(), ...found]);
    };
    const read = (): void => {
      // A very large folder is searched for longer than a suggestion may wait; the rules hold meanwhile.
      this.#reading = Promise.race([know(), new Promise((done) => setTimeout(done, PATIENCE_MS))]);
    };
    const readFor = ({ uri }: vscode.TextDocument): void => {
      if (ENV_FILE.test(uri.path)) read();
    };
    const watcher = vscode.workspace.createFileSystemWatcher(ENV_FILES);
    this.#watching = vscode.Disposable.from(
      watcher,
      watcher.onDidChange(read),
      watcher.onDidCreate(read),
      watcher.onDidDelete(read),
      // Sooner than the watcher.
      vscode.workspace.onDidOpenTextDocument(readFor),
      vscode.workspace.onDidSaveTextDocument(readFor),
      vscode.workspace.onDidChangeWorkspaceFolders(read),
    );
    read();
    return redactor;
  }
}

/** Of those that are open in the editor, wherever they stand. */
function openValues(): readonly string[] {
  const open = vscode.workspace.textDocuments.filter(({ uri }) => ENV_FILE.test(uri.path) && !EXAMPLE.test(uri.path));
  return open.flatMap((document) => valuesOfEnv(document.getText())).slice(0, MOST_VALUES);
}

/** Of the files of environment variables anywhere in the workspace, as they are in the editor where they are open. */
async function environmentValues(): Promise<readonly string[]> {
  const files = await vscode.workspace.findFiles(ENV_FILES, PASSED_OVER, MOST_FILES).then(
    (found) => found,
    () => [],
  );
  const texts = await Promise.all(files.filter(({ path }) => !EXAMPLE.test(path)).map(textOf));
  return texts.flatMap(valuesOfEnv).slice(0, MOST_VALUES);
}

async function textOf(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > MOST_BYTES ? "" : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return "";
  }
}

const ENV_FILES = "**/{.env,.env.*,*.env,.envrc,.dev.vars}";
const ENV_FILE = /\/(?:\.env(?:\.[^/]*)?|[^/]*\.env|\.envrc|\.dev\.vars)$/;
const PASSED_OVER = "**/{node_modules,.git,.venv,vendor,dist,out}/**";
const EXAMPLE = /\.(?:example|sample|template|defaults|dist)$|\/(?:example|sample|template)\.env$/;
const MOST_FILES = 100;
const MOST_BYTES = 100_000;
const MOST_VALUES = 1_000;
const PATIENCE_MS = 2_000;
const NONCE_CHARS = 5;
