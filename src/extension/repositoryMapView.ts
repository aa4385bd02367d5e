import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import { type MapQuery, mapText, type RepositoryMap } from "../context/index/repositoryMap.ts";
import { commands, section } from "./contributions.ts";
import { cursorSnapshot } from "./convert.ts";
import { openSettings, type Notice } from "./notices.ts";
import type { Repositories } from "./repositories.ts";

const SCHEME = "pairwise-map";
/** See package.json. */
const LANGUAGE = "pairwise-map";
/** Some 3,600 tokens: what one reads through at a time. */
const MOST_CHARS = 12_000;
const CHARS_PER_TOKEN = 3.3;
/** A word on what is going on would be a flash only. */
const QUICK_MS = 200;
/** More would not be read. */
const MOST_NAMED = 3;

interface ShownMap {
  readonly folder: vscode.WorkspaceFolder;
  readonly text: string;
  /** Of each line of the text, where it leads. */
  readonly targets: readonly (vscode.Location | undefined)[];
}

/** The repository map as a read-only document: each line leads to its file, by a click or by the keys for a definition. */
export class RepositoryMapView implements vscode.Disposable {
  readonly #repositories: Repositories;
  /** The files that are looked at and edited of late, the last one first. */
  readonly #recent: () => readonly string[];
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  /** By the documents' addresses. */
  readonly #maps = new Map<string, ShownMap>();
  readonly #registrations: readonly vscode.Disposable[];

  constructor(repositories: Repositories, recent: () => readonly string[]) {
    this.#repositories = repositories;
    this.#recent = recent;
    const selector = { scheme: SCHEME };
    this.#registrations = [
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.#changed.event,
        // After a restart of the window there is a document and no map yet.
        provideTextDocumentContent: (uri) => this.#maps.get(uri.toString())?.text ?? outdated(),
      }),
      vscode.languages.registerDefinitionProvider(selector, {
        provideDefinition: ({ uri }, { line }) => this.#maps.get(uri.toString())?.targets[line],
      }),
      vscode.languages.registerDocumentLinkProvider(selector, {
        provideDocumentLinks: (document) => this.#links(document),
      }),
      vscode.languages.registerDocumentSymbolProvider(selector, {
        provideDocumentSymbols: (document) => this.#symbols(document),
      }),
    ];
  }

  async show(): Promise<void> {
    const folder = await chosenFolder(this.#maps);
    if (folder === undefined) return;
    if (folder === "none")
      return void tell({ text: vscode.l10n.t("Open a folder first: the map is made of its files.") });
    const map = await this.#mapOf(folder);
    if (map === "cancelled") return;
    if (map === undefined) return void tell(noMap(folder, this.#repositories.isStopped));
    if (map.files.length === 0) return void tell(emptyMap(folder));
    const uri = vscode.Uri.from({
      scheme: SCHEME,
      path: `/${vscode.l10n.t("Repository map of {0}", folder.name).replaceAll("/", " ")}`,
      query: folder.uri.toString(),
    });
    this.#maps.set(uri.toString(), shownMap(folder, map));
    this.#changed.fire(uri);
    const opened = await vscode.workspace.openTextDocument(uri);
    // In a language of its own: the service of another one would find errors all over it.
    const document = await vscode.languages.setTextDocumentLanguage(opened, LANGUAGE);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
  }

  /** Waits until the index is whole, and says so where that takes a while. */
  async #mapOf(folder: vscode.WorkspaceFolder): Promise<RepositoryMap | "cancelled" | undefined> {
    const cancellation = new AbortController();
    const query = { ...inHand(folder, this.#recent()), mostChars: MOST_CHARS };
    const making = this.#repositories.map(folder, query, cancellation.signal);
    const isQuick = await Promise.race([making.then(() => true), setTimeout(QUICK_MS, false)]);
    if (isQuick) return making;
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t("Pairwise: reading the files of {0} …", folder.name),
      cancellable: true,
    };
    return vscode.window.withProgress(options, async (_, token) => {
      const listener = token.onCancellationRequested(() => cancellation.abort());
      const map = await making.finally(() => listener.dispose());
      return token.isCancellationRequested ? "cancelled" : map;
    });
  }

  /** Of the paths: links on every line would underline all of it. */
  #links(document: vscode.TextDocument): vscode.DocumentLink[] {
    return this.#fileLines(document).map(({ range, target }) => {
      const link = new vscode.DocumentLink(range, target.uri);
      link.tooltip = vscode.l10n.t("Open the file");
      return link;
    });
  }

  #symbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    const lines = this.#fileLines(document);
    return lines.map(({ range }, index) => {
      const end = (lines[index + 1]?.range.start.line ?? document.lineCount) - 1;
      const whole = range.union(document.lineAt(end).range);
      return new vscode.DocumentSymbol(document.getText(range), "", vscode.SymbolKind.File, whole, range);
    });
  }

  #fileLines(document: vscode.TextDocument): { readonly range: vscode.Range; readonly target: vscode.Location }[] {
    const targets = this.#maps.get(document.uri.toString())?.targets ?? [];
    return targets.flatMap((target, line) => {
      if (!target || line >= document.lineCount) return [];
      const { range, firstNonWhitespaceCharacterIndex: indent, isEmptyOrWhitespace } = document.lineAt(line);
      return indent > 0 || isEmptyOrWhitespace ? [] : [{ range, target }];
    });
  }
}

/** What the map is seen from: the active file, where it is in the folder, with what stands around the caret; then the others. */
function inHand(folder: vscode.WorkspaceFolder, recent: readonly string[]): Pick<MapQuery, "recent" | "near"> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || vscode.workspace.getWorkspaceFolder(editor.document.uri) !== folder) return { recent };
  const { document, selection } = editor;
  const path = vscode.workspace.asRelativePath(document.uri, false);
  const { prefix: before, suffix: after } = cursorSnapshot(document, selection.active, undefined);
  return { recent: Array.from(new Set([path, ...recent])), near: { before, after } };
}

function shownMap(folder: vscode.WorkspaceFolder, map: RepositoryMap): ShownMap {
  const body = mapText(map);
  const head = headOf(folder, map, body).map((line) => `// ${line}`);
  const targets: (vscode.Location | undefined)[] = [...head.map(() => undefined), undefined];
  for (const { path, lines } of map.files) {
    const uri = vscode.Uri.joinPath(folder.uri, path);
    const places = [0, ...lines.map(({ line }) => line)].map((line) => new vscode.Position(line, 0));
    targets.push(...places.map((place) => new vscode.Location(uri, place)), undefined);
  }
  return { folder, text: [...head, "", body].join("\n"), targets };
}

function headOf(folder: vscode.WorkspaceFolder, map: RepositoryMap, body: string): readonly string[] {
  const { files, startedFrom, allFiles, allDefinitions } = map;
  const { l10n } = vscode;
  const number = new Intl.NumberFormat(vscode.env.language);
  const symbols = files.reduce((sum, { lines }) => sum + lines.length, 0);
  const named = startedFrom.slice(0, MOST_NAMED).join(", ");
  return [
    l10n.t(
      "Repository map of {0}: {1} of {2} files, {3} of {4} symbols, some {5} tokens",
      folder.name,
      number.format(files.length),
      number.format(allFiles),
      number.format(symbols),
      number.format(allDefinitions),
      number.format(Math.round(body.length / CHARS_PER_TOKEN)),
    ),
    l10n.t("What the rest of the code refers to most comes first (PageRank over names and imports)."),
    ...(named === "" ? [] : [l10n.t("Seen from {0}", named)]),
    l10n.t("F12 or Ctrl+click leads from a line to its place. Run the command again to bring it up to date."),
  ];
}

function noMap(folder: vscode.WorkspaceFolder, isStopped: boolean): Notice {
  const { l10n } = vscode;
  if (vscode.workspace.getConfiguration(section, folder.uri).get("index.enable") === false) {
    return {
      text: l10n.t("The index of {0} is switched off, and the map is made of it.", folder.name),
      action: openSettings("pairwise.index.enable"),
    };
  }
  if (folder.uri.scheme !== "file") {
    return { text: l10n.t("{0} is in no file system of this machine, so it has no index and no map.", folder.name) };
  }
  return {
    text: isStopped
      ? l10n.t("The index is stopped in this window, until it is rebuilt.")
      : l10n.t("The index of {0} could not be made.", folder.name),
    action: { title: l10n.t("Rebuild the index"), command: commands.rebuildIndex },
  };
}

function emptyMap(folder: vscode.WorkspaceFolder): Notice {
  return {
    text: vscode.l10n.t(
      "No file of {0} refers to a definition in another one, in the languages that Pairwise can read. Ignored files do not count.",
      folder.name,
    ),
  };
}

async function tell({ text, action }: Notice): Promise<void> {
  const chosen = await vscode.window.showInformationMessage(text, ...(action ? [action.title] : []));
  if (action && chosen === action.title) await vscode.commands.executeCommand(action.command, action.argument);
}

/** That of the active editor; where there are several, the user's choice. `undefined` where nothing was chosen. */
async function chosenFolder(maps: ReadonlyMap<string, ShownMap>): Promise<vscode.WorkspaceFolder | "none" | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const active = vscode.window.activeTextEditor?.document.uri;
  // From a map, the command brings that one up to date.
  const mapped = active && folders.find((folder) => folder === maps.get(active.toString())?.folder);
  const current = mapped ?? (active && vscode.workspace.getWorkspaceFolder(active));
  if (current) return current;
  if (folders.length <= 1) return folders[0] ?? "none";
  return vscode.window.showWorkspaceFolderPick();
}

function outdated(): string {
  return vscode.l10n.t("The map is no longer here. Run the command Show Repository Map again.");
}
