import type { ModelFailure } from "../failure.ts";
import { ModelError } from "../model.ts";
import type { Binding } from "./binding.ts";
import { CrashLoop } from "./crashLoop.ts";
import { Engine } from "./engine.ts";
import type { EngineLog } from "./engineLog.ts";
import { type EngineSpec, specKey } from "./engineSpec.ts";
import { checkModelFiles } from "./modelFiles.ts";
import type { Status } from "./protocol.ts";

/** Loaded at most so often a second is progress told. */
const TOLD_EVERY_SHARE = 0.02;

export interface ModelHostOptions {
  readonly loadBinding: () => Promise<Binding>;
  readonly log: EngineLog;
  /** Milliseconds, from any start. */
  readonly now: () => number;
  readonly onStatus: (status: Status) => void;
}

/** A model that could not be loaded, from these very files. */
interface FailedLoad {
  readonly files: string;
  readonly wait: CrashLoop;
  failure: ModelFailure;
}

/**
 * Keeps one model loaded: the one that was asked for last. Two windows with two models therefore load anew
 * at each change between them, which is slow but right; memory for two is what most machines do not have.
 * The methods are called one after another, never two at once.
 */
export class ModelHost {
  readonly #options: ModelHostOptions;
  #binding: Binding | undefined;
  #loaded: { readonly key: string; readonly path: string; readonly engine: Engine } | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #status: Status | undefined;
  /** By the key of the spec: one window's model that cannot be loaded is no affair of another's. */
  readonly #failed = new Map<string, FailedLoad>();

  constructor(options: ModelHostOptions) {
    this.#options = options;
  }

  /** Of the model that is loaded or being loaded, for a client that comes only now. */
  get status(): Status | undefined {
    return this.#status;
  }

  /**
   * The engine for `spec`, loaded if need be. What could not be loaded is not tried again at once: for 30 s, and
   * up to 5 min when it fails again, the answer is the same failure, unless the files are others by then.
   * @throws {ModelError} as `loadBinding`, `checkModelFiles`, `Engine.load` do
   */
  async engine(spec: EngineSpec): Promise<Engine> {
    clearTimeout(this.#idleTimer);
    const key = specKey(spec);
    if (this.#loaded?.key === key) {
      this.#tell({ path: spec.path, kind: "ready" });
      return this.#loaded.engine;
    }
    const { log, now } = this.#options;
    // First: a build without an engine has no adapter either, and no file would help it.
    this.#binding ??= await this.#options.loadBinding();
    // Before another window's model has to go for it.
    const files = await checkModelFiles(spec);
    this.#throwWhileWaiting(key, files);
    await this.unload();
    const start = now();
    let told = 0;
    const tell = (share: number) => {
      if (share < told + TOLD_EVERY_SHARE && told > 0) return;
      told = share;
      this.#tell({ path: spec.path, kind: "loading", share: Math.min(1, Math.max(0, share)) });
    };
    tell(0);
    log.forget();
    try {
      const engine = await Engine.load(this.#binding, spec, tell, () => log.lastError());
      this.#loaded = { key, path: spec.path, engine };
      this.#failed.delete(key);
      const { prompt, generation } = engine.threads;
      const ms = Math.round(now() - start);
      log.write(`loaded ${spec.path} in ${ms} ms; threads: ${prompt} for prompts, ${generation} for answers`);
      this.#tell({ path: spec.path, kind: "ready" });
      return engine;
    } catch (error) {
      if (error instanceof ModelError) this.#remember(key, files, error.failure);
      log.write(`${spec.path} was not loaded: ${String(error)}`);
      this.#tell({ path: spec.path, kind: "unloaded" });
      throw error;
    }
  }

  /** Nothing is to do any more; `unload` is called after `idleMs` (0: never) without another call of `engine`. */
  idle(idleMs: number, unload: () => void): void {
    clearTimeout(this.#idleTimer);
    if (idleMs > 0) this.#idleTimer = setTimeout(unload, idleMs);
  }

  async unload(): Promise<void> {
    clearTimeout(this.#idleTimer);
    const loaded = this.#loaded;
    if (loaded === undefined) return;
    this.#loaded = undefined;
    await loaded.engine.dispose();
    this.#options.log.write(`unloaded ${loaded.path}`);
    this.#tell({ path: loaded.path, kind: "unloaded" });
  }

  #throwWhileWaiting(key: string, files: string): void {
    const failed = this.#failed.get(key);
    if (failed === undefined) return;
    if (failed.files !== files) this.#failed.delete(key);
    else if (!failed.wait.mayStart(this.#options.now())) throw new ModelError(failed.failure);
  }

  #remember(key: string, files: string, failure: ModelFailure): void {
    const failed = this.#failed.get(key) ?? { files, wait: new CrashLoop(0), failure };
    failed.failure = failure;
    failed.wait.died(this.#options.now());
    this.#failed.set(key, failed);
  }

  #tell(status: Status): void {
    this.#status = status.kind === "unloaded" ? undefined : status;
    this.#options.onStatus(status);
  }
}
