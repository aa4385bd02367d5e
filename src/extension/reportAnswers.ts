import type { Failure } from "../productivity/ledger/failure.ts";
import type { ReportModel } from "../productivity/report/model.ts";
import { asError } from "./asError.ts";

interface Sources {
  readonly model: () => Promise<ReportModel | Failure>;
  readonly projectNames: () => Promise<Readonly<Record<string, string>>>;
}

type ReportAnswer =
  | { readonly model: ReportModel | Failure; readonly names: Readonly<Record<string, string>> }
  /** What was thrown says why. */
  | { readonly broken: string };

/**
 * Reads the whole ledger for whoever waits: all together once, however often it is asked for, since each reading takes seconds of a
 * large one.
 */
export class ReportAnswers {
  readonly #sources: Sources;
  #running: Promise<ReportAnswer> | undefined;
  /** Begins when the one that runs is over. */
  #following: Promise<ReportAnswer> | undefined;
  #isExpired = false;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** What comes of a reading that runs already is no longer true. */
  expire(): void {
    this.#isExpired = this.#running !== undefined;
  }

  /** Never rejects. */
  next(): Promise<ReportAnswer> {
    if (this.#following) return this.#following;
    if (!this.#running) return (this.#running = this.#read());
    if (!this.#isExpired) return this.#running;
    return (this.#following = this.#running.then(() => {
      this.#following = undefined;
      return (this.#running = this.#read());
    }));
  }

  async #read(): Promise<ReportAnswer> {
    this.#isExpired = false;
    try {
      const [model, names] = await Promise.all([this.#sources.model(), this.#sources.projectNames()]);
      return { model, names };
    } catch (error) {
      return { broken: asError(error).message };
    } finally {
      this.#running = undefined;
    }
  }
}
