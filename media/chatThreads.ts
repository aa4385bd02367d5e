/** The list of threads: search, open, rename, export, delete. */

import type { ChatStrings, FromChatPage, ShownThread } from "../src/extension/chatProtocol.ts";
import { button, element } from "./dom.ts";
import { iconButton } from "./chatIcons.ts";
import { isSendKey } from "./chatKeys.ts";

const TYPING_MS = 120;

export class ThreadList {
  readonly element: HTMLElement;
  readonly #strings: ChatStrings;
  readonly #tell: (message: FromChatPage) => void;
  readonly #close: () => void;
  readonly #search: HTMLInputElement;
  readonly #rows = element("ul", { class: "thread-rows" });
  readonly #none: HTMLElement;
  #threads: readonly ShownThread[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #renaming: string | undefined;

  constructor(strings: ChatStrings, tell: (message: FromChatPage) => void, close: () => void) {
    this.#strings = strings;
    this.#tell = tell;
    this.#close = close;
    this.#search = element("input", {
      attributes: { type: "search", placeholder: strings.searchThreads, "aria-label": strings.searchThreads },
    });
    this.#search.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => tell({ type: "searchThreads", text: this.#search.value }), TYPING_MS);
    });
    this.#none = element("p", { class: "quiet none", text: strings.noThreadFound, attributes: { role: "status" } });
    this.element = element(
      "div",
      { attributes: { role: "dialog", "aria-label": strings.threads } },
      this.#search,
      this.#rows,
      this.#none,
    );
    this.element.addEventListener("keydown", (event) => this.#moved(event));
  }

  open(): void {
    this.#search.value = "";
    this.#renaming = undefined;
    this.show(this.#threads);
    this.#search.focus();
    this.#tell({ type: "searchThreads", text: "" });
  }

  show(threads: readonly ShownThread[]): void {
    this.#threads = threads;
    this.#none.hidden = threads.length > 0;
    // A name that is being typed is not taken away.
    if (this.#renaming !== undefined && threads.some(({ id }) => id === this.#renaming)) return;
    const focused = document.activeElement?.closest<HTMLElement>("[data-thread]")?.dataset["thread"];
    this.#rows.replaceChildren(...threads.map((thread) => this.#row(thread)));
    if (focused !== undefined) this.#focus(focused);
  }

  rename(id: string): void {
    const row = this.#rowOf(id);
    const thread = this.#threads.find((each) => each.id === id);
    if (!row || !thread) return;
    this.#renaming = id;
    const input = element("input", { attributes: { "aria-label": this.#strings.rename, type: "text" } });
    input.value = thread.title;
    const finish = (title: string): void => {
      if (this.#renaming !== id) return;
      this.#renaming = undefined;
      if (title !== "" && title !== thread.title) {
        this.#tell({ type: "renameThread", thread: id, title });
        this.#threads = this.#threads.map((each) => (each.id === id ? { ...each, title } : each));
      }
      const hadFocus = document.activeElement === input;
      this.show(this.#threads);
      if (hadFocus) this.#focus(id);
    };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      const isCancel = event.key === "Escape" && !event.isComposing;
      if (!isCancel && !isSendKey(event)) return;
      // The focus goes to a button, which this key would press.
      event.preventDefault();
      finish(isCancel ? "" : input.value.trim());
    });
    input.addEventListener("blur", () => finish(input.value.trim()));
    row.replaceChildren(input);
    input.focus();
    input.select();
  }

  #row(thread: ShownThread): HTMLElement {
    const { id, title, when, isOpen } = thread;
    const { rename, exportThread, remove, newThread } = this.#strings;
    const name = title || newThread;
    const open = button({ class: "thread-name", title: name }, () => {
      this.#close();
      if (!isOpen) this.#tell({ type: "openThread", thread: id });
    });
    open.append(element("span", { class: "row-title", text: name }), element("span", { class: "when", text: when }));
    if (isOpen) open.setAttribute("aria-current", "true");
    const row = element(
      "li",
      { class: "thread-row" },
      open,
      iconButton("edit", `${rename}: ${name}`, () => this.rename(id)),
      iconButton("export", `${exportThread}: ${name}`, () => this.#tell({ type: "exportThread", thread: id })),
      iconButton("trash", `${remove}: ${name}`, () => this.#tell({ type: "removeThread", thread: id })),
    );
    row.dataset["thread"] = id;
    return row;
  }

  #rowOf(id: string): HTMLElement | undefined {
    return [...this.#rows.querySelectorAll<HTMLElement>("[data-thread]")].find(
      ({ dataset }) => dataset["thread"] === id,
    );
  }

  #focus(id: string): void {
    this.#rowOf(id)?.querySelector("button")?.focus();
  }

  #moved(event: KeyboardEvent): void {
    const names = [...this.#rows.querySelectorAll<HTMLElement>(".thread-name")];
    const row = document.activeElement?.closest<HTMLElement>("[data-thread]");
    const at = names.findIndex((name) => row?.contains(name) ?? false);
    const id = row?.dataset["thread"];
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      (names[at + step] ?? this.#search).focus();
    } else if (event.key === "F2" && id !== undefined) this.rename(id);
    else if (event.key === "Delete" && id !== undefined) this.#tell({ type: "removeThread", thread: id });
    else if (event.key === "Enter" && document.activeElement === this.#search && !event.isComposing) names[0]?.click();
  }
}
