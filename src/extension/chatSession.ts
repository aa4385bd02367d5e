/** The chat beside its pages: which thread is shown, what is asked in it, and what the pages ask for. */

import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { pictureAttachment, problemsAttachment, stagedAttachment, withAttachments } from "../chat/attachments.ts";
import { codeBlocks } from "../chat/codeBlocks.ts";
import {
  type Answer,
  type Attachment,
  type Question,
  siblingsOf,
  type Thread,
  type Turn,
} from "../chat/conversation.ts";
import { completeSlash, parseSlash } from "../chat/slashCommands.ts";
import type { ThreadStore } from "../chat/store.ts";
import { answered, asked, askedAnew, named, switched } from "../chat/threads.ts";
import { actionNamed } from "../edit/catalogue.ts";
import { BlockNotes } from "./chatBlockNotes.ts";
import { attachmentsAt, pickAttachments } from "./chatAttaching.ts";
import { slashWords, unknownCommandWords } from "./chatCommandWords.ts";
import { Composer, type ComposerParts } from "./chatComposer.ts";
import { notReadWords } from "./chatContextWords.ts";
import { defaultQuestions } from "./chatDefaults.ts";
import { openLink } from "./chatLinks.ts";
import type { ChatMentions } from "./chatMentions.ts";
import type { ChatModels } from "./chatPorts.ts";
import type { FromChatPage, ShownCompletion, ToChatPage } from "./chatProtocol.ts";
import { ChatRun, type RunParts } from "./chatRun.ts";
import { piecesOf, shownTurn, shownTurns, type ShownBy } from "./chatShown.ts";
import { confirmRemoval, exportThread, ThreadList } from "./chatThreadList.ts";
import { chatStrings } from "./chatWords.ts";
import { openAt } from "./openPlace.ts";
import { OpenThreads } from "./openThreads.ts";

export interface SessionParts extends RunParts, Omit<ComposerParts, "models" | "context" | "instruction"> {
  readonly store: ThreadStore;
  readonly models: ChatModels;
  readonly mentions: Pick<ChatMentions, "complete" | "attachmentOf" | "attachmentsIn">;
  readonly blocks: BlockNotes;
  /** Which thread was shown last, also in another session. */
  readonly last: { get(): string | undefined; set(id: string): void };
  /** The last request to a model, by the record's id. */
  readonly lastRequest: () => number | undefined;
  readonly showSent: (request: number | undefined) => Promise<void>;
  readonly openInEditor: () => void;
  readonly now: () => number;
}

/** Sends a message to a page. */
export type Tell = (message: ToChatPage) => void;

export class ChatSession implements vscode.Disposable {
  readonly #parts: SessionParts;
  readonly #threads: OpenThreads;
  readonly #list: ThreadList;
  readonly #composer: Composer;
  readonly #pages = new Set<Tell>();
  /** By the thread's id. */
  readonly #runs = new Map<string, ChatRun>();
  /** Of a question: what of its attachments was not read. */
  readonly #notRead = new Map<string, string>();
  /** By the answer's id, as far as they are remembered. */
  readonly #requests = new Map<string, number>();
  /** Of tools that wait for the user. */
  readonly #permits = new Map<string, (answer: "once" | "always" | "no") => void>();
  readonly #by: ShownBy;
  #shown = "";
  #starting: Promise<void> | undefined;
  #completing = new AbortController();

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#threads = new OpenThreads(parts.store);
    this.#list = new ThreadList(parts.store, (threads) => this.#tell({ type: "threads", threads }));
    this.#composer = new Composer(parts, {
      thread: () => this.thread,
      isBusy: () => this.#runs.has(this.#shown),
      isVisible: () => this.#pages.size > 0,
      show: (composer) => this.#tell({ type: "composer", composer }),
    });
    this.#by = {
      noteOf: (answer) => parts.blocks.noteOf(answer, this.#notRead.get(answer.parent) ?? ""),
      toolTitle: (name, given) => parts.tools.titleOf(name, given),
    };
    parts.blocks.onDidChange((answer) => this.#showTurn(this.#shown, answer));
  }

  /** The one that is shown. */
  get thread(): Thread | undefined {
    return this.#threads.at(this.#shown);
  }

  get isBusy(): boolean {
    return this.#runs.has(this.#shown);
  }

  /** Resolves when no answer is being written any more. */
  async idle(): Promise<void> {
    await Promise.all(Array.from(this.#runs.values(), ({ ended }) => ended));
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
        await this.#composer.follow();
        await this.#showThread(page);
        this.#composer.show();
        return this.#list.refresh(this.#shown);
      case "stop":
        return this.#runs.get(this.#shown)?.stop();
      case "leave":
        return void (await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup"));
      case "openInEditor":
        return this.#parts.openInEditor();
      case "newThread":
        return this.newThread();
      case "openThread":
        return this.openThread(message.thread);
      case "renameThread":
        return this.#rename(message.thread, message.title);
      case "removeThread":
        return this.#remove(message.thread);
      case "exportThread": {
        const thread = await this.#parts.store.open(message.thread);
        return thread && exportThread(thread);
      }
      case "searchThreads":
        return this.#list.search(message.text, this.#shown);
      case "chooseModel":
        return this.#chooseModel();
      case "draft":
        this.#change((thread) => ({ ...thread, draft: message.text }));
        return this.#composer.measureSoon();
      case "complete":
        return this.#complete(message, page);
      case "attach":
        return this.attachMore(await pickAttachments());
      case "attachNamed": {
        const attachment = this.#parts.mentions.attachmentOf(message.attach);
        return attachment && this.attachMore([attachment]);
      }
      case "picture":
        return this.attachMore([pictureAttachment(message.picture, message.name)]);
      case "drop":
        return this.attachMore(await attachmentsAt(message.uris));
      case "detach":
        return this.#detach(message.id);
      case "openAttachment":
        return this.#openAttachment(message.id);
      case "send":
        return this.send(message.text);
      default:
        return this.#hearOfTurn(message, page);
    }
  }

  async #hearOfTurn(message: Extract<FromChatPage, { readonly turn: string }>, page: Tell): Promise<void> {
    const turn = this.thread?.turns.get(message.turn);
    if (!turn) return;
    if (message.type === "edit") return turn.role === "question" ? this.#edit(turn, message.text) : undefined;
    if (message.type === "branch") {
      this.#change((thread) => switched(thread, turn.id, message.step));
      return this.#showThread();
    }
    if (turn.role !== "answer") return;
    switch (message.type) {
      case "regenerate":
        return this.#answerAgain(turn);
      case "copyTurn":
        await vscode.env.clipboard.writeText(turn.text);
        return page({ type: "copied", turn: turn.id, line: undefined });
      case "showSent":
        return this.#parts.showSent(this.#requests.get(turn.id));
      case "way":
        if (!(await this.#parts.blocks.go(turn, message.way))) await this.#answerAgain(turn);
        return;
      case "block": {
        const block = codeBlocks(turn.text).find(({ line }) => line === message.line);
        if (!block) return;
        if (message.action !== "copy") return this.#parts.blocks.act(turn, block, message.action);
        await vscode.env.clipboard.writeText(block.text);
        return page({ type: "copied", turn: turn.id, line: message.line });
      }
      case "piece": {
        const piece = this.thread && piecesOf(this.thread, turn)[message.piece];
        if (piece?.uri !== undefined) await openAt(vscode.Uri.parse(piece.uri), piece.line ?? 0);
        return;
      }
      case "tool":
        return this.#permits.get(message.tool)?.(message.answer);
      case "link":
        if (await openLink(message.href)) return;
        void vscode.window.showInformationMessage(
          vscode.l10n.t("Links of answers open web pages and files of the workspace, and nothing else."),
        );
    }
  }

  /** What is written stays in its own thread. */
  async newThread(): Promise<void> {
    await this.#start();
    const { tip } = this.thread ?? {};
    if (this.thread && tip === undefined && !this.isBusy) return this.#focus();
    this.#leave();
    this.#begin();
    await this.#showThread();
    this.#composer.begin();
    this.#focus();
    return this.#list.refresh(this.#shown);
  }

  async openThread(id: string): Promise<void> {
    if (id !== this.#shown) {
      const thread = await this.#threads.open(id);
      if (!thread) return this.#list.refresh(this.#shown);
      this.#leave();
      this.#shown = id;
      this.#parts.last.set(id);
    }
    await this.#showThread();
    this.#composer.begin();
    this.#focus();
    return this.#list.refresh(id);
  }

  async attachMore(attachments: readonly Attachment[]): Promise<void> {
    await this.#start();
    this.#change((thread) => ({ ...thread, attachments: withAttachments(thread.attachments, attachments) }));
    this.#composer.show();
    this.#composer.measureSoon();
  }

  /** What the editor has selected, or its visible file where that is nothing. */
  async attachSelection(): Promise<void> {
    await this.#start();
    await this.#composer.follow();
    return this.attachMore(this.#composer.automatic);
  }

  /** Asks in the thread that is shown. */
  async send(text: string): Promise<void> {
    await this.#start();
    const parsed = parseSlash(text);
    if (parsed.kind === "unknown") {
      void vscode.window.showInformationMessage(unknownCommandWords(parsed.name, parsed.nearest));
      return this.#tell({ type: "draft", text });
    }
    const command = parsed.kind === "command" ? parsed.command : parsed.kind === "tutor-off" ? "tutor" : undefined;
    const said = parsed.kind === "command" ? parsed.text : parsed.kind === "tutor-off" ? "off" : text;
    // The selection may be a moment old.
    await this.#composer.follow();
    const mentioned = await this.#parts.mentions.attachmentsIn(said);
    if (this.isBusy || !this.thread) return this.#tell({ type: "draft", text });
    const attachments = needed(
      command,
      withAttachments(this.#composer.attachments, mentioned),
      this.#composer.automatic,
    );
    const question = this.#question(said, command, attachments);
    const { title } = this.thread;
    this.#change((thread) => asked(thread, question, this.#parts.now()));
    // The first question gives it its title.
    if (this.thread.title === title) this.#showTurn(this.#shown, question.id);
    else this.#tellThread(this.thread, []);
    if (parsed.kind === "tutor-off") this.#answerItself(question.id, vscode.l10n.t("The lesson is over."));
    else this.#answer(this.#shown, question.id);
    this.#composer.begin();
    return this.#list.refresh(this.#shown);
  }

  /** Ends what is being written; what has arrived is kept. */
  async end(): Promise<void> {
    for (const run of this.#runs.values()) run.stop();
    await this.idle();
    await this.#parts.store.flush();
  }

  dispose(): void {
    for (const run of this.#runs.values()) run.stop();
    this.#composer.dispose();
  }

  #question(text: string, command: string | undefined, attachments: readonly Attachment[]) {
    const at = this.#parts.now();
    return { role: "question", id: randomUUID(), at, text, command, attachments, pieces: [] } as const;
  }

  #edit(old: Question, text: string): void {
    if (this.isBusy) return;
    const parsed = parseSlash(text);
    const command = parsed.kind === "command" ? parsed.command : undefined;
    const question = this.#question(parsed.kind === "command" ? parsed.text : text, command, old.attachments);
    this.#change((thread) => askedAnew(thread, old.id, question, this.#parts.now()));
    void this.#showThread();
    this.#answer(this.#shown, question.id);
    void this.#list.refresh(this.#shown);
  }

  /** What had arrived stays as another version of it; where that is nothing, it goes. */
  async #answerAgain(answer: Answer): Promise<void> {
    if (this.isBusy) return;
    if (answer.text === "" && answer.tools.length === 0) return this.#answer(this.#shown, answer.parent, answer.id);
    return this.#answer(this.#shown, answer.parent);
  }

  #newAnswer(question: string, id: string = randomUUID()): Answer {
    return {
      role: "answer",
      id,
      parent: question,
      at: this.#parts.now(),
      text: "",
      model: this.thread?.model ?? this.#parts.models.standard,
      state: { kind: "running" },
      tools: [],
      pieces: [],
      promptTokens: undefined,
      outputTokens: undefined,
      turnsLeftOut: 0,
    };
  }

  #answer(thread: string, question: string, id?: string): void {
    const answer = this.#newAnswer(question, id);
    this.#changeIn(thread, (old) => answered(old, answer, this.#parts.now()));
    this.#showTurn(thread, answer.id);
    const change = (turn: Turn): void => {
      this.#changeIn(thread, (old) => (old.turns.has(turn.id) ? withState(old, turn, this.#parts.now()) : old));
      this.#showTurn(thread, turn.id);
    };
    const run = new ChatRun(
      this.#parts,
      {
        thread: () => this.#threads.at(thread),
        change,
        append: (turn, text) => {
          this.#changeIn(thread, (old) => (old.turns.has(turn.id) ? withState(old, turn, this.#parts.now()) : old));
          if (thread === this.#shown) this.#tell({ type: "append", turn: turn.id, text });
        },
        onRead: (id, read) => this.#notRead.set(id, read.flatMap(notReadWords).join(" ")),
        permit: (tool, signal) => this.#permit(tool.id, tool.name, signal),
      },
      answer,
    );
    this.#runs.set(thread, run);
    this.#composer.show();
    void run.ended.then(() => this.#ended(thread, answer.id));
  }

  #ended(thread: string, answer: string): void {
    this.#runs.delete(thread);
    const request = this.#parts.lastRequest();
    if (request !== undefined) this.#requests.set(answer, request);
    if (thread !== this.#shown) return this.#threads.leave(thread);
    this.#composer.show();
    this.#composer.measureSoon();
  }

  /** Without a model. */
  #answerItself(question: string, text: string): void {
    const answer: Answer = { ...this.#newAnswer(question), text, state: { kind: "done" }, model: "" };
    this.#change((thread) => answered(thread, answer, this.#parts.now()));
    this.#showTurn(this.#shown, answer.id);
  }

  #permit(tool: string, name: string, signal: AbortSignal): Promise<boolean> {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    const refuse = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", refuse, { once: true });
    this.#permits.set(tool, (answer) => {
      if (answer === "always") this.#parts.tools.allow(name);
      resolve(answer !== "no");
    });
    return promise.finally(() => {
      this.#permits.delete(tool);
      signal.removeEventListener("abort", refuse);
    });
  }

  async #complete({ query, sign, text }: Extract<FromChatPage, { type: "complete" }>, page: Tell): Promise<void> {
    this.#completing.abort();
    const { signal } = (this.#completing = new AbortController());
    const items: readonly ShownCompletion[] =
      sign === "@"
        ? await this.#parts.mentions.complete(text, signal)
        : completeSlash(text, slashWords()).map(({ name, title, detail }) => ({
            label: `/${name}`,
            detail: `${title} · ${detail}`,
            insert: `/${name} `,
            attach: "",
          }));
    if (!signal.aborted) page({ type: "completions", query, items });
  }

  #detach(id: string): void {
    this.#change((thread) => ({ ...thread, attachments: thread.attachments.filter((each) => each.id !== id) }));
    this.#composer.leaveOut(id);
  }

  async #openAttachment(id: string): Promise<void> {
    const turns = Array.from(this.thread?.turns.values() ?? []);
    const asked = turns.flatMap((turn) => (turn.role === "question" ? turn.attachments : []));
    const found = [...this.#composer.attachments, ...asked].find((each) => each.id === id);
    if (found?.uri === undefined) return;
    const uri = vscode.Uri.parse(found.uri);
    if (found.kind === "folder") await vscode.commands.executeCommand("revealInExplorer", uri);
    else await openAt(uri, found.line ?? 0);
  }

  async #chooseModel(): Promise<void> {
    const { models } = this.#parts;
    const chosen = await models.choose(this.thread?.model ?? models.standard);
    if (chosen === undefined) return;
    this.#change((thread) => ({ ...thread, model: chosen === models.standard ? undefined : chosen }));
    this.#composer.show();
    this.#composer.measureSoon();
    this.#focus();
  }

  async #rename(id: string, title: string): Promise<void> {
    const isOpen = this.#threads.at(id) !== undefined;
    await this.#threads.open(id);
    this.#changeIn(id, (thread) => named(thread, title, this.#parts.now()));
    if (!isOpen) this.#threads.leave(id);
    return this.#list.refresh(this.#shown);
  }

  async #remove(id: string): Promise<void> {
    const thread = await this.#threads.open(id);
    if (!thread || !(await confirmRemoval(thread.title))) return;
    this.#runs.get(id)?.stop();
    await this.#threads.remove(id);
    if (id === this.#shown) {
      this.#begin();
      await this.#showThread();
      this.#composer.begin();
    }
    return this.#list.refresh(this.#shown);
  }

  /** Shows the thread that was shown last. */
  #start(): Promise<void> {
    this.#starting ??= (async () => {
      const id = this.#parts.last.get();
      const thread = id === undefined ? undefined : await this.#threads.open(id);
      if (thread) this.#shown = thread.id;
      else this.#begin();
    })();
    return this.#starting;
  }

  #begin(): void {
    const id = randomUUID();
    this.#threads.begin(id, this.#parts.now());
    this.#shown = id;
    this.#parts.last.set(id);
  }

  #leave(): void {
    if (!this.#runs.has(this.#shown)) this.#threads.leave(this.#shown);
  }

  #change(change: (thread: Thread) => Thread): void {
    this.#changeIn(this.#shown, change);
  }

  #changeIn(id: string, change: (thread: Thread) => Thread): void {
    this.#threads.change(id, change);
  }

  #showTurn(threadId: string, id: string): void {
    const thread = this.#threads.at(threadId);
    const turn = thread?.turns.get(id);
    if (!thread || !turn || threadId !== this.#shown) return;
    const all = siblingsOf(thread, turn);
    const place = { branch: all.indexOf(turn) + 1, branches: all.length };
    this.#tell({ type: "turn", turn: shownTurn(thread, turn, place, this.#by), after: turn.parent });
  }

  async #showThread(page?: Tell): Promise<void> {
    const { thread } = this;
    if (!thread) return;
    const questions = thread.tip === undefined ? await defaultQuestions(this.#parts.ignored) : [];
    // What was asked meanwhile is shown, too.
    const now = this.#threads.at(thread.id) ?? thread;
    this.#tellThread(now, questions, page);
  }

  #tellThread(thread: Thread, questions: readonly string[], page: Tell = this.#tell): void {
    const { id, title, draft } = thread;
    page({ type: "thread", id, title, turns: shownTurns(thread, this.#by), draft, questions });
  }

  #focus(): void {
    this.#tell({ type: "focus" });
  }

  readonly #tell: Tell = (message) => {
    for (const page of this.#pages) page(message);
  };
}

function withState(thread: Thread, turn: Turn, now: number): Thread {
  return { ...thread, turns: new Map(thread.turns).set(turn.id, turn), changedAt: now };
}

/** With what a command is of no use without. */
function needed(
  command: string | undefined,
  attachments: readonly Attachment[],
  automatic: readonly Attachment[],
): readonly Attachment[] {
  const action = command === undefined ? undefined : actionNamed(command);
  if (!action) return attachments;
  const has = (kind: Attachment["kind"]): boolean => attachments.some((each) => each.kind === kind);
  if (action.needs.includes("changes") && !has("changes"))
    return [...attachments.filter((each) => !automatic.includes(each)), stagedAttachment];
  const [code] = attachments;
  if (action.needs.includes("problems") && !has("problems") && code?.uri !== undefined)
    return [...attachments, problemsAttachment(code.uri)];
  return attachments;
}
