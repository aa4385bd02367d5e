import * as vscode from "vscode";
import { fileTree } from "../chat/fileTree.ts";
import type { FileOutline } from "../context/index/symbolSearch.ts";
import { textOf } from "./chatContextFiles.ts";
import type { FileGate, Reading } from "./chatContextReading.ts";
import { confined } from "./confinedFiles.ts";
import { pathOf } from "./convert.ts";
import type { Repositories } from "./repositories.ts";

/** The tree of a folder, then the text of its small files, and of the others what they define, as far as there is room. */
export async function readFolder(
  reading: Reading,
  ignored: FileGate,
  repositories: Pick<Repositories, "ask">,
): Promise<void> {
  const { attachment } = reading;
  const uri = vscode.Uri.parse(attachment.uri ?? "", true);
  // A link in the folder is not what was pointed at. Who attaches a folder from elsewhere means that one.
  const gate = vscode.workspace.getWorkspaceFolder(uri) ? confined(ignored) : ignored;
  const found = await filesIn(uri, gate, reading.signal);
  if (found.ignored > 0) reading.leave("ignored", undefined, found.ignored);
  if (found.files.length === 0) return reading.leave(found.ignored > 0 ? "empty" : await emptiness(uri));
  const paths = found.files.map((file) => below(uri, file));
  const tree = fileTree(paths, reading.room / TREE_SHARE);
  if (found.isBounded || tree.shown < paths.length)
    reading.leave("cut", undefined, paths.length - tree.shown || undefined);
  reading.add({
    label: attachment.label,
    uri,
    text: `${attachment.label}\n${tree.text}`,
    cut: tree.shown < paths.length,
  });
  const large = await readSmall(found.files, reading, gate);
  await readOutlines(uri, large, reading, repositories);
}

/** The smallest first. Tells which were too long for the room that each may take. */
async function readSmall(
  files: readonly vscode.Uri[],
  reading: Reading,
  ignored: FileGate,
): Promise<readonly vscode.Uri[]> {
  const shown = files.filter(({ path }) => !IGNORE_FILE.test(path));
  const sized = await Promise.all(
    shown.slice(0, MOST_READ).map(async (file) => {
      const size = await vscode.workspace.fs.stat(file).then(
        (stat) => stat.size,
        () => Infinity,
      );
      return { file, size };
    }),
  );
  // Of these there is at most an outline.
  const large = shown.slice(MOST_READ);
  const most = reading.room / FILE_SHARE;
  for (const { file, size } of sized.toSorted((one, other) => one.size - other.size)) {
    if (reading.isClosed) break;
    const found = size > most * MOST_BYTES_PER_CHAR ? undefined : await textOf(file, ignored);
    if (found && "text" in found && found.text.length <= Math.min(most, reading.room)) {
      if (found.text.trim() !== "") reading.add({ label: nameOf(file), uri: file, line: 0, text: found.text });
    } else if (found && "reason" in found) reading.leave(found.reason, pathOf(file));
    else large.push(file);
  }
  return large;
}

async function readOutlines(
  uri: vscode.Uri,
  files: readonly vscode.Uri[],
  reading: Reading,
  repositories: Pick<Repositories, "ask">,
): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (files.length === 0) return;
  const byPath = new Map(files.map((file) => [vscode.workspace.asRelativePath(file, false), file]));
  const outlines = folder
    ? await repositories.ask(folder, (index) => index.outlines(Array.from(byPath.keys()), reading.signal))
    : [];
  let left = files.length;
  for (const outline of outlines) {
    const text = outlineText(outline);
    const file = byPath.get(outline.path);
    if (!file || text.length > reading.room) continue;
    left -= 1;
    reading.add({ label: nameOf(file), uri: file, line: outline.lines[0]?.line, text, cut: true });
  }
  if (left > 0) reading.leave("too-large", undefined, left);
}

function outlineText({ lines }: FileOutline): string {
  return lines.map(({ signature, depth }) => `${"  ".repeat(depth)}${signature}`).join("\n");
}

/** Without what is ignored, of which there is a number alone. */
export async function filesIn(
  folder: vscode.Uri,
  ignored: FileGate,
  signal: AbortSignal,
): Promise<{ readonly files: readonly vscode.Uri[]; readonly ignored: number; readonly isBounded: boolean }> {
  const token = new vscode.CancellationTokenSource();
  const stop = (): void => token.cancel();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const pattern = new vscode.RelativePattern(folder, "**/*");
    const all = await vscode.workspace.findFiles(pattern, USUAL_EXCLUDES, MOST_FILES, token.token);
    const looked = await Promise.all(all.map(async (uri) => ({ uri, isIgnored: await ignored.look({ uri }) })));
    const files = looked.filter(({ isIgnored }) => !isIgnored).map(({ uri }) => uri);
    return { files, ignored: looked.length - files.length, isBounded: all.length >= MOST_FILES };
  } finally {
    signal.removeEventListener("abort", stop);
    token.dispose();
  }
}

async function emptiness(uri: vscode.Uri): Promise<"empty" | "gone"> {
  return vscode.workspace.fs.stat(uri).then(
    () => "empty" as const,
    () => "gone" as const,
  );
}

function below(folder: vscode.Uri, { path }: vscode.Uri): string {
  return path.slice(folder.path.replace(/\/+$/, "").length + 1);
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** It names what is to be named to nobody. */
const IGNORE_FILE = /\/\.\w*ignore$/;
/** Not worth a look, whatever the ignore files say. */
const USUAL_EXCLUDES = "**/{node_modules,.git,__pycache__,.venv,.hg,.svn}/**";
const MOST_FILES = 3_000;
const MOST_READ = 300;
/** The tree takes at most a third, one file at most a quarter of the rest. */
const TREE_SHARE = 3;
const FILE_SHARE = 4;
/** A character of Chinese has three in UTF-8. */
const MOST_BYTES_PER_CHAR = 3;
