import * as vscode from "vscode";
import type { Finding } from "../context/retrieval/findings.ts";
import { commands } from "./contributions.ts";
import { bytesWords, indexSentence, passedOverSentence } from "./indexWords.ts";
import type { Repositories } from "./repositories.ts";

interface Row extends vscode.QuickPickItem {
  /** Absent in rows that only tell something. */
  readonly run?: () => Thenable<unknown>;
}

/** What the index of the document's folder has; what is typed is searched in it. Without a document, the first folder's. */
export function showIndex(repositories: Repositories, document: vscode.TextDocument | undefined): void {
  const folder =
    (document && vscode.workspace.getWorkspaceFolder(document.uri)) ?? vscode.workspace.workspaceFolders?.[0];
  const view = vscode.window.createQuickPick<Row>();
  view.title = vscode.l10n.t("Repository index");
  view.placeholder = vscode.l10n.t("Type to search in the index");
  let asked = new AbortController();
  const tell = async (): Promise<void> => {
    const own = renewed();
    const rows = await stateRows(repositories, folder);
    if (!own.aborted && view.value.trim() === "") view.items = rows;
  };
  const search = async (): Promise<void> => {
    const own = renewed();
    view.busy = true;
    const found = folder ? await repositories.search(view.value, folder, document, own) : [];
    if (own.aborted) return;
    view.busy = false;
    view.items = found.map((finding) => findingRow(finding, folder));
  };
  const renewed = (): AbortSignal => {
    asked.abort();
    asked = new AbortController();
    return asked.signal;
  };
  let typing: NodeJS.Timeout | undefined;
  const listeners = vscode.Disposable.from(
    repositories.onDidChange(() => {
      if (view.value.trim() === "") void tell();
    }),
    view.onDidChangeValue((value) => {
      clearTimeout(typing);
      if (value.trim() === "") void tell();
      else typing = setTimeout(() => void search(), TYPING_MS);
    }),
    view.onDidAccept(() => {
      const run = view.activeItems[0]?.run;
      if (!run) return;
      view.hide();
      void run();
    }),
    view.onDidHide(() => {
      asked.abort();
      clearTimeout(typing);
      listeners.dispose();
      view.dispose();
    }),
  );
  view.show();
  void tell();
}

async function stateRows(repositories: Repositories, folder: vscode.WorkspaceFolder | undefined): Promise<Row[]> {
  const { l10n } = vscode;
  const index = folder && (await repositories.describe(folder));
  const passedOver = passedOverSentence(index?.state);
  const rows: Row[] = [
    { label: `$(database) ${indexSentence(index?.state, repositories.isStopped)}`, alwaysShow: true },
  ];
  const { description } = index ?? {};
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
  const run = (command: string) => () => vscode.commands.executeCommand(command);
  rows.push({ label: `$(refresh) ${l10n.t("Rebuild")}`, run: run(commands.rebuildIndex) });
  if (!repositories.isStopped) rows.push({ label: `$(debug-stop) ${l10n.t("Stop")}`, run: run(commands.stopIndex) });
  return rows;
}

/** VS Code's own filter would hide what does not have the words as they were typed. */
function findingRow({ path, line, text }: Finding, folder: vscode.WorkspaceFolder | undefined): Row {
  const first = text.split("\n").find((each) => each.trim() !== "") ?? "";
  return {
    label: path.slice(path.lastIndexOf("/") + 1),
    description: `${path}:${line + 1}`,
    detail: first.trim().slice(0, MOST_CHARS),
    alwaysShow: true,
    run: async () => {
      if (!folder) return;
      const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, path));
      const start = new vscode.Position(Math.min(line, document.lineCount - 1), 0);
      await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
    },
  };
}

const TYPING_MS = 150;
const MOST_CHARS = 160;
