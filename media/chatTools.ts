/** The tool calls of an answer: what was called with what and what came back, folded; one that waits asks. */

import type { ChatStrings, ShownTool } from "../src/extension/chatProtocol.ts";
import { button, element } from "./dom.ts";
import { icon } from "./chatIcons.ts";
import { LongText } from "./chatLongText.ts";
import type { Work } from "./chatWork.ts";

type ToolAnswer = "once" | "always" | "no";

export interface ToolContext {
  readonly strings: ChatStrings;
  readonly work: Work;
  readonly answer: (tool: string, answer: ToolAnswer) => void;
}

const stateIcons: Readonly<Record<ShownTool["state"], string>> = {
  waiting: "question",
  running: "loading",
  done: "check",
  failed: "error",
  refused: "circle-slash",
};

/** A row stays open, or folded, as the user left it. */
export class ToolRows {
  readonly element = element("ul", { class: "calls" });
  readonly #context: ToolContext;
  readonly #rows = new Map<string, { readonly row: HTMLElement; readonly shown: string }>();

  constructor(context: ToolContext) {
    this.#context = context;
  }

  show(tools: readonly ShownTool[]): void {
    this.element.hidden = tools.length === 0;
    for (const tool of tools) {
      const shown = JSON.stringify(tool);
      const known = this.#rows.get(tool.id);
      if (known?.shown === shown) continue;
      // What was opened to be asked about is folded again.
      const wasOpen = known?.row.dataset["state"] !== "waiting" && (known?.row.querySelector("details")?.open ?? false);
      const row = this.#row(tool, wasOpen);
      if (known) known.row.replaceWith(row);
      else this.element.append(row);
      this.#rows.set(tool.id, { row, shown });
    }
  }

  #row(tool: ShownTool, wasOpen: boolean): HTMLElement {
    const { strings, answer } = this.#context;
    const summary = element(
      "summary",
      {},
      icon("chevron-right"),
      icon(stateIcons[tool.state]),
      element("span", { class: "call-title", text: tool.title }),
      element("span", { class: "quiet", text: tool.stateWords }),
    );
    const details = element("details", {}, summary);
    details.open = wasOpen || tool.state === "waiting";
    if (tool.about !== "") details.append(element("p", { class: "call-about", text: tool.about }));
    for (const [title, text] of [
      [strings.arguments, tool.arguments],
      [strings.result, tool.result],
    ] as const)
      if (text !== "") details.append(element("h3", { text: title }), this.#box(title, text));
    const row = element("li", { class: "call" }, details);
    row.dataset["state"] = tool.state;
    if (tool.state !== "waiting") return row;
    const choices = [
      [strings.allowOnce, "once"],
      [strings.allowAlways, "always"],
      [strings.refuse, "no"],
    ] as const;
    row.append(
      element(
        "div",
        { class: "ways", attributes: { role: "group", "aria-label": tool.title } },
        ...choices.map(([text, choice], at) =>
          button({ class: at === 0 ? "main" : "small", text }, () => answer(tool.id, choice)),
        ),
      ),
    );
    return row;
  }

  #box(title: string, text: string): HTMLElement {
    const box = element("pre", { class: "box", attributes: { tabindex: "0", "aria-label": title, dir: "ltr" } });
    const long = new LongText(box, box, this.#context.strings.showAll, this.#context.work);
    long.append(text);
    return long.element;
  }
}
