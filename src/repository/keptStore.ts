/** The store of an index, as long as anything works: repaired where it is damaged, in memory where it can't be written to. */

import { IndexStore, isDamage, removeDatabase, type FileToStore, type StoredChunk, type StoredFile } from "./store.ts";

/** Its methods never throw. What they could not do is told to `onLost`, and what was stored before is not there any more. */
export class KeptStore {
  readonly #file: string | undefined;
  #store: IndexStore | undefined;
  #lost: () => void = () => undefined;
  /** Once a session: what is damaged again has another cause. */
  #isRepaired = false;

  /** @param file without one nothing is kept, nor where it can't be written, or another window holds it for too long */
  constructor(file: string | undefined) {
    this.#file = file;
    this.#store = opened(file) ?? opened(undefined);
  }

  /** Another session will find it. */
  get keeps(): boolean {
    return this.#store?.keeps ?? false;
  }

  /** On the disk. */
  get bytes(): number {
    return this.#store?.bytes ?? 0;
  }

  /** Calls when the store is another one, which has nothing yet. */
  onLost(listener: () => void): void {
    this.#lost = listener;
  }

  /** As of `IndexStore`; ends where the rest can't be read. */
  *all(): Generator<StoredFile, void, undefined> {
    const store = this.#store;
    try {
      if (store) yield* store.all();
    } catch (error) {
      this.#replace(error);
    }
  }

  put(files: readonly FileToStore[]): void {
    this.#do((store) => store.put(files));
  }

  remove(paths: readonly string[]): void {
    this.#do((store) => store.remove(paths));
  }

  search(words: readonly string[], most: number): readonly StoredChunk[] {
    return this.#do((store) => store.search(words, most)) ?? [];
  }

  /** Gives back memory that it could do with. */
  trim(): void {
    this.#do((store) => store.trim());
  }

  /** What could not be kept until now may well be from now on. */
  clear(): void {
    this.#isRepaired = false;
    if (!this.#store?.keeps) {
      const store = opened(this.#file) ?? opened(undefined);
      this.close();
      this.#store = store;
    }
    this.#do((store) => store.clear());
  }

  close(): void {
    try {
      this.#store?.close();
    } catch {
      // It is closed already.
    }
  }

  #do<Result>(work: (store: IndexStore) => Result): Result | undefined {
    while (this.#store) {
      try {
        return work(this.#store);
      } catch (error) {
        this.#replace(error);
      }
    }
    return undefined;
  }

  #replace(error: unknown): void {
    const wasKept = this.keeps;
    this.close();
    this.#store = undefined;
    if (wasKept && isDamage(error) && !this.#isRepaired) {
      this.#isRepaired = true;
      this.#store = madeAnew(this.#file);
    }
    // A store in memory that fails is not replaced by another one, which would, too.
    if (wasKept) this.#store ??= opened(undefined);
    if (this.#store) this.#lost();
  }
}

function opened(file: string | undefined): IndexStore | undefined {
  try {
    return new IndexStore(file);
  } catch {
    return undefined;
  }
}

function madeAnew(file: string | undefined): IndexStore | undefined {
  try {
    if (file !== undefined) removeDatabase(file);
    return new IndexStore(file);
  } catch {
    return undefined;
  }
}
