import { realpath } from "node:fs/promises";
import * as vscode from "vscode";
import { patternsOfGlobs } from "../context/gates/excludeGlobs.ts";
import { isAbsolute, withIgnoreFiles } from "../context/gates/ignoreFiles.ts";
import { IgnoreRules } from "../context/gates/ignoreRules.ts";
import { folderOf } from "../context/index/modules.ts";

/** Where rules are looked for: in the folders from `top`, a repository's, down to a file. */
interface Place {
  /** The workspace folder, or the file's own folder where it is in none. */
  readonly root: vscode.Uri;
  readonly top: vscode.Uri;
}

/** What is ignored by the ignore files and settings of a file's folders. What was read is kept until it is forgotten. */
export class RuleFiles {
  /** By a folder's address: its rules, with those of the folders above it. */
  readonly #rules = new Map<string, Promise<IgnoreRules>>();
  /** By a root's address. */
  readonly #places = new Map<string, Promise<Place>>();

  /** Rejects where something can't be read that may be there. A link is what it leads to, too. */
  async ignores(uri: vscode.Uri): Promise<boolean> {
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    if (await this.#ignoresPath(uri, folder)) return true;
    const target = await targetOf(uri, folder);
    return target !== undefined && this.#ignoresPath(target, vscode.workspace.getWorkspaceFolder(target)?.uri);
  }

  forget(): void {
    this.#rules.clear();
    this.#places.clear();
  }

  async #ignoresPath(uri: vscode.Uri, folder: vscode.Uri | undefined): Promise<boolean> {
    if (!folder && isSecretByName(uri)) return true;
    const root = folder ?? vscode.Uri.joinPath(uri, "..");
    // Somebody who opens ~/.ssh as a folder has opened secrets.
    if (/\/\.[^/]+$/.test(root.path) && builtIn().ignores(below(vscode.Uri.joinPath(root, ".."), uri), false))
      return true;
    const { top } = await this.#placeOf(root);
    const path = below(top, uri);
    const rules = await this.#rulesOf({ root, top }, folderOf(path));
    return rules.ignores(path, false) || isHiddenBeside(root, uri);
  }

  #placeOf(root: vscode.Uri): Promise<Place> {
    return kept(this.#places, root.toString(), async () => {
      const top = await repositoryOf(root);
      if (top.path === root.path) return { root, top };
      // What the folders above say of a folder that somebody has opened by itself counts no more.
      const rules = await this.#rulesOf({ root, top }, folderOf(below(top, root)));
      return { root, top: rules.ignores(below(top, root), true) ? root : top };
    });
  }

  #rulesOf(place: Place, path: string): Promise<IgnoreRules> {
    const { top, root } = place;
    const at = path === "" ? top : vscode.Uri.joinPath(top, path);
    return kept(this.#rules, `${root.toString()}\n${top.toString()}\n${path}`, async () => {
      const above = path === "" ? excludedIn(place) : await this.#rulesOf(place, folderOf(path));
      return withIgnoreFiles(above, path, (file) => textOf(resolved(at, file)));
    });
  }
}

/** By its whole path, such as `/home/me/.aws/credentials`. */
export function isSecretByName({ path }: vscode.Uri): boolean {
  return builtIn().ignores(path.replace(/^\/+/, ""), false);
}

/** The disks of Windows and macOS mostly do not tell `.ENV` from `.env`. */
function builtIn(): IgnoreRules {
  return IgnoreRules.builtInOn(process.platform);
}

/** What failed is made anew when it is next asked for. */
function kept<Value>(all: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
  const known = all.get(key);
  if (known) return known;
  const made = make();
  all.set(key, made);
  made.catch(() => {
    if (all.get(key) === made) all.delete(key);
  });
  return made;
}

/** The nearest folder with a `.git`, from `root` upwards; `root` itself where there is none. */
async function repositoryOf(root: vscode.Uri): Promise<vscode.Uri> {
  if (root.scheme !== "file") return root;
  let at = root;
  for (let depth = 0; depth < MOST_DEPTH; depth += 1) {
    // A folder above that may not be looked at is nobody's who works here.
    if (await exists(vscode.Uri.joinPath(at, ".git")).catch(() => false)) return at;
    const above = vscode.Uri.joinPath(at, "..");
    if (above.path === at.path) break;
    at = above;
  }
  return root;
}

function resolved(folder: vscode.Uri, path: string): vscode.Uri {
  if (!isAbsolute(path)) return vscode.Uri.joinPath(folder, path);
  // Without the `..` in it.
  return vscode.Uri.joinPath(folder.with({ path: vscode.Uri.file(path).path }), ".");
}

function excludedIn({ root, top }: Place): IgnoreRules {
  const globs = excludeGlobs(root);
  const patterns = patternsOfGlobs(Object.keys(globs).filter((glob) => globs[glob] === true));
  return builtIn().withPatterns(patterns, below(top, root));
}

/** Hidden by a glob of files.exclude that counts only beside another file, `{ "when": "$(basename).ts" }`. */
async function isHiddenBeside(root: vscode.Uri, uri: vscode.Uri): Promise<boolean> {
  for (const [glob, value] of Object.entries(excludeGlobs(root))) {
    const when: unknown = typeof value === "object" && value !== null ? Object.entries(value)[0]?.[1] : undefined;
    if (typeof when !== "string") continue;
    if (!IgnoreRules.none.withPatterns(patternsOfGlobs([glob])).ignores(below(root, uri), false)) continue;
    const stem = uri.path.slice(uri.path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
    if (await exists(vscode.Uri.joinPath(uri, "..", when.replaceAll("$(basename)", stem)))) return true;
  }
  return false;
}

function excludeGlobs(root: vscode.Uri): Readonly<Record<string, unknown>> {
  return vscode.workspace.getConfiguration("files", root).get<Record<string, unknown>>("exclude") ?? {};
}

/** Where a link leads to; `undefined` for what is none. The folder of the workspace may itself be behind one. */
async function targetOf(uri: vscode.Uri, folder: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  if (uri.scheme !== "file") return undefined;
  const target = await realpath(uri.fsPath).catch(() => undefined);
  if (target === undefined) return undefined;
  const root = folder ?? vscode.Uri.joinPath(uri, "..");
  const realRoot = await realpath(root.fsPath).catch(() => root.fsPath);
  const unlinked = vscode.Uri.joinPath(vscode.Uri.file(realRoot), below(root, uri));
  const real = vscode.Uri.file(target);
  return real.path.toLowerCase() === unlinked.path.toLowerCase() ? undefined : real;
}

/** `undefined` where there is no such file. Rejects for all other reasons. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (isAbsence(error) || ((await stat(uri))?.type ?? 0) & vscode.FileType.Directory) return undefined;
    throw error;
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return (await stat(uri)) !== undefined;
}

async function stat(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

function isAbsence(error: unknown): boolean {
  return (
    error instanceof vscode.FileSystemError && /^(?:FileNotFound|FileNotADirectory|FileIsADirectory)$/.test(error.code)
  );
}

/** With `/`, and none at its start. */
function below(folder: vscode.Uri, { path }: vscode.Uri): string {
  return path.slice(folder.path.replace(/\/+$/, "").length).replace(/^\/+/, "");
}

const MOST_DEPTH = 40;
