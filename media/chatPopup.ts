/** What opens below a button and closes with Escape, with a click elsewhere, or when the focus leaves it. */

import { button, element } from "./dom.ts";
import { icon } from "./chatIcons.ts";

export class Popup {
  readonly element: HTMLElement;
  readonly #opener: HTMLButtonElement;

  constructor(opener: HTMLButtonElement, content: HTMLElement, className: string) {
    this.#opener = opener;
    this.element = element("div", { class: `popup ${className}` }, content);
    this.element.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.stopPropagation();
      this.close();
      opener.focus();
    });
    this.element.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.#holds(relatedTarget)) this.close();
    });
    document.addEventListener("pointerdown", ({ target }) => {
      if (!(target instanceof Node && this.#holds(target))) this.close();
    });
    // A click into the editor is none in this page.
    window.addEventListener("blur", () => this.close());
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  open(): void {
    this.element.hidden = false;
    this.#opener.setAttribute("aria-expanded", "true");
  }

  close(): void {
    this.element.hidden = true;
    this.#opener.setAttribute("aria-expanded", "false");
  }

  #holds(node: Node): boolean {
    return this.element.contains(node) || this.#opener.contains(node);
  }
}

export interface MenuItem {
  readonly icon: string;
  readonly label: string;
  do(): void;
}

/** A menu that opens below the button. */
export function menu(opener: HTMLButtonElement, label: string, items: () => readonly MenuItem[]): HTMLElement {
  const list = element("div", { class: "menu", attributes: { role: "menu", "aria-label": label } });
  const popup = new Popup(opener, list, "menu-popup");
  opener.setAttribute("aria-haspopup", "menu");
  const focus = (at: number): void => {
    const { children } = list;
    const target = children[(at + children.length) % children.length];
    if (target instanceof HTMLElement) target.focus();
  };
  opener.addEventListener("click", () => {
    if (popup.isOpen) return popup.close();
    list.replaceChildren(
      ...items().map((item) => {
        const row = button({ class: "menu-item", attributes: { role: "menuitem", tabindex: "-1" } }, () => {
          popup.close();
          opener.focus();
          item.do();
        });
        row.append(icon(item.icon), element("span", { text: item.label }));
        return row;
      }),
    );
    popup.open();
    focus(0);
  });
  list.addEventListener("keydown", (event) => {
    const at = [...list.children].findIndex((child) => child === document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Tab") popup.close();
    if (next === undefined) return;
    event.preventDefault();
    focus(next);
  });
  return popup.element;
}
