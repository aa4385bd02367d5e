/** The thread's title, which opens the list of threads, a new thread, and what is done more seldom. */

import type { ChatStrings, FromChatPage, ShownThread } from "../src/extension/chatProtocol.ts";
import { button, element, setText } from "./dom.ts";
import { icon, iconButton } from "./chatIcons.ts";
import { menu, Popup } from "./chatPopup.ts";
import { ThreadList } from "./chatThreads.ts";

export class Header {
  readonly element: HTMLElement;
  readonly #strings: ChatStrings;
  readonly #tell: (message: FromChatPage) => void;
  readonly #title = element("span", { class: "thread-title" });
  readonly #titleButton: HTMLButtonElement;
  readonly #popup: Popup;
  readonly #threads: ThreadList;
  #thread = { id: "", title: "", isEmpty: true };

  constructor(strings: ChatStrings, tell: (message: FromChatPage) => void) {
    this.#strings = strings;
    this.#tell = tell;
    this.#threads = new ThreadList(strings, tell, () => {
      this.#popup.close();
      this.#titleButton.focus();
    });
    this.#titleButton = button({ class: "title-button", title: strings.threads }, () => this.#toggle());
    this.#titleButton.append(this.#title, icon("chevron-down"));
    this.#titleButton.setAttribute("aria-haspopup", "dialog");
    this.#popup = new Popup(this.#titleButton, this.#threads.element, "threads-popup");
    const more = iconButton("ellipsis", strings.more, () => {});
    const moreMenu = menu(more, strings.more, () => [
      { icon: "link-external", label: strings.openInEditor, do: () => tell({ type: "openInEditor" }) },
      ...(this.#thread.isEmpty ? [] : this.#threadItems()),
    ]);
    this.element = element(
      "header",
      { class: "header" },
      element("h1", { text: strings.title }),
      element("div", { class: "title-frame" }, this.#titleButton),
      iconButton("add", strings.newThread, () => tell({ type: "newThread" })),
      more,
      this.#popup.element,
      moreMenu,
    );
  }

  showThread(id: string, title: string, isEmpty: boolean): void {
    this.#thread = { id, title, isEmpty };
    setText(this.#title, title || this.#strings.newThread);
    this.#titleButton.setAttribute("aria-label", `${title || this.#strings.newThread}. ${this.#strings.threads}`);
  }

  showThreads(threads: readonly ShownThread[]): void {
    this.#threads.show(threads);
    const open = threads.find(({ id }) => id === this.#thread.id);
    if (open && open.title !== this.#thread.title) this.showThread(open.id, open.title, this.#thread.isEmpty);
  }

  #toggle(): void {
    if (this.#popup.isOpen) return this.#popup.close();
    this.#popup.open();
    this.#threads.open();
  }

  #threadItems(): readonly { readonly icon: string; readonly label: string; do(): void }[] {
    const { id: thread } = this.#thread;
    const { rename, exportThread, remove } = this.#strings;
    return [
      {
        icon: "edit",
        label: rename,
        do: () => {
          this.#toggle();
          this.#threads.rename(thread);
        },
      },
      { icon: "export", label: exportThread, do: () => this.#tell({ type: "exportThread", thread }) },
      { icon: "trash", label: remove, do: () => this.#tell({ type: "removeThread", thread }) },
    ];
  }
}
