/** The list of requests: a list box whose rows stay the same elements while they change. */

import type { SentRow } from "../src/extension/sentProtocol.ts";
import { element, setText, timeWords } from "./dom.ts";

interface Row {
  readonly element: HTMLElement;
  readonly purpose: HTMLElement;
  readonly state: HTMLElement;
  readonly details: HTMLElement;
}

export class RequestList {
  readonly element = element("ul", { class: "list", attributes: { role: "listbox", tabindex: "0" } });
  readonly #onSelect: (id: number) => void;
  readonly #rows = new Map<number, Row>();
  #ids: readonly number[] = [];
  #selected: number | undefined;

  constructor(onSelect: (id: number) => void) {
    this.#onSelect = onSelect;
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.element.addEventListener("click", (event) => {
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
      if (row) this.select(Number(row.dataset["id"]));
    });
  }

  get selected(): number | undefined {
    return this.#selected;
  }

  get isEmpty(): boolean {
    return this.#ids.length === 0;
  }

  /** New rows come above the others and push nothing away that is being looked at. */
  show(rows: readonly SentRow[]): void {
    const anchor = this.#anchor();
    const before = anchor?.offsetTop ?? 0;
    const ids = new Set(rows.map(({ id }) => id));
    for (const [id, row] of this.#rows) {
      if (ids.has(id)) continue;
      row.element.remove();
      this.#rows.delete(id);
    }
    for (const [index, row] of rows.entries()) {
      const { element: shown } = this.#update(row);
      if (this.element.children[index] !== shown)
        this.element.insertBefore(shown, this.element.children[index] ?? null);
    }
    this.#ids = rows.map(({ id }) => id);
    if (anchor?.isConnected) this.element.scrollTop += anchor.offsetTop - before;
    // What was selected may have been the oldest and be forgotten now.
    if (this.#selected !== undefined && !ids.has(this.#selected)) this.#select(this.#ids.at(-1));
  }

  select(id: number): void {
    if (!this.#rows.has(id)) return;
    this.#select(id);
    this.#rows.get(id)?.element.scrollIntoView({ block: "nearest" });
  }

  selectNewest(): void {
    const newest = this.#ids[0];
    if (newest !== undefined) this.select(newest);
  }

  /** What stays in its place on the screen; at the top new rows are wanted on the screen. */
  #anchor(): HTMLElement | undefined {
    const { scrollTop } = this.element;
    if (scrollTop === 0) return undefined;
    return [...this.#rows.values()]
      .map((row) => row.element)
      .find(({ offsetTop, offsetHeight }) => offsetTop <= scrollTop && offsetTop + offsetHeight > scrollTop);
  }

  #select(id: number | undefined): void {
    if (id === this.#selected) return;
    const last = this.#selected === undefined ? undefined : this.#rows.get(this.#selected);
    last?.element.setAttribute("aria-selected", "false");
    this.#selected = id;
    if (id === undefined) return this.element.removeAttribute("aria-activedescendant");
    const row = this.#rows.get(id);
    row?.element.setAttribute("aria-selected", "true");
    this.element.setAttribute("aria-activedescendant", row?.element.id ?? "");
    this.#onSelect(id);
  }

  #onKey(event: KeyboardEvent): void {
    const at = this.#selected === undefined ? -1 : this.#ids.indexOf(this.#selected);
    const last = this.#ids.length - 1;
    const places: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + PAGE_ROWS,
      PageUp: at - PAGE_ROWS,
      Home: 0,
      End: last,
    };
    const place = places[event.key];
    if (place === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const id = this.#ids[Math.min(last, Math.max(0, place))];
    if (id !== undefined) this.select(id);
  }

  #update({ id, startedAt, purpose, model, figures, state, stateWords }: SentRow): Row {
    const row = this.#rows.get(id) ?? this.#make(id, startedAt);
    setText(row.purpose, purpose);
    setText(row.state, stateWords);
    row.state.dataset["state"] = state;
    setText(row.details, `${figures} · ${model}`);
    row.details.title = row.details.textContent ?? "";
    return row;
  }

  #make(id: number, startedAt: number): Row {
    const purpose = element("span", { class: "row-purpose" });
    const state = element("span", { class: "row-state" });
    const details = element("span", { class: "row-details" });
    const time = element("span", { class: "row-time", text: timeWords(startedAt) });
    const attributes = { role: "option", id: `request-${id}`, "aria-selected": "false", "data-id": String(id) };
    const made = element("li", { class: "row", attributes }, purpose, time, details, state);
    const row = { element: made, purpose, state, details };
    this.#rows.set(id, row);
    return row;
  }
}

const PAGE_ROWS = 8;
