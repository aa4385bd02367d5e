/** What may stand behind a `/` or an `@`, in a list above the input. */

import type { FromChatPage, ShownCompletion } from "../src/extension/chatProtocol.ts";
import { element } from "./dom.ts";

interface Typed {
  readonly sign: "/" | "@";
  readonly text: string;
  /** Of the sign, in the input. */
  readonly start: number;
}

const MOST_CHARS = 200;

export class Completion {
  readonly element = element("div", { class: "popup completions" });
  readonly #list = element("ul", { attributes: { role: "listbox", id: "completions" } });
  readonly #input: HTMLTextAreaElement;
  readonly #tell: (message: FromChatPage) => void;
  #query = 0;
  #typed: Typed | undefined;
  #items: readonly ShownCompletion[] = [];
  #selected = 0;
  /** Closed by Escape, until another sign is typed. */
  #dismissed: number | undefined;

  constructor(input: HTMLTextAreaElement, label: string, tell: (message: FromChatPage) => void) {
    this.#input = input;
    this.#tell = tell;
    this.element.hidden = true;
    this.#list.setAttribute("aria-label", label);
    this.element.append(this.#list);
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-haspopup", "listbox");
    // A click would first take the focus out of the input.
    this.element.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
      if (!row) return;
      this.#select(Number(row.dataset["index"]));
      this.#accept();
    });
    input.addEventListener("blur", () => this.close());
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** The text or the caret is another one. */
  update(): void {
    const { value, selectionStart, selectionEnd } = this.#input;
    const typed = selectionStart === selectionEnd ? typedAt(value, selectionStart) : undefined;
    if (!typed) this.#dismissed = undefined;
    if (!typed || typed.start === this.#dismissed) return this.close();
    if (typed.sign === this.#typed?.sign && typed.text === this.#typed.text && typed.start === this.#typed.start)
      return;
    this.#typed = typed;
    this.#query += 1;
    this.#tell({ type: "complete", query: this.#query, sign: typed.sign, text: typed.text });
  }

  show(query: number, items: readonly ShownCompletion[]): void {
    if (query !== this.#query || !this.#typed) return;
    if (items.length === 0) {
      this.element.hidden = true;
      return this.#unmark();
    }
    this.#items = items;
    this.#list.replaceChildren(
      ...items.map(({ label, detail }, index) => {
        const row = element(
          "li",
          { attributes: { role: "option", id: `completion-${index}`, "aria-selected": "false" } },
          element("span", { class: "completion-label", text: label }),
          element("span", { class: "completion-detail", text: repeats(label, detail) ? "" : detail }),
        );
        row.dataset["index"] = String(index);
        return row;
      }),
    );
    this.element.hidden = false;
    this.#input.setAttribute("aria-controls", "completions");
    this.#select(0);
  }

  close(): void {
    this.#typed = undefined;
    this.element.hidden = true;
    this.#unmark();
  }

  /** Whether the key was one of the list's. */
  takes(event: KeyboardEvent): boolean {
    if (!this.isOpen || event.isComposing) return false;
    const { key, shiftKey } = event;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[key];
    if (step !== undefined)
      this.#select(Math.abs(step) === 1 ? this.#selected + step : this.#clamped(this.#selected + step));
    else if (key === "Escape") {
      this.#dismissed = this.#typed?.start;
      this.close();
    } else if ((key === "Enter" || key === "Tab") && !shiftKey) this.#accept();
    else return false;
    event.preventDefault();
    return true;
  }

  #unmark(): void {
    this.#input.removeAttribute("aria-activedescendant");
    this.#input.removeAttribute("aria-controls");
  }

  #clamped(index: number): number {
    return Math.max(0, Math.min(this.#items.length - 1, index));
  }

  #select(index: number): void {
    const { length } = this.#items;
    this.#list.children[this.#selected]?.setAttribute("aria-selected", "false");
    this.#selected = (index + length) % length;
    const row = this.#list.children[this.#selected];
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", `completion-${this.#selected}`);
  }

  #accept(): void {
    const item = this.#items[this.#selected];
    const typed = this.#typed;
    if (!item || !typed) return;
    this.close();
    const end = typed.start + 1 + typed.text.length;
    this.#input.setRangeText(item.insert, typed.start, end, "end");
    // As if it was typed: what stands there now may have completions of its own.
    this.#input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    if (item.attach !== "") this.#tell({ type: "attachNamed", attach: item.attach });
  }
}

/** Of a file that is in no folder, for instance. */
function repeats(label: string, detail: string): boolean {
  return label.replace(/^[@/]|\/$/g, "").toLowerCase() === detail.toLowerCase();
}

/** A `/` begins the text; an `@` stands there too, or behind white space or a bracket. */
function typedAt(value: string, caret: number): Typed | undefined {
  const match = /(?:^|[\s([{"'`])([@])(\S*)$|^\s*(\/)([\w-]*)$/.exec(
    value.slice(Math.max(0, caret - MOST_CHARS), caret),
  );
  if (!match) return undefined;
  const [, at, mention = "", slash, command = ""] = match;
  if (slash !== undefined && caret > MOST_CHARS) return undefined;
  const sign = at === undefined ? "/" : "@";
  const text = sign === "@" ? mention : command;
  return { sign, text, start: caret - text.length - 1 };
}
