import * as vscode from "vscode";
import { PROMPT_FILE } from "../model/prompts/promptKinds.ts";
import type { RequestLog, SentRequest } from "../model/requestLog.ts";
import { commands } from "./contributions.ts";
import { openAt, openPlace } from "./openPlace.ts";
import { orTell } from "./orTell.ts";
import { promptPlace } from "./promptPlaces.ts";
import { saveRequest } from "./sentFiles.ts";
import { promptAsText } from "./sentPrompt.ts";
import { pictureWords } from "./sentWords.ts";
import { ExactTokens } from "./exactTokens.ts";
import { OpenAiTokenizer } from "./openAiTokenizer.ts";
import { type FromPage, parseFromPage, type ToPage } from "./sentProtocol.ts";
import { contentOf, progressOf, rowOf } from "./sentRows.ts";
import { sentStrings } from "./sentWords.ts";
import { pageOf } from "./webviewPage.ts";

/** While a request runs the page hears of it at most so often. */
const UPDATE_MS = 100;

/**
 * The view "What was sent". Its page lives while it is visible and is made anew when it becomes visible again, so that
 * what it shows is kept in one place only, the log.
 */
export class SentView implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #storage: vscode.Uri;
  readonly #log: RequestLog;
  readonly #stopListening: () => void;
  /** Its thread starts when a request to a model of OpenAI's is looked at. */
  readonly #tokenizer: OpenAiTokenizer;
  readonly #exact: ExactTokens;
  #panel: vscode.WebviewPanel | undefined;
  #selected: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** What the page is to select as soon as it is there; what is selected afterwards is the user's choice. */
  #revealed: number | undefined;

  constructor(
    { extensionUri, globalStorageUri }: Pick<vscode.ExtensionContext, "extensionUri" | "globalStorageUri">,
    log: RequestLog,
  ) {
    this.#extensionUri = extensionUri;
    this.#storage = globalStorageUri;
    this.#log = log;
    this.#stopListening = log.onDidChange(() => this.#updateSoon());
    const built = (name: string): string => vscode.Uri.joinPath(extensionUri, "dist", name).fsPath;
    this.#tokenizer = new OpenAiTokenizer(built("tokenWorker.cjs"), {
      wasm: built("tiktoken/tiktoken_bg.wasm"),
      vocabulary: built("tiktoken/o200k_base.json"),
    });
    this.#exact = new ExactTokens((text) => this.#tokenizer.count(text));
  }

  /** Beside the editor, so that one can type and look on; at the request with the number `id`, where there is one. */
  show(id?: number, column = vscode.ViewColumn.Beside): void {
    this.#revealed = id;
    if (this.#panel) {
      this.#panel.reveal();
      return this.#reveal();
    }
    const folder = vscode.Uri.joinPath(this.#extensionUri, "dist");
    const panel = vscode.window.createWebviewPanel("pairwise.sent", vscode.l10n.t("What was sent"), column, {
      enableScripts: true,
      enableFindWidget: true,
      localResourceRoots: [folder],
    });
    this.#panel = panel;
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const parsed = parseFromPage(message);
      if (parsed) void orTell(this.#hear(parsed));
    });
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#selected = undefined;
    });
    panel.webview.html = pageOf(panel.webview, folder, "sent");
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#stopListening();
    this.#panel?.dispose();
    this.#tokenizer.dispose();
  }

  async #hear(message: FromPage): Promise<void> {
    switch (message.type) {
      case "ready":
        this.#post({ type: "strings", strings: sentStrings(this.#log.bounds) });
        this.#update();
        return this.#reveal();
      case "purge":
        this.#exact.forget();
        return this.#log.purge();
      case "pause":
        return this.#log.pause(message.paused);
      case "suggest":
        return suggest();
      case "select":
      case "copy":
      case "save":
      case "open": {
        const request = this.#log.find(message.id);
        if (request) await this.#handle(message, request);
      }
    }
  }

  async #handle(
    message: Extract<FromPage, { readonly type: "select" | "copy" | "save" | "open" }>,
    request: SentRequest,
  ): Promise<void> {
    switch (message.type) {
      case "select":
        this.#selected = request.id;
        this.#revealed = undefined;
        this.#post({ type: "content", content: contentOf(request) });
        this.#post({ type: "progress", progress: progressOf(request, this.#exact.of(request)) });
        if ((await this.#exact.look(request)) && this.#selected === request.id) this.#update();
        return;
      case "copy":
        await vscode.env.clipboard.writeText(promptAsText(request, pictureWords));
        return this.#post({ type: "done", what: "copied" });
      case "save":
        if (await saveRequest(request)) this.#post({ type: "done", what: "saved" });
        return;
      case "open": {
        const { source, path, line = 0, folder } = request.stretches[message.stretch] ?? {};
        if (path !== undefined) await openPlace(path, line, folder);
        else if (source === PROMPT_FILE) await openAt(promptPlace(this.#storage, "suggestion", "user").uri, 0);
      }
    }
  }

  #updateSoon(): void {
    if (!this.#panel?.visible) return;
    // Purged text must not stay on the screen for one moment longer than it has to.
    if (this.#log.requests.length === 0) return this.#update();
    this.#timer ??= setTimeout(() => this.#update(), UPDATE_MS);
  }

  #update(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#post({
      type: "list",
      rows: this.#log.requests.map(rowOf).toReversed(),
      paused: this.#log.paused,
      canSuggest: vscode.window.visibleTextEditors.length > 0,
    });
    const selected = this.#selected === undefined ? undefined : this.#log.find(this.#selected);
    if (selected) this.#post({ type: "progress", progress: progressOf(selected, this.#exact.of(selected)) });
  }

  #reveal(): void {
    if (this.#revealed !== undefined) this.#post({ type: "reveal", id: this.#revealed });
  }

  #post(message: ToPage): void {
    // VS Code's own, which has no target.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    if (this.#panel?.visible) void this.#panel.webview.postMessage(message);
  }
}

/** Suggestions come where the caret is, and the caret is in no editor while the view has the focus. */
async function suggest(): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (!editor) return;
  await vscode.window.showTextDocument(editor.document, {
    selection: editor.selection,
    ...(editor.viewColumn !== undefined && { viewColumn: editor.viewColumn }),
  });
  await vscode.commands.executeCommand(commands.suggest);
}
