/** The page of the chat. It shows what the extension says and asks for what the user does. */

import { parseToChatPage } from "../src/extension/chatMessages.ts";
import type { ChatStrings, FromChatPage, ToChatPage } from "../src/extension/chatProtocol.ts";
import { button, element } from "./dom.ts";
import { Announcer } from "./chatAnnouncer.ts";
import { Composer } from "./chatComposer.ts";
import { acceptDrops } from "./chatDrop.ts";
import { Header } from "./chatHeader.ts";
import { pictureFile } from "./chatPictures.ts";
import { icon } from "./chatIcons.ts";
import { ThreadView } from "./chatThread.ts";
import { Work } from "./chatWork.ts";
import { showWrapping } from "./chatWrapping.ts";
import { tell } from "./host.ts";

/** What is there sooner needs no word. */
const LOADING_MS = 200;

let page: Page | undefined;

window.addEventListener("message", ({ data }) => {
  const message = parseToChatPage(data);
  if (message?.type === "strings") page = new Page(message.strings);
  else if (message) page?.hear(message);
});
tell({ type: "ready" });

class Page {
  readonly #strings: ChatStrings;
  readonly #announcer = new Announcer();
  readonly #header: Header;
  readonly #thread: ThreadView;
  readonly #composer: Composer;
  readonly #empty = element("section", { class: "empty" });
  readonly #loading: HTMLElement;
  #loadingTimer: ReturnType<typeof setTimeout> | undefined;
  #id = "";
  #title = "";

  constructor(strings: ChatStrings) {
    this.#strings = strings;
    const tellExtension = (message: FromChatPage): void => this.#tell(message);
    this.#header = new Header(strings, tellExtension);
    this.#thread = new ThreadView(strings, new Work(), this.#announcer, {
      tell: tellExtension,
      thread: () => this.#id,
    });
    this.#composer = new Composer(strings, { tell: tellExtension, history: () => this.#thread.questions });
    this.#loading = element(
      "p",
      { class: "loading quiet" },
      icon("loading"),
      element("span", { text: strings.loading }),
    );
    const drop = acceptDrops(strings.dropHere, {
      uris: (uris) => tell({ type: "drop", uris }),
      files: (files) => void this.#composer.addPictures([...files]),
    });
    this.#thread.lead(this.#empty, this.#loading);
    document.title = strings.title;
    document.body.replaceChildren(
      this.#header.element,
      this.#thread.element,
      this.#composer.element,
      this.#announcer.element,
      drop,
    );
    this.#header.showThread("", "", true);
    this.#empty.hidden = true;
    showWrapping();
    this.#expectThread();
  }

  hear(message: Exclude<ToChatPage, { readonly type: "strings" }>): void {
    switch (message.type) {
      case "threads":
        return this.#header.showThreads(message.threads);
      case "thread":
        return this.#showThread(message);
      case "turn":
        this.#thread.update(message.turn, message.after);
        return this.#showState();
      case "append":
        return this.#thread.append(message.turn, message.text);
      case "composer":
        return this.#composer.show(message.composer);
      case "completions":
        return this.#composer.completion.show(message.query, message.items);
      case "copied":
        return this.#thread.showCopied(message.turn, message.line);
      case "draft":
        return this.#giveBack(message);
      case "picture":
        return void this.#composer.addPictures([pictureFile(message.name, message.picture)], message.thread);
      case "written":
        return this.#composer.showWritten(message.thread, message.text);
      case "note":
        return message.thread === this.#id ? this.#composer.tellNote(message.note) : undefined;
      case "focus":
        return this.#composer.focus();
    }
  }

  #tell(message: FromChatPage): void {
    if (message.type === "openThread" || message.type === "newThread") this.#expectThread();
    tell(message);
  }

  #expectThread(): void {
    clearTimeout(this.#loadingTimer);
    this.#loading.hidden = true;
    this.#loadingTimer = setTimeout(() => (this.#loading.hidden = false), LOADING_MS);
  }

  #showThread({ id, title, turns, draft, questions }: Extract<ToChatPage, { readonly type: "thread" }>): void {
    clearTimeout(this.#loadingTimer);
    this.#loading.hidden = true;
    if (id === this.#id) this.#thread.showAgain(turns);
    else this.#thread.show(turns);
    this.#id = id;
    this.#title = title;
    this.#composer.showThread(id, draft);
    this.#empty.replaceChildren(
      element("h2", { text: this.#strings.emptyTitle }),
      element("p", { class: "quiet", text: this.#strings.emptyText }),
      ...questions.map((text) => {
        const made = button({ class: "suggested", text }, ({ detail: clicks }) => {
          // It stays until it is asked, and the second click of a double one is no other question.
          if (clicks < 2) this.#tell({ type: "send", thread: id, text });
        });
        made.prepend(icon("comment-discussion"));
        return made;
      }),
    );
    this.#showState();
  }

  /** Of another thread it is kept with that one. */
  #giveBack({ thread, turn, text, note }: Extract<ToChatPage, { readonly type: "draft" }>): void {
    if (thread !== this.#id) return;
    if (turn === undefined || !this.#thread.edit(turn, text, note)) this.#composer.giveBack(text, note);
  }

  #showState(): void {
    this.#empty.hidden = !this.#thread.isEmpty;
    this.#header.showThread(this.#id, this.#title, this.#thread.isEmpty);
  }
}
