/** The parts of a prompt, those that helped most first, each with a bar. A row stays the same element while it moves. */

import type { WhyEffect, WhyPart, WhyStrings } from "../src/extension/whyProtocol.ts";
import { button, element, setText } from "./dom.ts";

interface Row {
  readonly element: HTMLElement;
  readonly main: HTMLElement;
  readonly bar: HTMLElement;
  readonly effect: HTMLElement;
  /** All of it but its effect, for who can't see it. */
  readonly label: string;
}

export class PartList {
  readonly element = element("div");
  /** Of the parts. */
  readonly count: number;
  readonly #strings: WhyStrings;
  readonly #open: (part: number, member: number) => void;
  readonly #rows: readonly Row[];
  readonly #telling = element("ul", { class: "parts" });
  readonly #silentTitle: HTMLElement;
  readonly #silent = element("ul", { class: "parts silent" });
  readonly #isScored: boolean;

  /** Where nothing is scored the parts stay in their order, without bars. */
  constructor(
    strings: WhyStrings,
    parts: readonly WhyPart[],
    isScored: boolean,
    open: (part: number, member: number) => void,
  ) {
    this.#strings = strings;
    this.#isScored = isScored;
    this.#open = open;
    this.count = parts.length;
    this.#rows = parts.map((part, index) => this.#row(part, index));
    this.#silentTitle = element("h3", { text: strings.noDifference, title: strings.noDifferenceHint });
    this.#telling.append(...this.#rows.map((row) => row.element));
    this.element.append(this.#telling, this.#silentTitle, this.#silent);
    this.#silentTitle.hidden = true;
  }

  update(effects: readonly WhyEffect[]): void {
    if (!this.#isScored) return;
    const known = new Map(effects.map((effect) => [effect.part, effect]));
    const telling = effects.filter(({ isDifference }) => isDifference).toSorted((a, b) => b.fallNats - a.fallNats);
    const scale = scaleOf(telling);
    for (const [index, row] of this.#rows.entries()) this.#showEffect(row, known.get(index), scale);
    const rowsOf = (list: readonly WhyEffect[]): readonly HTMLElement[] =>
      list.flatMap(({ part }) => this.#rows[part]?.element ?? []);
    const waiting = this.#rows.filter((_, index) => !known.has(index)).map((row) => row.element);
    this.#arrange([...rowsOf(telling), ...waiting], rowsOf(effects.filter(({ isDifference }) => !isDifference)));
  }

  /** Rows that move go there visibly, unless less motion is wanted; the focus stays on its row. */
  #arrange(telling: readonly HTMLElement[], silent: readonly HTMLElement[]): void {
    const focused = document.activeElement;
    const before = new Map(this.#rows.map(({ element: row }) => [row, row.getBoundingClientRect().top]));
    place(this.#telling, telling);
    place(this.#silent, silent);
    this.#silentTitle.hidden = silent.length === 0;
    if (focused instanceof HTMLElement && focused !== document.activeElement) focused.focus({ preventScroll: true });
    if (
      matchMedia("(prefers-reduced-motion: reduce)").matches ||
      document.body.classList.contains("vscode-reduce-motion")
    )
      return;
    for (const [row, top] of before) {
      const moved = top - row.getBoundingClientRect().top;
      if (moved === 0) continue;
      row.animate([{ transform: `translateY(${moved}px)` }, { transform: "none" }], {
        duration: 160,
        easing: "ease-out",
      });
    }
  }

  #showEffect({ element: row, main, bar, effect, label }: Row, known: WhyEffect | undefined, scale: Scale): void {
    const words = known?.words ?? this.#strings.waiting;
    setText(effect, words);
    row.dataset["effect"] =
      known === undefined ? "unknown" : !known.isDifference ? "none" : known.fallNats > 0 ? "helped" : "harmed";
    main.title = known?.details ?? "";
    main.setAttribute("aria-label", [label, known?.details ?? words].filter(Boolean).join(". "));
    const fall = known?.isDifference ? known.fallNats : 0;
    const length = Math.abs(fall) / (scale.most + scale.least);
    const zero = scale.least / (scale.most + scale.least);
    bar.style.setProperty("--zero", `${zero * 100}%`);
    bar.style.setProperty("--start", `${(fall < 0 ? zero - length : zero) * 100}%`);
    bar.style.setProperty("--length", `${length * 100}%`);
  }

  #row(part: WhyPart, index: number): Row {
    const { source, sourceWords, place: where, canOpen, tokens, reason, preview, members } = part;
    const bar = element("span", { class: "effect-bar" }, element("span"));
    const effect = element("span", { class: "effect-words" });
    const contents = [
      element(
        "span",
        { class: "part-head" },
        element("span", { class: "swatch", attributes: { "data-source": source } }),
        element("span", { class: "part-source", text: sourceWords }),
        element("span", { class: "part-place", text: where }),
        element("span", { class: "part-tokens quiet", text: tokens }),
      ),
      ...(this.#isScored ? [element("span", { class: "part-effect" }, bar, effect)] : []),
      element(
        "span",
        { class: "part-code quiet" },
        element("code", { text: preview, attributes: { dir: "ltr" } }),
        ...(reason === "" ? [] : [element("span", { class: "part-reason", text: reason })]),
      ),
    ];
    const label = [sourceWords, where, tokens, reason].filter(Boolean).join(", ");
    const main = canOpen
      ? button({ class: "part" }, () => this.#open(index, 0))
      : element("div", { class: "part", attributes: { role: "group" } });
    main.append(...contents);
    main.setAttribute("aria-label", label);
    const more = members.length === 0 ? [] : [this.#members(part, index)];
    return { element: element("li", {}, main, ...more), main, bar, effect, label };
  }

  #members({ members }: WhyPart, index: number): HTMLElement {
    const items = members.map(({ place: where, canOpen, preview, reason }, member) => {
      const code = element("code", { text: preview, attributes: { dir: "ltr" } });
      const link = canOpen
        ? button({ class: "link place", text: where }, () => this.#open(index, member))
        : element("span", { text: where });
      return element("li", {}, link, code, element("span", { class: "quiet", text: reason }));
    });
    const summary = element("summary", { text: `${this.#strings.members} (${members.length})` });
    return element("details", { class: "members" }, summary, element("ul", {}, ...items));
  }
}

/** How many nats the bars reach to both sides of zero. */
interface Scale {
  readonly most: number;
  readonly least: number;
}

/** The longest bar fills its side; where all effects are small, none looks large. */
function scaleOf(effects: readonly WhyEffect[]): Scale {
  const falls = effects.map(({ fallNats }) => fallNats);
  const most = Math.max(0, ...falls);
  const least = Math.max(0, ...falls.map((fall) => -fall));
  return { most: Math.max(most, LEAST_SCALE_NATS - least), least };
}

function place(list: HTMLElement, rows: readonly HTMLElement[]): void {
  for (const [index, row] of rows.entries())
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
}

/** 20 times as likely. */
const LEAST_SCALE_NATS = 3;
