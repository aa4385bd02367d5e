/** Writes about a branch or a commit into a new document. */

import * as vscode from "vscode";
import { unlinked } from "../text/unlinked.ts";
import { type Ask, explainPrompt, pullRequestPrompt } from "../refactor/sourceControlPrompt.ts";
import { explanationOf, partialPullRequestOf, pullRequestOf } from "../refactor/sourceControlReply.ts";
import { styleOf } from "../refactor/sourceControlStyle.ts";
import type { GitCommit, GitRepository } from "./gitApi.ts";
import { sentences } from "./punctuation.ts";
import { withProgress } from "./refactorModel.ts";
import { askAbout, leftWords } from "./sourceControlAsking.ts";
import { changesOf, changesSince, type SeenChanges } from "./sourceControlChanges.ts";
import type { SourceControlNeeds } from "./sourceControlCommit.ts";
import { StreamedDocument } from "./streamedDocument.ts";

/** Title and description of a pull request for the branch that is checked out. */
export async function writePullRequest(repository: GitRepository, needs: SourceControlNeeds): Promise<void> {
  const { l10n } = vscode;
  // Which branch is checked out may have changed a moment ago.
  await repository.status().catch(() => undefined);
  const base = await baseOf(repository);
  if (base === undefined) return;
  const parted = await repository.getMergeBase(base, "HEAD").catch(() => undefined);
  const commits = parted ? await repository.log({ range: `${parted}..HEAD` }).catch(() => []) : [];
  if (!parted || commits.length === 0) {
    void vscode.window.showWarningMessage(l10n.t("The branch has no commits that {0} has not.", base));
    return;
  }
  const messages = commits.map(({ message }) => message);
  const ask = pullRequestPrompt({
    branch: repository.state.HEAD?.name ?? "HEAD",
    base,
    commits: messages.toReversed(),
    isChinese: styleOf(messages).isChinese,
  });
  const title = l10n.t("Writing title and description of a pull request into {0}", base);
  await writeDocument(
    "pull-request",
    title,
    () => changesSince(parted, repository, needs.ignored),
    ask,
    needs,
    (reply, isWhole) => {
      const found = isWhole ? pullRequestOf(reply) : partialPullRequestOf(reply);
      return found && `# ${found.title}\n\n${found.body}\n`;
    },
  );
}

/** What one of the last commits does. */
export async function explainCommit(repository: GitRepository, needs: SourceControlNeeds): Promise<void> {
  const { l10n, env } = vscode;
  const commits = await repository.log({ maxEntries: OFFERED }).catch(() => []);
  if (commits.length === 0) {
    void vscode.window.showWarningMessage(l10n.t("The repository has no commits yet."));
    return;
  }
  const title = l10n.t("Which commit is to be explained?");
  const options = { title, matchOnDescription: true, matchOnDetail: true };
  const commit = (await vscode.window.showQuickPick(commits.map(itemOf), options))?.commit;
  if (!commit) return;
  const { hash, message } = commit;
  const ask = explainPrompt({ message, language: env.language });
  const progress = l10n.t("Explaining the commit {0}", hash.slice(0, 8));
  await writeDocument(
    "commit-explanation",
    progress,
    () => changesOf(commit, repository, needs.ignored),
    ask,
    needs,
    (reply) => {
      const text = explanationOf(reply);
      return text === "" ? undefined : `# ${subjectOf(commit)}\n\n\`${hash}\`\n\n${text}\n`;
    },
  );
}

/**
 * What has come stays where it is stopped or fails, with a note at its end; closed by the user it is stopped.
 * @param documentOf makes the document of a reply, or of what has come of it; `undefined` where the reply is none
 */
async function writeDocument(
  askedFor: "pull-request" | "commit-explanation",
  title: string,
  read: () => Promise<SeenChanges>,
  ask: Ask,
  { model }: SourceControlNeeds,
  documentOf: (reply: string, isWhole: boolean) => string | undefined,
): Promise<void> {
  const { l10n, window } = vscode;
  await withProgress(title, async (stopped, report) => {
    const changes = await read();
    stopped.throwIfAborted();
    const shown = new StreamedDocument("markdown");
    const closed = new AbortController();
    const signal = AbortSignal.any([stopped, closed.signal]);
    const onText = (text: string): void => {
      if (shown.isClosed) closed.abort();
      const content = documentOf(text, false);
      if (content !== undefined) shown.stream(content.trimEnd());
    };
    try {
      const reply = await askAbout(changes.files, ask, model, { askedFor, signal, report, onText });
      const content = documentOf(reply.text, true);
      if (content === undefined) {
        await endPart(shown);
        void window.showWarningMessage(l10n.t("The model did not answer with a text for this."));
        return;
      }
      await shown.finish(content);
      const told = [
        reply.isCut ? l10n.t("The answer reached its upper bound and may end too early.") : undefined,
        leftWords(changes, reply),
      ].filter((words) => words !== undefined);
      if (told.length > 0) void window.showInformationMessage(unlinked(sentences(...told)));
    } catch (error) {
      await endPart(shown);
      if (!closed.signal.aborted) throw error;
    }
  });
}

/** Of a text that did not come to its end. */
async function endPart(shown: StreamedDocument): Promise<void> {
  await shown.stop();
  if (shown.coming === "") return;
  const words = vscode.l10n.t("The text ends here: it was stopped, or broke off.");
  await shown.finish(`${shown.coming}\n\n> ${words}\n`);
}

/** The branch that it came from, else the usual one, else the user chooses; never itself. */
async function baseOf(repository: GitRepository): Promise<string | undefined> {
  const { l10n, window } = vscode;
  const own = repository.state.HEAD?.name;
  const found = own === undefined ? undefined : await repository.getBranchBase(own).catch(() => undefined);
  if (found?.name !== undefined && nameOf(found) !== own) return nameOf(found);
  const branches = await repository.getBranches({ remote: true }).catch(() => []);
  const names = branches.map(nameOf).filter((name) => name !== "" && name !== own);
  const usual = USUAL.find((name) => names.includes(name));
  if (usual !== undefined) return usual;
  if (names.length > 0) return window.showQuickPick(names, { title: l10n.t("Which branch is it to go into?") });
  void window.showWarningMessage(l10n.t("There is no other branch to compare with."));
  return undefined;
}

/** Names of remote branches have the remote's in them, or not. */
function nameOf({ name = "", remote }: { readonly name?: string; readonly remote?: string }): string {
  return remote === undefined || name.startsWith(`${remote}/`) ? name : `${remote}/${name}`;
}

function itemOf(commit: GitCommit): vscode.QuickPickItem & { readonly commit: GitCommit } {
  const { hash, authorName = "", authorDate } = commit;
  const detail = [authorName, authorDate?.toLocaleString(vscode.env.language)].filter(Boolean).join(", ");
  return { label: subjectOf(commit), description: hash.slice(0, 8), detail, commit };
}

function subjectOf({ message }: GitCommit): string {
  return message.split("\n", 1)[0] ?? "";
}

const OFFERED = 100;
const USUAL = ["main", "master", "origin/main", "origin/master", "develop", "trunk"];
