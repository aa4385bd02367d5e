/** Reads what a repository's changes are, without what is ignored or secret. */

import * as vscode from "vscode";
import { type FileDiff, filesOfDiff } from "../refactor/sourceControlDiff.ts";
import { shownFiles, type ShownFiles } from "../refactor/sourceControlFiles.ts";
import type { FileGate } from "./chatContextReading.ts";
import { type GitChange, type GitCommit, type GitRepository, UNTRACKED } from "./gitApi.ts";
import { isHidden, pathIn, textOfNew } from "./gitChanges.ts";

export interface SeenChanges {
  readonly files: ShownFiles;
  /** How many files are ignored or secret. */
  readonly hidden: number;
}

/** What the next commit has; where nothing is staged, what differs in the working tree, with new files. */
export async function changesToCommit(
  repository: GitRepository,
  ignored: FileGate,
  signal: AbortSignal,
): Promise<SeenChanges & { readonly isStaged: boolean }> {
  const staged = filesIn(repository, await repository.diff(true), await repository.diffIndexWithHEAD());
  if (staged.length > 0) return { ...(await seen(repository, staged, ignored)), isStaged: true };
  const unstaged = filesIn(repository, await repository.diff(false), await repository.diffWithHEAD());
  const changed = await seen(repository, unstaged, ignored);
  const fresh = await newFiles(repository, ignored, signal);
  return {
    files: {
      shown: [...changed.files.shown, ...fresh.files.shown],
      left: [...changed.files.left, ...fresh.files.left],
    },
    hidden: changed.hidden + fresh.hidden,
    isStaged: false,
  };
}

/** What came into the branch since it parted from `base`. */
export async function changesSince(base: string, repository: GitRepository, ignored: FileGate): Promise<SeenChanges> {
  const diff = await repository.diffBetween(base, "HEAD", ALL);
  return seen(repository, filesIn(repository, diff, await repository.diffBetween(base, "HEAD")), ignored);
}

/** Of a merge, what it brought to the branch that it was made on. */
export async function changesOf(
  { hash, parents }: GitCommit,
  repository: GitRepository,
  ignored: FileGate,
): Promise<SeenChanges> {
  const range = `${parents[0] ?? EMPTY_TREE}..${hash}`;
  const diff = await repository.diffWith(range, ALL);
  return seen(repository, filesIn(repository, diff, await repository.diffWith(range)), ignored);
}

function filesIn(repository: GitRepository, diff: string, listed: readonly GitChange[]): readonly FileDiff[] {
  const uris = listed.flatMap(({ uri, originalUri }) => [uri, originalUri]);
  const files = filesOfDiff(diff, new Set(uris.map((uri) => pathIn(repository, uri))));
  if (files.length > 0 || diff.trim() === "") return files;
  throw new Error(
    vscode.l10n.t(
      "git does not show what has changed as it usually does (its settings diff.external, diff.srcPrefix).",
    ),
  );
}

async function seen({ rootUri }: GitRepository, files: readonly FileDiff[], ignored: FileGate): Promise<SeenChanges> {
  const kept: FileDiff[] = [];
  for (const file of files) {
    const paths = file.oldPath === undefined ? [file.path] : [file.path, file.oldPath];
    const uris = paths.map((path) => vscode.Uri.joinPath(rootUri, path));
    if (!(await isHidden(uris, ignored))) kept.push(file);
  }
  return { files: shownFiles(kept), hidden: files.length - kept.length };
}

/** Those that git does not know yet. Of very many the last are only named. */
async function newFiles(repository: GitRepository, ignored: FileGate, signal: AbortSignal): Promise<SeenChanges> {
  const { state } = repository;
  const changes = [...state.workingTreeChanges, ...(state.untrackedChanges ?? [])];
  const uris = changes.filter(({ status }) => status === UNTRACKED).map(({ uri }) => uri);
  const read = async (uri: vscode.Uri): Promise<FileDiff | undefined> => {
    const found = await textOfNew(uri, ignored);
    if ("reason" in found) return found.reason === "ignored" ? undefined : newFile(uri, true, "");
    return newFile(uri, false, found.text);
  };
  const name = async (uri: vscode.Uri): Promise<FileDiff | undefined> =>
    (await ignored.look({ uri })) ? undefined : newFile(uri, false, "");
  const newFile = (uri: vscode.Uri, isBinary: boolean, text: string): FileDiff => ({
    path: pathIn(repository, uri),
    oldPath: undefined,
    state: "new",
    isBinary,
    added: text === "" ? 0 : text.split("\n").length,
    removed: 0,
    text,
  });
  const files = await someAtOnce(uris.slice(0, MOST_READ), read, signal);
  const named = await someAtOnce(uris.slice(MOST_READ), name, signal);
  const { shown, left } = shownFiles(files);
  return {
    files: { shown, left: [...left, ...named.map((file) => ({ file, reason: "many" as const }))] },
    hidden: uris.length - files.length - named.length,
  };
}

/** One after the other some thousand take a minute. */
async function someAtOnce(
  uris: readonly vscode.Uri[],
  work: (uri: vscode.Uri) => Promise<FileDiff | undefined>,
  signal: AbortSignal,
): Promise<readonly FileDiff[]> {
  const files: FileDiff[] = [];
  for (let from = 0; from < uris.length; from += READ_AT_ONCE) {
    signal.throwIfAborted();
    const some = await Promise.all(uris.slice(from, from + READ_AT_ONCE).map(work));
    files.push(...some.filter((file) => file !== undefined));
  }
  return files;
}

const READ_AT_ONCE = 32;
const MOST_READ = 500;
/** Below the repository's root, where git runs. */
const ALL = ".";
/** Before the first commit; git knows it in every repository. */
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
