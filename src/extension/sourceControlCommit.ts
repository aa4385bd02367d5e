/** Writes the message of a commit into the source control view's input box. */

import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import { commitPrompt } from "../refactor/sourceControlPrompt.ts";
import { askedLines, messageOf, partialMessageOf } from "../refactor/sourceControlReply.ts";
import { styleOf } from "../refactor/sourceControlStyle.ts";
import type { FileGate } from "./chatContextReading.ts";
import type { GitRepository } from "./gitApi.ts";
import { sentences } from "./punctuation.ts";
import { type RefactorModel, withProgress } from "./refactorModel.ts";
import { askAbout, type Asking, leftWords } from "./sourceControlAsking.ts";
import { changesToCommit } from "./sourceControlChanges.ts";

export interface SourceControlNeeds {
  readonly model: RefactorModel;
  readonly ignored: FileGate;
}

export class CommitMessages {
  readonly #needs: SourceControlNeeds;
  /** By the repository's root: what was written last, and what the user had wished for. */
  readonly #written = new Map<string, { readonly message: string; readonly wish: string }>();
  readonly #running = new Set<string>();

  constructor(needs: SourceControlNeeds) {
    this.#needs = needs;
  }

  /** What stands in the box is a wish. It comes back where this is stopped or fails, and by undo. */
  async write(repository: GitRepository): Promise<void> {
    const root = repository.rootUri.toString();
    if (this.#running.has(root)) return;
    this.#running.add(root);
    try {
      await this.#write(repository, root);
    } finally {
      this.#running.delete(root);
    }
  }

  async #write(repository: GitRepository, root: string): Promise<void> {
    const { l10n } = vscode;
    const box = new StreamedBox(repository.inputBox);
    const head = repository.state.HEAD?.commit;
    const last = this.#written.get(root);
    const before = last?.message === box.before ? last.wish : box.before;
    const wish = before === "" ? "" : withoutComments(before, await commentMark(repository));
    const written = await withProgress(l10n.t("Writing a commit message"), async (signal, report) => {
      try {
        return await this.#ask(repository, box, wish, { signal: AbortSignal.any([signal, box.taken]), report });
      } catch (error) {
        if (box.taken.aborted) return undefined;
        box.restore();
        throw error;
      }
    });
    const isDone = written !== undefined && box.finish(written.message);
    if (box.taken.aborted) {
      await box.rest();
      await repository.status().catch(() => undefined);
      // Committed meanwhile: what was wished for is no message of the next one.
      if (repository.inputBox.value.trim() === "" && repository.state.HEAD?.commit !== head) return;
      box.keep(before);
      const words = l10n.t(
        "You typed into the box, so nothing more is written there. All that was in it is still there.",
      );
      vscode.window.setStatusBarMessage(words, SHOWN_MS);
    }
    if (!isDone) return;
    const { message, told } = written;
    this.#written.set(root, { message, wish });
    if (told !== "") vscode.window.setStatusBarMessage(told, SHOWN_MS);
  }

  /** What is to stand in the box, and what is to be told of it; `undefined` where it was told why there is nothing. */
  async #ask(
    repository: GitRepository,
    box: StreamedBox,
    wish: string,
    { signal, report }: Omit<Asking, "askedFor">,
  ): Promise<{ readonly message: string; readonly told: string } | undefined> {
    const { l10n, window } = vscode;
    const { model, ignored } = this.#needs;
    // What has changed a moment ago is not known to it yet.
    await repository.status().catch(() => undefined);
    const conflicts = repository.state.mergeChanges.length;
    const changes = conflicts > 0 ? undefined : await changesToCommit(repository, ignored, signal);
    const nothing = changes
      ? nothingWords(changes)
      : l10n.t("Files with conflicts: {0}. Resolve them first.", conflicts);
    if (!changes || nothing !== undefined) return void window.showWarningMessage(nothing ?? "");
    const about = changes.isStaged ? [] : [l10n.t("Nothing is staged: the message is about all of the working tree.")];
    report(sentences(...about));
    const commits = await repository.log({ maxEntries: LEARNED_FROM }).catch(() => []);
    const style = styleOf(commits.map(({ message }) => message));
    const ask = commitPrompt({ style, branch: repository.state.HEAD?.name, wish });
    let asked = askedLines("");
    const onText = (text: string): void => {
      const message = partialMessageOf(text, asked);
      if (message !== undefined) box.stream(message);
    };
    const askKept = (changed: string) => {
      const prompt = ask(changed);
      asked = askedLines(withoutWish(prompt.messages.map(({ content }) => content).join("\n"), wish));
      return prompt;
    };
    const reply = await askAbout(changes.files, askKept, model, { askedFor: "commit-message", signal, report, onText });
    const whole = messageOf(reply.text, asked);
    if (!("message" in whole)) {
      box.restore();
      const empty = l10n.t("The model answered with nothing. The input box is as it was.");
      const other = l10n.t("The model did not answer with a commit message. The input box is as it was.");
      return void window.showWarningMessage(whole.refusal === "empty" ? empty : other);
    }
    if (reply.isCut) about.push(l10n.t("The answer reached its upper bound and may end too early."));
    const left = leftWords(changes, reply);
    return { message: whole.message, told: sentences(...about, left ?? "") };
  }
}

/** Why there is nothing to write about. */
function nothingWords({ files, hidden }: Awaited<ReturnType<typeof changesToCommit>>): string | undefined {
  const { l10n } = vscode;
  if (files.shown.length + files.left.length > 0) return undefined;
  return hidden > 0
    ? l10n.t("Only ignored or secret files have changed. Nothing of them is shown to a model.")
    : l10n.t("Nothing has changed since the last commit.");
}

/** Of a template, and what git writes for a merge. */
function withoutComments(text: string, mark: string): string {
  const lines = text.split("\n").filter((line) => !line.startsWith(mark));
  return lines.join("\n").trim();
}

/** What comments in messages begin with. */
async function commentMark(repository: GitRepository): Promise<string> {
  const keys = ["core.commentString", "core.commentChar"];
  const readers = [
    ...keys.map((key) => () => repository.getConfig(key)),
    ...keys.map((key) => () => repository.getGlobalConfig(key)),
  ];
  for (const read of readers) {
    const mark = await Promise.resolve()
      .then(read)
      .catch(() => "");
    if (mark !== "" && mark !== "auto") return mark;
  }
  return "#";
}

/** What the author has written may well be the message. */
function withoutWish(question: string, wish: string): string {
  return wish === "" ? question : question.replace(wish, () => "");
}

/** An input box while a text is streamed into it. From the user's first edit on it is theirs. */
class StreamedBox {
  readonly before: string;
  readonly #box: GitRepository["inputBox"];
  /** The editor tells what was written back, later than it was. */
  readonly #own = new Set<string>();
  readonly #taken = new AbortController();
  #last = -Infinity;

  constructor(box: GitRepository["inputBox"]) {
    this.#box = box;
    this.before = box.value;
  }

  /** Aborted when the user has typed into it. */
  get taken(): AbortSignal {
    return this.#taken.signal;
  }

  stream(text: string): void {
    const now = performance.now();
    if (!this.#isOwn() || now - this.#last < REST_MS) return;
    this.#last = now;
    this.#put(text);
  }

  restore(): void {
    if (this.#isOwn()) this.#put(this.before);
  }

  /** Whether it stands there. From what stood there before it is one step, to undo. */
  finish(text: string): boolean {
    if (!this.#isOwn()) return false;
    if (this.#own.size > 0) this.#put(this.before);
    this.#put(text);
    return true;
  }

  /** Not between two keys. */
  async rest(): Promise<void> {
    let seen: string | undefined;
    for (let look = 0; look < MOST_LOOKS && seen !== this.#box.value; look += 1) {
      seen = this.#box.value;
      await setTimeout(PAUSE_MS);
    }
  }

  /** The user's: what they had written before comes first, and the caret, which goes to the end, stays with what they type. */
  keep(wish: string): void {
    const { value } = this.#box;
    if (!value.includes(wish.trim())) this.#box.value = value.trim() === "" ? wish : `${wish.trimEnd()}\n\n${value}`;
  }

  #isOwn(): boolean {
    const { value } = this.#box;
    const isOwn = !this.taken.aborted && (value === this.before || this.#own.has(value));
    if (!isOwn) this.#taken.abort();
    return isOwn;
  }

  #put(text: string): void {
    this.#own.add(text);
    this.#box.value = text;
  }
}

const LEARNED_FROM = 50;
const REST_MS = 100;
const SHOWN_MS = 12_000;
const PAUSE_MS = 400;
const MOST_LOOKS = 25;
