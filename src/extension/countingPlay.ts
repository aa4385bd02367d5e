/** Plays samples of the self-test in a document of its own, with a provider of its own, and hears what the detector makes of them. */

import * as vscode from "vscode";
import type { Offered } from "../completion/suggestion.ts";
import { ChangeOrigins } from "../productivity/activity/changeOrigin.ts";
import { FirstChanges } from "../productivity/activity/firstChanges.ts";
import { Detector } from "../productivity/detector/detector.ts";
import type { EditorEvent } from "../productivity/editorEvents.ts";
import type { Fact } from "../productivity/records.ts";
import { type Finding, findingsOf } from "../productivity/selfTest/findings.ts";
import type { Sample, Step } from "../productivity/selfTest/sample.ts";
import { formatting, type Given, offeredAt, withoutCarets } from "./countingPlayTexts.ts";
import { EditorEventFeed, leaveOut, uriOf } from "./editorEventFeed.ts";
import { InputMethods } from "./inputMethods.ts";
import { PartialAccept } from "./partialAccept.ts";
import { recordIds } from "./recordIds.ts";
import { SuggestionEvents, type UntimedEvent } from "./suggestionEvents.ts";

const { commands, workspace, window } = vscode;

/** Of package.json: no list of completions comes up in it, whatever the user's settings are. */
const SELF_TEST_LANGUAGE = "pairwise-self-test";
const ACCEPTED = "pairwise.internal.selfTestAccepted";

export class CountingPlay implements vscode.Disposable {
  readonly #folder: vscode.Uri;
  /** The sample's own: VS Code reads a file anew a moment after it was written, and that would come in between. */
  #file: vscode.Uri | undefined;
  #leftOut: vscode.Disposable | undefined;
  readonly #listeners: readonly vscode.Disposable[];
  readonly #events: SuggestionEvents;
  readonly #partialAccept: PartialAccept;
  readonly #inputMethods = new InputMethods();
  #detector: Detector | undefined;
  #origins = new ChangeOrigins();
  #firstChanges = new FirstChanges((event) => this.#take(event));
  #facts: Fact[] = [];
  #given: (Given & { readonly document: vscode.TextDocument }) | undefined;
  #shown: { readonly version: number; readonly offered: readonly Offered[] } | undefined;
  #answers = 0;
  /** Since when there is something to see in this sample. */
  #visibleMs = 0;
  #mayOthers = false;
  #isFormatting = false;
  #samples = 0;

  /** The folder is this play's own, and removed at its end. */
  constructor(folder: vscode.Uri) {
    this.#folder = folder;
    const tell = (event: UntimedEvent): void => this.#heed({ ...event, atMs: nowMs() });
    const isOurs = (document: vscode.TextDocument): boolean => uriOf(document) === this.#file?.toString();
    this.#events = new SuggestionEvents({
      tell,
      mayOthers: () => this.#mayOthers,
      modelOf: () => SELF_TEST_LANGUAGE,
      isCounted: isOurs,
    });
    // Of the engine it asks what is shown, alone.
    this.#partialAccept = new PartialAccept({ shownAt: () => this.#shownHere() }, () => true, this.#events);
    this.#listeners = [
      this.#inputMethods,
      new EditorEventFeed((event) => this.#heed(event), nowMs, this.#inputMethods, isOurs),
      commands.registerCommand(ACCEPTED, (id: unknown) => this.#events.accepted(id)),
      vscode.languages.registerInlineCompletionItemProvider(
        { language: SELF_TEST_LANGUAGE },
        {
          provideInlineCompletionItems: (document, position, _context, token) =>
            this.#provide(document, position, token),
        },
      ),
      // As a formatter on saving, without the user's setting for it.
      workspace.onWillSaveTextDocument((event) => {
        if (this.#isFormatting && isOurs(event.document)) event.waitUntil(Promise.resolve(formatting(event.document)));
      }),
    ];
  }

  /** `undefined` where it could not be carried out as it says: it tells nothing then. */
  async play(sample: Sample): Promise<readonly Finding[] | undefined> {
    const { text, carets } = withoutCarets(sample);
    const document = await this.#open(text, carets, sample.indentUnit);
    this.#facts = [];
    this.#origins = new ChangeOrigins();
    this.#firstChanges = new FirstChanges((event) => this.#take(event));
    this.#mayOthers = false;
    this.#detector = new Detector({
      newId: recordIds(`self-test-${this.#samples}`),
      record: (fact) => this.#facts.push(fact),
      attributed: () => {},
      classify: (change) => this.#origins.originOf(change),
    });
    // It has not heard who is in front, and that is so.
    this.#heed({ kind: "focus", isFocused: true, atMs: nowMs() });
    this.#heed({ kind: "active", uri: uriOf(document), atMs: nowMs() });
    let goneMs = 0;
    this.#visibleMs = 0;
    try {
      for (const step of sample.steps) {
        // What is typed along with it stays.
        const isEnd = ENDS.has(step.do) && !(step.do === "type" && sample.truth.outcome === "typed-through");
        if (this.#visibleMs > 0 && goneMs === 0 && isEnd) goneMs = nowMs();
        await this.#do(step, document, carets[0] ?? 0);
      }
    } catch (error) {
      // A step that the editor does not do is what it is about; what else goes wrong is a fault.
      if (error instanceof StepFailed) return undefined;
      throw error;
    } finally {
      this.#given = undefined;
    }
    const endMs = nowMs();
    await pause(SETTLED_MS);
    this.#firstChanges.end();
    this.#detector.end(nowMs());
    this.#detector = undefined;
    const documentAfter = document.getText().replaceAll("\r\n", "\n");
    const visibleForMs = (goneMs || endMs) - this.#visibleMs;
    return findingsOf({ sample, facts: this.#facts, visibleForMs, documentAfter });
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }

  async end(): Promise<void> {
    this.#detector = undefined;
    await this.#close();
    this.dispose();
    await workspace.fs.delete(this.#folder, { recursive: true }).then(undefined, () => {});
  }

  async #open(text: string, carets: readonly number[], indentUnit: string): Promise<vscode.TextDocument> {
    await this.#close();
    const file = vscode.Uri.joinPath(this.#folder, `self-test-${(this.#samples += 1)}.txt`);
    this.#file = file;
    this.#leftOut = leaveOut(file);
    await workspace.fs.writeFile(file, new TextEncoder().encode(text));
    const opened = await workspace.openTextDocument(file);
    const document = await vscode.languages.setTextDocumentLanguage(opened, SELF_TEST_LANGUAGE);
    const editor = await window.showTextDocument(document, { preview: false });
    const insertSpaces = indentUnit !== "\t";
    editor.options = { insertSpaces, tabSize: insertSpaces ? indentUnit.length : TAB_SIZE };
    editor.selections = carets.map((offset) => {
      const caret = document.positionAt(offset);
      return new vscode.Selection(caret, caret);
    });
    await pause(SETTLED_MS);
    return document;
  }

  async #close(): Promise<void> {
    const file = this.#file;
    if (!file) return;
    const editor = window.visibleTextEditors.find(({ document }) => uriOf(document) === file.toString());
    if (editor) {
      await window.showTextDocument(editor.document, editor.viewColumn);
      await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
    this.#file = undefined;
    this.#leftOut?.dispose();
  }

  async #do(step: Step, document: vscode.TextDocument, caret: number): Promise<void> {
    const editor = window.activeTextEditor;
    if (editor?.document !== document) throw new StepFailed("Another editor is in front.");
    switch (step.do) {
      case "suggest":
        this.#given = { document, before: document.getText().slice(0, caret), choices: step.choices };
        return this.#until(() => commands.executeCommand("editor.action.inlineSuggest.trigger"));
      case "see":
        return this.#until(async () => {});
      case "type":
        for (const character of step.text) await commands.executeCommand("type", { text: character });
        return;
      case "compose":
        return this.#compose(step.keys, step.text);
      case "paste":
        return void (await commands.executeCommand("paste", { text: step.text, pasteOnNewLine: false }));
      case "snippet":
        return void (await editor.insertSnippet(new vscode.SnippetString(step.text)));
      case "acceptWord":
        return this.#partialAccept.take("word");
      case "acceptLine":
        return this.#partialAccept.take("line");
      case "escape":
        for (const { id } of this.#shown?.offered.slice(0, 1) ?? []) this.#events.dismissed(id);
        return void (await commands.executeCommand("editor.action.inlineSuggest.hide"));
      case "save":
        this.#isFormatting = true;
        return void (await document.save().then(() => (this.#isFormatting = false)));
      case "wait":
        return pause(step.forMs);
      case "otherProvider":
        this.#mayOthers = true;
        return;
      case "reload":
        throw new StepFailed("A window that is reloaded ends the test.");
      default:
        // Nobody undoes sooner what was accepted, and VS Code tells of an accept behind its change.
        if (step.do === "undo") await pause(SETTLED_MS);
        await commands.executeCommand(commandOf[step.do]);
        return pause(BETWEEN_MS);
    }
  }

  /** Until the provider was asked about the text as it is, and what it gave is to be seen. */
  async #until(ask: () => Thenable<unknown>): Promise<void> {
    const before = this.#answers;
    await ask();
    const isThere = (): boolean =>
      this.#shown?.version === this.#given?.document.version &&
      (this.#answers > before || this.#shownHere() !== undefined);
    for (let waitedMs = 0; !isThere(); waitedMs += BETWEEN_MS) {
      if (waitedMs > LONGEST_MS) throw new StepFailed("The editor did not ask for a suggestion.");
      await pause(BETWEEN_MS);
    }
    await pause(SEEN_MS);
  }

  async #compose(keys: string, text: string): Promise<void> {
    await commands.executeCommand("compositionStart");
    let replaceCharCnt = 0;
    const steps = Array.from(keys, (_, at) => keys.slice(0, at + 1)).concat(text);
    for (const composed of steps) {
      await commands.executeCommand("replacePreviousChar", { text: composed, replaceCharCnt });
      replaceCharCnt = composed.length;
    }
    await commands.executeCommand("compositionEnd");
  }

  #provide(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): vscode.InlineCompletionItem[] {
    const offset = document.offsetAt(position);
    const ask = this.#events.asked(document, offset, "automatic");
    const given = this.#given;
    const offered =
      given?.document === document ? offeredAt(given, document.getText(), offset, `self-test-${this.#samples}`) : [];
    this.#shown = { version: document.version, offered };
    this.#answers += 1;
    if (offered.length > 0) this.#visibleMs ||= nowMs();
    this.#events.answered(
      { document, ask, offset, isCancelled: token.isCancellationRequested, heldBack: undefined, draw: undefined },
      offered.length > 0
        ? { kind: "offered", suggestions: offered, origin: "model" }
        : { kind: "dropped", reason: "empty" },
    );
    return offered.map(
      ({ insertText, id, replaceAfter }) =>
        new vscode.InlineCompletionItem(
          insertText,
          new vscode.Range(position, document.positionAt(offset + replaceAfter)),
          { command: ACCEPTED, title: "", arguments: [id] },
        ),
    );
  }

  #shownHere(): Offered | undefined {
    const { document, selections } = window.activeTextEditor ?? {};
    const [only, ...others] = this.#shown?.offered ?? [];
    if (others.length > 0 || selections?.length !== 1 || document?.version !== this.#shown?.version) return undefined;
    return only;
  }

  #heed(event: EditorEvent): void {
    if (this.#detector) this.#firstChanges.heed(event);
  }

  #take(event: EditorEvent): void {
    this.#origins.heed(event);
    this.#detector?.heed(event);
  }
}

class StepFailed extends Error {}

/** Steps after which a suggestion is not seen any more. */
const ENDS: ReadonlySet<Step["do"]> = new Set(["accept", "escape", "move", "paste", "snippet", "type"]);

const commandOf = {
  accept: "editor.action.inlineSuggest.commit",
  editorsWord: "editor.action.inlineSuggest.acceptNextWord",
  editorsLine: "editor.action.inlineSuggest.acceptNextLine",
  nextChoice: "editor.action.inlineSuggest.showNext",
  move: "cursorTop",
  undo: "undo",
} as const;

const nowMs = (): number => Date.now();
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const TAB_SIZE = 4;
const BETWEEN_MS = 20;
/** From the provider's answer until the grey text is there. */
const SEEN_MS = 80;
const SETTLED_MS = 150;
const LONGEST_MS = 3_000;
