/**
 * What of a conversation goes into a prompt, in numbers of tokens.
 *
 * The conversation is gone through from its start, as it was asked: what was cut at a question stays so at the next ones,
 * and where there is no room any more, room for several questions is made at once. So a prompt most often begins like the
 * one before it, and a model keeps what it has read of that.
 */

import type { UsedPiece } from "./conversation.ts";

export interface PieceCost {
  readonly piece: UsedPiece;
  /** With all of its text. */
  readonly tokens: number;
  /** Without any. */
  readonly frame: number;
}

/** A question and its answer. */
export interface ExchangeCost {
  /** The question's text, with what a message costs by itself. */
  readonly question: number;
  readonly pieces: readonly PieceCost[];
  /** What tools found for the answer. */
  readonly results: readonly PieceCost[];
  /** 0 where there is none. */
  readonly answer: number;
  readonly pictures: number;
  /** Pictures that the model can't see. */
  readonly unseen: number;
  /** Says which pieces and pictures are left out. */
  readonly note: number;
}

export interface PlanRules {
  readonly budget: number;
  /** Of the system's message. */
  readonly system: number;
  readonly pictureTokens: number;
  /** Says that earlier turns are left out, and repeats the first question or not. */
  readonly lead: { readonly first: number; readonly alone: number };
}

/** How many tokens each part may have. */
export interface ExchangePlan {
  readonly isLeftOut: boolean;
  readonly question: number;
  /** 0: left out. */
  readonly pieces: readonly number[];
  readonly results: readonly number[];
  readonly pictures: number;
  /** What is left out is named. */
  readonly isNoted: boolean;
}

export interface Plan {
  readonly system: number;
  readonly exchanges: readonly ExchangePlan[];
  /** What is said of turns that are left out: the first question, only that there were some, or nothing. */
  readonly lead: "first" | "alone" | "none";
  /** At most. */
  readonly tokens: number;
}

/** A piece of an old turn that is shortened. */
const SHORT_TOKENS = 150;
/** Less of a piece says nothing. */
const LEAST_TOKENS = 24;
/** What earlier turns may have at least, however much a new question brings along. */
const HISTORY_SHARE = 0.25;
/** Of what they may have, what is left of them when that is too little. */
const KEPT_SHARE = 0.6;
const FIRST_SHARE = 0.15;
const SYSTEM_SHARE = 0.5;

interface State {
  readonly cost: ExchangeCost;
  /** 0: as it was asked; 1: pieces shortened; 2: without pieces; 3: left out. */
  level: number;
  readonly question: number;
  readonly pieces: readonly number[];
  readonly pictures: number;
  readonly isNoted: boolean;
}

export function planOf(costs: readonly ExchangeCost[], rules: PlanRules): Plan {
  const { budget, pictureTokens } = rules;
  const newest = costs.at(-1)?.question ?? 0;
  const system = Math.min(rules.system, Math.max(budget * SYSTEM_SHARE, budget - newest));
  const room = Math.max(0, budget - system);
  const history = new History(rules);
  let tokens = system;
  for (const [index, cost] of costs.entries()) {
    const question = Math.min(cost.question, room);
    const free = room - question;
    const wanted = cost.pieces.reduce((sum, { tokens }) => sum + tokens, cost.pictures * pictureTokens);
    history.fit(Math.max(free - wanted, free * HISTORY_SHARE));
    const state = { cost, level: 0, question, ...allotted(cost, free - history.tokens, pictureTokens) };
    if (index === costs.length - 1)
      tokens += history.tokens + tokensOf({ ...state, cost: { ...cost, answer: 0, results: [] } }, pictureTokens);
    history.add(state);
  }
  return { system, lead: history.lead, tokens, exchanges: history.states.map(planned) };
}

/** The turns before a question. */
class History {
  readonly states: State[] = [];
  readonly #rules: PlanRules;
  #lead: Plan["lead"];
  /** Without the lead. */
  #tokens = 0;

  constructor(rules: PlanRules) {
    this.#rules = rules;
    this.#lead = rules.lead.first <= rules.budget * FIRST_SHARE ? "first" : "alone";
  }

  get lead(): Plan["lead"] {
    return this.states[0]?.level === 3 ? this.#lead : "none";
  }

  get tokens(): number {
    return this.#tokens + (this.lead === "none" ? 0 : this.#rules.lead[this.lead]);
  }

  add(state: State): void {
    this.states.push(state);
    this.#tokens += tokensOf(state, this.#rules.pictureTokens);
  }

  /**
   * Makes room where they have more than that. The oldest first: pieces are shortened, then left out, then their turns. What
   * the question most likely refers to, the turn before it, goes only where it does not fit.
   */
  fit(most: number): void {
    if (this.tokens <= most) return;
    const last = this.states.at(-1);
    for (const level of [1, 2, 3])
      for (const state of this.states) {
        if (this.tokens <= (state === last && level === 3 ? most : most * KEPT_SHARE)) break;
        if (state.level < level) this.#raise(state, level);
      }
    if (this.tokens > most) this.#lead = "alone";
    if (this.tokens > most) this.#lead = "none";
  }

  #raise(state: State, level: number): void {
    this.#tokens -= tokensOf(state, this.#rules.pictureTokens);
    state.level = level;
    this.#tokens += tokensOf(state, this.#rules.pictureTokens);
  }
}

/** Everything, if there were room for it. */
export function wantedTokens(costs: readonly ExchangeCost[], system: number, pictureTokens: number): number {
  const each = costs.map((cost, index) => {
    const isNewest = index === costs.length - 1;
    const pieces = [...cost.pieces, ...(isNewest ? [] : cost.results)].reduce((sum, { tokens }) => sum + tokens, 0);
    return cost.question + pieces + cost.pictures * pictureTokens + (isNewest ? 0 : cost.answer);
  });
  return each.reduce((sum, tokens) => sum + tokens, system);
}

function tokensOf({ cost, level, question, pieces, pictures, isNoted }: State, pictureTokens: number): number {
  if (level === 3) return 0;
  const all = piecesOf(cost, pieces, level);
  const shown = [...all.pieces, ...all.results];
  const seen = level === 0 ? pictures : 0;
  const isAll = seen === cost.pictures && cost.unseen === 0 && shown.every((tokens) => tokens > 0);
  const told = shown.reduce((sum, tokens) => sum + tokens, isAll || !isNoted ? 0 : cost.note);
  return question + told + seen * pictureTokens + cost.answer;
}

function piecesOf({ pieces, results }: ExchangeCost, allowed: readonly number[], level: number) {
  const most = (tokens: number): number => (level >= 2 ? 0 : level === 1 ? Math.min(tokens, SHORT_TOKENS) : tokens);
  const usable = ({ tokens, frame }: PieceCost, allowed: number): number =>
    allowed >= tokens || allowed >= frame + LEAST_TOKENS ? Math.min(allowed, tokens) : 0;
  return {
    pieces: pieces.map((cost, index) => usable(cost, most(allowed[index] ?? 0))),
    results: results.map((cost) => usable(cost, most(cost.tokens))),
  };
}

function planned({ cost, level, question, pieces, pictures, isNoted }: State): ExchangePlan {
  return {
    isLeftOut: level === 3,
    question,
    pictures: level === 0 ? pictures : 0,
    isNoted,
    ...piecesOf(cost, pieces, level),
  };
}

/** What a question's pieces get of the room that there is: what is selected first, then pictures, then all others alike. */
function allotted({ pieces, pictures: wanted, unseen, note }: ExchangeCost, room: number, pictureTokens: number) {
  const needed = pieces.reduce((sum, { tokens }) => sum + tokens, wanted * pictureTokens);
  if (needed + (unseen > 0 ? note : 0) <= room)
    return { pieces: pieces.map(({ tokens }) => tokens), pictures: wanted, isNoted: true };
  const isNoted = note <= room;
  let left = Math.max(0, isNoted ? room - note : room);
  const given = pieces.map(() => 0);
  const give = (index: number, tokens: number): void => {
    const { tokens: all = 0, frame = 0 } = pieces[index] ?? {};
    const most = Math.min(all, tokens, left);
    if (most < all && most < frame + LEAST_TOKENS) return;
    given[index] = most;
    left -= most;
  };
  for (const [index, { piece, tokens }] of pieces.entries()) if (piece.kind === "selection") give(index, tokens);
  const pictures = Math.min(wanted, Math.floor(left / pictureTokens));
  left -= pictures * pictureTokens;
  const groups = groupsOf(pieces);
  // Whoever needs less than an equal share leaves the rest to those after it.
  for (const [place, { indices, tokens }] of groups.entries()) {
    let share = Math.min(tokens, Math.floor(left / (groups.length - place)));
    for (const index of indices) {
      const all = pieces[index]?.tokens ?? 0;
      // What was found by a search is in order of its worth, and half a piece is worth less than half.
      if (indices.length > 1 && all > share) continue;
      give(index, share);
      share -= given[index] ?? 0;
    }
  }
  return { pieces: given, pictures, isNoted };
}

/** What shares a part of the room; the smallest first. */
function groupsOf(pieces: readonly PieceCost[]) {
  const found: number[] = [];
  const groups: (readonly number[])[] = [];
  for (const [index, { piece }] of pieces.entries()) {
    if (piece.kind === "codebase") found.push(index);
    else if (piece.kind !== "selection") groups.push([index]);
  }
  if (found.length > 0) groups.push(found);
  return groups
    .map((indices) => ({ indices, tokens: indices.reduce((sum, index) => sum + (pieces[index]?.tokens ?? 0), 0) }))
    .toSorted((one, other) => one.tokens - other.tokens);
}
