/** A conversation as a model is asked it, within the tokens that there is room for. */

import type { ChatMessage } from "../model/model.ts";
import type { Provenance, Stretch } from "../model/provenance.ts";
import type { Attachment, Question, Turn, UsedPiece } from "./conversation.ts";
import { type Exchange, GAP, picturesOf, PromptCosts } from "./promptCosts.ts";
import {
  type Count,
  cutPiece,
  DATA_NOTE,
  endsOfTokens,
  headOfTokens,
  leftOutNote,
  type ShownPiece,
  wholePiece,
} from "./promptPieces.ts";
import { type ExchangePlan, type Plan, planOf, wantedTokens } from "./promptPlan.ts";

export interface PromptInput {
  /** What the model is to be; that pieces are data is added to it. */
  readonly system: string;
  /** The first turn first; what stands behind the last question is not looked at. */
  readonly branch: readonly Turn[];
  /** Of the prompt, in tokens: what the model takes, without its answer. */
  readonly budget: number;
  /** The model takes pictures. */
  readonly sees: boolean;
}

export interface PromptRules {
  readonly count: Count;
  /** With what a command says; without it the question's own text. */
  readonly textOf?: (question: Question) => string;
  /** What a template writes around a message. */
  readonly messageTokens?: number;
  readonly pictureTokens?: number;
}

interface LeftOutPiece {
  /** The question, or the answer that it was found for. */
  readonly turn: string;
  readonly piece: UsedPiece;
  /** About so many tokens of it are not in the prompt. */
  readonly tokens: number;
  /** Nothing of it is. */
  readonly isGone: boolean;
}

export interface LeftOut {
  /** Of turns that are in the prompt. */
  readonly pieces: readonly LeftOutPiece[];
  /** The ids of earlier turns, without the first question where that is repeated. */
  readonly turns: readonly string[];
  /** The ids of the pictures' attachments, of the new question. */
  readonly pictures: readonly string[];
  /** Of the new question's own text. */
  readonly questionTokens: number;
}

export interface ChatPrompt {
  readonly messages: readonly ChatMessage[];
  readonly provenance: Provenance;
  /** As counted; never more than the budget. */
  readonly tokens: number;
  readonly left: LeftOut;
}

export interface PromptMeter {
  /** With everything that is attached and was said. */
  readonly wanted: number;
  /** What will be sent, at most. */
  readonly used: number;
  readonly budget: number;
  readonly left: LeftOut;
}

/** Of templates such as ChatML. */
const MESSAGE_TOKENS = 6;
/** A screenshot costs between 800 and 1,600 with the services that say so. */
const PICTURE_TOKENS = 1_200;
const TRIES = 8;

/** Remembers what it has counted: keep one for each count function. */
export class ChatPrompts {
  readonly #costs: PromptCosts;
  readonly #pictureTokens: number;

  constructor({ count, textOf, messageTokens = MESSAGE_TOKENS, pictureTokens = PICTURE_TOKENS }: PromptRules) {
    this.#costs = new PromptCosts(count, messageTokens, textOf ?? (({ text }) => text));
    this.#pictureTokens = pictureTokens;
  }

  /** Cheap: what was counted once is not counted again. */
  meter(input: PromptInput): PromptMeter {
    const exchanges = exchangesOf(input.branch);
    const { budget } = input;
    const plan = this.#plan(input, exchanges, budget);
    const costs = exchanges.map((exchange) => this.#costs.of(exchange, input.sees));
    const wanted = wantedTokens(costs, this.#systemTokens(input), this.#pictureTokens);
    return {
      wanted: Math.ceil(wanted),
      used: Math.ceil(plan.tokens),
      budget,
      left: this.#leftOut(input, exchanges, plan),
    };
  }

  prompt(input: PromptInput): ChatPrompt {
    const exchanges = exchangesOf(input.branch);
    let budget = input.budget;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const plan = this.#plan(input, exchanges, budget);
      const made = this.#written(input, exchanges, plan);
      // Parts together may have some tokens more than each by itself.
      if (made.tokens <= input.budget) return made;
      budget -= made.tokens - input.budget + 1;
    }
    return this.#least(input, exchanges);
  }

  #plan({ system, sees }: PromptInput, exchanges: readonly Exchange[], budget: number): Plan {
    const first = exchanges[0] && this.#costs.textOf(exchanges[0].question);
    return planOf(
      exchanges.map((exchange) => this.#costs.of(exchange, sees)),
      {
        budget,
        system: this.#systemTokens({ system }),
        pictureTokens: this.#pictureTokens,
        lead: { first: this.#costs.ofText(leadOf(first) + GAP), alone: this.#costs.ofText(leadOf(undefined) + GAP) },
      },
    );
  }

  #systemTokens({ system }: Pick<PromptInput, "system">): number {
    return this.#costs.ofText(systemText(system)) + this.#costs.messageTokens;
  }

  #written(input: PromptInput, exchanges: readonly Exchange[], plan: Plan): ChatPrompt {
    const stretches: Stretch[] = [];
    const system = this.#system(input.system, plan.system);
    const messages: ChatMessage[] = system === "" ? [] : [{ role: "system", content: system }];
    const first = exchanges[0] && this.#costs.textOf(exchanges[0].question);
    let lead = plan.lead === "none" ? "" : leadOf(plan.lead === "first" ? first : undefined) + GAP;
    for (const [index, exchange] of exchanges.entries()) {
      const part = plan.exchanges[index];
      if (!part || part.isLeftOut) continue;
      const attached = picturesOf(exchange.question);
      const shown = this.#question(exchange, part, attached.slice(part.pictures));
      stretches.push(...shown.stretches);
      const pictures = attached.slice(0, part.pictures).map(({ picture }) => picture);
      const message: ChatMessage = { role: "user", content: lead + shown.text };
      messages.push(pictures.length > 0 ? { ...message, pictures } : message);
      lead = "";
      if (exchange.answer) messages.push({ role: "assistant", content: this.#costs.answerText(exchange.answer) });
    }
    return {
      messages,
      provenance: { stretches, redactions: [] },
      tokens: this.#tokensOf(messages),
      left: this.#leftOut(input, exchanges, plan),
    };
  }

  /** The note stays whole: without it what a file says may be taken for a wish of the user's. */
  #system(system: string, tokens: number): string {
    const { count, messageTokens } = this.#costs;
    if (this.#systemTokens({ system }) <= tokens) return systemText(system);
    const room = tokens - messageTokens - count(systemText(""));
    return room > 0
      ? systemText(headOfTokens(system, room, count))
      : headOfTokens(DATA_NOTE, tokens - messageTokens, count);
  }

  #question(
    { question, answer }: Exchange,
    { question: tokens, pieces, results }: ExchangePlan,
    unseen: readonly Attachment[],
  ) {
    const { count, messageTokens } = this.#costs;
    const whole = this.#costs.textOf(question);
    const room = tokens - messageTokens;
    const text = this.#costs.ofText(whole) <= room ? whole : endsOfTokens(whole, room, count);
    const all = [...this.#costs.piecesOf(question), ...this.#costs.resultsOf(answer)];
    const stretches: Stretch[] = [];
    const gone: UsedPiece[] = [];
    const blocks: string[] = [];
    for (const [index, allowed] of [...pieces, ...results].entries()) {
      const piece = all[index];
      const shown = piece && this.#piece(piece, allowed);
      if (shown) {
        blocks.push(shown.block);
        stretches.push(stretchOf(piece, shown, count));
      } else if (piece) gone.push(piece);
    }
    return {
      text: [text, ...blocks, leftOutNote([...gone, ...unseen])].filter((part) => part !== "").join(GAP),
      stretches,
    };
  }

  #piece(piece: UsedPiece, tokens: number): ShownPiece | undefined {
    const { count } = this.#costs;
    if (tokens === 0) return undefined;
    const whole = wholePiece(piece);
    return count(GAP + whole.block) <= tokens ? whole : cutPiece(piece, tokens - count(GAP), count);
  }

  #leftOut({ sees }: PromptInput, exchanges: readonly Exchange[], plan: Plan): LeftOut {
    const pieces: LeftOutPiece[] = [];
    const turns: string[] = [];
    for (const [index, { question, answer }] of exchanges.entries()) {
      const part = plan.exchanges[index];
      if (!part) continue;
      if (part.isLeftOut) {
        turns.push(...(index === 0 && plan.lead === "first" ? [] : [question.id]), ...(answer ? [answer.id] : []));
        continue;
      }
      const cost = this.#costs.of({ question, answer }, sees);
      const lose = (turn: string, costs: typeof cost.pieces, allowed: readonly number[]): void => {
        for (const [at, { piece, tokens }] of costs.entries()) {
          const given = allowed[at] ?? 0;
          if (given < tokens) pieces.push({ turn, piece, tokens: Math.ceil(tokens - given), isGone: given === 0 });
        }
      };
      lose(question.id, cost.pieces, part.pieces);
      if (answer) lose(answer.id, cost.results, part.results);
    }
    const newest = exchanges.at(-1);
    const planned = plan.exchanges.at(-1);
    const asked = newest ? this.#costs.of(newest, sees).question : 0;
    return {
      pieces,
      turns,
      pictures: newest
        ? picturesOf(newest.question)
            .slice(planned?.pictures)
            .map(({ id }) => id)
        : [],
      questionTokens: Math.ceil(Math.max(0, asked - (planned?.question ?? 0))),
    };
  }

  #tokensOf(messages: readonly ChatMessage[]): number {
    return messages.reduce(
      (sum, { content, pictures = [] }) =>
        sum + this.#costs.count(content) + this.#costs.messageTokens + pictures.length * this.#pictureTokens,
      0,
    );
  }

  /** Where there is hardly room for anything: as much of the question as fits. */
  #least(input: PromptInput, exchanges: readonly Exchange[]): ChatPrompt {
    const { count, messageTokens } = this.#costs;
    const newest = exchanges.at(-1);
    const text = newest ? this.#costs.textOf(newest.question) : "";
    const content = headOfTokens(text, input.budget - messageTokens, count);
    const messages: readonly ChatMessage[] = [{ role: "user", content }];
    const nothing = planOf(
      exchanges.map((exchange) => this.#costs.of(exchange, input.sees)),
      { budget: 0, system: 0, pictureTokens: this.#pictureTokens, lead: { first: 1, alone: 1 } },
    );
    const left = this.#leftOut(input, exchanges, nothing);
    const tokens = this.#tokensOf(messages);
    return {
      messages,
      provenance: { stretches: [], redactions: [] },
      tokens,
      left: { ...left, questionTokens: Math.max(0, Math.ceil(count(text) + messageTokens - tokens)) },
    };
  }
}

function systemText(system: string): string {
  return system === "" ? DATA_NOTE : system + GAP + DATA_NOTE;
}

/** Stands at the start of the first question that is not left out. */
function leadOf(first: string | undefined): string {
  if (first === undefined) return "(Earlier messages of this conversation are left out.)";
  return `(Earlier messages of this conversation are left out. It began with this question:\n\n${first}\n\nIt goes on here.)`;
}

function exchangesOf(branch: readonly Turn[]): readonly Exchange[] {
  const exchanges: { question: Question; answer: Exchange["answer"] }[] = [];
  for (const turn of branch) {
    const last = exchanges.at(-1);
    if (turn.role === "question") exchanges.push({ question: turn, answer: undefined });
    else if (last) last.answer = turn;
  }
  const newest = exchanges.at(-1);
  if (newest) newest.answer = undefined;
  return exchanges;
}

function stretchOf(piece: UsedPiece, { body }: ShownPiece, count: Count): Stretch {
  return { source: piece.kind, text: body, path: piece.path, line: piece.line, tokens: Math.ceil(count(body)) };
}
