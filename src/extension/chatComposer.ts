/** What the next question is sent with, and how much that is. */

import * as vscode from "vscode";
import { withAttachments } from "../chat/attachments.ts";
import { type Attachment, branchOf, type Question, type Thread, type Turn } from "../chat/conversation.ts";
import { ChatPrompts, type PromptMeter } from "../chat/prompt.ts";
import { meterWithoutRepeats } from "../chat/repeats.ts";
import type { ToolDefinition } from "../model/model.ts";
import type { ChatContext } from "./chatContext.ts";
import { notReadWords } from "./chatContextWords.ts";
import type { FileGate, ReadAttachment } from "./chatContextReading.ts";
import { defaultAttachments } from "./chatDefaults.ts";
import type { ChatMentions } from "./chatMentions.ts";
import type { ChatInstruction, ChatModels, ChatTools } from "./chatPorts.ts";
import type { ShownChip, ShownComposer } from "./chatProtocol.ts";
import { section } from "./contributions.ts";
import { questionOf, writtenAs } from "./chatQuestion.ts";
import { shownChip } from "./chatShown.ts";
import { meterSentences, meterWords, modelLines, type ToolNames } from "./chatWords.ts";
import { promptRoom } from "./promptRoom.ts";
import { sentences } from "./punctuation.ts";

export interface ComposerParts {
  readonly ignored: FileGate;
  readonly models: Pick<ChatModels, "standard" | "facts" | "learn">;
  readonly context: Pick<ChatContext, "read">;
  readonly mentions: Pick<ChatMentions, "mentionedIn">;
  readonly tools: Pick<ChatTools, "definitions">;
  readonly instruction: (branch: readonly Turn[]) => Promise<ChatInstruction>;
  /** Hears of faults of the program. */
  readonly onFault: (error: unknown) => void;
}

export interface ComposerState {
  readonly thread: () => Thread | undefined;
  readonly isBusy: () => boolean;
  readonly isVisible: () => boolean;
  readonly show: (composer: ShownComposer) => void;
}

export class Composer implements vscode.Disposable {
  readonly #parts: ComposerParts;
  readonly #state: ComposerState;
  readonly #listeners: readonly vscode.Disposable[];
  /** The selection or the visible file. */
  #automatic: readonly Attachment[] = [];
  /** Another thread, and another question, begins with none. */
  #removed = new Set<string>();
  #following: NodeJS.Timeout | undefined;
  #measuring: NodeJS.Timeout | undefined;
  /** How often that was begun: what was measured of an older draft is of no use. */
  #measures = 0;
  #meter: PromptMeter | undefined;
  #notRead: readonly string[] = [];
  #tools: ToolNames | undefined;
  #prompts: { readonly reference: string; readonly prompts: ChatPrompts } | undefined;
  #instruction: ChatInstruction | undefined;
  #read: { readonly key: string; readonly at: number; readonly read: readonly ReadAttachment[] } | undefined;

  constructor(parts: ComposerParts, state: ComposerState) {
    this.#parts = parts;
    this.#state = state;
    const follow = (): void => this.#followSoon();
    this.#listeners = [
      vscode.window.onDidChangeActiveTextEditor(follow),
      vscode.window.onDidChangeTextEditorSelection(follow),
      vscode.window.onDidChangeVisibleTextEditors(follow),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration(`${section}.model`)) return;
        this.show();
        this.measureSoon();
      }),
    ];
  }

  get attachments(): readonly Attachment[] {
    return withAttachments(this.#going, this.#state.thread()?.attachments ?? []);
  }

  get #going(): readonly Attachment[] {
    return this.#automatic.filter(({ id }) => !this.#removed.has(id));
  }

  /** What goes along without having been attached, and has not been taken away. The editor is looked at once more: its selection may be a moment old. */
  async automatic(): Promise<readonly Attachment[]> {
    const removed = this.#removed;
    const automatic = await this.follow();
    return automatic.filter(({ id }) => !removed.has(id));
  }

  /** Looks at what the editor shows. */
  async follow(): Promise<readonly Attachment[]> {
    const before = this.#automatic;
    this.#automatic = await defaultAttachments(this.#parts.ignored);
    if (JSON.stringify(before) === JSON.stringify(this.#automatic)) return this.#automatic;
    this.show();
    this.measureSoon();
    return this.#automatic;
  }

  /** Another thread, or a question was asked. */
  begin(): void {
    this.#removed = new Set();
    this.#meter = undefined;
    this.#notRead = [];
    this.show();
    this.#followSoon();
  }

  /** Not as long as the editor shows the same. */
  leaveOut(id: string): void {
    this.#removed.add(id);
    this.show();
    this.measureSoon();
  }

  show(): void {
    const thread = this.#state.thread();
    if (!thread) return;
    const facts = this.#parts.models.facts(this.#reference(thread));
    const { name, sees } = facts;
    const meter = this.#meter;
    const said = meter ? meterSentences(meter, facts) : [];
    this.#state.show({
      chips: this.attachments.map((each) => this.#chip(each, sees, name)),
      model: name,
      modelTitle: modelLines(facts, this.#tools).join("\n"),
      seesPictures: sees,
      meter: meter ? meterWords(meter) : "",
      meterTitle: sentences(...said, ...this.#notRead),
      meterState: !meter || meter.wanted < meter.budget * NEAR ? "fits" : meter.wanted > meter.budget ? "over" : "near",
      isBusy: this.#state.isBusy(),
    });
  }

  /** Off the keystroke: when nothing was written for a moment. */
  measureSoon(): void {
    clearTimeout(this.#measuring);
    this.#measuring = setTimeout(() => void this.#measure().catch(this.#parts.onFault), MEASURE_MS);
  }

  dispose(): void {
    clearTimeout(this.#following);
    clearTimeout(this.#measuring);
    for (const listener of this.#listeners) listener.dispose();
  }

  #followSoon(): void {
    if (!this.#state.isVisible()) return;
    clearTimeout(this.#following);
    this.#following = setTimeout(() => void this.follow().catch(this.#parts.onFault), FOLLOW_MS);
  }

  #reference({ model }: Thread): string {
    return model ?? this.#parts.models.standard;
  }

  #chip(attachment: Attachment, sees: boolean, model: string): ShownChip {
    const isUnseen = attachment.kind === "picture" && !sees;
    return shownChip(
      attachment,
      isUnseen ? vscode.l10n.t("{0} can't see pictures: this one will not be sent.", model) : undefined,
    );
  }

  async #measure(): Promise<void> {
    const thread = this.#state.thread();
    if (!thread || !this.#state.isVisible()) return;
    const measure = (this.#measures += 1);
    const reference = this.#reference(thread);
    void this.#learn(reference).catch(this.#parts.onFault);
    const facts = this.#parts.models.facts(reference);
    const { sees, count } = facts;
    const asked = await this.#drafted(thread);
    const read = await this.#readNow(asked);
    const question = { ...asked, pieces: read.flatMap(({ pieces }) => pieces) };
    const branch = [...branchOf(thread), question];
    this.#instruction = await this.#parts.instruction(branch);
    if (this.#prompts?.reference !== reference) {
      const textOf = (asked: Question): string => this.#instruction?.textOf(asked) ?? asked.text;
      this.#prompts = { reference, prompts: new ChatPrompts({ count, textOf }) };
    }
    const { system, budget, tools, offered } = await promptRoom(facts, this.#instruction, this.#parts.tools, []);
    if (this.#state.thread()?.id !== thread.id || measure !== this.#measures) return;
    this.#tools = { offered: offered.map(nameOf), fitting: tools.map(nameOf) };
    this.#meter = meterWithoutRepeats(this.#prompts.prompts, { system, branch, budget, sees });
    this.#notRead = read.flatMap(notReadWords);
    if (asked.attachments.some(({ kind }) => kind === "codebase"))
      this.#notRead = [...this.#notRead, vscode.l10n.t("What @codebase finds for the question comes on top.")];
    this.show();
  }

  /** A server nearby says what its model can before it is asked a question. */
  async #learn(reference: string): Promise<void> {
    if (await this.#parts.models.learn(reference)) this.measureSoon();
  }

  /** As it would be asked now, with what it names; without what is read for that. */
  async #drafted({ draft, tip }: Thread): Promise<Question> {
    const written = writtenAs(draft);
    const { text, command } = written.kind === "question" ? written : { text: draft, command: undefined };
    const { attachments } = await this.#parts.mentions.mentionedIn(text);
    return {
      ...questionOf({ text, command }, withAttachments(this.attachments, attachments), this.#going, 0),
      parent: tip,
    };
  }

  /** What is searched for is not known before the question is. */
  async #readNow({ text, attachments }: Question): Promise<readonly ReadAttachment[]> {
    const attached = attachments.filter(({ kind }) => kind !== "codebase" && kind !== "picture");
    const key = JSON.stringify(attached.map(({ id }) => id));
    const now = performance.now();
    if (this.#read?.key === key && now - this.#read.at < READ_AGAIN_MS) return this.#read.read;
    const { signal } = new AbortController();
    const read = await this.#parts.context.read(attached, { question: text, mostChars: MOST_CHARS, signal });
    this.#read = { key, at: now, read };
    return read;
  }
}

function nameOf({ name }: ToolDefinition): string {
  return name;
}

const FOLLOW_MS = 150;
const MEASURE_MS = 300;
const READ_AGAIN_MS = 3_000;
const NEAR = 0.85;
const MOST_CHARS = 200_000;
