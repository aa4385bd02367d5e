import { hasOpenAiVocabulary } from "../context/openAiTokens.ts";
import { promptTexts } from "../model/placedStretches.ts";
import type { SentRequest } from "../model/requestLog.ts";

type Request = Pick<SentRequest, "id" | "endPoint" | "model" | "prompt" | "stretches">;

/** The tokens of a request's pieces, counted with the model's own vocabulary where that is OpenAI's. */
export class ExactTokens {
  readonly #count: (text: string) => Promise<number>;
  /** By the request's id: of each piece, `undefined` where the prompt does not have it as one run. */
  readonly #known = new Map<number, readonly (number | undefined)[]>();

  /** `count` may reject, and the estimate then stands. */
  constructor(count: (text: string) => Promise<number>) {
    this.#count = count;
  }

  of({ id }: Pick<Request, "id">): readonly (number | undefined)[] | undefined {
    return this.#known.get(id);
  }

  /** Resolves to whether there is more to say than before. Never rejects. */
  async look({ id, endPoint, model, prompt, stretches }: Request): Promise<boolean> {
    if (this.#known.has(id) || endPoint.kind !== "server" || !hasOpenAiVocabulary(model)) return false;
    const text = promptTexts(prompt)
      .map((each) => each.text)
      .join("");
    try {
      const counts = await Promise.all(
        stretches.map(async ({ range }) => (range ? this.#count(text.slice(range.start, range.end)) : undefined)),
      );
      this.#known.set(id, counts);
      return true;
    } catch {
      return false;
    }
  }

  forget(): void {
    this.#known.clear();
  }
}
