/** The page of the view "Check the model". It shows what the extension says and asks for what the user does. */

import {
  type CheckContent,
  type CheckedModelContent,
  type CheckRow,
  type CheckStrings,
  type FromCheckPage,
  parseToCheckPage,
} from "../src/extension/checkProtocol.ts";
import { button, element, setText } from "./dom.ts";
import { stateSign } from "./checkSigns.ts";
import { tell } from "./host.ts";

const tellExtension = (message: FromCheckPage): void => tell(message);

let page: Page | undefined;

window.addEventListener("message", ({ data }) => {
  const message = parseToCheckPage(data);
  if (message?.type === "strings") page = new Page(message.strings);
  else if (message) page?.show(message.content);
});
tellExtension({ type: "ready" });

/** A row stays the same element from its first word to its last, so that nothing jumps and the focus stays. */
interface Row {
  readonly element: HTMLElement;
  readonly sign: HTMLElement;
  readonly state: HTMLElement;
  readonly words: HTMLElement;
  readonly ways: HTMLElement;
  shown: string;
}

class Page {
  readonly #strings: CheckStrings;
  readonly #note = element("p", { class: "quiet" });
  readonly #summary = element("p", { class: "summary" });
  readonly #run: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  readonly #copy: HTMLButtonElement;
  readonly #models = element("div");
  /** Says each step when it has ended. */
  readonly #log = element("div", { class: "unseen", attributes: { role: "log", "aria-live": "polite" } });
  #rows = new Map<string, Row>();
  #id = -1;
  #state: CheckContent["state"] | undefined;

  constructor(strings: CheckStrings) {
    this.#strings = strings;
    this.#run = button({ text: strings.start }, () => tellExtension({ type: "start" }));
    this.#stop = button({ class: "small", text: strings.stop }, () => tellExtension({ type: "stop" }));
    this.#copy = button({ class: "small", text: strings.copy }, () => tellExtension({ type: "copy" }));
    document.title = strings.title;
    const bar = element("div", { class: "bar" }, this.#run, this.#stop, this.#copy);
    const main = element("main", {}, this.#note, bar, this.#summary, this.#models);
    document.body.replaceChildren(element("h1", { text: strings.title }), main, this.#log);
  }

  show(content: CheckContent): void {
    const { id, state, note, summary, models } = content;
    const nowWaits = state === "waiting" && this.#state !== state;
    if (id !== this.#id) {
      this.#id = id;
      this.#rows = new Map();
      this.#models.replaceChildren(...models.map((model, at) => this.#section(model, at)));
      this.#log.replaceChildren();
    }
    setText(this.#note, note);
    for (const [at, { rows }] of models.entries()) {
      const list = this.#models.querySelectorAll("ul.steps")[at];
      for (const [index, row] of rows.entries()) this.#update(list, at, index, row);
    }
    const isRunning = state === "running";
    const hadFocus = document.activeElement === this.#run || document.activeElement === this.#stop;
    setText(this.#run, state === "waiting" ? this.#strings.start : this.#strings.again);
    this.#run.hidden = isRunning;
    this.#run.classList.toggle("small", state !== "waiting");
    this.#stop.hidden = !isRunning;
    this.#copy.hidden = state === "waiting" || isRunning;
    // A button that goes away takes the focus with it; what waits for a word waits for this one.
    if (hadFocus || nowWaits) (isRunning ? this.#stop : this.#run).focus();
    const isNew = summary !== "" && summary !== this.#summary.textContent;
    setText(this.#summary, summary);
    if (isNew) this.#say(summary);
    this.#state = state;
  }

  #section({ title }: CheckedModelContent, at: number): HTMLElement {
    const id = `model-${at}`;
    const heading = element("h2", { text: title, attributes: { id } });
    return element("section", { attributes: { "aria-labelledby": id } }, heading, element("ul", { class: "steps" }));
  }

  #update(list: Element | undefined, model: number, index: number, row: CheckRow): void {
    const key = `${model} ${row.title}`;
    const known = this.#rows.get(key);
    const made = known ?? this.#row(row.title);
    this.#rows.set(key, made);
    if (list && list.children[index] !== made.element) list.insertBefore(made.element, list.children[index] ?? null);
    const shown = JSON.stringify(row);
    // The places of the ways may have moved with those of the rows.
    made.element.dataset["index"] = String(index);
    if (made.shown === shown) return;
    made.shown = shown;
    const { state, stateWords, title, words, ways } = row;
    made.element.dataset["state"] = state;
    made.sign.replaceChildren(stateSign(state));
    setText(made.state, stateWords);
    setText(made.words, words);
    made.ways.hidden = ways.length === 0;
    made.ways.replaceChildren(
      ...ways.map(({ label, detail }, way) =>
        button({ class: "small", text: label, ...(detail !== "" && { title: detail }) }, () => {
          const place = Number(made.element.dataset["index"]);
          tellExtension({ type: "way", id: this.#id, model, row: place, way });
        }),
      ),
    );
    if (state !== "running" && state !== "skipped") this.#say(`${title}. ${stateWords}. ${words}`);
  }

  #row(title: string): Row {
    const sign = element("span", { class: "sign", attributes: { "aria-hidden": "true" } });
    const state = element("span", { class: "state quiet" });
    const words = element("p", { class: "words" });
    const ways = element("div", { class: "ways" });
    const head = element("p", { class: "head" }, element("span", { class: "title", text: title }), state);
    return { element: element("li", {}, sign, head, words, ways), sign, state, words, ways, shown: "" };
  }

  #say(text: string): void {
    this.#log.append(element("p", { text }));
  }
}
