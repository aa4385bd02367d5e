/** What is attached, as small labels. */

import type { ShownChip } from "../src/extension/chatProtocol.ts";
import { button, element } from "./dom.ts";
import { icon, iconButton, kindIcons } from "./chatIcons.ts";

export interface ChipActions {
  readonly open: (id: string) => void;
  /** Without it, what is attached stays. */
  readonly remove?: { readonly label: string; do(id: string): void };
}

export function chipList(chips: readonly ShownChip[], actions: ChipActions): HTMLElement {
  const rows = chips.map(({ id, kind, label, title, isBlocked }) => {
    const name = button({ class: "chip-name", title: title || label }, () => actions.open(id));
    name.append(icon(isBlocked ? "warning" : kindIcons[kind]), element("span", { text: label }));
    // What it says beside its name is more than a tooltip where it can't be sent.
    if (isBlocked) name.setAttribute("aria-label", `${label}. ${title}`);
    const { remove } = actions;
    const cross = remove && iconButton("close", `${remove.label}: ${label}`, () => remove.do(id));
    return element("li", { class: isBlocked ? "chip blocked" : "chip" }, name, ...(cross ? [cross] : []));
  });
  return element("ul", { class: "chips" }, ...rows);
}
