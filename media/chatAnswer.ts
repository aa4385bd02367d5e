/** The text of an answer, drawn as it comes: what is finished stays as it is, and only the last block is drawn anew. */

import type { Token } from "markdown-it";
import { isClosedFence } from "../src/chat/codeBlocks.ts";
import type { BlockAction, ShownBlockNote } from "../src/extension/chatProtocol.ts";
import { button, element } from "./dom.ts";
import { AnswerBlocks, type AnswerPart, type MarkdownPart, type TextPart } from "./chatBlocks.ts";
import { CodeBlock, type CodeContext } from "./chatCode.ts";
import { LongText } from "./chatLongText.ts";
import { markdown, rendered } from "./chatMarkdown.ts";
import type { Step } from "./chatWork.ts";

/** Elements that are drawn before the reader has to ask for the rest: some hundred pages. */
const MOST_ELEMENTS = 10_000;
/** A block that takes long to draw is drawn less often: at most a fifth of the time goes into it. */
const PATIENCE = 4;

export class AnswerText {
  readonly element = element("div", { class: "text" });
  readonly #context: CodeContext;
  readonly #blocks = new AnswerBlocks(markdown);
  readonly #codes = new Map<number, CodeBlock>();
  readonly #all: HTMLButtonElement;
  /** Of the last block, as long as it may change. */
  #open: HTMLElement | undefined;
  #openText: { readonly part: TextPart; readonly target: CodeBlock | LongText } | undefined;
  #waiting: MarkdownPart | undefined;
  #dueAt = 0;
  #elements = 0;
  #limit = MOST_ELEMENTS;
  #actions: readonly BlockAction[] = [];
  #notes: readonly ShownBlockNote[] = [];
  /** All that has come. */
  source = "";
  hasEnded = false;

  constructor(context: CodeContext) {
    this.#context = context;
    this.#all = button({ class: "link show-all", text: context.strings.showAll }, () => {
      this.#limit = Infinity;
      this.#all.remove();
      this.#context.work.add(this.step, "now");
    });
  }

  append(text: string): void {
    this.source += text;
    this.#blocks.append(text);
  }

  end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.#dueAt = 0;
    this.#blocks.end();
  }

  setActions(actions: readonly BlockAction[]): void {
    if (actions.join() === this.#actions.join()) return;
    this.#actions = actions;
    for (const code of this.#codes.values()) code.setActions(actions);
  }

  setNotes(notes: readonly ShownBlockNote[]): void {
    if (notes.length === 0 && this.#notes.length === 0) return;
    this.#notes = notes;
    for (const [line, code] of this.#codes) code.showNote(this.#noteAt(line));
  }

  #noteAt(at: number): ShownBlockNote | undefined {
    return this.#notes.find(({ line }) => line === at);
  }

  showCopied(line: number): void {
    this.#codes.get(line)?.showCopied();
  }

  readonly step: Step = () => {
    if (this.#elements >= this.#limit) {
      if (this.#all.parentElement === null) this.element.append(this.#all);
      return "done";
    }
    const parts = this.#blocks.next();
    for (const part of parts) this.#draw(part);
    if (parts.length > 0) return "more";
    if (!this.#waiting) return "done";
    if (performance.now() < this.#dueAt) return "later";
    this.#drawOpen(this.#waiting);
    return "done";
  };

  #draw(part: AnswerPart): void {
    if (part.kind !== "markdown") return this.#drawText(part);
    if (!part.isDone) return void (this.#waiting = part);
    this.#waiting = undefined;
    if (part.tokens.length > 0) {
      const block = this.#rendered(part);
      this.#elements += block.getElementsByTagName("*").length;
      this.#place(block);
    }
    this.#open = undefined;
  }

  #drawOpen(part: MarkdownPart): void {
    this.#waiting = undefined;
    const start = performance.now();
    this.#place(this.#rendered(part));
    const end = performance.now();
    this.#dueAt = end + PATIENCE * (end - start);
  }

  #rendered(part: MarkdownPart): HTMLElement {
    const code = (token: Token): HTMLElement => {
      const block = new CodeBlock(part.line + (token.map?.[0] ?? 0), token.info, this.#context);
      block.append(token.content);
      const isClosed = token.map !== null && isClosedFence(token.map, token.content);
      if (part.isDone) this.#finish(block, part.line + (token.map?.[0] ?? 0), isClosed);
      return block.element;
    };
    const block = element("div", { class: "block" });
    block.append(rendered(part.tokens, part.env, code));
    return block;
  }

  /** In place of what is drawn of the last block, or behind all. */
  #place(block: HTMLElement): void {
    if (this.#open) this.#open.replaceWith(block);
    else this.element.append(block);
    this.#open = block;
    // The browser may leave it out where it is not seen, once it knows how high it is.
    let isNew = true;
    const settle: Step = () => {
      if (isNew) {
        isNew = false;
        return "later";
      }
      block.classList.add("settled");
      return "done";
    };
    this.#context.work.add(settle, "idle");
  }

  #drawText(part: TextPart): void {
    if (this.#openText?.part.line !== part.line) {
      const isCode = part.kind === "code";
      const target = isCode ? new CodeBlock(part.line, part.info, this.#context) : this.#plainText();
      this.#openText = { part, target };
      this.#waiting = undefined;
      this.#place(element("div", { class: "block" }, target.element));
    }
    const { target } = this.#openText;
    target.append(part.added);
    if (!part.isDone) return;
    this.#elements += 20;
    if (target instanceof CodeBlock) this.#finish(target, part.line, part.isClosed);
    this.#openText = undefined;
    this.#open = undefined;
  }

  #plainText(): LongText {
    const paragraph = element("p", { class: "plain" });
    return new LongText(paragraph, paragraph, this.#context.strings.showAll, this.#context.work);
  }

  #finish(block: CodeBlock, line: number, isClosed: boolean): void {
    this.#codes.set(line, block);
    block.finish(this.#actions, isClosed);
    block.showNote(this.#noteAt(line));
  }
}
