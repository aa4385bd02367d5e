import * as vscode from "vscode";
import type { Finding } from "../context/retrieval/findings.ts";
import { tellingLine } from "../context/retrieval/tellingLine.ts";
import { commands } from "./contributions.ts";
import { bytesWords, indexSentence, passedOverSentence } from "./indexWords.ts";
import { openSettings } from "./notices.ts";
import { openAt } from "./openPlace.ts";
import { orTell } from "./orTell.ts";
import type { Repositories } from "./repositories.ts";
import { setting } from "./settings.ts";

interface Row extends vscode.QuickPickItem {
  /** Absent in rows that only tell something. */
  readonly run?: () => Thenable<unknown>;
}

/** What is looked into: the document's folder, or without a document the first one. */
interface Place {
  readonly folder: vscode.WorkspaceFolder | undefined;
  readonly document: vscode.TextDocument | undefined;
}

/** What the index of the document's folder has; what is typed is searched in it. */
export function showIndex(repositories: Repositories, document: vscode.TextDocument | undefined): void {
  const folder =
    (document && vscode.workspace.getWorkspaceFolder(document.uri)) ?? vscode.workspace.workspaceFolders?.[0];
  const place = { folder, document };
  const view = vscode.window.createQuickPick<Row>();
  view.title = vscode.l10n.t("Repository index");
  view.placeholder = vscode.l10n.t("Type to search in the index");
  let asked = new AbortController();
  /** What is found stays as it is while it is looked through; all else changes with the index. */
  let hasFound = false;
  let answered = "";
  const show = async (): Promise<void> => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const text = view.value.trim();
    view.busy = text !== "";
    try {
      const found = folder && text !== "" ? await repositories.search(text, folder, document, signal) : [];
      const told = found.length > 0 ? [] : await stateRows(repositories, place, text);
      if (signal.aborted) return;
      const active = hasFound || text !== answered ? undefined : view.activeItems[0]?.label;
      hasFound = found.length > 0;
      answered = text;
      view.items = hasFound ? found.map((finding) => findingRow(finding, place, text)) : told;
      // While a folder is read these come anew twice a second.
      const kept = told.filter(({ label }) => label === active);
      if (kept.length > 0) view.activeItems = kept;
    } catch (error) {
      if (signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      view.items = [{ label: `$(error) ${vscode.l10n.t("That could not be done: {0}", reason)}`, alwaysShow: true }];
    } finally {
      // Otherwise another one is at work.
      if (!signal.aborted) view.busy = false;
    }
  };
  let typing: NodeJS.Timeout | undefined;
  const listeners = vscode.Disposable.from(
    repositories.onDidChange(() => {
      if (!hasFound) void show();
    }),
    view.onDidChangeValue((value) => {
      clearTimeout(typing);
      if (value.trim() === "") void show();
      else typing = setTimeout(() => void show(), TYPING_MS);
    }),
    view.onDidAccept(() => {
      const run = view.activeItems[0]?.run;
      if (!run) return;
      view.hide();
      void orTell(run());
    }),
    view.onDidHide(() => {
      asked.abort();
      clearTimeout(typing);
      listeners.dispose();
      view.dispose();
    }),
  );
  view.show();
  void show();
}

/**
 * What the index is at, and what can be done about it; where it has nothing for `text`, that first. The rows are shown
 * always: VS Code's own filter would hide what does not have the words as they were typed.
 */
async function stateRows(repositories: Repositories, { folder, document }: Place, text: string): Promise<Row[]> {
  const { l10n } = vscode;
  const run = (command: string, argument?: unknown) => () => vscode.commands.executeCommand(command, argument);
  if (folder && folder.uri.scheme !== "file") {
    const sentence = l10n.t("{0} is in no file system of this machine, so it has no index.", folder.name);
    return [{ label: `$(database) ${sentence}`, alwaysShow: true }];
  }
  if (folder && !setting("index.enable", document)) {
    const { title, command, argument } = openSettings("pairwise.index.enable");
    return [
      { label: `$(database) ${l10n.t("The index of {0} is switched off.", folder.name)}`, alwaysShow: true },
      { label: `$(gear) ${title}`, alwaysShow: true, run: run(command, argument) },
    ];
  }
  const index = folder && (await repositories.describe(folder));
  const passedOver = passedOverSentence(index?.state);
  const { description } = index ?? {};
  const rows: Row[] = [];
  if (description && text !== "") {
    rows.push({ label: `$(search) ${l10n.t("Nothing found for {0}", text)}`, alwaysShow: true });
  }
  rows.push({ label: `$(database) ${indexSentence(index?.state, repositories.isStopped)}`, alwaysShow: true });
  if (description) {
    const count = description.definitions.toLocaleString(vscode.env.language);
    rows.push(
      { label: `$(symbol-method) ${l10n.t("{0} definitions", count)}`, alwaysShow: true },
      {
        label: `$(server) ${l10n.t("{0} on the disk, {1} of memory", bytesWords(description.storedBytes), bytesWords(description.memoryBytes))}`,
        alwaysShow: true,
      },
    );
  }
  if (passedOver !== undefined) rows.push({ label: `$(filter) ${passedOver}`, alwaysShow: true });
  if (!folder) return rows;
  rows.push({ label: `$(refresh) ${l10n.t("Rebuild")}`, alwaysShow: true, run: run(commands.rebuildIndex) });
  if (!repositories.isStopped) {
    rows.push({ label: `$(debug-stop) ${l10n.t("Stop")}`, alwaysShow: true, run: run(commands.stopIndex) });
  }
  return rows;
}

/** The words are in no label: VS Code would put those rows first whose label has what was typed. */
function findingRow({ path, line, text }: Finding, { folder }: Place, question: string): Row {
  const telling = tellingLine(question, text);
  return {
    label: "$(file-code)",
    description: `${path}:${line + telling + 1}`,
    detail: text.split("\n")[telling]?.trim().slice(0, MOST_CHARS) ?? "",
    alwaysShow: true,
    run: async () => {
      if (folder) await openAt(vscode.Uri.joinPath(folder.uri, path), line + telling, vscode.ViewColumn.Active);
    },
  };
}

const TYPING_MS = 150;
const MOST_CHARS = 160;
