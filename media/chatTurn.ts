/** One question or answer. Its element is there at once; what is in it is drawn when it is nearly seen. */

import type { BlockAction, ChatStrings, FromChatPage, ShownTurn } from "../src/extension/chatProtocol.ts";
import { button, element } from "./dom.ts";
import { AnswerText } from "./chatAnswer.ts";
import { chipList } from "./chatChips.ts";
import { showCopied } from "./chatCode.ts";
import { icon, iconButton, toolbar } from "./chatIcons.ts";
import { LongText } from "./chatLongText.ts";
import { piecesUsed } from "./chatPieces.ts";
import { QuestionEditor } from "./chatQuestionEditor.ts";
import { ToolRows } from "./chatTools.ts";
import { Waiting } from "./chatWaiting.ts";
import type { Work } from "./chatWork.ts";

export interface TurnActions {
  readonly tell: (message: FromChatPage) => void;
  /** The id of the thread that is shown. */
  readonly thread: () => string;
}

export interface TurnContext extends TurnActions {
  readonly strings: ChatStrings;
  readonly work: Work;
}

const signs = { running: "loading", done: "info", failed: "error", cut: "warning", stopped: "debug-stop" } as const;

const ANSWERER = "Pairwise";

export class TurnView {
  readonly element: HTMLElement;
  readonly #context: TurnContext;
  readonly #head = element("div", { class: "turn-head" });
  #question: HTMLElement = element("div");
  #edit: ((text: string, note: string) => void) | undefined;
  readonly #calls: ToolRows;
  readonly #waiting = new Waiting();
  readonly #outcome = element("div", { class: "outcome" });
  readonly #foot = element("div", { class: "turn-foot" });
  #turn: ShownTurn;
  #answer: AnswerText;
  #copy: HTMLButtonElement | undefined;
  readonly #shown = new Map<"question" | "outcome" | "foot", string>();
  #isDrawn = false;

  constructor(turn: ShownTurn, context: TurnContext) {
    this.#turn = turn;
    this.#context = context;
    const { strings, work, tell } = context;
    const { id } = turn;
    this.#answer = this.#newAnswer();
    this.#calls = new ToolRows({
      strings,
      work,
      answer: (tool, answer) => tell({ type: "tool", turn: id, tool, answer }),
    });
    const name = turn.role === "question" ? strings.you : ANSWERER;
    this.element = element("article", { class: "turn", attributes: { "aria-label": name } });
    this.element.dataset["role"] = turn.role;
    this.element.dataset["turn"] = id;
    // As high as it will about be, so that the scroll bar tells the truth before it is drawn.
    const lines = Math.min(400, turn.text.length / 60 + turn.tools.length + 3);
    this.element.style.setProperty("--estimate", `${Math.round(lines * 20)}px`);
  }

  get turn(): ShownTurn {
    return this.#turn;
  }

  get isDrawn(): boolean {
    return this.#isDrawn;
  }

  /** Shows what is there now; the text of an answer follows in slices. */
  draw(): void {
    if (this.#isDrawn) return;
    this.#isDrawn = true;
    const name = this.#turn.role === "question" ? this.#context.strings.you : ANSWERER;
    this.#head.append(element("h2", { text: name }));
    const isQuestion = this.#turn.role === "question";
    this.element.append(
      this.#head,
      ...(isQuestion
        ? [this.#question]
        : [this.#answer.element, this.#calls.element, this.#waiting.element, this.#outcome, this.#foot]),
    );
    this.show(this.#turn);
    // The first slice is drawn at once: what is seen does not come a frame later.
    if (!isQuestion && this.#answer.step() !== "done") this.#context.work.add(this.#answer.step, "now");
  }

  append(text: string): void {
    this.#turn = { ...this.#turn, text: this.#turn.text + text };
    if (!this.#isDrawn) return;
    this.#answer.append(text);
    this.#context.work.add(this.#answer.step, "now");
    this.#waiting.hide();
  }

  show(turn: ShownTurn): void {
    this.#turn = turn;
    if (!this.#isDrawn) return;
    if (turn.role === "question") return this.#showQuestion(turn);
    this.#showText(turn);
    this.#calls.show(turn.tools);
    this.#showWaiting(turn);
    if (this.#changes("outcome", [turn.state, turn.stateWords, turn.ways])) this.#showOutcome(turn);
    if (this.#changes("foot", [turn.state, turn.pieces, turn.summary, turn.branch, turn.branches]))
      this.#showFoot(turn);
  }

  /** Goes on changing a question. Whether it is one. */
  edit(text: string, note: string): boolean {
    this.draw();
    this.#edit?.(text, note);
    return this.#edit !== undefined;
  }

  showCopied(line: number | undefined): void {
    if (line !== undefined) this.#answer.showCopied(line);
    else if (this.#copy) showCopied(this.#copy, this.#context.strings);
  }

  #newAnswer(): AnswerText {
    const { strings, work, tell } = this.#context;
    const act = (line: number, action: BlockAction): void => tell({ type: "block", turn: this.#turn.id, line, action });
    const go = (way: number): void => tell({ type: "way", turn: this.#turn.id, way });
    return new AnswerText({ strings, work, act, go });
  }

  #changes(part: "question" | "outcome" | "foot", value: unknown): boolean {
    const shown = JSON.stringify(value);
    const isNew = this.#shown.get(part) !== shown;
    this.#shown.set(part, shown);
    return isNew;
  }

  #showText({ text, state, blockActions, blockNotes }: ShownTurn): void {
    const { source, hasEnded } = this.#answer;
    if (!text.startsWith(source) || (hasEnded && text !== source)) {
      this.#context.work.remove(this.#answer.step);
      const fresh = this.#newAnswer();
      this.#answer.element.replaceWith(fresh.element);
      this.#answer = fresh;
    }
    this.#answer.setActions(blockActions);
    this.#answer.setNotes(blockNotes);
    if (text.length > this.#answer.source.length) this.#answer.append(text.slice(this.#answer.source.length));
    if (state !== "running") this.#answer.end();
    this.#context.work.add(this.#answer.step, "now");
  }

  #showWaiting({ state, stateWords, text, tools }: ShownTurn): void {
    const words = stateWords || (text === "" ? this.#context.strings.thinking : this.#context.strings.working);
    // What waits for the user asks, and nobody thinks.
    const asks = tools.some((tool) => tool.state === "waiting");
    const isWaiting = state === "running" && !asks && (text === "" || stateWords !== "" || tools.length > 0);
    if (isWaiting) this.#waiting.show(words);
    else this.#waiting.hide();
  }

  #showOutcome({ id, state, stateWords, ways }: ShownTurn): void {
    const { tell } = this.#context;
    this.#outcome.dataset["state"] = state;
    this.#outcome.hidden = state === "running" || (stateWords === "" && ways.length === 0);
    if (this.#outcome.hidden) return this.#outcome.replaceChildren();
    const pressed = Array.from(this.#outcome.querySelectorAll("button")).findIndex((each) => each.matches(":focus"));
    const said = stateWords === "" ? [] : [icon(signs[state]), element("p", { text: stateWords })];
    const buttons = ways.map((way) =>
      button({ class: "small", text: way.label }, () => tell({ type: "way", turn: id, way: way.id })),
    );
    this.#outcome.replaceChildren(
      ...said,
      ...(buttons.length > 0 ? [element("div", { class: "ways" }, ...buttons)] : []),
    );
    // The keyboard stays where it was.
    if (pressed >= 0) (buttons[pressed] ?? buttons[0])?.focus();
  }

  #showFoot(turn: ShownTurn): void {
    const { strings, tell } = this.#context;
    const { id, summary, pieces, state } = turn;
    const used = piecesUsed(summary, pieces, (piece) => tell({ type: "piece", turn: id, piece }));
    const wasOpen = this.#foot.querySelector("details")?.open ?? false;
    if (used) used.open = wasOpen;
    this.#copy = iconButton("copy", strings.copy, () => tell({ type: "copyTurn", turn: id }));
    const buttons = [
      this.#copy,
      iconButton("refresh", strings.regenerate, () => tell({ type: "regenerate", turn: id })),
      iconButton("eye", strings.showSent, () => tell({ type: "showSent", turn: id })),
    ];
    const bar = element("div", { class: "turn-actions" }, toolbar(strings.more, buttons), ...this.#branches(turn));
    // It keeps its place while the answer is written.
    bar.classList.toggle("unready", state === "running");
    this.#foot.replaceChildren(...(used ? [used] : []), bar);
  }

  #showQuestion(turn: ShownTurn): void {
    if (!this.#changes("question", turn)) return;
    const { strings, tell, thread } = this.#context;
    const { id, text, chips } = turn;
    const words = element("div", { class: "question", attributes: { dir: "auto" } });
    const long = new LongText(words, words, strings.showAll, this.#context.work);
    long.append(text);
    long.element.hidden = text === "";
    this.#question.replaceWith(long.element);
    this.#question = long.element;
    const open = (written: string, note: string): void => {
      const editor = new QuestionEditor(written, note, strings, {
        send: (changed) => tell({ type: "edit", thread: thread(), turn: id, text: changed }),
        close: () => {
          editor.element.replaceWith(this.#question);
          bar.hidden = false;
          edit.focus();
        },
      });
      bar.hidden = true;
      this.#question.replaceWith(editor.element);
      editor.focus();
    };
    this.#edit = open;
    const edit = iconButton("edit", strings.edit, () => open(text, ""));
    const bar = element("div", { class: "turn-actions" }, toolbar(strings.edit, [edit]), ...this.#branches(turn));
    const [name] = this.#head.children;
    const attached = chipList(chips, { open: (chip) => tell({ type: "openAttachment", id: chip }) });
    this.#head.replaceChildren(...(name ? [name] : []), bar);
    this.element.querySelector(":scope > .chips")?.remove();
    if (chips.length > 0) this.element.append(attached);
  }

  #branches({ id, branch, branches }: ShownTurn): readonly HTMLElement[] {
    if (branches < 2) return [];
    const { strings, tell } = this.#context;
    const step = (name: string, label: string, by: -1 | 1, isPossible: boolean): HTMLElement => {
      const made = iconButton(name, label, () => {
        if (isPossible) tell({ type: "branch", turn: id, step: by });
      });
      made.setAttribute("aria-disabled", String(!isPossible));
      return made;
    };
    return [
      element(
        "div",
        { class: "branches" },
        step("chevron-left", strings.previousBranch, -1, branch > 1),
        element("span", { class: "quiet", text: `${branch}/${branches}` }),
        step("chevron-right", strings.nextBranch, 1, branch < branches),
      ),
    ];
  }
}
