/** A question that was asked, being changed in its place. */

import { type ChatStrings, MOST_WRITTEN_CHARS } from "../src/extension/chatProtocol.ts";
import { button, element } from "./dom.ts";
import { isSendKey } from "./chatKeys.ts";

export interface QuestionEditorActions {
  readonly send: (text: string) => void;
  readonly close: () => void;
}

export class QuestionEditor {
  readonly element: HTMLElement;
  readonly #input: HTMLTextAreaElement;

  /** @param note why what was written was not asked; empty where it was not sent yet */
  constructor(text: string, note: string, strings: ChatStrings, { send, close }: QuestionEditorActions) {
    this.#input = element("textarea", { attributes: { "aria-label": strings.edit, rows: "1", dir: "auto" } });
    this.#input.value = text;
    const why = element("p", { class: "composer-note", attributes: { role: "status" }, text: note });
    const finish = (): void => {
      const changed = this.#input.value.trim();
      if (changed.length > MOST_WRITTEN_CHARS) return void (why.textContent = strings.tooLong);
      close();
      if (changed !== "") send(changed);
    };
    this.#input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" && !isSendKey(event)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Escape") close();
      else finish();
    });
    this.element = element(
      "div",
      { class: "editing" },
      this.#input,
      why,
      element(
        "div",
        { class: "ways" },
        button({ class: "main", text: strings.send }, finish),
        button({ class: "small", text: strings.cancel }, close),
      ),
    );
  }

  focus(): void {
    this.#input.focus();
    this.#input.setSelectionRange(this.#input.value.length, this.#input.value.length);
  }
}
