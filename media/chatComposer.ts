/** Where the question is written: what goes along, the text, the model, how much it is, and send or stop. */

import {
  type ChatStrings,
  type FromChatPage,
  MOST_WRITTEN_CHARS,
  type ShownComposer,
} from "../src/extension/chatProtocol.ts";
import { button, element, setText } from "./dom.ts";
import { chipList } from "./chatChips.ts";
import { Completion } from "./chatCompletion.ts";
import { icon, iconButton, renameButton } from "./chatIcons.ts";
import { isSendKey } from "./chatKeys.ts";
import { isPicture, pictureMessage } from "./chatPictures.ts";
import { menu } from "./chatPopup.ts";

const DRAFT_MS = 300;

export interface ComposerActions {
  readonly tell: (message: FromChatPage) => void;
  /** Earlier questions, the newest first. */
  readonly history: () => readonly string[];
}

export class Composer {
  readonly element: HTMLElement;
  readonly completion: Completion;
  readonly #strings: ChatStrings;
  readonly #actions: ComposerActions;
  readonly #chips = element("div", { class: "composer-chips" });
  readonly #input: HTMLTextAreaElement;
  readonly #note = element("p", { class: "composer-note", attributes: { role: "status" } });
  readonly #model = element("span", { class: "model-name" });
  readonly #modelButton: HTMLButtonElement;
  readonly #meter = element("span", { class: "meter", attributes: { role: "status" } });
  readonly #send: HTMLButtonElement;
  #isBusy = false;
  /** Whose draft stands in the input. */
  #thread = "";
  #sentDraft = "";
  /** As soon as there is a thread. */
  #isSendDue = false;
  #draftTimer: ReturnType<typeof setTimeout> | undefined;
  /** Which earlier question stands in the input; -1: none. */
  #past = -1;

  constructor(strings: ChatStrings, actions: ComposerActions) {
    this.#strings = strings;
    this.#actions = actions;
    const { tell } = actions;
    this.#input = element("textarea", {
      class: "input",
      attributes: { placeholder: strings.ask, "aria-label": strings.ask, rows: "1", dir: "auto" },
    });
    this.completion = new Completion(this.#input, strings.attach, tell);
    this.#modelButton = button({ class: "model", title: strings.chooseModel }, () => tell({ type: "chooseModel" }));
    this.#modelButton.append(this.#model, icon("chevron-down"));
    this.#send = iconButton("send", strings.send, () => (this.#isBusy ? tell({ type: "stop" }) : this.#submit()));
    this.#send.classList.add("send");
    const picker = element("input", { attributes: { type: "file", accept: "image/*", multiple: "", tabindex: "-1" } });
    picker.hidden = true;
    picker.addEventListener("change", () => {
      void this.addPictures([...(picker.files ?? [])]);
      picker.value = "";
    });
    const attach = iconButton("attach", strings.attach, () => {});
    const attachMenu = menu(attach, strings.attach, () => [
      { icon: "file", label: strings.attach, do: () => tell({ type: "attach" }) },
      { icon: "file-media", label: strings.attachPicture, do: () => picker.click() },
    ]);
    const bar = element("div", { class: "composer-bar" }, attach, this.#modelButton, this.#meter, this.#send);
    const box = element("div", { class: "composer-box" }, this.#chips, this.#input, bar, picker);
    const attributes = { "aria-label": strings.ask };
    this.element = element(
      "section",
      { class: "composer", attributes },
      this.completion.element,
      attachMenu,
      this.#note,
      box,
    );
    this.#listen();
    this.#refresh();
  }

  show({ chips, model, modelTitle, meter, meterTitle, meterState, isBusy }: ShownComposer): void {
    const { tell } = this.#actions;
    const { removeAttachment, chooseModel, stop, send } = this.#strings;
    const focused = document.activeElement;
    const hadFocus = this.#chips.contains(focused);
    this.#chips.replaceChildren(
      ...(chips.length > 0
        ? [
            chipList(chips, {
              open: (id) => tell({ type: "openAttachment", id }),
              remove: { label: removeAttachment, do: (id) => tell({ type: "detach", id }) },
            }),
          ]
        : []),
    );
    if (hadFocus) (this.#chips.querySelector("button") ?? this.#input).focus();
    setText(this.#model, model || chooseModel);
    this.#modelButton.title = [chooseModel, modelTitle].filter((line) => line !== "").join("\n");
    this.#modelButton.setAttribute("aria-label", `${this.#strings.model}: ${model || chooseModel}`);
    this.#meter.dataset["state"] = meterState;
    this.#meter.title = meterTitle;
    const sign = meterState === "fits" ? [] : [icon("warning")];
    const words =
      meterState !== "fits" && meterTitle !== "" ? [element("span", { class: "unseen", text: meterTitle })] : [];
    const shown = element("span", { text: meter });
    if (this.#meter.textContent !== meter + (words[0]?.textContent ?? ""))
      this.#meter.replaceChildren(...sign, shown, ...words);
    if (isBusy !== this.#isBusy) {
      this.#isBusy = isBusy;
      if (!isBusy && this.#note.textContent === this.#strings.busy) this.tellNote("");
      renameButton(this.#send, isBusy ? "debug-stop" : "send", isBusy ? stop : send);
    }
    this.#refresh();
  }

  get text(): string {
    return this.#input.value;
  }

  /** The same thread again, for instance another branch of it, takes nothing away that is being written. */
  showThread(id: string, draft: string): void {
    if (id === this.#thread) return;
    // What was written before there was any is for the first one.
    const early = this.#thread === "" ? this.#input.value : "";
    this.#tellDraft();
    this.#thread = id;
    this.tellNote("");
    this.#setText(draft);
    if (early.trim() === "") return;
    this.#input.value = [draft, early].filter((part) => part.trim() !== "").join("\n");
    if (this.#isSendDue) this.#submit();
    else this.#changed();
  }

  /** In another view; what is being written here stays. */
  showWritten(thread: string, text: string): void {
    const isWriting = document.activeElement === this.#input || this.#input.value !== this.#sentDraft;
    if (thread === this.#thread && !isWriting) this.#setText(text);
  }

  /** Before what was written meanwhile. */
  giveBack(text: string, note: string): void {
    const both = [text, this.#input.value].filter((part) => part.trim() !== "").join("\n");
    this.#setText(both);
    // Only what was given back is known to the extension.
    if (both !== text) this.#changed();
    this.tellNote(note);
    this.focus();
  }

  #setText(text: string): void {
    this.#input.value = text;
    this.#sentDraft = text;
    this.#past = -1;
    clearTimeout(this.#draftTimer);
    this.completion.close();
    this.#refresh();
  }

  /** Until something else is written. */
  tellNote(words: string): void {
    setText(this.#note, words);
  }

  focus(): void {
    this.#input.focus();
  }

  async addPictures(files: Iterable<File>, thread = this.#thread): Promise<void> {
    const { pictureTooLarge, noPicture } = this.#strings;
    for (const file of files) {
      const isKnown = isPicture(file);
      const message = isKnown ? await pictureMessage(file, thread) : undefined;
      if (message) this.#actions.tell(message);
      else this.tellNote((isKnown ? pictureTooLarge : noPicture).replace("{0}", () => file.name));
    }
  }

  #listen(): void {
    this.#input.addEventListener("input", () => {
      this.#past = -1;
      this.#changed();
    });
    for (const event of ["click", "keyup"] as const)
      this.#input.addEventListener(event, () => {
        if (this.completion.isOpen) this.completion.update();
      });
    this.#input.addEventListener("keydown", (event) => this.#pressed(event));
    this.#input.addEventListener("blur", () => this.#tellDraft());
    this.#input.addEventListener("paste", (event) => {
      // They are gone from the event when it is over.
      const files = [...(event.clipboardData?.files ?? [])];
      // An office program copies a picture of the text beside the text.
      if (files.length === 0 || event.clipboardData?.getData("text/plain") !== "") return;
      event.preventDefault();
      void this.addPictures(files);
    });
  }

  #pressed(event: KeyboardEvent): void {
    if (this.completion.takes(event)) return;
    const { key, isComposing } = event;
    if (isSendKey(event)) {
      event.preventDefault();
      if (!this.#isBusy) this.#submit();
      else if (this.#input.value.trim() !== "") this.tellNote(this.#strings.busy);
    } else if (key === "Escape" && !isComposing) {
      event.preventDefault();
      this.#actions.tell({ type: this.#isBusy ? "stop" : "leave" });
    } else if ((key === "ArrowUp" || key === "ArrowDown") && !isComposing && !event.shiftKey) this.#recall(event);
  }

  /** Up in an empty input is the last question, and once more the one before. */
  #recall(event: KeyboardEvent): void {
    if (this.#input.value !== "" && this.#past < 0) return;
    const history = this.#actions.history();
    const past = this.#past + (event.key === "ArrowUp" ? 1 : -1);
    if (past < -1 || past >= history.length) return;
    event.preventDefault();
    this.#input.value = history[past] ?? "";
    this.#input.setSelectionRange(this.#input.value.length, this.#input.value.length);
    this.#changed();
    this.#past = past;
  }

  #changed(): void {
    this.tellNote("");
    this.#refresh();
    this.completion.update();
    clearTimeout(this.#draftTimer);
    this.#draftTimer = setTimeout(() => this.#tellDraft(), DRAFT_MS);
  }

  #tellDraft(): void {
    clearTimeout(this.#draftTimer);
    const text = this.#input.value;
    if (text === this.#sentDraft || this.#thread === "") return;
    this.#sentDraft = text;
    this.#actions.tell({ type: "draft", thread: this.#thread, text });
  }

  #submit(): void {
    const text = this.#input.value.trim();
    if (text === "") return this.focus();
    if (text.length > MOST_WRITTEN_CHARS) return this.tellNote(this.#strings.tooLong);
    this.#isSendDue = this.#thread === "";
    if (this.#isSendDue) return;
    this.#setText("");
    this.tellNote("");
    this.#actions.tell({ type: "send", thread: this.#thread, text });
    this.focus();
  }

  #refresh(): void {
    const canAct = this.#isBusy || this.#input.value.trim() !== "";
    this.#send.setAttribute("aria-disabled", String(!canAct));
  }
}
