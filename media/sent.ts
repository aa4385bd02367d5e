/** The page of the view "What was sent". It shows what the extension says and asks for what the user does. */

import { type FromPage, parseToPage, type SentRow, type Strings, type ToPage } from "../src/extension/sentProtocol.ts";
import { button, element, setText } from "./dom.ts";
import { host, tell } from "./host.ts";
import { RequestDetail } from "./sentDetail.ts";
import { RequestList } from "./sentList.ts";

const tellExtension = (message: FromPage): void => tell(message);

let page: Page | undefined;

window.addEventListener("message", ({ data }) => {
  const message = parseToPage(data);
  if (message?.type === "strings") page = new Page(message.strings);
  else if (message) page?.hear(message);
});
tellExtension({ type: "ready" });

class Page {
  readonly #strings: Strings;
  readonly #list: RequestList;
  readonly #detail: RequestDetail;
  readonly #note = element("p", { class: "note" });
  readonly #pause: HTMLButtonElement;
  readonly #purge: HTMLButtonElement;
  readonly #empty = element("div", { class: "empty", attributes: { role: "status" } });
  readonly #body: HTMLElement;
  #paused = false;
  #purged = false;
  /** The newest request is selected as it comes, until the user has looked closer at one. */
  #follows = true;

  constructor(strings: Strings) {
    this.#strings = strings;
    this.#list = new RequestList((id) => {
      host.setState({ selected: id });
      tellExtension({ type: "select", id });
    });
    this.#list.element.setAttribute("aria-label", strings.list);
    this.#detail = new RequestDetail(strings, {
      copy: (id) => tellExtension({ type: "copy", id }),
      save: (id) => tellExtension({ type: "save", id }),
      open: (id, stretch) => tellExtension({ type: "open", id, stretch }),
    });
    this.#pause = button({ class: "small" }, () => tellExtension({ type: "pause", paused: !this.#paused }));
    this.#purge = button({ class: "small", text: strings.purge, title: strings.purgeHint }, () => {
      if (this.#list.isEmpty) return;
      this.#purged = true;
      tellExtension({ type: "purge" });
    });
    this.#body = element("main", { class: "body" }, this.#list.element, this.#detail.element);
    const stay = (): void => void (this.#follows = false);
    for (const event of ["pointerdown", "keydown", "wheel"])
      this.#body.addEventListener(event, stay, { passive: true });
    document.title = strings.title;
    const buttons = element("div", { class: "buttons" }, this.#pause, this.#purge);
    const toolbar = element("header", { class: "toolbar" }, this.#note, buttons);
    document.body.replaceChildren(element("h1", { text: strings.title }), toolbar, this.#body, this.#empty);
  }

  hear(message: Exclude<ToPage, { readonly type: "strings" }>): void {
    switch (message.type) {
      case "list":
        return this.#showList(message);
      case "content":
        if (message.content.id === this.#list.selected) this.#detail.show(message.content);
        return;
      case "progress":
        return this.#detail.update(message.progress);
      case "reveal":
        this.#follows = false;
        return this.#list.select(message.id);
      case "done":
        return this.#detail.tell(message.what === "copied" ? this.#strings.copied : this.#strings.saved);
    }
  }

  #showList({ rows, paused, canSuggest }: Extract<ToPage, { readonly type: "list" }>): void {
    const { pause, resume, pausedTitle, pausedText, note } = this.#strings;
    this.#paused = paused;
    setText(this.#pause, paused ? resume : pause);
    setText(this.#note, paused ? `${pausedTitle}. ${pausedText}` : note);
    this.#note.classList.toggle("paused", paused);
    // Not `disabled`, which would take the focus away from who has just pressed it.
    this.#purge.setAttribute("aria-disabled", String(rows.length === 0));
    // What was on its way when it was purged is no news.
    if (this.#body.hidden && rows.length > 0) this.#purged = false;
    this.#body.hidden = rows.length === 0;
    this.#empty.hidden = rows.length > 0;
    this.#list.show(rows);
    if (rows.length > 0) return this.#keepSelection(rows);
    this.#follows = true;
    this.#detail.clear();
    this.#showEmpty(canSuggest);
  }

  #keepSelection(rows: readonly SentRow[]): void {
    if (this.#follows && this.#list.selected !== undefined) return this.#list.selectNewest();
    if (this.#list.selected !== undefined) return;
    const kept = selectedIn(host.getState());
    const known = rows.some(({ id }) => id === kept);
    this.#follows = !known || kept === rows[0]?.id;
    if (known && kept !== undefined) this.#list.select(kept);
    else this.#list.selectNewest();
  }

  #showEmpty(canSuggest: boolean): void {
    const { emptyTitle, emptyText, purgedTitle, purgedText, pausedTitle, pausedText, resume, suggest } = this.#strings;
    const title = this.#purged ? purgedTitle : this.#paused ? pausedTitle : emptyTitle;
    const text = this.#paused ? pausedText : this.#purged ? purgedText : emptyText;
    const way = this.#paused
      ? [button({ text: resume }, () => tellExtension({ type: "pause", paused: false }))]
      : canSuggest
        ? [button({ text: suggest }, () => tellExtension({ type: "suggest" }))]
        : [];
    this.#empty.replaceChildren(element("h2", { text: title }), element("p", { text }), ...way);
  }
}

/** What an earlier page of the view has kept; it is from the same code, and may be of another version of it. */
function selectedIn(state: unknown): number | undefined {
  if (typeof state !== "object" || state === null || !("selected" in state)) return undefined;
  return typeof state.selected === "number" ? state.selected : undefined;
}
