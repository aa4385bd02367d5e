/** The page of the report in the editor. It shows what the extension says and asks for what the user does. */

import {
  type FromReportPage,
  parseToReportPage,
  type ReportContent,
  type ReportStrings,
} from "../src/extension/reportProtocol.ts";
import { reportBody } from "../src/productivity/report/html/page.ts";
import { chartStyle } from "../src/productivity/report/html/style.ts";
import type { ReportText } from "../src/productivity/report/words/text.ts";
import { button, element, setText } from "./dom.ts";
import { tell } from "./host.ts";
import { plotOf } from "./reportPlots.ts";
import { keepState, keptState } from "./reportState.ts";

const tellExtension = (message: FromReportPage): void => tell(message);

let page: Page | undefined;

// The page that stands alone has the same charts, so their looks are in one place.
const charts = new CSSStyleSheet();
charts.replaceSync(chartStyle);
document.adoptedStyleSheets = [charts];

window.addEventListener("message", ({ data }) => {
  const message = parseToReportPage(data);
  if (message?.type === "strings") page = new Page(message.strings);
  else if (message) page?.show(message.content);
});
tellExtension({ type: "ready" });

class Page {
  readonly #strings: ReportStrings;
  readonly #status = element("p", { class: "quiet", attributes: { role: "status" } });
  readonly #stop: HTMLButtonElement;
  readonly #save: HTMLButtonElement;
  readonly #export: HTMLButtonElement;
  /** It is there from the beginning, so that what comes into it is read out. */
  readonly #notice = element("div", { class: "notice", attributes: { role: "region", "aria-live": "polite" } });
  readonly #main = element("main");
  /** What is shown, so that the same again moves nothing. */
  #shown = "";
  #id = 0;
  #waiting: number | undefined;

  constructor(strings: ReportStrings) {
    this.#strings = strings;
    const small = (text: string, type: "refresh" | "stop" | "save" | "export"): HTMLButtonElement =>
      button({ class: "small", text }, () => tellExtension({ type }));
    this.#stop = small(strings.stop, "stop");
    this.#save = small(strings.save, "save");
    this.#export = small(strings.export, "export");
    for (const hidden of [this.#stop, this.#save, this.#export, this.#notice]) hidden.hidden = true;
    const toolbar = element(
      "div",
      { class: "toolbar", attributes: { role: "region", "aria-label": strings.toolbar } },
      small(strings.refresh, "refresh"),
      this.#save,
      this.#export,
      this.#status,
      this.#stop,
    );
    this.#notice.setAttribute("aria-label", strings.notice);
    document.title = strings.title;
    document.body.replaceChildren(toolbar, this.#notice, this.#main);
    this.#showReport(undefined, "none");
    // Once for all that follows: `toggle` does not bubble, but is captured.
    this.#main.addEventListener("toggle", () => this.#keep(), true);
    window.addEventListener("scroll", () => this.#keep(), { passive: true });
  }

  show(content: ReportContent): void {
    const { id, isReading, readWords, notice, text, offer } = content;
    this.#id = id;
    this.#showReading(isReading, readWords);
    this.#save.hidden = text === undefined;
    this.#export.hidden = text === undefined;
    this.#showNotice(notice);
    const all = JSON.stringify([text, offer]);
    // While it is read for the first time, there is nothing yet.
    if (all === this.#shown || (isReading && !text)) return;
    this.#shown = all;
    this.#showReport(text, offer);
  }

  /** What takes no time to speak of is not announced. */
  #showReading(isReading: boolean, readWords: string): void {
    window.clearTimeout(this.#waiting);
    if (!isReading) {
      setText(this.#status, readWords);
      this.#stop.hidden = true;
      return;
    }
    this.#waiting = window.setTimeout(() => {
      setText(this.#status, this.#strings.reading);
      this.#stop.hidden = false;
    }, SHOWN_AFTER_MS);
  }

  #showNotice(notice: ReportContent["notice"]): void {
    this.#notice.hidden = notice === undefined;
    const words = notice ? `${notice.words}\n${notice.way}` : "";
    if (this.#notice.dataset["words"] === words) return;
    this.#notice.dataset["words"] = words;
    this.#notice.classList.toggle("trouble", notice?.isTrouble === true);
    this.#notice.replaceChildren(
      element("p", { text: notice?.words ?? "" }),
      ...(notice && notice.way !== ""
        ? [button({ text: notice.way }, () => tellExtension({ type: "way", id: this.#id }))]
        : []),
    );
  }

  #showReport(text: ReportText | undefined, offer: ReportContent["offer"]): void {
    const { scrollPx, open } = keptState();
    // For those who go by headings, as long as no report brings one.
    if (!text) return this.#main.replaceChildren(element("h1", { text: this.#strings.title }));
    // All text in it is escaped; and no script would run, by the page's policy.
    const parsed = new DOMParser().parseFromString(reportBody(text), "text/html");
    this.#main.lang = text.language;
    this.#main.replaceChildren(...parsed.body.childNodes);
    for (const section of text.sections) {
      const plot = plotOf(section, { hint: this.#strings.chartHint, language: text.language });
      if (plot) this.#main.querySelector(`#${section.id} figure`)?.replaceWith(plot);
    }
    if (offer !== "none") this.#main.querySelector("header")?.append(this.#offer(offer));
    for (const id of open) {
      const details = this.#main.querySelector(`#${CSS.escape(id)} details`);
      if (details instanceof HTMLDetailsElement) details.open = true;
    }
    window.scrollTo({ top: scrollPx, behavior: "instant" });
  }

  /** A way to know, where it is said that nothing is known. */
  #offer(offer: "main" | "beside"): HTMLElement {
    const start = { text: this.#strings.start, ...(offer === "beside" && { class: "small" }) };
    return element(
      "div",
      { class: "offer" },
      button(start, () => tellExtension({ type: "start" })),
      button({ class: offer === "main" ? "secondary" : "small", text: this.#strings.simulate }, () =>
        tellExtension({ type: "simulate" }),
      ),
    );
  }

  #keep(): void {
    if (this.#shown === "") return;
    const sections = Array.from(this.#main.querySelectorAll("section:has(> details[open])"), ({ id }) => id);
    keepState({ scrollPx: Math.max(0, Math.round(window.scrollY)), open: sections });
  }
}

const SHOWN_AFTER_MS = 200;
