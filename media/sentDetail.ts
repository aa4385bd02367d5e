/** One request, from its end point to its answer. */

import type {
  Figure,
  PromptSegment,
  SentContent,
  SentPiece,
  SentProgress,
  Strings,
} from "../src/extension/sentProtocol.ts";
import { button, element, setText, timeWords } from "./dom.ts";

interface Actions {
  readonly copy: (id: number) => void;
  readonly save: (id: number) => void;
  readonly open: (id: number, stretch: number) => void;
}

export class RequestDetail {
  readonly element = element("article", { class: "detail", attributes: { "aria-labelledby": "detail-title" } });
  readonly #strings: Strings;
  readonly #actions: Actions;
  readonly #state = element("p", { class: "state" });
  readonly #figures = element("dl", { class: "figures" });
  readonly #composition = element("section");
  readonly #promptBox = element("div", {
    class: "box prompt",
    attributes: { tabindex: "0", role: "region", dir: "ltr" },
  });
  readonly #answer = element("pre", { class: "box answer", attributes: { tabindex: "0", dir: "ltr" } });
  readonly #done = element("span", { class: "done", attributes: { role: "status" } });
  #content: SentContent | undefined;
  #shown = "";
  #doneTimer: number | undefined;

  constructor(strings: Strings, actions: Actions) {
    this.#strings = strings;
    this.#actions = actions;
    this.#promptBox.setAttribute("aria-label", strings.prompt);
    this.#answer.setAttribute("aria-label", strings.answer);
  }

  clear(): void {
    this.#content = undefined;
    this.element.replaceChildren();
  }

  show(content: SentContent): void {
    if (this.#content?.id === content.id) return;
    const { id, startedAt, purpose, endPoint, redactions, parameters } = content;
    const { composition, prompt, answer } = this.#strings;
    this.#content = content;
    this.#shown = "";
    this.#done.textContent = "";
    this.#composition.hidden = true;
    this.#showPrompt(content);
    this.element.replaceChildren(
      element(
        "header",
        {},
        element(
          "h2",
          { attributes: { id: "detail-title" } },
          element("span", { text: `${purpose} ` }),
          element("span", { class: "time", text: timeWords(startedAt) }),
        ),
        element("p", { class: "end-point", text: endPoint }),
        this.#state,
      ),
      this.#figures,
      this.#composition,
      ...this.#listSection(this.#strings.redactions, redactions),
      element(
        "section",
        {},
        element(
          "div",
          { class: "section-head" },
          element("h3", { text: prompt }),
          this.#done,
          button({ class: "small", text: this.#strings.copy }, () => this.#actions.copy(id)),
          button({ class: "small", text: this.#strings.save }, () => this.#actions.save(id)),
        ),
        this.#promptBox,
      ),
      element("section", {}, element("h3", { text: answer }), this.#answer),
      ...this.#parametersSection(parameters),
    );
    this.#composition.setAttribute("aria-label", composition);
    this.element.scrollTop = 0;
    // The end of what stands before the caret is what the model goes on from.
    const caret = this.#promptBox.querySelector<HTMLElement>(".caret");
    this.#promptBox.scrollTop = caret ? caret.offsetTop - this.#promptBox.clientHeight * CARET_HEIGHT : 0;
  }

  update(progress: SentProgress): void {
    const content = this.#content;
    if (progress.id !== content?.id) return;
    const { state, stateWords, figures, shares, pieceTokens, answer, noAnswer } = progress;
    setText(this.#state, stateWords);
    this.#state.dataset["state"] = state;
    setText(this.#answer, noAnswer || answer);
    this.#answer.classList.toggle("none", noAnswer !== "");
    const shown = JSON.stringify([figures, shares, pieceTokens]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#figures.replaceChildren(...figures.map(figureElement));
    this.#showComposition(content, progress);
  }

  /** Said for two seconds, beside the buttons. */
  tell(words: string): void {
    this.#done.textContent = words;
    clearTimeout(this.#doneTimer);
    this.#doneTimer = window.setTimeout(() => (this.#done.textContent = ""), DONE_MS);
  }

  /** A bar, and below it what it is made of: each source with its pieces. */
  #showComposition({ id, pieces }: SentContent, { shares, pieceTokens }: SentProgress): void {
    const parts = shares.filter(({ tokens }) => tokens > 0);
    this.#composition.hidden = parts.length === 0 && pieces.length === 0;
    const sentence = parts.map(({ label, words }) => `${label} ${words}`).join(" · ");
    const bar = element("div", { class: "bar", attributes: { role: "img", "aria-label": sentence } });
    for (const { source, tokens, label, words } of parts) {
      const part = element("span", { title: `${label} · ${words}`, attributes: { "data-source": source } });
      part.style.flexGrow = String(tokens);
      bar.append(part);
    }
    const sources = new Set([...parts.map(({ source }) => source), ...pieces.map(({ source }) => source)]);
    const rows = Array.from(sources, (source) => {
      const own = pieces.filter((piece) => piece.source === source);
      const share = parts.find((part) => part.source === source);
      const only = own.length === 1 ? own[0] : undefined;
      const name = only?.sourceWords ?? share?.label ?? own[0]?.sourceWords ?? "";
      const words = share?.words ?? (only && pieceTokens[only.stretch]) ?? "";
      const head = element(
        "li",
        {},
        element("span", { class: "swatch", attributes: { "data-source": source } }),
        this.#showButton("piece-source", name, only),
        ...(only ? [this.#place(id, only)] : []),
        element("span", { class: "piece-tokens quiet", text: words }),
        ...(only ? [element("span", { class: "piece-reason quiet", text: only.reason })] : []),
      );
      const members = only
        ? []
        : own.map((piece) =>
            element(
              "li",
              { class: "member" },
              this.#place(id, piece),
              element("span", { class: "piece-tokens quiet", text: pieceTokens[piece.stretch] ?? "" }),
              this.#showButton("piece-reason quiet", piece.reason || piece.sourceWords, piece),
            ),
          );
      return [head, ...members];
    });
    this.#composition.replaceChildren(
      element("h3", { text: this.#strings.composition }),
      bar,
      element("ul", { class: "pieces" }, ...rows.flat()),
    );
  }

  /** Leads to where the piece stands in the prompt. */
  #showButton(className: string, text: string, piece: SentPiece | undefined): HTMLElement {
    if (!piece?.isInPrompt) return element("span", { class: className, text });
    const title = this.#strings.showInPrompt;
    return button({ class: `link ${className}`, text, title }, () => showStretch(this.#promptBox, piece.stretch));
  }

  #place(id: number, { place, canOpen, stretch }: SentPiece): HTMLElement {
    if (!canOpen) return element("span", { class: "piece-place", text: place });
    const title = this.#strings.openFile;
    return button({ class: "link piece-place", text: place, title }, () => this.#actions.open(id, stretch));
  }

  #listSection(title: string, sentences: readonly string[]): readonly HTMLElement[] {
    if (sentences.length === 0) return [];
    const items = sentences.map((text) => element("li", { text }));
    return [element("section", {}, element("h3", { text: title }), element("ul", { class: "sentences" }, ...items))];
  }

  #parametersSection(parameters: readonly Figure[]): readonly HTMLElement[] {
    if (parameters.length === 0) return [];
    const figures = parameters.map(figureElement);
    const summary = element("summary", { text: this.#strings.parameters });
    return [element("details", {}, summary, element("dl", { class: "parameters" }, ...figures))];
  }

  #showPrompt({ blocks, pieces }: SentContent): void {
    this.#promptBox.replaceChildren();
    for (const { role, segments } of blocks) {
      if (role !== "") this.#promptBox.append(element("h4", { text: role }));
      this.#promptBox.append(promptText(segments, pieces, this.#strings.caret));
    }
  }
}

function promptText(segments: readonly PromptSegment[], pieces: readonly SentPiece[], caret: string): HTMLElement {
  const text = element("pre");
  let labelled = -1;
  for (const { kind, text: content, stretch } of segments) {
    if (kind === "caret") {
      const attributes = { role: "img", "aria-label": caret, "data-label": caret };
      text.append(element("span", { class: "caret", attributes }));
      continue;
    }
    const segment = element("span", { class: kind, text: content });
    const piece = pieces[stretch];
    if (piece) {
      segment.dataset["source"] = piece.source;
      segment.dataset["stretch"] = String(stretch);
      segment.title = [piece.sourceWords, piece.place].filter(Boolean).join(" · ");
      // One label for each stretch, though a secret may divide it.
      if (labelled !== stretch) segment.dataset["label"] = piece.sourceWords;
      labelled = stretch;
    }
    text.append(segment);
  }
  return text;
}

function figureElement({ label, value, note }: Figure): HTMLElement {
  return element(
    "div",
    {},
    element("dt", { text: label }),
    element("dd", { text: value }),
    ...(note === "" ? [] : [element("dd", { class: "quiet", text: note })]),
  );
}

function showStretch(promptBox: HTMLElement, stretch: number): void {
  const found = promptBox.querySelector<HTMLElement>(`[data-stretch="${stretch}"]`);
  if (!found) return;
  promptBox.scrollIntoView({ block: "nearest" });
  promptBox.scrollTop = found.offsetTop - SHOWN_BELOW_PX;
  for (const marked of promptBox.querySelectorAll(".marked")) marked.classList.remove("marked");
  for (const segment of promptBox.querySelectorAll(`[data-stretch="${stretch}"]`)) segment.classList.add("marked");
}

const DONE_MS = 2_000;
/** The share of the box that is above the caret. */
const CARET_HEIGHT = 0.6;
const SHOWN_BELOW_PX = 24;
