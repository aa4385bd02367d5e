/** Counts the parts of a conversation, each once: turns and pieces do not change. */

import type { Answer, Attachment, Picture, Question, ToolUse, Turn, UsedPiece } from "./conversation.ts";
import type { ExchangeCost, PieceCost } from "./promptPlan.ts";
import { type Count, leftOutNote, pieceOfTool, wholePiece } from "./promptPieces.ts";

export interface Exchange {
  readonly question: Question;
  /** None of the newest question. */
  readonly answer: Answer | undefined;
}

/** Between two parts of a message. */
export const GAP = "\n\n";
/** What an answer is that has no text, for models that have to be told one. */
const NO_ANSWER = "(No answer arrived.)";

export class PromptCosts {
  readonly count: Count;
  /** What a message costs beside its text. */
  readonly messageTokens: number;
  readonly #textOf: (question: Question) => string;
  readonly #pieces = new WeakMap<UsedPiece, PieceCost>();
  readonly #tools = new WeakMap<ToolUse, UsedPiece>();
  readonly #turns = new WeakMap<Turn, ExchangeCost>();
  #texts = new Map<string, number>();

  constructor(count: Count, messageTokens: number, textOf: (question: Question) => string) {
    // In whole tokens: of fractions a sum less one of its parts is not the other part.
    this.count = (text) => Math.ceil(count(text));
    this.messageTokens = messageTokens;
    this.#textOf = textOf;
  }

  /** What the user asks, in words. */
  textOf(question: Question): string {
    return this.#textOf(question);
  }

  answerText({ text }: Answer): string {
    return text === "" ? NO_ANSWER : text;
  }

  /** Whose text is still there. */
  piecesOf({ pieces }: Question): readonly UsedPiece[] {
    return pieces.filter(({ text }) => text !== "");
  }

  /** What the model was told by tools; where these tell nothing, what they are known to have found. */
  resultsOf(answer: Answer | undefined): readonly UsedPiece[] {
    const results = answer?.tools.filter(({ result }) => result !== "").map((tool) => this.#pieceOf(tool)) ?? [];
    return results.length > 0 ? results : (answer?.pieces.filter(({ text }) => text !== "") ?? []);
  }

  /** Pictures count where the model sees. */
  of({ question, answer }: Exchange, sees: boolean): ExchangeCost {
    const asked = this.#questionCost(question);
    const shown = sees ? { pictures: asked.pictures } : { pictures: 0, unseen: asked.pictures };
    if (!answer) return { ...asked, ...shown };
    const answered = this.#answerCost(answer);
    return { ...asked, ...shown, results: answered.results, answer: answered.answer, note: asked.note + answered.note };
  }

  /** Of texts that come again and again, such as the system's. */
  ofText(text: string): number {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= MOST_TEXTS) this.#texts = new Map();
    const tokens = this.count(text);
    this.#texts.set(text, tokens);
    return tokens;
  }

  #questionCost(question: Question): ExchangeCost {
    return this.#once(question, () => {
      const pieces = this.piecesOf(question);
      const pictures = picturesOf(question);
      return {
        ...nothing,
        question: this.count(this.textOf(question)) + this.messageTokens,
        pieces: pieces.map((piece) => this.#pieceCost(piece)),
        pictures: pictures.length,
        note: pieces.length + pictures.length === 0 ? 0 : this.count(GAP + leftOutNote([...pieces, ...pictures])),
      };
    });
  }

  #answerCost(answer: Answer): ExchangeCost {
    return this.#once(answer, () => {
      const results = this.resultsOf(answer);
      return {
        ...nothing,
        results: results.map((piece) => this.#pieceCost(piece)),
        answer: this.count(this.answerText(answer)) + this.messageTokens,
        note: results.length === 0 ? 0 : this.count(GAP + leftOutNote(results)),
      };
    });
  }

  #once(turn: Turn, make: () => ExchangeCost): ExchangeCost {
    const cost = this.#turns.get(turn) ?? make();
    this.#turns.set(turn, cost);
    return cost;
  }

  #pieceCost(piece: UsedPiece): PieceCost {
    const known = this.#pieces.get(piece);
    if (known) return known;
    const { block } = wholePiece(piece);
    const frame = this.count(GAP + wholePiece({ ...piece, text: "", cut: true }).block);
    const cost = { piece, tokens: this.count(GAP + block), frame };
    this.#pieces.set(piece, cost);
    return cost;
  }

  #pieceOf(tool: ToolUse): UsedPiece {
    const piece = this.#tools.get(tool) ?? pieceOfTool(tool);
    this.#tools.set(tool, piece);
    return piece;
  }
}

/** What is attached and has a picture. */
export function picturesOf({ attachments }: Question): readonly (Attachment & { readonly picture: Picture })[] {
  return attachments.flatMap((attachment) => {
    const { picture } = attachment;
    return picture ? [{ ...attachment, picture }] : [];
  });
}

const MOST_TEXTS = 20;

const nothing: ExchangeCost = { question: 0, pieces: [], results: [], answer: 0, pictures: 0, unseen: 0, note: 0 };
