/** Which file a block of an answer is meant for. */

import * as vscode from "vscode";
import { pieceRows } from "../chat/pieceRows.ts";
import { plainPath } from "../chat/codeBlocks.ts";
import type { UsedPiece } from "../chat/conversation.ts";
import { isFile } from "./openPlace.ts";
import { isInnerPath } from "./innerPath.ts";
import { folderIdOf, workspacePlaces } from "./workspacePlaces.ts";

/** What an answer had to go by. */
export interface AnsweredTo {
  /** Addresses of the files that it was told of, each once. */
  readonly files: readonly string[];
  /** Parts of files that were attached to its question. */
  readonly selections: readonly UsedPiece[];
  /** What its question asks for. */
  readonly wish: string;
}

/** Of the document that shows what a file would be. package.json names it. */
export const CHANGE_SCHEME = "pairwise-change";

export interface Target {
  readonly document: vscode.TextDocument;
  readonly selection: { readonly selection?: { readonly from: number; readonly to: number } };
}

/** There is none yet. */
export interface NewFile {
  readonly isNew: true;
  readonly uri: vscode.Uri;
}

/**
 * The file that the block names, where there is one in the workspace, or may be; else the one in front, unless the answer was told of
 * one other file alone. A sentence where there is none.
 * @param files addresses of those that the answer was told of
 */
export async function targetOf(
  named: string | undefined,
  files: readonly string[],
): Promise<Target | NewFile | string> {
  const { l10n } = vscode;
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors].filter(
    (each) => each !== undefined && each.document.uri.scheme !== CHANGE_SCHEME && isOfUser(each.document),
  );
  const editorOf = (uris: readonly string[]) =>
    editors.find((each) => uris.includes(each?.document.uri.toString() ?? ""));
  if (named !== undefined) {
    const found = await placesNamed(named);
    const told = found.filter((uri) => files.includes(uri.toString()));
    const [only, ...others] = told.length > 0 ? told : found;
    if (!only) {
      const fresh = newFile(named, files);
      return (
        fresh ?? l10n.t("Not applied: there is no file {0} in the workspace. It can be opened as a new file.", named)
      );
    }
    const visible = editorOf([only, ...others].map(String));
    if (visible) return targetIn(visible);
    if (others.length === 0) return targetAt(only);
    const count = found.length > MOST_PLACES ? l10n.t("more than {0}", MOST_PLACES) : others.length + 1;
    return l10n.t("Not applied: there are {0} files that {1} can mean. Open the one that is meant.", count, named);
  }
  const told = editorOf(files);
  if (told) return targetIn(told);
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0) return targetAt(vscode.Uri.parse(only));
  const [editor] = editors;
  return editor ? targetIn(editor) : l10n.t("Open the file first that this belongs to, and apply it again.");
}

/**
 * Of several folders of the workspace in that of what the answer was told of, else of what is in front, else in the first.
 * @param near addresses of files, the first one counts
 */
export function newFile(named: string, near: readonly string[]): NewFile | undefined {
  const told = [...near.map((uri) => vscode.Uri.parse(uri)), vscode.window.activeTextEditor?.document.uri];
  const [folder] = told.flatMap((uri) => (uri && folderIdOf(uri)) ?? []);
  const [uri] = workspacePlaces(plainPath(named), folder);
  return uri && isWritable(uri) ? { isNew: true, uri } : undefined;
}

function isWritable({ scheme }: vscode.Uri): boolean {
  return vscode.workspace.fs.isWritableFileSystem(scheme) === true;
}

async function targetAt(uri: vscode.Uri): Promise<Target | string> {
  const document = await opened(uri);
  if (document) return { document, selection: {} };
  return vscode.l10n.t("Not applied: {0} can't be read as text.", vscode.workspace.asRelativePath(uri, false));
}

/** `undefined` where it is gone, or is no text. */
export async function opened(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

function targetIn({ document, selection }: vscode.TextEditor): Target {
  const from = document.offsetAt(selection.start);
  return { document, selection: { selection: { from, to: document.offsetAt(selection.end) } } };
}

function isOfUser({ uri }: vscode.TextDocument): boolean {
  return uri.scheme === "untitled" || isWritable(uri);
}

/** A model may leave out folders at its start. */
async function placesNamed(named: string): Promise<readonly vscode.Uri[]> {
  const path = plainPath(named);
  if (!isInnerPath(path)) return [];
  const exact: vscode.Uri[] = [];
  for (const uri of workspacePlaces(path)) if (await isFile(uri)) exact.push(uri);
  if (exact.length > 0) return exact;
  const pattern = `**/${path.replace(/[[\]{}*?]/g, "[$&]")}`;
  return vscode.workspace.findFiles(pattern, USUAL_EXCLUDES, MOST_PLACES + 1);
}

/** Of other people, unless a block names it from the workspace folder on. */
const USUAL_EXCLUDES = "**/{node_modules,.git,__pycache__,.venv,.hg,.svn}/**";
const MOST_PLACES = 5;

/** What is selected now is meant; else what was attached to the question and is still there; else where the caret is. */
export function placeMeant({ document, selection }: Target, selections: readonly UsedPiece[]): Target["selection"] {
  if (selection.selection && selection.selection.to > selection.selection.from) return selection;
  const [piece, ...others] = selections.filter(({ uri }) => uri === document.uri.toString());
  const lines = document.getText().split(/\r\n?|\n/);
  const rows = piece && others.length === 0 ? pieceRows(lines, piece) : undefined;
  if (!rows) return selection;
  const [from, to] = [new vscode.Position(rows.from, 0), new vscode.Position(rows.to - 1, Number.MAX_SAFE_INTEGER)];
  return { selection: { from: document.offsetAt(from), to: document.offsetAt(to) } };
}
