import * as vscode from "vscode";
import { stagedAttachment } from "../chat/attachments.ts";
import { headOfLines } from "../chat/cutting.ts";
import { minorKind } from "../text/minorFiles.ts";
import { withoutColours } from "../refactor/diffColours.ts";
import type { FileGate, Reading } from "./chatContextReading.ts";
import { pathOf } from "./convert.ts";
import { type GitChange, gitRepositories, type GitRepository, UNTRACKED } from "./gitApi.ts";
import { isHidden, literalPath, originalOf, textOfNew } from "./gitChanges.ts";

interface Changed {
  readonly repository: GitRepository;
  readonly uri: vscode.Uri;
  readonly isStaged: boolean;
  readonly isUnstaged: boolean;
  readonly isUntracked: boolean;
}

/**
 * What differs from the last commit, a piece for each file; of what is staged alone where that was attached.
 * @param mostFileChars one long file must not take the room of all others
 */
export async function readChanges(reading: Reading, ignored: FileGate, mostFileChars = MOST_FILE_CHARS): Promise<void> {
  const repositories = await gitRepositories(reading.signal);
  if (!repositories) return reading.leave("no-git");
  if (repositories.length === 0) return reading.leave("no-repository");
  const stagedOnly = reading.attachment.id === stagedAttachment.id;
  let [isIgnored, left, added] = [0, 0, 0];
  for (const repository of repositories) {
    // What has changed a moment ago is not known to it yet.
    await repository.status().catch(() => undefined);
    for (const changed of changesIn(repository, stagedOnly)) {
      if (reading.isClosed) return;
      const room = Math.min(reading.room, mostFileChars);
      if (await isHidden([changed.uri, originalOf(changed.uri, repository)], ignored)) isIgnored += 1;
      else if (room < LEAST_CHARS) left += 1;
      else if (await addChange(changed, room, stagedOnly, reading, ignored)) added += 1;
    }
  }
  if (isIgnored > 0) reading.leave("ignored", undefined, isIgnored);
  if (left > 0) reading.leave("cut", undefined, left);
  if (added + isIgnored + left === 0) reading.leave("no-changes");
}

/** What people write comes before lock files and what is generated. */
function changesIn(repository: GitRepository, stagedOnly: boolean): readonly Changed[] {
  const { indexChanges, workingTreeChanges, mergeChanges, untrackedChanges = [] } = repository.state;
  const byUri = new Map<string, Changed>();
  const put = ({ uri }: GitChange, how: Partial<Changed>): void => {
    const key = uri.toString();
    const known = byUri.get(key) ?? { repository, uri, isStaged: false, isUnstaged: false, isUntracked: false };
    byUri.set(key, { ...known, ...how });
  };
  for (const change of indexChanges) put(change, { isStaged: true });
  if (!stagedOnly) {
    for (const change of [...workingTreeChanges, ...mergeChanges, ...untrackedChanges])
      put(change, { isUnstaged: true, isUntracked: change.status === UNTRACKED });
  }
  return Array.from(byUri.values()).toSorted((one, other) => minorRank(one) - minorRank(other));
}

/** Whether there is something to see. */
async function addChange(
  { repository, uri, isStaged, isUnstaged, isUntracked }: Changed,
  room: number,
  stagedOnly: boolean,
  reading: Reading,
  ignored: FileGate,
): Promise<boolean> {
  const path = pathOf(uri);
  const spec = literalPath(repository, uri);
  const difference = (): Promise<string> => {
    if (stagedOnly || !isUnstaged) return repository.diffIndexWithHEAD(spec);
    return isStaged ? repository.diffWith("HEAD", spec) : repository.diffWithHEAD(spec);
  };
  const diff = isUntracked ? "" : withoutColours(await difference().catch(() => ""));
  const state = isUntracked ? "new" : isStaged && isUnstaged ? "staged and unstaged" : isStaged ? "staged" : "unstaged";
  // Git has no difference for a file that it does not know, and none before the first commit.
  const found = diff.trim() === "" ? await textOfNew(uri, ignored) : { text: diff };
  if ("reason" in found) {
    reading.leave(found.reason, path);
    return true;
  }
  if (/^Binary files .* differ$/m.test(found.text.slice(0, LOOKED_AT_CHARS))) {
    reading.leave("binary", path);
    return true;
  }
  const { text, isCut } = headOfLines(found.text, room);
  reading.add({
    label: path,
    uri,
    line: firstChangedLine(found.text),
    text: `${path} (${state})\n${text}`,
    cut: isCut,
  });
  if (isCut) reading.leave("cut", path);
  return true;
}

/** From 0, in the file as it is now. */
function firstChangedLine(diff: string): number | undefined {
  const hunk = /^@@ -\S+ \+(\d+)/m.exec(diff);
  return hunk ? Math.max(0, Number(hunk[1]) - 1) : undefined;
}

function minorRank({ uri }: Changed): number {
  return minorKind(uri.path) ? 1 : 0;
}

const MOST_FILE_CHARS = 20_000;
const LEAST_CHARS = 200;
const LOOKED_AT_CHARS = 2_000;
