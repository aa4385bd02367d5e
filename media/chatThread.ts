/** The turns of a thread, one below the other. A thread of any length is there at once: only what is seen is drawn. */

import type { ChatStrings, ShownTurn } from "../src/extension/chatProtocol.ts";
import { button, element } from "./dom.ts";
import type { Announcer } from "./chatAnnouncer.ts";
import { icon } from "./chatIcons.ts";
import { FollowingScroll, NEAR_PX } from "./chatScroll.ts";
import { type TurnActions, type TurnContext, TurnView } from "./chatTurn.ts";
import type { Work } from "./chatWork.ts";

/** Beyond what is seen, so that scrolling meets what is drawn. */
const AHEAD = "100% 0px";

export class ThreadView {
  readonly element = element("main", { class: "thread", attributes: { tabindex: "-1" } });
  readonly #list = element("div", { class: "turns" });
  readonly #newMessages: HTMLButtonElement;
  readonly #context: TurnContext;
  readonly #announcer: Announcer;
  readonly #scroll: FollowingScroll;
  readonly #seen: IntersectionObserver;
  #turns: TurnView[] = [];
  readonly #byElement = new Map<Element, TurnView>();
  /** Something has come since the end was followed. */
  #hasNews = false;
  /** Of the last turn: how far down it was seen, in pixels from its top. */
  #seenOfLast: { readonly view: TurnView; readonly height: number } | undefined;

  constructor(strings: ChatStrings, work: Work, announcer: Announcer, actions: TurnActions) {
    this.#context = { strings, work, ...actions };
    this.#announcer = announcer;
    this.element.setAttribute("aria-label", strings.title);
    this.#newMessages = button({ class: "new-messages", text: strings.newMessages }, () => {
      this.#scroll.toEnd();
      this.element.focus();
    });
    this.#newMessages.prepend(icon("arrow-down"));
    this.#newMessages.hidden = true;
    const dock = element("div", { class: "dock" }, this.#newMessages);
    this.element.append(this.#list, dock);
    this.element.classList.add("following");
    this.#scroll = new FollowingScroll(this.element, this.#list, () => this.#showNews());
    this.#seen = new IntersectionObserver((entries) => this.#drawSeen(entries), {
      root: this.element,
      rootMargin: AHEAD,
    });
    this.element.addEventListener("click", (event) => this.#follow(event));
    this.element.addEventListener("auxclick", (event) => this.#follow(event));
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#follow(event);
    });
  }

  get isEmpty(): boolean {
    return this.#turns.length === 0;
  }

  /** What was asked, the newest first. */
  get questions(): readonly string[] {
    return this.#turns
      .flatMap(({ turn }) => (turn.role === "question" && turn.text !== "" ? [turn.text] : []))
      .toReversed();
  }

  /** Stands above the turns. */
  lead(...parts: readonly HTMLElement[]): void {
    this.element.prepend(...parts);
    for (const part of parts) this.#scroll.watch(part);
  }

  /** Another thread, from its end. */
  show(turns: readonly ShownTurn[]): void {
    this.#announcer.forget();
    this.#drop(0);
    this.#turns = turns.map((turn) => this.#add(turn));
    this.#list.replaceChildren(...this.#turns.map((view) => view.element));
    // What is about to be seen is drawn in this frame.
    for (let at = this.#turns.length - 1, height = 0; at >= 0 && height < 1.5; at -= 1) {
      const view = this.#turns[at];
      view?.draw();
      height += Math.max(0.05, (view?.turn.text.length ?? 0) / 2_000);
    }
    this.#scroll.toEnd();
  }

  /** The same thread, for instance another version of a question: what is the same in it stays as it is, and where it is. */
  showAgain(turns: readonly ShownTurn[]): void {
    const kept = turns.findIndex(({ id }, at) => this.#turns[at]?.turn.id !== id);
    const from = kept < 0 ? turns.length : kept;
    for (const [at, turn] of turns.slice(0, from).entries()) this.#turns[at]?.show(turn);
    const old = this.#turns[from]?.element;
    const top = old?.getBoundingClientRect().top;
    const pressed = old?.contains(document.activeElement) ? document.activeElement : null;
    if (from === 0 && !pressed) return this.show(turns);
    this.#drop(from);
    const fresh = turns.slice(from).map((turn) => this.#add(turn));
    this.#turns.push(...fresh);
    this.#list.append(...fresh.map(({ element }) => element));
    // The rest is drawn when it is seen.
    for (const view of fresh.slice(0, 2)) view.draw();
    const [first] = fresh;
    if (!pressed || top === undefined || !first) return;
    const label = pressed.getAttribute("aria-label");
    const buttons = Array.from(first.element.querySelectorAll("button"));
    buttons.find((each) => each.getAttribute("aria-label") === label)?.focus({ preventScroll: true });
    // Who has asked anew looks at what comes now.
    if (fresh.length > 1) this.#scroll.hold(first.element, top);
    else this.#scroll.toEnd();
  }

  update(turn: ShownTurn, after: string | undefined): void {
    const known = this.#find(turn.id);
    if (known) {
      if (known.turn.state === "running") this.#hear(known.turn, turn);
      else if (turn.stateWords !== known.turn.stateWords) this.#announcer.say(turn.stateWords);
      for (const { line, words } of turn.blockNotes)
        if (!known.turn.blockNotes.some((before) => before.line === line && before.words === words))
          this.#announcer.say(words);
      this.#hasNews ||= turn.text.length > known.turn.text.length || turn.tools.length > known.turn.tools.length;
      return known.show(turn);
    }
    const at = after === undefined ? 0 : this.#turns.findIndex((view) => view.turn.id === after) + 1;
    // It is in another version of the thread.
    if (after !== undefined && at === 0) return;
    this.#drop(at);
    const view = this.#add(turn);
    this.#turns.push(view);
    this.#list.append(view.element);
    view.draw();
    this.#hasNews = true;
    if (turn.role === "question") this.#scroll.toEnd();
    else if (turn.state !== "running") this.#announceWhole(turn);
  }

  append(id: string, text: string): void {
    const view = this.#find(id);
    if (!view) return;
    view.append(text);
    this.#announcer.hear(text);
    this.#hasNews = true;
  }

  /** Whether the question is there to be changed. */
  edit(id: string, text: string, note: string): boolean {
    return this.#find(id)?.edit(text, note) ?? false;
  }

  showCopied(id: string, line: number | undefined): void {
    this.#find(id)?.showCopied(line);
    this.#announcer.say(this.#context.strings.copied);
  }

  #find(id: string): TurnView | undefined {
    return this.#turns.findLast((view) => view.turn.id === id);
  }

  #add(turn: ShownTurn): TurnView {
    const view = new TurnView(turn, this.#context);
    this.#byElement.set(view.element, view);
    this.#seen.observe(view.element);
    return view;
  }

  #drop(from: number): void {
    for (const { element } of this.#turns.splice(from)) {
      this.#seen.unobserve(element);
      this.#byElement.delete(element);
      element.remove();
    }
  }

  #drawSeen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const view = this.#byElement.get(target);
      if (!isIntersecting || !view || view.isDrawn) continue;
      this.#context.work.add(() => {
        view.draw();
        return "done";
      }, "now");
    }
  }

  /** Only of what stands below all that was seen. */
  #showNews(): void {
    const view = this.#turns.at(-1);
    if (!view) return void (this.#newMessages.hidden = true);
    const { top, height } = view.element.getBoundingClientRect();
    const shown = this.element.getBoundingClientRect().bottom - top;
    const before = this.#seenOfLast?.view === view ? this.#seenOfLast.height : 0;
    const seen = this.#scroll.follows ? height : Math.min(height, Math.max(before, shown));
    this.#seenOfLast = { view, height: seen };
    if (height - seen <= NEAR_PX) this.#hasNews &&= !this.#scroll.follows;
    this.#newMessages.hidden = !this.#hasNews || height - seen <= NEAR_PX;
  }

  #announceWhole({ text, stateWords }: ShownTurn): void {
    this.#announcer.hear(text);
    this.#announcer.end(stateWords || this.#context.strings.answered);
  }

  #hear(before: ShownTurn, { text, state, stateWords, tools }: ShownTurn): void {
    if (text.startsWith(before.text)) this.#announcer.hear(text.slice(before.text.length));
    for (const tool of tools)
      if (tool.state === "waiting" && !before.tools.some(({ id, state }) => id === tool.id && state === "waiting"))
        this.#announcer.say(`${tool.title}. ${tool.stateWords}`);
    if (state !== "running") this.#announcer.end(stateWords || this.#context.strings.answered);
  }

  /** The extension decides what a link of a model's may open. */
  #follow(event: Event): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-href]") : null;
    const turn = link?.closest<HTMLElement>("[data-turn]")?.dataset["turn"];
    if (!link || turn === undefined) return;
    event.preventDefault();
    this.#context.tell({ type: "link", turn, href: link.dataset["href"] ?? "" });
  }
}
