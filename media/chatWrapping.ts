/** Whether the lines of code are wrapped, for all blocks at once. It is kept with the view. */

import { host } from "./host.ts";
import { iconButton } from "./chatIcons.ts";

/** What is no longer than that has room in a narrow view. */
const SHORT_COLUMNS = 30;

export function hasLongLine(code: string): boolean {
  return new RegExp(`[^\\n]{${SHORT_COLUMNS + 1}}`).test(code);
}

export function wrapButton(label: string): HTMLButtonElement {
  const made = iconButton("word-wrap", label, () => {
    host.setState({ wrapsCode: !wrapsCode() });
    showWrapping();
  });
  made.classList.add("wrap");
  made.setAttribute("aria-pressed", String(wrapsCode()));
  return made;
}

/** As it was left. */
export function showWrapping(): void {
  document.body.classList.toggle("wraps-code", wrapsCode());
  for (const each of document.querySelectorAll("button.wrap")) each.setAttribute("aria-pressed", String(wrapsCode()));
}

function wrapsCode(): boolean {
  const state = host.getState();
  return typeof state === "object" && state !== null && "wrapsCode" in state && state.wrapsCode === true;
}
