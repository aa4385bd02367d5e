import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import { MOST_PROMPT_CHARS, type PromptFault } from "../model/prompts/promptFile.ts";
import { promptInUse, type PromptInUse, type PromptOverride } from "../model/prompts/promptInUse.ts";
import { type PromptName, promptNames } from "../model/prompts/promptKinds.ts";
import { openAt } from "./openPlace.ts";
import { PromptDiagnostics } from "./promptDiagnostics.ts";
import {
  allPromptPlaces,
  promptOwners,
  type PromptOwnerPlace,
  type PromptPlace,
  promptPlace,
  promptPlaceOf,
  userPrompts,
} from "./promptPlaces.ts";
import { refusalWords } from "./promptWords.ts";
import { folderIdOf } from "./workspacePlaces.ts";

/**
 * The prompts that the user or a trusted repository has written, read when one is first needed and again when a file
 * changes on the disk. What is in an editor and not saved does not count.
 */
export class PromptFiles implements vscode.Disposable {
  readonly storage: vscode.Uri;
  readonly #onDidChange: () => void;
  readonly #listeners: readonly vscode.Disposable[];
  #watchers: readonly vscode.Disposable[] = [];
  /** By `keyOf`. */
  #inUse: ReadonlyMap<string, PromptInUse> = new Map();
  /** What was told of which file, by its address. */
  readonly #told = new Map<string, string>();
  #reading: Promise<void> | undefined;

  /** `storage` is the extension's global one; `onDidChange` hears that other prompts are in use than before. */
  constructor(storage: vscode.Uri, onDidChange: () => void) {
    this.storage = storage;
    this.#onDidChange = onDidChange;
    this.#listeners = [
      new PromptDiagnostics(storage),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.reload()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.#watch();
        void this.reload();
      }),
      // Of a folder that was made with others in it, watchers may miss what becomes of its files later.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) void this.reload();
      }),
      // Sooner than a watcher is, and where none can be.
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (promptPlaceOf(storage, uri)) void this.reload();
      }),
    ];
    this.#watch();
  }

  /** Resolves when they are known. */
  load(): Promise<void> {
    return this.#reading ?? this.reload();
  }

  reload(): Promise<void> {
    const isFirst = this.#reading === undefined;
    const reading = (this.#reading ?? Promise.resolve()).then(() => this.#read(isFirst));
    this.#reading = reading;
    return reading;
  }

  /** As read last: this is asked at every key. `folder` as `folderIdOf` tells it. `undefined` where the built-in prompt is in use. */
  at(name: PromptName, folder: string | undefined): PromptOverride | undefined {
    return (this.#inUse.get(keyOf(name, folder)) ?? this.#inUse.get(keyOf(name, undefined)))?.override;
  }

  dispose(): void {
    for (const listener of [...this.#listeners, ...this.#watchers]) listener.dispose();
  }

  #watch(): void {
    for (const watcher of this.#watchers) watcher.dispose();
    const folders = vscode.workspace.workspaceFolders ?? [];
    const patterns = [
      new vscode.RelativePattern(userPrompts(this.storage), "*.md"),
      ...folders.map((folder) => new vscode.RelativePattern(folder, REPOSITORY_FILES)),
    ];
    this.#watchers = patterns.map((pattern) => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) event(() => this.reload());
      return watcher;
    });
  }

  async #read(isFirst: boolean): Promise<void> {
    const { isTrusted } = vscode.workspace;
    const texts = new Map<string, string | undefined>();
    const readable = allPromptPlaces(this.storage).filter(({ owner }) => owner === "user" || isTrusted);
    await Promise.all(readable.map(async ({ uri }) => texts.set(uri.toString(), await textOf(uri))));
    const before = this.#inUse;
    const inUse = new Map<string, PromptInUse>();
    for (const name of promptNames) {
      const user = promptPlace(this.storage, name, "user");
      for (const owner of promptOwners()) {
        const own = promptPlace(this.storage, name, owner);
        const textAt = ({ uri }: PromptPlace): string | undefined => texts.get(uri.toString());
        const repository = owner === "user" ? undefined : textAt(own);
        const found = promptInUse(name, { repository, user: textAt(user) }, isTrusted);
        inUse.set(keyOf(name, folderOf(owner)), found);
        this.#tell(own, found);
      }
    }
    this.#inUse = inUse;
    if (!isFirst && !isDeepStrictEqual(before, inUse)) this.#onDidChange();
  }

  /** Says once of a broken file that it is not used, and why. */
  #tell(place: PromptPlace, { refused, override }: PromptInUse): void {
    const key = place.uri.toString();
    const owner = place.owner === "user" ? "user" : "repository";
    const [fault] = refused.find((each) => each.owner === owner)?.faults ?? [];
    const news = fault && JSON.stringify(fault);
    if (news === this.#told.get(key)) return;
    this.#told.delete(key);
    if (fault === undefined || news === undefined) return;
    this.#told.set(key, news);
    void warn(place, fault, refusalWords(place, fault, override !== undefined));
  }
}

async function warn({ uri }: PromptPlace, { line }: PromptFault, words: string): Promise<void> {
  const open = vscode.l10n.t("Open the file");
  if ((await vscode.window.showWarningMessage(words, open)) === open) await openAt(uri, line);
}

function keyOf(name: PromptName, folder: string | undefined): string {
  return `${name} ${folder ?? ""}`;
}

function folderOf(owner: PromptOwnerPlace): string | undefined {
  return owner === "user" ? undefined : folderIdOf(owner.uri);
}

/** `undefined` where there is no file that can be read. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    // Not all of it, where it is far too long anyway.
    if (size > MOST_PROMPT_CHARS * MOST_BYTES_PER_CHAR) return " ".repeat(MOST_PROMPT_CHARS + 1);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

/** A folder that comes or goes with its files in it may be all that is told. */
const REPOSITORY_FILES = "{.pairwise,.pairwise/prompts,.pairwise/prompts/*.md}";
/** In UTF-8, of what JavaScript counts as one. */
const MOST_BYTES_PER_CHAR = 3;
