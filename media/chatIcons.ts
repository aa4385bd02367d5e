/** Codicons; their signs are in chatIcons.css. */

import type { UsedPiece } from "../src/chat/conversation.ts";
import { button, element } from "./dom.ts";

export function icon(name: string): HTMLElement {
  return element("span", { class: `codicon codicon-${name}`, attributes: { "aria-hidden": "true" } });
}

/** A button that is only a sign; its name is its tooltip. */
export function iconButton(name: string, label: string, onClick: () => void): HTMLButtonElement {
  const made = button({ class: "icon", title: label, attributes: { "aria-label": label } }, onClick);
  made.append(icon(name));
  return made;
}

export function renameButton(target: HTMLButtonElement, name: string, label: string): void {
  target.title = label;
  target.setAttribute("aria-label", label);
  target.replaceChildren(icon(name));
}

/** Buttons of which the Tab key reaches one and the arrow keys the others. */
export function toolbar(label: string, buttons: readonly HTMLButtonElement[]): HTMLElement {
  const made = element("div", { class: "tools", attributes: { role: "toolbar", "aria-label": label } }, ...buttons);
  for (const [index, each] of buttons.entries()) each.tabIndex = index === 0 ? 0 : -1;
  made.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const at = buttons.findIndex((each) => each === document.activeElement);
    const next = buttons[(at + step + buttons.length) % buttons.length];
    if (step === 0 || at < 0 || !next) return;
    event.preventDefault();
    for (const each of buttons) each.tabIndex = each === next ? 0 : -1;
    next.focus();
  });
  return made;
}

export const kindIcons: Readonly<Record<UsedPiece["kind"], string>> = {
  selection: "list-selection",
  file: "file",
  folder: "folder",
  symbol: "symbol-method",
  problems: "warning",
  changes: "diff",
  terminal: "terminal",
  codebase: "library",
  text: "note",
  picture: "file-media",
  tool: "tools",
};
