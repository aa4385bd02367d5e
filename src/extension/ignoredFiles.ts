import * as vscode from "vscode";
import { patternsOfGlobs } from "../context/gates/excludeGlobs.ts";
import { IgnoreRules, type IgnoreFile } from "../context/gates/ignoreRules.ts";

const IGNORE_FILES: readonly IgnoreFile[] = [".gitignore", ".pairwiseignore"];

/**
 * Which files nothing is shown of, by what stands in the ignore files of their folders. They are read when a folder is
 * first asked about; until then, for some milliseconds, all but its own built-in rules would say no, so it says yes.
 */
export class IgnoredFiles implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** By a folder's address: its rules, with those of the folders above it. */
  readonly #rules = new Map<string, Promise<IgnoreRules>>();
  /** By a file's address. */
  readonly #known = new Map<string, boolean>();
  #watching: vscode.Disposable | undefined;
  /** Counts up when what was read counts no more. */
  #generation = 0;

  /** Fires when it knows more, or the rules are others. */
  readonly onDidChange = this.#changed.event;

  /** Files outside of the workspace's folders are ignored only where they are secrets by nature. */
  isIgnored({ uri }: Pick<vscode.TextDocument, "uri">): boolean {
    const known = this.#known.get(uri.toString());
    if (known !== undefined) return known;
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (!folder || uri.scheme === "untitled") return this.#remember(uri, byName(uri));
    void this.#look(uri, folder.uri);
    return true;
  }

  /** `undefined` where it was not asked about before. Asks nobody. */
  isKnownIgnored({ uri }: Pick<vscode.TextDocument, "uri">): boolean | undefined {
    return this.#known.get(uri.toString());
  }

  /** Waits where the ignore files are not read yet. */
  async look({ uri }: Pick<vscode.TextDocument, "uri">): Promise<boolean> {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (folder && !this.#known.has(uri.toString())) await this.#look(uri, folder.uri);
    return this.isIgnored({ uri });
  }

  dispose(): void {
    this.#watching?.dispose();
    this.#changed.dispose();
  }

  async #look(uri: vscode.Uri, root: vscode.Uri): Promise<void> {
    this.#watch();
    const path = uri.path.slice(root.path.length).replace(/^\/+/, "");
    const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    const generation = this.#generation;
    const rules = await this.#rulesOf(root, folder);
    if (generation !== this.#generation) return;
    this.#remember(uri, rules.ignores(path, false));
    this.#changed.fire();
  }

  #remember(uri: vscode.Uri, ignored: boolean): boolean {
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(uri.toString(), ignored);
    return ignored;
  }

  #rulesOf(root: vscode.Uri, folder: string): Promise<IgnoreRules> {
    const at = folder === "" ? root : vscode.Uri.joinPath(root, folder);
    const known = this.#rules.get(at.toString());
    if (known) return known;
    const made = this.#readRules(root, folder, at);
    this.#rules.set(at.toString(), made);
    return made;
  }

  async #readRules(root: vscode.Uri, folder: string, at: vscode.Uri): Promise<IgnoreRules> {
    const above =
      folder === ""
        ? excludedIn(root)
        : await this.#rulesOf(root, folder.slice(0, Math.max(0, folder.lastIndexOf("/"))));
    let rules = above;
    for (const name of IGNORE_FILES) {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(at, name)).then(
        (read) => read,
        () => undefined,
      );
      if (bytes) rules = rules.with(folder, name, new TextDecoder().decode(bytes));
    }
    return rules;
  }

  #watch(): void {
    if (this.#watching) return;
    const watcher = vscode.workspace.createFileSystemWatcher("**/.{gitignore,pairwiseignore}");
    const forget = (): void => {
      this.#generation += 1;
      this.#rules.clear();
      this.#known.clear();
      this.#changed.fire();
    };
    this.#watching = vscode.Disposable.from(
      watcher,
      watcher.onDidChange(forget),
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("files.exclude")) forget();
      }),
    );
  }
}

function byName({ path }: vscode.Uri): boolean {
  return IgnoreRules.builtIn.ignores(path.slice(path.lastIndexOf("/") + 1), false);
}

function excludedIn(root: vscode.Uri): IgnoreRules {
  const globs = vscode.workspace.getConfiguration("files", root).get<Record<string, unknown>>("exclude") ?? {};
  return IgnoreRules.builtIn.withPatterns(patternsOfGlobs(Object.keys(globs).filter((glob) => globs[glob] === true)));
}

const MOST_KNOWN = 5_000;
