/** The engine with documents and a caret, and no editor: what a line of bench/headless.ts asks for. */

import { CompletionEngine, type Clock, type CompletionDependencies } from "../../src/completion/engine.ts";
import { nextLine, nextWord } from "../../src/completion/nextPart.ts";
import type { CompletionOptions } from "../../src/completion/options.ts";
import type { Outcome } from "../../src/completion/suggestion.ts";
import type { SyntaxSource } from "../../src/context/caretSyntax.ts";
import { makeBackend, type OpenBackend } from "./backends.ts";
import { Counters } from "./counters.ts";
import type { EditorDocument, TextChange } from "./editorDocument.ts";
import { InvalidMessage } from "./fields.ts";
import { GhostText, type Shown } from "./ghostText.ts";
import type { Id, Message, ModelSetting } from "./messages.ts";
import { CallMeter } from "./meter.ts";
import { OpenDocuments } from "./openDocuments.ts";
import { recording, type RequestRecord } from "./recordingModel.ts";
import { ScriptedModel } from "./scriptedModel.ts";
import { shippedOptions } from "./shippedOptions.ts";
import { slowedDown } from "./slowed.ts";
import { Surroundings } from "./surroundings.ts";

export interface SessionOptions {
  readonly clock: Clock;
  readonly syntax: SyntaxSource;
  /** See `slowedDown`; 0 is as it is. */
  readonly delayMs: number;
}

interface Asking {
  readonly id: Id;
  readonly abort: AbortController;
  readonly meter: CallMeter;
  readonly records: RequestRecord[];
}

type Of<Name extends Message["do"]> = Extract<Message, { readonly do: Name }>;
type Answer = Readonly<Record<string, unknown>>;

export class Session {
  readonly #scripted: ScriptedModel;
  readonly #engine: CompletionEngine;
  readonly #counters = new Counters();
  readonly #documents = new OpenDocuments();
  readonly #asking = new Map<Id, Asking>();
  readonly #finished: (RequestRecord & { readonly ask: Id | undefined })[] = [];
  #newest: Asking | undefined;
  readonly #ghost = new GhostText();
  #options: Partial<CompletionOptions> = {};
  /** `undefined` as long as nothing is to be added to the caret's own file. */
  #surroundings: Surroundings | undefined;
  #model: ModelSetting = { kind: "scripted", format: undefined };
  #backend: Promise<OpenBackend> | undefined;
  /** Of models that were in use before. */
  #closed: Promise<unknown> = Promise.resolve();
  #prompts = true;

  constructor({ clock, syntax, delayMs }: SessionOptions) {
    this.#scripted = new ScriptedModel(clock);
    const dependencies: CompletionDependencies = {
      backend: () => this.#backendNow(),
      clock,
      syntax,
      pieces: { pieces: async (...asked) => (await this.#surroundings?.pieces(...asked)) ?? [] },
      options: () => ({ ...shippedOptions, ...this.#options }),
      isCurrent: (cursor) => this.#documents.versionOf(cursor.uri) === cursor.version,
      onEvent: (event) => this.#counters.observe(event),
    };
    this.#engine = new CompletionEngine(delayMs > 0 ? slowedDown(dependencies, delayMs) : dependencies);
  }

  /** All but a wait happens before it returns: messages take effect in the order in which they come. @throws {InvalidMessage} */
  async handle(id: Id, message: Message): Promise<Answer> {
    switch (message.do) {
      case "folder":
        this.#documents.folder = message.path;
        return {};
      case "open": {
        const document = this.#documents.open(message);
        this.#surroundings?.opened(document);
        const { length, languageId, version } = document;
        return { length, languageId, version };
      }
      case "change":
        return this.#change(message);
      case "language":
        this.#documents.get(message.path).languageId = message.languageId;
        return {};
      case "close":
        this.#surroundings?.closed(this.#documents.get(message.path));
        this.#documents.close(message.path);
        return {};
      case "text":
        return { text: this.#documents.get(message.path).text() };
      case "caret":
        this.#documents.moveCaret(message);
        this.#ghost.hide();
        return {};
      case "ask":
        return this.#ask(id, message);
      case "cancel": {
        const asking = this.#asking.get(message.ask);
        asking?.abort.abort();
        return { cancelled: asking !== undefined };
      }
      case "shown":
        return { suggestion: this.#shown() ?? null };
      case "accept":
        return this.#accept(message);
      case "dismiss": {
        const suggestion = this.#shown();
        if (suggestion === undefined) throw new InvalidMessage("nothing is shown at the caret");
        this.#engine.dismiss(suggestion.id);
        this.#ghost.hide();
        return { dismissed: suggestion.id };
      }
      case "rest":
        this.#engine.rest(this.#documents.get().snapshot(undefined));
        return {};
      case "answer":
        this.#scripted.answer = { text: message.text, afterMs: message.afterMs, pieceMs: message.pieceMs };
        return {};
      case "settings":
        return this.#set(message);
      case "index":
        return this.#index();
      case "stats":
        return { counters: this.#counters.counts(), memory: process.memoryUsage() };
      case "requests":
        return {
          requests: this.#finished
            .splice(0)
            .map((record) => ({ ask: record.ask ?? null, ...told(record, message.prompts) })),
        };
      case "quit":
        return {};
    }
  }

  /** Ends what is under way, and the model's process. */
  async close(): Promise<void> {
    this.#engine.stop();
    this.#closeBackend();
    await Promise.all([this.#closed, this.#surroundings?.close()]);
  }

  #change(message: Of<"change">): Answer {
    const before = this.#documents.get(message.path);
    const from = before.caret;
    const { uri, version, length, caret } = this.#documents.change(message, this.#heed);
    const followed = this.#ghost.follows(uri, message.changes, from, caret);
    if (this.#documents.get() === this.#documents.get(message.path)) this.#prepare();
    return { version, length, caret, followed, shown: this.#ghost.shownIn(uri) ?? null };
  }

  async #ask(id: Id, { trigger, selected, typed }: Of<"ask">): Promise<Answer> {
    if (this.#asking.has(id)) throw new InvalidMessage("an ask with this id has not settled yet");
    const document = this.#documents.get();
    if (selected && selected.replaces > document.caret)
      throw new InvalidMessage("message.selected.replaces is too large");
    const asking: Asking = { id, abort: new AbortController(), meter: new CallMeter(), records: [] };
    this.#asking.set(id, asking);
    this.#newest = asking;
    let followed = false;
    if (typed !== undefined) {
      const change = { offset: document.caret, length: 0, text: typed };
      document.change([change], undefined, (each) => this.#heed(document, each));
      followed = this.#ghost.follows(document.uri, [change], change.offset, document.caret);
    }
    asking.meter.asked();
    const cursor = document.snapshot(selected);
    const outcome = await this.#engine.complete(cursor, trigger, asking.abort.signal);
    const times = asking.meter.settled();
    this.#asking.delete(id);
    if (this.#newest === asking) this.#ghost.answered(outcome, cursor.uri);
    return {
      outcome: plain(outcome),
      followed,
      requests: asking.records.map((record) => told(record, this.#prompts)),
      times,
    };
  }

  /** Where the editor shows nothing the engine may know something; commands of the extension's own ask it. */
  #shown(): Shown | undefined {
    const document = this.#documents.get();
    return this.#ghost.shownIn(document.uri) ?? this.#engine.shownAt(document.snapshot(undefined));
  }

  /** As the editor does it: the whole suggestion in place of what it replaces, or the part of it that is at the caret. */
  #accept({ part }: Of<"accept">): Answer {
    const document = this.#documents.get();
    const suggestion = this.#shown();
    if (suggestion === undefined) throw new InvalidMessage("nothing is shown at the caret");
    const { insertText, replaceBefore, replaceAfter } = suggestion;
    const { caret, eol } = document;
    let change = { offset: caret - replaceBefore, length: replaceBefore + replaceAfter, text: insertText };
    if (part !== "all") {
      // The characters behind the caret are in the suggestion, too: what comes before the first can be taken by itself.
      const rest = document.slice(caret, caret + Math.min(1, replaceAfter));
      const free = rest === "" ? insertText : insertText.slice(0, insertText.indexOf(rest, replaceBefore));
      const own = free.slice(replaceBefore);
      change = { offset: caret, length: 0, text: part === "word" ? nextWord(own, document.languageId) : nextLine(own) };
    }
    const told = { ...change, text: change.text.replaceAll("\n", eol) };
    document.change([told], undefined, (each) => this.#heed(document, each));
    this.#ghost.hide();
    if (part === "all") this.#engine.accepted(document.snapshot(undefined));
    this.#prepare();
    return { inserted: change.text, replaced: change.length, caret: document.caret, version: document.version };
  }

  #set({ options, model, context, prompts }: Of<"settings">): Answer {
    if (context !== undefined && context !== (this.#surroundings !== undefined)) this.#switchContext(context);
    if (options !== undefined) this.#options = options;
    if (prompts !== undefined) this.#prompts = prompts;
    if (model !== undefined) {
      this.#model = model;
      this.#engine.clear();
      this.#closeBackend();
    }
    return {};
  }

  #switchContext(on: boolean): void {
    void this.#surroundings?.close();
    this.#surroundings = on ? new Surroundings() : undefined;
    for (const document of this.#documents.all) this.#surroundings?.opened(document);
    this.#engine.clear();
    this.#closeBackend();
  }

  async #index(): Promise<Answer> {
    const { folder } = this.#documents;
    if (!this.#surroundings || folder === undefined) throw new InvalidMessage("there is no folder, or no context");
    return { index: await this.#surroundings.read(folder) };
  }

  /** As the extension does after an edit at the caret. */
  #prepare(): void {
    if (this.#surroundings) this.#engine.prepare(this.#documents.get().snapshot(undefined));
  }

  readonly #heed = (document: EditorDocument, change: TextChange): void =>
    this.#surroundings?.changes(document, change);

  #closeBackend(): void {
    const closing = this.#backend?.then((backend) => backend.close?.()).catch(() => undefined);
    this.#backend = undefined;
    this.#closed = Promise.all([this.#closed, closing]);
  }

  /** Made with the first request; one that could not be made is tried again with the next. */
  #backendNow(): Promise<OpenBackend> {
    if (this.#backend) return this.#backend;
    const made = this.#makeBackend();
    this.#backend = made;
    made.catch(() => {
      if (this.#backend === made) this.#backend = undefined;
    });
    return made;
  }

  async #makeBackend(): Promise<OpenBackend> {
    const backend = await makeBackend(this.#model, {
      scripted: this.#scripted,
      timeLimitMs: this.#options.timeLimitMs ?? shippedOptions.timeLimitMs,
      fetch: (input, init) => {
        this.#newest?.meter.requested(true);
        return globalThis.fetch(input, init);
      },
    });
    const model = recording(
      backend.model,
      () => this.#prompts,
      (record) => this.#begun(record),
    );
    return { ...backend, model: this.#surroundings?.guarded(model) ?? model };
  }

  #begun(record: RequestRecord): void {
    const asking = this.#newest;
    asking?.meter.requested(false);
    asking?.records.push(record);
    this.#counters.begun(record);
    this.#finished.push(Object.assign(record, { ask: asking?.id }));
    if (this.#finished.length > MOST_KEPT_REQUESTS) this.#finished.shift();
  }
}

function plain(outcome: Outcome): Answer {
  if (outcome.kind !== "broken") return outcome;
  return {
    kind: "broken",
    error: outcome.error instanceof Error ? (outcome.error.stack ?? "") : String(outcome.error),
  };
}

function told({ request, usage, end }: RequestRecord, prompts: boolean): Answer {
  const { prompt, maxTokens, temperature, heal = false } = request;
  return { ...(prompts && { prompt }), maxTokens, temperature, heal, end: end ?? "open", usage };
}

const MOST_KEPT_REQUESTS = 10_000;
