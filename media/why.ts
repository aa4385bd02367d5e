/** The page of the view "Why this suggestion?". It shows what the extension says and asks for what the user does. */

import {
  type FromWhyPage,
  parseToWhyPage,
  type ToWhyPage,
  type WhyContent,
  type WhyProgress,
  type WhyStrings,
} from "../src/extension/whyProtocol.ts";
import { button, element, setText } from "./dom.ts";
import { tell } from "./host.ts";
import { PartList } from "./whyParts.ts";

const tellExtension = (message: FromWhyPage): void => tell(message);

let page: Page | undefined;

window.addEventListener("message", ({ data }) => {
  const message = parseToWhyPage(data);
  if (message?.type === "strings") page = new Page(message.strings);
  else if (message) page?.hear(message);
});
tellExtension({ type: "ready" });

class Page {
  readonly #strings: WhyStrings;
  readonly #main = element("main");
  readonly #progress = element("div", { class: "progress" });
  readonly #progressWords = element("p", { attributes: { id: "progress-words" } });
  readonly #meter = element("progress", { attributes: { "aria-labelledby": "progress-words" } });
  readonly #cancel: HTMLButtonElement;
  readonly #again: HTMLButtonElement;
  readonly #sureness = element("span");
  /** Says that the view is there and how it ended, and not each step on the way. */
  readonly #announcement = element("p", { class: "unseen", attributes: { role: "status" } });
  #list: PartList | undefined;
  #id = 0;

  constructor(strings: WhyStrings) {
    this.#strings = strings;
    this.#cancel = button({ class: "small", text: strings.cancel }, () => {
      tellExtension({ type: "cancel", id: this.#id });
    });
    this.#again = button({ class: "small", text: strings.again }, () => {
      tellExtension({ type: "again", id: this.#id });
    });
    this.#progress.append(this.#progressWords, this.#meter, this.#cancel, this.#again);
    document.title = strings.title;
    document.body.replaceChildren(element("h1", { text: strings.title }), this.#main, this.#announcement);
  }

  hear(message: Exclude<ToWhyPage, { readonly type: "strings" }>): void {
    if (message.type === "content") return this.#show(message.content);
    if (message.progress.id === this.#id) this.#update(message.progress);
  }

  #show(content: WhyContent): void {
    const { id, code, about, canOpen, parts, note, meaning, hasRecord } = content;
    const { suggestion, parts: partsTitle, showSent } = this.#strings;
    this.#id = id;
    setText(this.#announcement, this.#strings.title);
    this.#list = new PartList(this.#strings, parts, note === "", (part, member) => {
      tellExtension({ type: "open", id, part, member });
    });
    const [place = "", ...rest] = about;
    const openSuggestion = (): void => tellExtension({ type: "openSuggestion", id });
    const showRecord = (): void => tellExtension({ type: "showSent", id });
    const codeBox = element("pre", {
      class: "box suggestion",
      text: code,
      attributes: { tabindex: "0", dir: "ltr", "aria-label": suggestion },
    });
    this.#main.replaceChildren(
      element(
        "section",
        { attributes: { "aria-label": suggestion } },
        codeBox,
        element(
          "div",
          { class: "about" },
          element(
            "p",
            { class: "quiet" },
            canOpen ? button({ class: "link place", text: place }, openSuggestion) : element("span", { text: place }),
            ...rest.map((text) => element("span", { text: ` · ${text}` })),
            this.#sureness,
          ),
          ...(hasRecord ? [button({ class: "small", text: showSent }, showRecord)] : []),
        ),
      ),
      element(
        "section",
        { attributes: { "aria-labelledby": "parts-title" } },
        element("h2", { text: partsTitle, attributes: { id: "parts-title" } }),
        ...(note === "" ? [] : [element("p", { class: "note", text: note })]),
        this.#progress,
        this.#list.element,
        ...(meaning === "" ? [] : [element("p", { class: "note meaning", text: meaning })]),
      ),
    );
  }

  #update(progress: WhyProgress): void {
    const { state, words, sureness, effects } = progress;
    const isScoring = state === "scoring";
    this.#progress.hidden = state === "unscored";
    this.#progress.dataset["state"] = state;
    setText(this.#progressWords, words);
    setText(this.#sureness, sureness && ` · ${sureness}`);
    this.#meter.hidden = !isScoring;
    this.#meter.max = this.#list?.count ?? 1;
    this.#meter.value = effects.length;
    const hadFocus = document.activeElement === this.#cancel || document.activeElement === this.#again;
    this.#cancel.hidden = !isScoring;
    this.#again.hidden = state !== "stopped" && state !== "failed";
    // A button that goes away takes the focus with it.
    if (hadFocus) (isScoring ? this.#cancel : this.#again).focus();
    this.#list?.update(effects);
    if (!isScoring && words !== "") setText(this.#announcement, words);
  }
}
