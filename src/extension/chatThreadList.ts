/** The threads of the workspace: listed, searched, renamed, removed and exported. */

import * as vscode from "vscode";
import { linkTo, markdownOf } from "../chat/exportMarkdown.ts";
import type { Thread } from "../chat/conversation.ts";
import type { ThreadStore } from "../chat/store.ts";
import type { ShownThread } from "./chatProtocol.ts";
import { stateWords, whenWords } from "./chatWords.ts";

export class ThreadList {
  readonly #store: ThreadStore;
  readonly #show: (threads: readonly ShownThread[]) => void;
  #searching = new AbortController();
  #query = "";

  constructor(store: ThreadStore, show: (threads: readonly ShownThread[]) => void) {
    this.#store = store;
    this.#show = show;
  }

  /** @param open the id of the thread that is shown */
  async search(query: string, open: string): Promise<void> {
    this.#query = query;
    return this.refresh(open);
  }

  async refresh(open: string): Promise<void> {
    this.#searching.abort();
    const { signal } = (this.#searching = new AbortController());
    try {
      const found = await this.#store.search(this.#query, signal);
      const now = Date.now();
      this.#show(
        found.map(({ id, title, changedAt }) => ({
          id,
          title: title || vscode.l10n.t("New thread"),
          when: whenWords(changedAt, now),
          isOpen: id === open,
        })),
      );
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}

/** As a document that was not saved yet; the user says where it goes. */
export async function exportThread(thread: Thread): Promise<void> {
  const { l10n } = vscode;
  const { language } = vscode.env;
  const content = markdownOf(thread, {
    untitled: l10n.t("New thread"),
    question: l10n.t("You"),
    answer: "Pairwise",
    attached: l10n.t("Attached"),
    used: l10n.t("Used"),
    tools: l10n.t("Tools"),
    state: stateWords,
    time: (at) => new Date(at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" }),
    link: ({ uri }) => (uri === undefined ? undefined : relativeLink(vscode.Uri.parse(uri))),
  });
  const document = await vscode.workspace.openTextDocument({ content, language: "markdown" });
  await vscode.window.showTextDocument(document);
}

/** From the workspace folder. */
function relativeLink(uri: vscode.Uri): string | undefined {
  return vscode.workspace.getWorkspaceFolder(uri) ? linkTo(vscode.workspace.asRelativePath(uri, false)) : undefined;
}

/** Whether the user wants that. */
export async function confirmRemoval(title: string): Promise<boolean> {
  const { l10n } = vscode;
  const remove = l10n.t("Delete");
  const question = l10n.t("Delete the thread “{0}”?", title);
  const detail = l10n.t("It can't be brought back.");
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, remove)) === remove;
}
