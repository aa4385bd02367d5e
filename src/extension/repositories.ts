import { createHash } from "node:crypto";
import { join } from "node:path";
import * as vscode from "vscode";
import type { CaretQuery } from "../context/index/query.ts";
import type { MapQuery, RepositoryMap } from "../context/index/repositoryMap.ts";
import type { Piece } from "../context/pieces.ts";
import type { Finding } from "../context/retrieval/findings.ts";
import { fuse } from "../context/retrieval/fusion.ts";
import type { IndexState, RepositoryClient } from "../repository/client.ts";
import type { IndexDescription, IndexTask } from "../repository/messages.ts";
import type { EmbeddingRanking } from "./embeddingRanking.ts";
import { IndexFeed } from "./indexFeed.ts";
import type { ReadingNote } from "./indexWords.ts";
import type { Lazy } from "./lazy.ts";
import { affects, setting } from "./settings.ts";

type Client = Promise<RepositoryClient>;
type IsIgnored = (file: Pick<vscode.TextDocument, "uri">) => Promise<boolean>;

/** The indexes of the workspace's folders. Each begins when something in its folder is first asked for. */
export class Repositories implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #ranking: Lazy<EmbeddingRanking>;
  readonly #isIgnored: IsIgnored;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #clients = new Map<string, Client>();
  readonly #states = new Map<string, IndexState>();
  readonly #listeners: vscode.Disposable[] = [];
  /** By the folder's address, on `performance`'s clock. */
  readonly #readingSince = new Map<string, number>();
  /** Addresses of folders whose indexes are to be read anew when they begin. */
  readonly #anew = new Set<string>();
  #toldAt = 0;
  #isStopped = false;

  /** Fires when the state of an index changes. */
  readonly onDidChange = this.#changed.event;

  constructor(context: vscode.ExtensionContext, ranking: Lazy<EmbeddingRanking>, isIgnored: IsIgnored) {
    this.#context = context;
    this.#ranking = ranking;
    this.#isIgnored = isIgnored;
  }

  /** What the index of the document's folder has for a caret; nothing where there is none, or it takes too long. */
  async pieces(document: vscode.TextDocument, query: CaretQuery, signal: AbortSignal): Promise<readonly Piece[]> {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    const client = folder && (await this.#clientIn(folder, document));
    if (!client) return [];
    const pieces = await inTime(signal, (own) => client.query(query, own));
    return this.#withoutIgnored(folder, pieces);
  }

  /**
   * The map of a folder, when its index is whole. `undefined` where it is not indexed, where its index has failed or was
   * stopped, and where the signal aborts.
   */
  async map(folder: vscode.WorkspaceFolder, query: MapQuery, signal: AbortSignal): Promise<RepositoryMap | undefined> {
    const client = await this.#clientIn(folder, undefined);
    if (!client) return undefined;
    await settled(client, this.onDidChange, signal);
    const map = await client.map(query, signal);
    return map && { ...map, files: await this.#withoutIgnored(folder, map.files) };
  }

  /** What a person's words may mean, the best first: by the words, by what is near the document, and by a model of the user's. */
  async search(
    text: string,
    folder: vscode.WorkspaceFolder,
    document: vscode.TextDocument | undefined,
    signal: AbortSignal,
  ): Promise<readonly Finding[]> {
    const client = await this.#clientIn(folder, document);
    if (!client) return [];
    const path = document ? vscode.workspace.asRelativePath(document.uri, false) : "";
    const recent = openFiles(folder).filter((each) => each !== path);
    const { found, rankings } = await client.search({ text, path, recent, most: MOST_FOUND }, signal);
    const shown = await this.#withoutIgnored(folder, found);
    const ranking = await this.#ranking.get();
    const byMeaning = await ranking.rank(text, shown, signal);
    const places = new Map(shown.map((finding, place) => [finding, place]));
    // Those of the index are of all that it found.
    const ofShown = rankings.map((ranking) =>
      ranking.flatMap((place) => {
        const finding = found[place];
        return (finding && places.get(finding)) ?? [];
      }),
    );
    return fuse([...ofShown, byMeaning]).flatMap((place) => shown[place] ?? []);
  }

  /** What the index of a folder says; nothing where there is none. */
  async ask<Item extends { readonly path: string }>(
    folder: vscode.WorkspaceFolder,
    ask: (client: RepositoryClient) => Promise<readonly Item[]>,
  ): Promise<readonly Item[]> {
    const client = await this.#clientIn(folder, undefined);
    return client ? this.#withoutIgnored(folder, await ask(client)) : [];
  }

  /** The index knows the ignore files of its folder alone, and learns of a change a moment later. */
  async #withoutIgnored<Item extends { readonly path: string | undefined }>(
    { uri }: vscode.WorkspaceFolder,
    items: readonly Item[],
  ): Promise<readonly Item[]> {
    const paths = new Set(items.flatMap(({ path }) => path ?? []));
    const looked = Array.from(paths, async (path) =>
      (await this.#isIgnored({ uri: vscode.Uri.joinPath(uri, path) })) ? path : undefined,
    );
    const ignored = new Set(await Promise.all(looked));
    return items.filter(({ path }) => path === undefined || !ignored.has(path));
  }

  /** Of all folders together, for a status and the diagnostics. */
  get states(): readonly IndexState[] {
    return Array.from(this.#states.values());
  }

  /** Of one folder, with what its process says of it. Whoever wants to know has the index begun. */
  async describe(
    folder: vscode.WorkspaceFolder,
  ): Promise<{ state: IndexState | undefined; description: IndexDescription | undefined }> {
    const client = await this.#clientIn(folder, undefined);
    return { state: this.#states.get(folder.uri.toString()), description: await client?.describe() };
  }

  /** While a first look at a folder takes more than a moment; what was there before is only looked through. */
  get readingNote(): ReadingNote | undefined {
    for (const [key, state] of this.#states) {
      const ms = performance.now() - (this.#readingSince.get(key) ?? Infinity);
      if (state.kind === "reading" && ms >= NOTED_MS) return { files: state.done, isLong: ms >= LONG_MS };
    }
    return undefined;
  }

  /** By the user, for as long as the window is open or until it is rebuilt. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  stop(): void {
    this.#isStopped = true;
    this.#endAll();
    this.#changed.fire();
  }

  /** Of all folders: also of those whose indexes have not begun, when they do. */
  rebuild(): void {
    this.#isStopped = false;
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
      const client = this.#clients.get(uri.toString());
      if (client) void client.then((index) => index.rebuild());
      else this.#anew.add(uri.toString());
    }
    const document = vscode.window.activeTextEditor?.document;
    const folder = document && vscode.workspace.getWorkspaceFolder(document.uri);
    if (folder) void this.#clientIn(folder, document);
    this.#changed.fire();
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#endAll();
    this.#changed.dispose();
  }

  #clientIn(folder: vscode.WorkspaceFolder, document: vscode.TextDocument | undefined): Client | undefined {
    if (this.#isStopped || folder.uri.scheme !== "file" || !setting("index.enable", document)) return undefined;
    const key = folder.uri.toString();
    const known = this.#clients.get(key);
    if (known) return known;
    if (this.#clients.size >= MOST_FOLDERS) return undefined;
    if (this.#listeners.length === 0) this.#listen();
    const client = this.#start(folder);
    this.#clients.set(key, client);
    return client;
  }

  async #start({ uri }: vscode.WorkspaceFolder): Client {
    const { RepositoryClient } = await import("../repository/client.ts");
    const key = uri.toString();
    return new RepositoryClient({
      workerFile: this.#context.asAbsolutePath(join("dist", "indexWorker.cjs")),
      task: this.#taskOf(uri),
      anew: this.#anew.delete(key),
      onState: (state) => this.#heard(key, state),
    });
  }

  /** A run tells of its progress far more often than anybody can read. */
  #heard(key: string, state: IndexState): void {
    const before = this.#states.get(key);
    this.#states.set(key, state);
    const now = performance.now();
    if (state.kind !== "reading") this.#readingSince.delete(key);
    else if (!this.#readingSince.has(key)) this.#readingSince.set(key, now);
    if (before?.kind === state.kind && now - this.#toldAt < TELL_EVERY_MS) return;
    this.#toldAt = now;
    this.#changed.fire();
  }

  #taskOf(uri: vscode.Uri): IndexTask {
    const storage = this.#context.storageUri?.fsPath;
    const name = createHash("sha256").update(uri.toString()).digest("hex").slice(0, 16);
    const excluded = vscode.workspace.getConfiguration("files", uri).get<Record<string, unknown>>("exclude") ?? {};
    return {
      root: uri.fsPath,
      storeFile: storage === undefined ? undefined : join(storage, "index", `${name}.sqlite`),
      extractionFile: this.#context.asAbsolutePath(join("dist", "extractionWorker.cjs")),
      grammars: this.#context.asAbsolutePath(join("dist", "grammars")),
      excluded: Object.keys(excluded).filter((glob) => excluded[glob] === true),
      bounds: { mostBytes: 1_000_000, mostFiles: 20_000, mostEntries: 400_000 },
    };
  }

  #listen(): void {
    this.#listeners.push(
      new IndexFeed((folder) => this.#clients.get(folder.uri.toString())),
      vscode.workspace.onDidChangeWorkspaceFolders(({ removed }) => {
        for (const { uri } of removed) this.#end(uri.toString());
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        // The next question begins anew, with what the settings say then.
        if (affects(event, "index.enable") || event.affectsConfiguration("files.exclude")) this.#endAll();
      }),
    );
  }

  #end(key: string): void {
    const client = this.#clients.get(key);
    this.#clients.delete(key);
    this.#states.delete(key);
    this.#readingSince.delete(key);
    if (client) void this.#endClient(client);
  }

  async #endClient(client: Client): Promise<void> {
    const over = (await client).end();
    // Whoever waits for it to be whole waits no longer.
    this.#changed.fire();
    await over;
  }

  #endAll(): void {
    for (const key of Array.from(this.#clients.keys())) this.#end(key);
  }
}

/** Waits until the index has been read, or can't be, or the signal aborts. */
async function settled(client: RepositoryClient, onDidChange: vscode.Event<void>, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    if (client.state.kind !== "reading" || signal.aborted) resolve();
  };
  signal.addEventListener("abort", look, { once: true });
  const listener = onDidChange(look);
  look();
  await promise;
  listener.dispose();
  signal.removeEventListener("abort", look);
}

/** A suggestion does not wait for it longer than this, such as while the index reads a long file. */
async function inTime<Found>(signal: AbortSignal, ask: (own: AbortSignal) => Promise<Found>): Promise<Found> {
  const own = new AbortController();
  const giveUp = (): void => own.abort();
  // A signal with a time-out of its own would make an error each time, also when nobody waits any more.
  const tooLong = setTimeout(giveUp, PATIENCE_MS);
  signal.addEventListener("abort", giveUp, { once: true });
  if (signal.aborted) giveUp();
  try {
    return await ask(own.signal);
  } finally {
    clearTimeout(tooLong);
    signal.removeEventListener("abort", giveUp);
  }
}

/** Those that the editor shows, relative to the folder. */
function openFiles(folder: vscode.WorkspaceFolder): readonly string[] {
  return vscode.window.visibleTextEditors
    .map(({ document }) => document.uri)
    .filter((uri) => vscode.workspace.getWorkspaceFolder(uri) === folder)
    .map((uri) => vscode.workspace.asRelativePath(uri, false));
}

const PATIENCE_MS = 30;
const MOST_FOUND = 50;
/** Shorter runs are not told of. */
const NOTED_MS = 2_000;
const LONG_MS = 5_000;
const TELL_EVERY_MS = 500;
/** A process each. */
const MOST_FOLDERS = 4;
