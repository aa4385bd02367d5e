/** Reads what a repository's changes are, without what is ignored or secret. */

import * as vscode from "vscode";
import { type FileDiff, filesOfDiff } from "../refactor/sourceControlDiff.ts";
import { shownFiles, type ShownFiles } from "../refactor/sourceControlFiles.ts";
import type { FileGate } from "./chatContextReading.ts";
import { type GitCommit, type GitRepository, UNTRACKED } from "./gitApi.ts";
import { isHidden, textOfNew } from "./gitChanges.ts";

export interface SeenChanges {
  readonly files: ShownFiles;
  /** How many files are ignored or secret. */
  readonly hidden: number;
}

/** What the next commit has; where nothing is staged, what differs in the working tree, with new files. */
export async function changesToCommit(
  repository: GitRepository,
  ignored: FileGate,
): Promise<SeenChanges & { readonly isStaged: boolean }> {
  // What has changed a moment ago is not known to it yet.
  await repository.status().catch(() => undefined);
  const staged = filesOfDiff(await repository.diff(true));
  if (staged.length > 0) return { ...(await seen(repository, staged, ignored)), isStaged: true };
  const changed = await seen(repository, filesOfDiff(await repository.diff(false)), ignored);
  const fresh = await newFiles(repository, ignored);
  const files = shownFiles(fresh.files);
  return {
    files: {
      shown: [...changed.files.shown, ...files.shown],
      left: [...changed.files.left, ...files.left],
    },
    hidden: changed.hidden + fresh.hidden,
    isStaged: false,
  };
}

/** What came into the branch since it parted from `base`. */
export async function changesSince(base: string, repository: GitRepository, ignored: FileGate): Promise<SeenChanges> {
  return seen(repository, filesOfDiff(await repository.diffBetween(base, "HEAD", ALL)), ignored);
}

/** Of a merge, what it brought to the branch that it was made on. */
export async function changesOf(
  { hash, parents }: GitCommit,
  repository: GitRepository,
  ignored: FileGate,
): Promise<SeenChanges> {
  const diff = await repository.diffWith(`${parents[0] ?? EMPTY_TREE}..${hash}`, ALL);
  return seen(repository, filesOfDiff(diff), ignored);
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

/** Those that git does not know yet. */
async function newFiles(
  { rootUri, state }: GitRepository,
  ignored: FileGate,
): Promise<{ readonly files: readonly FileDiff[]; readonly hidden: number }> {
  const changes = [...state.workingTreeChanges, ...(state.untrackedChanges ?? [])];
  const uris = changes.filter(({ status }) => status === UNTRACKED).map(({ uri }) => uri);
  const files: FileDiff[] = [];
  let hidden = 0;
  for (const uri of uris) {
    const found = await textOfNew(uri, ignored);
    if ("reason" in found && found.reason === "ignored") {
      hidden += 1;
      continue;
    }
    const text = "text" in found ? found.text : "";
    files.push({
      path: uri.path.slice(rootUri.path.length).replace(/^\//, ""),
      oldPath: undefined,
      state: "new",
      isBinary: "reason" in found,
      added: text === "" ? 0 : text.split("\n").length,
      removed: 0,
      text,
    });
  }
  return { files, hidden };
}

/** Below the repository's root, where git runs. */
const ALL = ".";
/** Before the first commit; git knows it in every repository. */
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
