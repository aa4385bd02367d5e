/** The chat beside its pages: what is asked in the thread that is shown, and what the pages ask for. */

import * as vscode from "vscode";
import { pictureAttachment, withAttachments } from "../chat/attachments.ts";
import type { Answer, Attachment, Thread, Turn } from "../chat/conversation.ts";
import type { ThreadStore } from "../chat/store.ts";
import { switched } from "../chat/threads.ts";
import { actOnAnswer, type AnswerActionParts } from "./chatAnswerActions.ts";
import { Answering, type AnsweringParts } from "./chatAnswering.ts";
import { Asking, type AskingParts } from "./chatAsking.ts";
import { attachmentsAt, openAttachment, pickAttachments } from "./chatAttaching.ts";
import { ChangingThreads } from "./chatChangingThreads.ts";
import { slashCompletions } from "./chatCommandWords.ts";
import { Composer, type ComposerParts } from "./chatComposer.ts";
import type { ChatMentions } from "./chatMentions.ts";
import type { ChatModels } from "./chatPorts.ts";
import type { FromChatPage, ToChatPage } from "./chatProtocol.ts";
import { ThreadList } from "./chatThreadList.ts";
import { chatStrings } from "./chatWords.ts";
import { OpenThreads } from "./openThreads.ts";
import { ShownThread, type ShownThreadParts, type Tell } from "./shownThread.ts";

export interface SessionParts
  extends
    Omit<AnsweringParts, "models">,
    AskingParts,
    Pick<ComposerParts, "ignored">,
    AnswerActionParts,
    ShownThreadParts {
  readonly store: ThreadStore;
  readonly models: ChatModels;
  readonly mentions: Pick<ChatMentions, "complete" | "attachmentOf" | "mentionedIn">;
  readonly openInEditor: () => void;
}

type OfTurn = Exclude<Extract<FromChatPage, { readonly turn: string }>, { readonly type: "edit" }>;

export class ChatSession implements vscode.Disposable {
  readonly #parts: SessionParts;
  readonly #threads: OpenThreads;
  readonly #shown: ShownThread;
  readonly #answering: Answering;
  readonly #list: ThreadList;
  readonly #composer: Composer;
  readonly #asking: Asking;
  readonly #changing: ChangingThreads;
  readonly #pages = new Set<Tell>();
  #starting: Promise<void> | undefined;
  #completing = new AbortController();

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const { store, blocks, tools } = parts;
    this.#threads = new OpenThreads(store);
    this.#list = new ThreadList(store, (threads) => this.#tell({ type: "threads", threads }));
    const noteOf = (answer: Answer) => {
      const { state, id, parent } = answer;
      if (state.kind === "running") return { words: this.#answering.waitWords(id), ways: [] };
      return blocks.noteOf(answer, this.#answering.notRead(parent));
    };
    const by = {
      noteOf,
      blockNotesOf: blocks.shownNotes.bind(blocks),
      toolTitle: tools.titleOf.bind(tools),
      toolAbout: tools.aboutOf.bind(tools),
    };
    this.#shown = new ShownThread(parts, this.#threads, by, this.#tell);
    this.#answering = new Answering(parts, this.#threads, {
      changed: (thread, turn) => {
        if (thread === this.#shown.id) this.#shown.showTurn(turn);
      },
      appended: (thread, turn, text) => {
        if (thread === this.#shown.id) this.#tell({ type: "append", turn, text });
      },
      begun: () => this.#composer.show(),
      ended: (thread) => {
        if (thread !== this.#shown.id) return this.#changing.leave(thread);
        this.#composer.show();
        this.#composer.measureSoon();
      },
    });
    this.#composer = new Composer(parts, {
      thread: () => this.thread,
      isBusy: () => this.isBusy,
      isVisible: () => this.#pages.size > 0,
      show: (composer) => this.#tell({ type: "composer", composer }),
    });
    const here = {
      threads: this.#threads,
      shown: this.#shown,
      answering: this.#answering,
      composer: this.#composer,
    };
    this.#asking = new Asking(parts, here);
    this.#changing = new ChangingThreads(parts, { ...here, asking: this.#asking, list: this.#list });
    blocks.onDidChange((answer) => this.#shown.showTurn(answer));
  }

  /** The one that is shown. */
  get thread(): Thread | undefined {
    return this.#shown.thread;
  }

  get isBusy(): boolean {
    return this.#answering.isBusy(this.#shown.id);
  }

  /** Resolves when no answer is being written any more. */
  idle(): Promise<void> {
    return this.#answering.idle();
  }

  /** Gives the function that takes the page away. */
  attach(page: Tell): () => void {
    this.#pages.add(page);
    return () => this.#pages.delete(page);
  }

  async hear(message: FromChatPage, page: Tell): Promise<void> {
    await this.#start();
    switch (message.type) {
      case "ready":
        page({ type: "strings", strings: chatStrings() });
        await this.#shown.show(page);
        await this.#composer.follow();
        this.#composer.show();
        return this.#refreshList();
      case "stop":
        return this.#answering.stop(this.#shown.id);
      case "leave":
        return void (await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup"));
      case "openInEditor":
        return this.#parts.openInEditor();
      case "newThread":
        return this.#changing.begin(page);
      case "openThread":
        return this.#changing.open(message.thread, page);
      case "renameThread":
        return this.#changing.rename(message.thread, message.title);
      case "removeThread":
        return this.#changing.remove(message.thread, page);
      case "exportThread":
        return this.#changing.export(message.thread);
      case "searchThreads":
        return this.#list.search(message.text, this.#shown.id);
      case "chooseModel":
        return this.#chooseModel(this.#shown.id, page);
      case "draft":
        await this.#changing.change(message.thread, (thread) => ({ ...thread, draft: message.text }));
        this.#tellOthers(page, { type: "written", thread: message.thread, text: message.text });
        return this.#composer.measureSoon();
      case "complete":
        return this.#complete(message, page);
      case "attach":
        return this.#attachChosen(this.#shown.id, page, await pickAttachments(this.#parts.ignored));
      case "attachNamed": {
        const attachment = this.#parts.mentions.attachmentOf(message.attach);
        return attachment && this.attachTo(this.#shown.id, [attachment]);
      }
      case "picture":
        return this.attachTo(message.thread, [pictureAttachment(message.picture, message.name)]);
      case "drop":
        return this.#attachChosen(this.#shown.id, page, await attachmentsAt(message.uris, this.#parts.ignored));
      case "detach":
        return this.#detach(message.id);
      case "openAttachment":
        return this.#openAttachment(message.id);
      case "send":
      case "edit":
        await this.#asking.ask(message, page);
        this.#tellWritten(message.thread, page);
        this.#changing.leave(message.thread);
        return this.#refreshList();
      default:
        return this.#hearOfTurn(message, page);
    }
  }

  async newThread(): Promise<void> {
    await this.#start();
    return this.#changing.begin();
  }

  /** @param thread that was shown when it was asked for; by now it may be another one */
  async attachTo(thread: string, attachments: readonly Attachment[]): Promise<void> {
    await this.#changing.change(thread, (old) => ({
      ...old,
      attachments: withAttachments(old.attachments, attachments),
    }));
    this.#composer.show();
    this.#composer.measureSoon();
  }

  /** Files may be pictures, which are not sent as they are. */
  async #attachChosen(thread: string, page: Tell, attachments: readonly Attachment[]): Promise<void> {
    for (const { label, picture } of attachments) if (picture) page({ type: "picture", thread, name: label, picture });
    await this.attachTo(
      thread,
      attachments.filter(({ picture }) => !picture),
    );
  }

  /**
   * Of what stands elsewhere than in the chat. In a new thread, unless the one that is shown is empty: what was asked before
   * is of other code, and would be sent along.
   */
  async ask(text: string, attachments: readonly Attachment[] = []): Promise<void> {
    await this.#start();
    if (this.isBusy || this.thread?.draft || this.thread?.turns.size) await this.#changing.begin();
    if (attachments.length > 0) await this.attachTo(this.#shown.id, attachments);
    await this.hear({ type: "send", thread: this.#shown.id, text }, this.#tell);
  }

  /** What the editor has selected, or its visible file where that is nothing. */
  async attachSelection(): Promise<void> {
    await this.#start();
    return this.attachTo(this.#shown.id, await this.#composer.follow());
  }

  /** Ends what is being written; what has arrived is kept. */
  async end(): Promise<void> {
    this.#answering.stopAll();
    await this.idle();
    await this.#parts.store.flush();
  }

  dispose(): void {
    this.#answering.stopAll();
    this.#composer.dispose();
  }

  async #hearOfTurn(message: OfTurn, page: Tell): Promise<void> {
    const { thread } = this;
    const turn: Turn | undefined = thread?.turns.get(message.turn);
    if (!thread || !turn) return;
    if (message.type === "branch") {
      this.#shown.change((old) => switched(old, turn.id, message.step));
      this.#composer.measureSoon();
      this.#shown.showNow();
      return this.#refreshList();
    }
    if (turn.role === "answer") await actOnAnswer(this.#parts, this.#answering, thread, turn, message, page);
  }

  async #complete({ query, sign, text }: Extract<FromChatPage, { type: "complete" }>, page: Tell): Promise<void> {
    this.#completing.abort();
    const { signal } = (this.#completing = new AbortController());
    const items = sign === "@" ? await this.#parts.mentions.complete(text, signal) : slashCompletions(text);
    if (!signal.aborted) page({ type: "completions", query, items });
  }

  #detach(id: string): void {
    this.#shown.change((thread) => ({ ...thread, attachments: thread.attachments.filter((each) => each.id !== id) }));
    this.#composer.leaveOut(id);
  }

  async #openAttachment(id: string): Promise<void> {
    const turns = Array.from(this.thread?.turns.values() ?? []);
    const asked = turns.flatMap((turn) => (turn.role === "question" ? turn.attachments : []));
    const found = [...this.#composer.attachments, ...asked].find((each) => each.id === id);
    if (found) await openAttachment(found);
  }

  async #chooseModel(thread: string, page: Tell): Promise<void> {
    const { models } = this.#parts;
    const chosen = await models.choose(this.thread?.model ?? models.standard);
    if (chosen === undefined) return;
    await this.#changing.change(thread, (old) => ({ ...old, model: chosen === models.standard ? undefined : chosen }));
    this.#composer.show();
    this.#composer.measureSoon();
    page({ type: "focus" });
  }

  /** The input of the page where it was sent is empty already. */
  #tellWritten(thread: string, page: Tell): void {
    const open = this.#threads.at(thread);
    if (open) this.#tellOthers(page, { type: "written", thread, text: open.draft });
  }

  #tellOthers(page: Tell, message: ToChatPage): void {
    for (const other of this.#pages) if (other !== page) other(message);
  }

  #start(): Promise<void> {
    this.#starting ??= this.#shown.start();
    return this.#starting;
  }

  #refreshList(): Promise<void> {
    return this.#list.refresh(this.#shown.id);
  }

  readonly #tell: Tell = (message) => {
    for (const page of this.#pages) page(message);
  };
}
