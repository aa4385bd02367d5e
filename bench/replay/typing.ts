/**
 * Types one edit into an editor that helps as VS Code does: it closes brackets and quotes, types over what it closed
 * and indents new lines. What it did too much is taken away, what it did right is not typed.
 */

import type { TextChange } from "../headless/editorDocument.ts";
import type { Edit } from "./edits.ts";
import type { Key } from "./key.ts";

/** Offsets in the text with `\n` as line breaks. */
export interface KeyEffect {
  readonly changes: readonly TextChange[];
  readonly caret: number;
  /** What the key put at the caret, closing brackets not included; absent where it did something else. */
  readonly inserted?: string;
}

export class Typing {
  #text: string;
  #caret: number;
  readonly #unit: string;
  readonly #start: number;
  readonly #goal: string;
  /** How much of the goal stands before the caret. */
  #done = 0;
  #toRemove: number;
  /** What the editor has put behind the caret. */
  #ahead = "";
  /** Indentation that the editor has put before the caret, as long as nobody has looked at it. */
  #indent: string | undefined;
  /** The caret's line has nothing but indentation that the editor has put there. */
  #blankIndent = "";

  constructor(text: string, caret: number, { offset, removed, typed }: Edit, unit: string) {
    this.#text = text;
    this.#caret = caret;
    this.#unit = unit;
    this.#goal = typed;
    this.#toRemove = removed.length;
    this.#start = offset;
  }

  get text(): string {
    return this.#text;
  }

  get caret(): number {
    return this.#caret;
  }

  /** What of the goal is still to come; a suggestion that is the start of it is right. */
  get rest(): string {
    return this.#goal.slice(this.#done);
  }

  /** What a model that knew the goal would write at the caret. */
  get truth(): string {
    if (!this.#isInPlace()) return "";
    const { rest } = this;
    return this.#ahead !== "" && rest.endsWith(this.#ahead) ? rest.slice(0, -this.#ahead.length) : rest;
  }

  /** The key that somebody presses next who wants the goal, or `undefined` when it is reached. */
  next(): Key | undefined {
    if (this.#toRemove > 0) return this.#nextRemoval();
    if (!this.#isInPlace()) return { kind: "caret", offset: this.#start };
    const indent = this.#indent;
    if (indent !== undefined) return { kind: "backspace", length: this.#stepBack(indent) };
    const { rest } = this;
    if (rest === "") return this.#ahead === "" ? undefined : { kind: "delete", length: this.#ahead.length };
    // The line that the editor made for the closing bracket.
    if (this.#ahead.startsWith("\n") && rest.startsWith(this.#ahead)) {
      if (this.#blankIndent !== "") return { kind: "backspace", length: this.#stepBack(this.#blankIndent) };
      return { kind: "caret", offset: this.#caret + this.#ahead.length };
    }
    if (rest.startsWith("\n")) return { kind: "enter" };
    if (this.#isInIndentation() && rest.startsWith(this.#unit)) return { kind: "tab" };
    return { kind: "char", char: String.fromCodePoint(rest.codePointAt(0) ?? 0) };
  }

  /** True where taking this text in place of so many characters behind the caret comes nearer to the goal. */
  agrees(text: string, replaceAfter: number): boolean {
    return (
      text !== "" && this.rest.startsWith(text) && replaceAfter <= this.#ahead.length && this.#indent === undefined
    );
  }

  press(key: Key): KeyEffect {
    switch (key.kind) {
      case "caret":
        if (this.#toRemove === 0 && this.#ahead !== "") {
          this.#done += this.#ahead.length;
          this.#ahead = "";
          this.#blankIndent = "";
        }
        this.#caret = key.offset;
        return { changes: [], caret: this.#caret };
      case "backspace":
        if (this.#toRemove > 0) this.#toRemove -= key.length;
        else if (this.#indent === undefined) this.#blankIndent = this.#blankIndent.slice(0, -key.length);
        else this.#indent = this.#indent.slice(0, -key.length);
        this.#settleIndent();
        return this.#replace(this.#caret - key.length, key.length, "");
      case "delete":
        if (this.#toRemove > 0) this.#toRemove -= key.length;
        else this.#ahead = this.#ahead.slice(key.length);
        return this.#replace(this.#caret, key.length, "");
      case "tab":
        this.#done += this.#unit.length;
        return { ...this.#replace(this.#caret, 0, this.#unit), inserted: this.#unit };
      case "enter":
        return this.#enter();
      case "char":
        return this.#char(key.char);
    }
  }

  /** The editor has put the suggestion there. */
  accept(text: string, replaceAfter: number): KeyEffect {
    this.#done += text.length;
    this.#ahead = this.#ahead.slice(replaceAfter);
    this.#blankIndent = "";
    return { ...this.#replace(this.#caret, replaceAfter, text), inserted: text };
  }

  /** Nothing is left to remove, and the caret stands where the rest of the goal belongs. */
  #isInPlace(): boolean {
    return this.#toRemove === 0 && (this.#done > 0 || this.#caret === this.#start);
  }

  #nextRemoval(): Key {
    const removed = this.#text.slice(this.#start, this.#start + this.#toRemove);
    const byKeys = removed.length <= MOST_BACKSPACES && !removed.includes("\n");
    const from = byKeys ? this.#start + this.#toRemove : this.#start;
    if (this.#caret !== from) return { kind: "caret", offset: from };
    if (!byKeys) return { kind: "delete", length: this.#toRemove };
    return { kind: "backspace", length: /[\ud800-\udbff][\udc00-\udfff]$/.test(removed) ? 2 : 1 };
  }

  /** What the editor has indented is taken as typed as far as it is right. */
  #settleIndent(): void {
    const indent = this.#indent;
    if (indent === undefined) return;
    const wanted = /^[ \t]*/.exec(this.rest)?.[0] ?? "";
    // On a blank line it does not matter: the editor takes it away with the next Enter.
    const isBlankLine = wanted === "" && this.rest.startsWith("\n");
    if (!isBlankLine && !wanted.startsWith(indent)) return;
    if (isBlankLine) this.#blankIndent = indent;
    else this.#done += indent.length;
    this.#indent = undefined;
  }

  #stepBack(indent: string): number {
    return indent.endsWith(this.#unit) ? this.#unit.length : 1;
  }

  #isInIndentation(): boolean {
    return this.#text.slice(this.#text.lastIndexOf("\n", this.#caret - 1) + 1, this.#caret).trim() === "";
  }

  #enter(): KeyEffect {
    const lineStart = this.#text.lastIndexOf("\n", this.#caret - 1) + 1;
    const blank = this.#blankIndent.length;
    const line = this.#text.slice(lineStart, this.#caret);
    const base = blank > 0 ? this.#blankIndent : (/^[ \t]*/.exec(line)?.[0] ?? "");
    const opener = /[{([:]\s*$/.exec(line)?.[0].trim();
    const indent = opener === undefined ? base : base + this.#unit;
    const next = this.#text[this.#caret] ?? "";
    const split = opener !== undefined && closerOf[opener] === next && next !== "" ? `\n${base}` : "";
    this.#blankIndent = "";
    this.#done += 1;
    this.#indent = indent;
    if (split !== "") this.#ahead = split + this.#ahead;
    this.#settleIndent();
    const effect = this.#replace(this.#caret - blank, blank, `\n${indent}${split}`, split.length);
    return { ...effect, inserted: `\n${indent}` };
  }

  #char(char: string): KeyEffect {
    this.#done += char.length;
    this.#blankIndent = "";
    if (this.#ahead.startsWith(char) && /[)\]}"'`]/.test(char)) {
      this.#ahead = this.#ahead.slice(1);
      this.#caret += 1;
      // Typing over is an edit for the editor, too: the same character in place of itself.
      return { changes: [{ offset: this.#caret - 1, length: 1, text: char }], caret: this.#caret, inserted: char };
    }
    const closer = this.#closerAfter(char);
    this.#ahead = closer + this.#ahead;
    return { ...this.#replace(this.#caret, 0, char + closer, closer.length), inserted: char };
  }

  /** VS Code's rule for languages that say nothing of their own. */
  #closerAfter(char: string): string {
    const closer = closerOf[char];
    if (closer === undefined || !/^[;:.,=}\])>\s]?$/.test(this.#text[this.#caret] ?? "")) return "";
    if (char !== closer) return closer;
    const line = this.#text.slice(this.#text.lastIndexOf("\n", this.#caret - 1) + 1, this.#caret);
    const isInString = line.split(char).length % 2 === 0;
    return isInString || /[\p{L}\p{N}_"'`]$|\/\/|#/u.test(line) ? "" : closer;
  }

  #replace(offset: number, length: number, text: string, behindCaret = 0): KeyEffect {
    this.#text = this.#text.slice(0, offset) + text + this.#text.slice(offset + length);
    this.#caret = offset + text.length - behindCaret;
    return { changes: [{ offset, length, text }], caret: this.#caret };
  }
}

const closerOf: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", '"': '"', "'": "'", "`": "`" };
/** More than this is selected and deleted in one go. */
const MOST_BACKSPACES = 15;
