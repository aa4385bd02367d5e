/** The chat's view in the side bar, and the same page as an editor. What they show is kept in the session; a page is made anew whenever it becomes visible. */

import * as vscode from "vscode";
import type { BlockChanges } from "./chatApply.ts";
import { parseFromChatPage } from "./chatMessages.ts";
import type { FromChatPage } from "./chatProtocol.ts";
import type { ChatSession } from "./chatSession.ts";
import { views } from "./contributions.ts";
import { orTell } from "./orTell.ts";
import type { Tell } from "./shownThread.ts";
import { pageOf } from "./webviewPage.ts";

export class ChatView implements vscode.Disposable {
  readonly session: ChatSession;
  readonly changes: BlockChanges;
  readonly #extensionUri: vscode.Uri;
  readonly #others: readonly vscode.Disposable[];
  #editor: { readonly panel: vscode.WebviewPanel; readonly page: ServedPage } | undefined;
  #view: { readonly view: vscode.WebviewView; readonly page: ServedPage } | undefined;
  /** The view was asked for and is still to come. */
  #wantsFocus = false;

  /** @param others are disposed with it */
  constructor(
    extensionUri: vscode.Uri,
    session: ChatSession,
    changes: BlockChanges,
    others: readonly vscode.Disposable[],
  ) {
    this.#extensionUri = extensionUri;
    this.session = session;
    this.changes = changes;
    this.#others = others;
  }

  resolve(view: vscode.WebviewView): void {
    const page = this.#serve(view.webview);
    this.#view = { view, page };
    if (this.#wantsFocus) page.focus();
    this.#wantsFocus = false;
    view.onDidChangeVisibility(() => {
      if (!view.visible) page.leave();
    });
    view.onDidDispose(() => {
      page.leave();
      if (this.#view?.view === view) this.#view = undefined;
    });
  }

  /** Shows the chat where it is, with the focus in its input. */
  async focus(): Promise<void> {
    if (this.#editor?.panel.visible) return this.openInEditor();
    await vscode.commands.executeCommand(`${views.chat}.focus`);
    if (this.#view) this.#view.page.focus();
    else this.#wantsFocus = true;
  }

  /** About what the editor has selected. */
  async ask(question: string): Promise<void> {
    await this.session.ask(question);
    await this.focus();
  }

  openInEditor(): void {
    if (!this.#editor) {
      const title = vscode.l10n.t("Chat");
      const { Beside } = vscode.ViewColumn;
      this.restore(vscode.window.createWebviewPanel(views.chatEditor, title, Beside, { enableFindWidget: true }));
    }
    this.#editor?.panel.reveal();
    this.#editor?.page.focus();
  }

  /** An editor that was open when the window was left. */
  restore(panel: vscode.WebviewPanel): void {
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.#extensionUri, "media", "chat-light.svg"),
      dark: vscode.Uri.joinPath(this.#extensionUri, "media", "chat-dark.svg"),
    };
    const page = this.#serve(panel.webview);
    const editor = (this.#editor = { panel, page });
    panel.onDidChangeViewState(() => {
      if (!panel.visible) page.leave();
    });
    panel.onDidDispose(() => {
      page.leave();
      if (this.#editor === editor) this.#editor = undefined;
    });
  }

  dispose(): void {
    this.#editor?.panel.dispose();
    this.session.dispose();
    this.changes.dispose();
    for (const other of this.#others) other.dispose();
  }

  #serve(webview: vscode.Webview): ServedPage {
    const folder = vscode.Uri.joinPath(this.#extensionUri, "dist");
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    const page = new ServedPage(webview, this.session);
    webview.html = pageOf(webview, folder, "chat");
    return page;
  }
}

/** While it is hidden there is no page; it says anew that it is ready. */
class ServedPage {
  readonly #session: ChatSession;
  readonly #tell: Tell;
  #leave: (() => void) | undefined;
  /** It shows the thread, and can do what it is told. */
  #isThere = false;
  #wantsFocus = false;

  constructor(webview: vscode.Webview, session: ChatSession) {
    this.#session = session;
    this.#tell = (message) => void webview.postMessage(message);
    webview.onDidReceiveMessage((message: unknown) => {
      const parsed = parseFromChatPage(message);
      if (parsed) void orTell(this.#hear(parsed));
    });
  }

  focus(): void {
    if (this.#isThere) this.#tell({ type: "focus" });
    else this.#wantsFocus = true;
  }

  leave(): void {
    this.#leave?.();
    this.#leave = undefined;
    this.#isThere = false;
    this.#wantsFocus = false;
  }

  async #hear(message: FromChatPage): Promise<void> {
    if (message.type !== "ready") return this.#session.hear(message, this.#tell);
    this.#leave?.();
    const leave = (this.#leave = this.#session.attach(this.#tell));
    await this.#session.hear(message, this.#tell);
    if (this.#leave !== leave) return;
    this.#isThere = true;
    if (this.#wantsFocus) this.#tell({ type: "focus" });
    this.#wantsFocus = false;
  }
}
