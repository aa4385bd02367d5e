/** Puts all blocks of an answer that change several files into them at once: each through the guard, then as one change in VS Code's refactor preview. */

import * as vscode from "vscode";
import { listed } from "../text/listed.ts";
import type { CodeBlock } from "../chat/codeBlocks.ts";
import { languageIdOfPath } from "../context/index/extraction/languageOfPath.ts";
import { hunksBetween } from "../edit/hunks.ts";
import { mayBeCreated } from "./chatNewFile.ts";
import { type AnsweredTo, opened, placeMeant, type Target, targetOf } from "./chatTarget.ts";
import { changedProblems, problemsOf } from "./editProblems.ts";
import type { EditThread } from "./editThread.ts";
import { losesCode, refusalSentence, verdictLine } from "./editWords.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import { isFile } from "./openPlace.ts";
import { sentences } from "./punctuation.ts";
import { isReadOnly } from "./readOnly.ts";
import { selfRunningWarning } from "./runsByItselfWords.ts";
import { applyWorkspaceChange, type FileChange } from "./workspaceChange.ts";

/** What a file would be after the blocks that go into it, one after the other. */
interface ChangedFile {
  readonly uri: vscode.Uri;
  readonly path: string;
  readonly languageId: string;
  /** There is none yet. */
  readonly isNew: boolean;
  readonly selection: Target["selection"];
  readonly before: string;
  readonly after: string;
}

export interface LookedAt {
  readonly block: CodeBlock;
  /** The guard's line, or why it is refused. */
  readonly words: string;
  readonly isRefused: boolean;
  /** It is refused because code would be lost, which the user may want. */
  readonly losesCode: boolean;
  /** Its file's address, where it has one. */
  readonly file: string | undefined;
}

export interface Prepared {
  readonly blocks: readonly LookedAt[];
  /** Those that would be other ones. */
  readonly files: readonly ChangedFile[];
}

interface AppliedAll {
  readonly words: string;
  /** Addresses of those that are other ones now. */
  readonly files: readonly string[];
  /** Resolves with what it did to the errors that are reported, when they have come to rest; there is none where nothing was done. */
  readonly problems?: Promise<string>;
}

type Outcome = Omit<LookedAt, "block">;

export class AllChanges {
  readonly #thread: Pick<EditThread, "apply">;
  readonly #ignored: Pick<IgnoredFiles, "look">;

  constructor(thread: Pick<EditThread, "apply">, ignored: Pick<IgnoredFiles, "look">) {
    this.#thread = thread;
    this.#ignored = ignored;
  }

  /** Changes nothing. @param told what the answer had to go by */
  async prepare(blocks: readonly CodeBlock[], told: AnsweredTo): Promise<Prepared> {
    const files = new Map<string, ChangedFile>();
    const looked: LookedAt[] = [];
    for (const block of blocks) looked.push({ block, ...(await this.#look(block, told, files)) });
    return { blocks: looked, files: Array.from(files.values()).filter(({ before, after }) => before !== after) };
  }

  async #look(block: CodeBlock, told: AnsweredTo, files: Map<string, ChangedFile>): Promise<Outcome> {
    const found = await this.#fileOf(block, told);
    if (typeof found === "string") return { words: found, isRefused: true, losesCode: false, file: undefined };
    const key = found.uri.toString();
    const file = files.get(key) ?? found;
    const { path, languageId, after: text } = file;
    // Once another block has gone into it, what is selected is elsewhere.
    const selection = text === file.before ? file.selection : {};
    const outcome = await this.#thread.apply({ text, languageId, path, ...selection, wish: told.wish }, block);
    if (outcome.kind === "refused") {
      const { refusal } = outcome;
      const isThere = refusal.reason === "unchanged";
      const words = refusalSentence(refusal, path);
      return { words, isRefused: !isThere, losesCode: losesCode(refusal), file: key };
    }
    const warning = selfRunningWarning(file.uri, file.before, outcome.applied.text);
    if (warning !== "") {
      const words = sentences(warning, vscode.l10n.t("It is left out here: apply it alone."));
      return { words, isRefused: true, losesCode: false, file: key };
    }
    files.set(key, { ...file, after: outcome.applied.text });
    const checked = verdictLine(outcome);
    const words = file.isNew ? vscode.l10n.t("{0} is a new file: {1}", path, checked) : `${path}: ${checked}`;
    return { words, isRefused: false, losesCode: false, file: key };
  }

  /** A sentence where the block may not go into one. */
  async #fileOf(block: CodeBlock, told: AnsweredTo): Promise<ChangedFile | string> {
    const { l10n } = vscode;
    if (!block.isClosed) return l10n.t("Not applied: the answer ends in the middle of this block.");
    const target = await targetOf(block.path, told.files);
    if (typeof target === "string") return target;
    const { uri } = "isNew" in target ? target : target.document;
    const path = vscode.workspace.asRelativePath(uri, false);
    if ("isNew" in target) {
      if (!(await mayBeCreated(uri, this.#ignored))) return l10n.t("Not applied: the chat creates no file {0}.", path);
      const languageId = languageIdOfPath(path) ?? "plaintext";
      return { uri, path, languageId, isNew: true, selection: {}, before: "", after: "" };
    }
    const { document } = target;
    const selection = placeMeant(target, told.selections);
    if (await isReadOnly(document)) return l10n.t("{0} can't be changed.", path);
    if (await this.#ignored.look({ uri })) return l10n.t("Not applied: {0} is ignored or secret.", path);
    const text = document.getText();
    return { uri, path, languageId: document.languageId, isNew: false, selection, before: text, after: text };
  }

  /** Shows them in the refactor preview, says so, and waits for what becomes of them there. */
  async apply({ files }: Prepared, shown: () => void): Promise<AppliedAll> {
    const { l10n } = vscode;
    const changes = await this.#changes(files);
    if (typeof changes === "string") return { words: changes, files: [] };
    const problems = files.map(({ uri, isNew }) => ({ uri, problems: isNew ? [] : problemsOf(uri) }));
    const applying = applyWorkspaceChange(l10n.t("Changes by the chat"), changes);
    shown();
    const isDone = await applying;
    if (!isDone) {
      const since = await this.#changes(files);
      return {
        words: typeof since === "string" ? since : l10n.t("Nothing was applied: no file has changed."),
        files: [],
      };
    }
    const [done, left] = await sorted(files);
    if (done.length === 0) return { words: l10n.t("Nothing was applied: no file has changed."), files: [] };
    const words = [l10n.t("Applied to {0}.", names(done))];
    // The preview lets one untick them.
    if (left.length > 0) words.push(l10n.t("Left out in the preview: {0}.", names(left)));
    return {
      words: sentences(...words),
      files: done.map(({ uri }) => uri.toString()),
      problems: changedProblems(problems).then(problemWords),
    };
  }

  /** A sentence where a file is another one than was looked at. */
  async #changes(files: readonly ChangedFile[]): Promise<readonly FileChange[] | string> {
    const { l10n } = vscode;
    const documents = new Map<ChangedFile, vscode.TextDocument>();
    for (const file of files) {
      const { uri, path, isNew } = file;
      const isThere = await isFile(uri);
      if (isNew && isThere) return l10n.t("Not applied: there is a file {0} now. Apply it again.", path);
      if (isNew && !(await mayBeCreated(uri, this.#ignored)))
        return l10n.t("Not applied: the chat creates no file {0}.", path);
      if (isNew) continue;
      // VS Code keeps the text of a file that is gone for a while.
      const document = isThere ? await opened(uri) : undefined;
      if (!document) return l10n.t("Not applied: {0} is not there any more, or can't be read.", path);
      documents.set(file, document);
    }
    const changed = files.find((file) => documents.has(file) && documents.get(file)?.getText() !== file.before);
    if (changed) return l10n.t("Not applied: {0} has changed since. Apply it again.", changed.path);
    return files.map((file) => {
      const document = documents.get(file);
      return document ? { uri: file.uri, edits: editsOf(document, file) } : { uri: file.uri, create: file.after };
    });
  }
}

function editsOf(document: vscode.TextDocument, { before, after }: ChangedFile): readonly vscode.TextEdit[] {
  return hunksBetween(before, after).map(({ from, to, added }) =>
    vscode.TextEdit.replace(new vscode.Range(document.positionAt(from), document.positionAt(to)), added),
  );
}

/** Those that are other ones now, and those that are as they were. */
async function sorted(files: readonly ChangedFile[]): Promise<[ChangedFile[], ChangedFile[]]> {
  const [done, left]: [ChangedFile[], ChangedFile[]] = [[], []];
  for (const file of files) {
    const isDone = file.isNew ? await isFile(file.uri) : (await opened(file.uri))?.getText() !== file.before;
    (isDone ? done : left).push(file);
  }
  return [done, left];
}

function names(files: readonly ChangedFile[]): string {
  return listed(
    files.map(({ path }) => path),
    MOST_NAMES,
  );
}

function problemWords({ count, fixed, fresh, unsure }: Awaited<ReturnType<typeof changedProblems>>): string {
  const { l10n } = vscode;
  if (count === 0) return l10n.t("No errors are reported.");
  return unsure === 0
    ? l10n.t("Errors fixed: {0}, new: {1}.", fixed, fresh)
    : l10n.t("Errors fixed: {0}, new: {1}; in files not looked at before: {2}.", fixed, fresh, unsure);
}

const MOST_NAMES = 5;
