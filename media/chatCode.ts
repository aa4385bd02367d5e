/** A code block of an answer: language and file, what may be done with it, and the code. */

import { infoOf, isForTerminal, SHELLS } from "../src/chat/codeBlocks.ts";
import type { BlockAction, ChatStrings, ShownBlockNote } from "../src/extension/chatProtocol.ts";
import { button, element } from "./dom.ts";
import { highlighted } from "./chatHighlight.ts";
import { icon, iconButton, renameButton, toolbar } from "./chatIcons.ts";
import { LongText } from "./chatLongText.ts";
import type { Work } from "./chatWork.ts";
import { hasLongLine, wrapButton } from "./chatWrapping.ts";

/** What the blocks of an answer have in common. */
export interface CodeContext {
  readonly strings: ChatStrings;
  readonly work: Work;
  readonly act: (line: number, action: BlockAction) => void;
  /** Goes a way that a note offers. */
  readonly go: (way: number) => void;
}

const icons = { copy: "copy", insert: "insert", open: "new-file", run: "terminal" } as const;
const COPIED_MS = 2_000;

export class CodeBlock {
  readonly element: HTMLElement;
  readonly #line: number;
  readonly #context: CodeContext;
  readonly #info: string;
  readonly #language: string;
  readonly #label: string;
  readonly #code = element("code");
  readonly #text: LongText;
  readonly #head: HTMLElement;
  readonly #note = element("div", { class: "code-note" });
  #shownNote = "";
  #copy: HTMLButtonElement | undefined;
  #isDone = false;
  #isClosed = false;

  /** `line` is that of the fence, from 0, in the answer. */
  constructor(line: number, info: string, context: CodeContext) {
    const { language, path } = infoOf(info);
    this.#line = line;
    this.#info = info;
    this.#context = context;
    this.#language = language;
    this.#label = path ?? (language === "" ? context.strings.code : language);
    const pre = element("pre", { attributes: { tabindex: "0", "aria-label": this.#label, dir: "ltr" } }, this.#code);
    this.#text = new LongText(this.#code, pre, context.strings.showAll, context.work);
    this.#head = element("div", { class: "code-head" }, element("span", { class: "code-name", text: this.#label }));
    this.element = element("div", { class: "code" }, this.#head, this.#text.element, this.#note);
    this.#note.hidden = true;
  }

  append(text: string): void {
    this.#text.append(text);
  }

  /** Nothing more comes: it may be acted upon, and gets its colours when there is time. */
  finish(actions: readonly BlockAction[], isClosed: boolean): void {
    this.#isDone = true;
    this.#isClosed = isClosed;
    this.setActions(actions);
    this.#context.work.add(() => {
      const text = this.#text.short;
      const colored = text === undefined ? undefined : highlighted(text, this.#language);
      if (colored) this.#code.replaceChildren(colored);
      return "done";
    }, "idle");
  }

  setActions(actions: readonly BlockAction[]): void {
    if (!this.#isDone) return;
    const { strings, act } = this.#context;
    const labels = { copy: strings.copy, insert: strings.insert, open: strings.openAsFile, run: strings.run };
    const buttons = (["copy", "insert", "open", "run"] as const)
      .filter((action) => actions.includes(action) && (action !== "run" || this.#mayRun()))
      .map((action) => {
        const made = iconButton(icons[action], labels[action], () => act(this.#line, action));
        if (action === "copy") this.#copy = made;
        return made;
      });
    if (hasLongLine(this.#code.textContent)) buttons.push(wrapButton(strings.wrapLines));
    if (actions.includes("apply") && this.#isClosed && !isForTerminal(this.#info, this.#code.textContent))
      buttons.push(button({ class: "small", text: strings.apply }, () => act(this.#line, "apply")));
    this.#head.querySelector(".tools")?.remove();
    if (buttons.length > 0) this.#head.append(toolbar(this.#label, buttons));
  }

  /** What became of it, below the code. */
  showNote(note: ShownBlockNote | undefined): void {
    const shown = JSON.stringify(note ?? "");
    if (shown === this.#shownNote) return;
    this.#shownNote = shown;
    const hadFocus = this.#note.contains(document.activeElement);
    const ways = (note?.ways ?? []).map(({ id, label }) =>
      button({ class: "small", text: label }, () => this.#context.go(id)),
    );
    this.#note.hidden = note === undefined;
    this.#note.replaceChildren(
      icon("info"),
      element("p", { text: note?.words ?? "" }),
      ...(ways.length > 0 ? [element("div", { class: "ways" }, ...ways)] : []),
    );
    // A button that is gone leaves the keyboard's place at the block.
    if (hadFocus) (ways[0] ?? this.#head.querySelector<HTMLElement>(".tools [tabindex='0']"))?.focus();
  }

  /** A block that says nothing may be anything. What is missing of one that was cut may be what it is about. */
  #mayRun(): boolean {
    return this.#isClosed && (this.#language === "" || SHELLS.has(this.#language));
  }

  showCopied(): void {
    if (this.#copy) showCopied(this.#copy, this.#context.strings);
  }
}

export function showCopied(copy: HTMLButtonElement, strings: ChatStrings): void {
  renameButton(copy, "check", strings.copied);
  setTimeout(() => renameButton(copy, "copy", strings.copy), COPIED_MS);
}
