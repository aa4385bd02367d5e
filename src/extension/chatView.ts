/** The chat's view in the side bar, and the same page as an editor. What they show is kept in the session; a page is made anew whenever it becomes visible. */

import * as vscode from "vscode";
import type { BlockChanges } from "./chatApply.ts";
import { parseFromChatPage } from "./chatMessages.ts";
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
  #panel: vscode.WebviewPanel | undefined;
  #view: { readonly view: vscode.WebviewView; readonly tell: Tell } | undefined;
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
    this.#view = { view, tell: page.tell };
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
    this.#wantsFocus = true;
    if (this.#panel?.visible) this.#panel.reveal();
    else await vscode.commands.executeCommand(`${views.chat}.focus`);
    this.#view?.tell({ type: "focus" });
  }

  openInEditor(): void {
    if (this.#panel) return this.#panel.reveal();
    const title = vscode.l10n.t("Chat");
    this.restore(
      vscode.window.createWebviewPanel(views.chatEditor, title, vscode.ViewColumn.Beside, { enableFindWidget: true }),
    );
  }

  /** An editor that was open when the window was left. */
  restore(panel: vscode.WebviewPanel): void {
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.#extensionUri, "media", "chat-light.svg"),
      dark: vscode.Uri.joinPath(this.#extensionUri, "media", "chat-dark.svg"),
    };
    this.#panel = panel;
    const page = this.#serve(panel.webview);
    panel.onDidChangeViewState(() => {
      if (!panel.visible) page.leave();
    });
    panel.onDidDispose(() => {
      page.leave();
      if (this.#panel === panel) this.#panel = undefined;
    });
  }

  dispose(): void {
    this.#panel?.dispose();
    this.session.dispose();
    this.changes.dispose();
    for (const other of this.#others) other.dispose();
  }

  #serve(webview: vscode.Webview): { readonly tell: Tell; readonly leave: () => void } {
    const folder = vscode.Uri.joinPath(this.#extensionUri, "dist");
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    const tell: Tell = (message) => void webview.postMessage(message);
    // While it is hidden there is no page; it says anew that it is ready.
    let leave = (): void => {};
    webview.onDidReceiveMessage((message: unknown) => {
      const parsed = parseFromChatPage(message);
      if (!parsed) return;
      if (parsed.type === "ready") {
        leave();
        leave = this.session.attach(tell);
      }
      void orTell(this.session.hear(parsed, tell).then(() => this.#focusNew(parsed.type === "ready", tell)));
    });
    webview.html = pageOf(webview, folder, "chat");
    return { tell, leave: () => leave() };
  }

  #focusNew(isNew: boolean, tell: Tell): void {
    if (!isNew || !this.#wantsFocus) return;
    this.#wantsFocus = false;
    tell({ type: "focus" });
  }
}
