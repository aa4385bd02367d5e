/** Tells a screen reader what an answer says, a sentence at a time, and never what was said already. */

import { element } from "./dom.ts";

/** Sentences that come at once are told at once. */
const PAUSE_MS = 400;
/** Told at once; what comes faster than anybody listens can be read where it stands. */
const MOST_CHARS = 2_000;
/** The last words that are kept for a reader to go through. */
const MOST_KEPT = 20;

export class Announcer {
  readonly element = element("div", { class: "unseen", attributes: { role: "log", "aria-live": "polite" } });
  #rest = "";
  #inCode = false;
  #ready = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** More of an answer's Markdown. */
  hear(text: string): void {
    // Of very much at once only the end is told.
    this.#rest = (this.#rest + text).slice(-4 * MOST_CHARS);
    for (let end = sentenceEnd(this.#rest); end > 0; end = sentenceEnd(this.#rest)) {
      this.#take(this.#rest.slice(0, end));
      this.#rest = this.#rest.slice(end);
    }
    // What is so long is no sentence; it can be read where it stands.
    if (this.#rest.length > MOST_CHARS) this.#rest = "";
  }

  /** The answer is over: its last words, and how it ended. */
  end(words: string): void {
    this.#take(`${this.#rest}\n`);
    this.#rest = "";
    this.#inCode = false;
    this.say(words);
  }

  forget(): void {
    this.#rest = "";
    this.#inCode = false;
  }

  say(words: string): void {
    if (words.trim() === "") return;
    this.#ready = (this.#ready === "" ? words : `${this.#ready} ${words}`).slice(-MOST_CHARS);
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.element.append(element("p", { text: this.#ready }));
      this.#ready = "";
      while (this.element.childElementCount > MOST_KEPT) this.element.firstElementChild?.remove();
    }, PAUSE_MS);
  }

  #take(sentence: string): void {
    for (const line of sentence.split("\n")) {
      if (/^\s*(?:```|~~~)/.test(line)) this.#inCode = !this.#inCode;
      else if (!this.#inCode) this.say(plain(line));
    }
  }
}

const SENTENCE_END = /[.!?:…]["')\]*_]*\s|[。！？：]|\n/;

function sentenceEnd(text: string): number {
  const end = SENTENCE_END.exec(text);
  return end ? end.index + end[0].length : 0;
}

function plain(markdown: string): string {
  return markdown
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^\s*(?:#{1,6}|>|[-*+]|\d+[.)])\s+/, "")
    .replaceAll(/[`*_|]+/g, " ")
    .trim();
}
