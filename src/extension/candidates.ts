import type { CompletionBackend } from "../completion/engine.ts";
import type { EngineState } from "../model/embedded/engineState.ts";
import type { ModelFailure } from "../model/failure.ts";
import { Health, type HealthFigures, watchedModel } from "../model/health.ts";
import { ModelError } from "../model/model.ts";

/** A model that is ready to be asked, with what has to be closed with it. */
export interface MadeModel {
  readonly backend: CompletionBackend;
  /** Of a model that runs in a process of our own. */
  readonly engine?: LocalEngine | undefined;
  /** It may be asked at once, whatever it asked for. */
  retry?(): void;
  /** Whether it was made for what is not so any more, and has to be made anew. Asked before each use. Never rejects. */
  isOutdated?(): boolean | Promise<boolean>;
  dispose?(): void;
}

interface LocalEngine {
  readonly state: EngineState;
  /** @throws {ModelError} */
  restart(): Promise<void>;
}

export interface CandidateParts {
  /** What the settings name, the chosen one first. */
  references(): readonly string[];
  /**
   * `signal` is aborted as soon as the model is not wanted any more. Rejects with `ModelError` where it can't be used as
   * it is set up.
   */
  make(reference: string, engineChanged: () => void, signal: AbortSignal): Promise<MadeModel>;
  /** Milliseconds of a clock. */
  now(): number;
  /** Another model is in use. */
  onOtherModel(): void;
  /** `engineState` is another one. */
  onEngineChange(): void;
}

/** A model that suggestions may come from. */
interface Candidate {
  readonly reference: string;
  readonly health: Health;
  making: Promise<MadeModel> | undefined;
  /** What has come of `making`. */
  made: MadeModel | undefined;
}

/** The candidates by the settings of a time; aborted when the settings change. */
interface Round {
  readonly candidates: readonly [Candidate, ...Candidate[]];
  readonly end: AbortController;
}

export interface ModelHealth extends HealthFigures {
  /** As in the settings. */
  readonly reference: string;
  /** Why it is not asked for a while. */
  readonly failure: ModelFailure | undefined;
}

/**
 * The models that the settings name, each made at its first use. The first one that works is in use: one that keeps
 * failing is left alone for a while, and meanwhile the next one helps, where the user has named any.
 */
export class Candidates {
  readonly #parts: CandidateParts;
  #round: Round | undefined;
  #inUse: Candidate | undefined;

  constructor(parts: CandidateParts) {
    this.#parts = parts;
  }

  /**
   * That of the first model which is not left alone for a while, or of the first one where all are. Rejects with
   * `ModelError` when it can't be used as it is set up; the next call looks again.
   */
  backend(): Promise<CompletionBackend> {
    return this.#inRound((round) => this.#choose(round));
  }

  /**
   * That of the next model, for what `failed` was asked and has failed at before it wrote anything. `undefined` where
   * none is left, or `failed` is none of the models any more.
   */
  async instead(failed: CompletionBackend): Promise<CompletionBackend | undefined> {
    const round = this.#round;
    const at = round?.candidates.findIndex(({ made }) => made?.backend === failed) ?? -1;
    if (!round || at === -1) return undefined;
    try {
      return await this.#firstThatWorks(round.candidates.slice(at + 1), round);
    } catch (error) {
      if (round.end.signal.aborted) return undefined;
      throw error;
    }
  }

  /** As the settings name it. `undefined` where they have changed since. */
  referenceOf(backend: CompletionBackend): string | undefined {
    return this.#round?.candidates.find(({ made }) => made?.backend === backend)?.reference;
  }

  /** Where another model than the first one helps: which one does, and what the first one failed with. */
  get fallenBack(): { readonly to: string; readonly failure: ModelFailure } | undefined {
    const [first] = this.#round?.candidates ?? [];
    const failure = first?.health.lastFailure;
    if (!this.#inUse || this.#inUse === first || failure === undefined) return undefined;
    return { to: this.#inUse.reference, failure };
  }

  /** Of the models that were wanted since the settings changed. */
  get health(): readonly ModelHealth[] {
    return (this.#round?.candidates ?? []).map(({ reference, health }) => {
      return { reference, failure: health.failure, ...health.figures };
    });
  }

  /** Of the model in use, or of the first one before any is; idle where that has no engine. */
  get engineState(): EngineState {
    return this.#shown?.made?.engine?.state ?? IDLE;
  }

  /** Somebody wants a suggestion now: the one that works may be asked at once, and where none does, all may. */
  retry(): void {
    const candidates = this.#round?.candidates ?? [];
    const working = candidates.find(({ health }) => health.failure === undefined);
    for (const candidate of working ? [working] : candidates) retryOne(candidate);
  }

  /** Starts the engine of the first model anew, whichever helps meanwhile. @throws {ModelError} */
  restart(): Promise<void> {
    return this.#inRound(async (round) => {
      const [first] = round.candidates;
      retryOne(first);
      const { engine } = await this.#madeOf(first, round);
      if (!round.end.signal.aborted) await engine?.restart();
    });
  }

  /** It answers: what it has failed with counts no more. */
  worked(reference: string): void {
    const found = this.#round?.candidates.find((each) => each.reference === reference);
    found?.health.forget();
    found?.made?.retry?.();
  }

  /** What made a model wait counts no more: all may be asked at once. */
  forgetFailures(): void {
    for (const { health } of this.#round?.candidates ?? []) health.forget();
  }

  /** All are closed; the next call makes them anew. */
  reset(): void {
    const round = this.#round;
    this.#round = undefined;
    this.#inUse = undefined;
    round?.end.abort();
    for (const { made } of round?.candidates ?? []) made?.dispose?.();
  }

  get #shown(): Candidate | undefined {
    return this.#inUse ?? this.#round?.candidates[0];
  }

  /** What was begun by settings that do not hold any more is begun again by those that do, however it has ended. */
  async #inRound<T>(work: (round: Round) => Promise<T>): Promise<T> {
    const round = (this.#round ??= this.#begin());
    try {
      const result = await work(round);
      if (!round.end.signal.aborted) return result;
    } catch (error) {
      if (!round.end.signal.aborted) throw error;
    }
    return this.#inRound(work);
  }

  #begin(): Round {
    const candidates = this.#parts.references().map((reference): Candidate => {
      return { reference, health: new Health(() => this.#parts.now()), making: undefined, made: undefined };
    });
    return { candidates: candidates as [Candidate, ...Candidate[]], end: new AbortController() };
  }

  async #choose(round: Round): Promise<CompletionBackend> {
    const { candidates } = round;
    const [first] = candidates;
    const working = await this.#firstThatWorks(candidates, round);
    if (working) return working;
    const { failure } = first.health;
    if (first.making === undefined && failure !== undefined) throw new ModelError(failure);
    return (await this.#madeOf(first, round)).backend;
  }

  async #firstThatWorks(among: readonly Candidate[], round: Round): Promise<CompletionBackend | undefined> {
    const { candidates, end } = round;
    for (const candidate of among) {
      if (candidate.health.failure !== undefined) continue;
      try {
        const { backend } = await this.#upToDate(candidate, round);
        end.signal.throwIfAborted();
        this.#use(candidate);
        return backend;
      } catch (error) {
        end.signal.throwIfAborted();
        // With nothing to fall back to, the next call looks again at once: the user may be about to mend it.
        if (!(error instanceof ModelError) || candidates.length === 1) throw error;
        candidate.health.failed(error.failure);
      }
    }
    return undefined;
  }

  #use(candidate: Candidate): void {
    if (this.#inUse === candidate) return;
    this.#inUse = candidate;
    this.#parts.onOtherModel();
  }

  async #upToDate(candidate: Candidate, round: Round): Promise<MadeModel> {
    const made = await this.#madeOf(candidate, round);
    if (!(await made.isOutdated?.())) return made;
    // Others may have found it, too.
    if (candidate.made === made && !round.end.signal.aborted) {
      candidate.making = undefined;
      candidate.made = undefined;
      made.dispose?.();
    }
    return this.#madeOf(candidate, round);
  }

  #madeOf(candidate: Candidate, round: Round): Promise<MadeModel> {
    if (candidate.making) return candidate.making;
    const making = this.#make(candidate, round);
    candidate.making = making;
    making.catch(() => {
      if (candidate.making === making) candidate.making = undefined;
    });
    return making;
  }

  async #make(candidate: Candidate, { end }: Round): Promise<MadeModel> {
    const parts = this.#parts;
    const engineChanged = (): void => {
      if (candidate === this.#shown) parts.onEngineChange();
    };
    const made = await parts.make(candidate.reference, engineChanged, end.signal);
    if (end.signal.aborted) {
      made.dispose?.();
      throw end.signal.reason;
    }
    const { backend } = made;
    const model = watchedModel(backend.model, candidate.health, () => parts.now());
    candidate.made = { ...made, backend: { ...backend, model } };
    return candidate.made;
  }
}

function retryOne({ health, made }: Candidate): void {
  health.retry();
  made?.retry?.();
}

const IDLE: EngineState = { kind: "idle" };
