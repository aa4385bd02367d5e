/** That an answer is awaited and, where it takes long, for how long nothing has come of it. */

import { element } from "./dom.ts";
import { icon } from "./chatIcons.ts";

/** A word such as "Thinking" that comes and goes at once would only flicker. */
const WAIT_MS = 200;
/** What comes sooner needs no count. */
const COUNT_FROM_S = 10;

export class Waiting {
  readonly element = element("p", { class: "waiting quiet" });
  readonly #words = element("span");
  #since = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    this.element.append(icon("loading"), this.#words);
    this.element.style.setProperty("animation-delay", `${WAIT_MS}ms`);
    this.element.hidden = true;
  }

  /** Something has come, and more is awaited. */
  show(words: string): void {
    this.hide();
    this.element.hidden = false;
    this.#since = performance.now();
    this.#words.textContent = words;
    this.#timer = setInterval(() => {
      // Its answer may be shown no more.
      if (!this.element.isConnected) return this.hide();
      const seconds = Math.floor((performance.now() - this.#since) / 1000);
      if (seconds >= COUNT_FROM_S) this.#words.textContent = `${words} · ${lasting(seconds)}`;
    }, 1000);
  }

  hide(): void {
    clearInterval(this.#timer);
    this.element.hidden = true;
  }
}

/** "1m 5s", in the user's language. */
function lasting(seconds: number): string {
  const language = document.documentElement.lang || undefined;
  const inUnits = (value: number, unit: "minute" | "second"): string =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "narrow" }).format(value);
  const minutes = Math.floor(seconds / 60);
  return `${minutes > 0 ? `${inUnits(minutes, "minute")} ` : ""}${inUnits(seconds % 60, "second")}`;
}
