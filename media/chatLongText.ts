/** Text of any length as it is: the first part at once, the rest when it is asked for, a piece at a time. */

import { headOf } from "../src/text/offsets.ts";
import { button, element } from "./dom.ts";
import type { Work } from "./chatWork.ts";

const MOST_CHARS = 20_000;
const PIECE_CHARS = 16_000;

export class LongText {
  readonly element: HTMLElement;
  readonly #text = document.createTextNode("");
  readonly #target: HTMLElement;
  readonly #work: Work;
  readonly #all: HTMLButtonElement;
  #hidden = "";
  #showsAll = false;

  /** The text goes into `target`, which is in `frame` or is it. */
  constructor(target: HTMLElement, frame: HTMLElement, showAll: string, work: Work) {
    this.#target = target;
    this.#work = work;
    this.#all = button({ class: "link show-all", text: showAll }, () => {
      this.#showsAll = true;
      this.#all.hidden = true;
      work.add(this.#reveal, "now");
    });
    this.#all.hidden = true;
    target.append(this.#text);
    this.element = element("div", { class: "long" }, frame, this.#all);
  }

  append(text: string): void {
    const isShort = this.#text.length + text.length <= MOST_CHARS;
    if (this.#hidden === "" && isShort && !this.#showsAll) return this.#text.appendData(text);
    const room = this.#showsAll || this.#hidden !== "" ? 0 : MOST_CHARS - this.#text.length;
    const shown = headOf(text, room);
    this.#text.appendData(shown);
    this.#hidden += text.slice(shown.length);
    if (this.#showsAll) this.#work.add(this.#reveal, "now");
    else this.#all.hidden = false;
  }

  /** The whole of it; `undefined` where not all of it is shown at once. */
  get short(): string | undefined {
    return this.#hidden === "" && !this.#showsAll ? this.#text.data : undefined;
  }

  readonly #reveal = (): "later" | "done" => {
    const end = this.#hidden.lastIndexOf("\n", PIECE_CHARS) + 1;
    const isShort = this.#hidden.length <= PIECE_CHARS || end === 0;
    const piece = isShort ? headOf(this.#hidden, PIECE_CHARS) : this.#hidden.slice(0, end);
    this.#hidden = this.#hidden.slice(piece.length);
    // A piece is a block of its own, which the browser lays out only where it is seen.
    if (piece !== "") this.#target.append(element("span", { class: "piece", text: piece }));
    return this.#hidden === "" ? "done" : "later";
  };
}
