/** What was written becomes a question: at the end of its thread, or in the place of an earlier question of it. */

import * as vscode from "vscode";
import { withAttachments } from "../chat/attachments.ts";
import { asked, askedAnew } from "../chat/threads.ts";
import type { Answering } from "./chatAnswering.ts";
import { unknownCommandWords } from "./chatCommandWords.ts";
import type { Composer } from "./chatComposer.ts";
import type { ChatMentions } from "./chatMentions.ts";
import { questionOf, writtenAs } from "./chatQuestion.ts";
import type { OpenThreads } from "./openThreads.ts";
import { sentences } from "./punctuation.ts";
import type { ShownThread, Tell } from "./shownThread.ts";

export interface AskingParts {
  readonly mentions: Pick<ChatMentions, "mentionedIn">;
  readonly now: () => number;
}

export interface AskingIn {
  readonly threads: OpenThreads;
  readonly shown: ShownThread;
  readonly answering: Answering;
  readonly composer: Composer;
}

/** What the user has written in a thread. */
export interface WrittenIn {
  readonly thread: string;
  readonly text: string;
  /** The question that it is to stand in the place of. */
  readonly turn?: string;
}

export class Asking {
  readonly #parts: AskingParts;
  readonly #in: AskingIn;
  /** Threads for which a question is being made. */
  readonly #threads = new Set<string>();

  constructor(parts: AskingParts, where: AskingIn) {
    this.#parts = parts;
    this.#in = where;
  }

  isBusy(thread: string): boolean {
    return this.#threads.has(thread);
  }

  /**
   * Whatever thread is shown by then. What can't be asked goes back to where it was written, with the reason.
   * @param page where it was written
   */
  async ask(written: WrittenIn, page: Tell): Promise<void> {
    const { thread } = written;
    if (this.isBusy(thread)) return this.#giveBack(written, busyWords(), page);
    this.#threads.add(thread);
    try {
      await this.#ask(written, page);
    } catch (error) {
      this.#giveBack(written, "", page);
      throw error;
    } finally {
      this.#threads.delete(thread);
    }
  }

  async #ask(from: WrittenIn, page: Tell): Promise<void> {
    const { threads, shown, answering, composer } = this.#in;
    const { thread: id, turn } = from;
    const written = writtenAs(from.text);
    if (written.kind === "unknown")
      return this.#giveBack(from, unknownCommandWords(written.name, written.nearest), page);
    const before = threads.at(id) ?? (await threads.open(id));
    // Until it is asked; what is written meanwhile is the next one's.
    if (turn === undefined) threads.change(id, (each) => ({ ...each, draft: from.text }));
    const old = turn === undefined ? undefined : before?.turns.get(turn);
    // A question that is changed keeps what it was asked with.
    const automatic = old ? [] : await composer.automatic();
    const mentioned = await this.#parts.mentions.mentionedIn(written.text);
    if (answering.isBusy(id)) return this.#giveBack(from, busyWords(), page);
    const thread = threads.at(id);
    if (!thread) return;
    const attached = old?.role === "question" ? old.attachments : withAttachments(automatic, thread.attachments);
    const now = this.#parts.now();
    const question = questionOf(written, withAttachments(attached, mentioned.attachments), automatic, now);
    const after = threads.change(id, (each) =>
      turn === undefined
        ? { ...asked(each, question, now), draft: each.draft === from.text ? "" : each.draft }
        : askedAnew(each, turn, question, now),
    );
    if (!after?.turns.has(question.id)) return this.#giveBack({ thread: id, text: from.text }, "", page);
    if (id === shown.id) {
      // The first question gives it its title, and one in another's place changes what stands behind it.
      if (turn === undefined && after.title === thread.title) shown.showTurn(question.id);
      else shown.showNow();
    }
    if (written.endsLesson) answering.answerItself(id, question.id, vscode.l10n.t("The lesson is over."));
    else answering.answer(id, question.id);
    if (id === shown.id && turn === undefined) composer.begin();
    const note = sentences(...mentioned.notAttached.slice(0, MOST_NOTES));
    if (note !== "") page({ type: "note", thread: id, note });
  }

  #giveBack({ thread, text, turn }: WrittenIn, note: string, page: Tell): void {
    const { threads, shown } = this.#in;
    if (turn === undefined) threads.change(thread, (each) => ({ ...each, draft: text }));
    else if (thread !== shown.id)
      threads.change(thread, (each) => ({ ...each, draft: [text, each.draft].filter(Boolean).join("\n") }));
    page({ type: "draft", thread, turn, text, note });
  }
}

const MOST_NOTES = 3;

export function busyWords(): string {
  return vscode.l10n.t("An answer is still being written here. Nothing was sent.");
}
