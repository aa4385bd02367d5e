/**
 * The threads of a workspace. Who has one open hands over each state of it, and goes on; it is on the disk soon after.
 * Where nothing can be written everything works in memory.
 */

import type { Thread } from "./conversation.ts";
import type { Slimming } from "./slimming.ts";
import { sizeOf } from "./slimming.ts";
import { codeOf, type SetAside, ThreadFiles } from "./threadFiles.ts";
import { ThreadIndex } from "./threadIndex.ts";
import { atRest, canWait, changesBetween, isWorthKeeping, linesOf } from "./threadLines.ts";
import { SearchedTexts } from "./searchedTexts.ts";
import { newestFirst, searchedText, searchedWords, summaryOf, type ThreadSummary } from "./threadSummary.ts";

/** Where threads are kept. */
export type Keeping =
  | { readonly kind: "disk" }
  /** They are gone with the window. Without a `code`, such as `EROFS` or `ENOSPC`, there is no folder to keep them in. */
  | { readonly kind: "memory"; readonly code: string | undefined };

/** What the user should be told. */
export type StoreEvent =
  /** Once for each change, not for each thread. */
  | { readonly kind: "keeping"; readonly keeping: Keeping }
  /** There was no room any more for the oldest ones. */
  | { readonly kind: "dropped"; readonly threads: readonly ThreadSummary[] }
  /** The thread was too large to be kept as a whole; as long as it is open it still is whole. */
  | { readonly kind: "slimmed"; readonly thread: string; readonly gone: Slimming }
  | { readonly kind: "set-aside"; readonly aside: SetAside };

export interface StoreBounds {
  readonly threads: number;
  /** Of all threads, on the disk. */
  readonly bytes: number;
  readonly threadBytes: number;
}

const defaultBounds: StoreBounds = { threads: 200, bytes: 50_000_000, threadBytes: 12_000_000 };

export interface StoreClock {
  /** Resolves after `ms`, or at once when the signal is aborted; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** An answer that is being written, and a draft, are kept this often. */
const LAZY_MS = 2_000;
/** What could not be written is tried again. */
const RETRY_MS = 30_000;
const CHECKED_CHARS = 1_000_000;
const UNKNOWN_CODE = "EUNKNOWN";

export class ThreadStore {
  readonly #files: ThreadFiles | undefined;
  readonly #index: ThreadIndex | undefined;
  readonly #clock: StoreClock;
  readonly #bounds: StoreBounds;
  readonly #listeners = new Set<(event: StoreEvent) => void>();
  readonly #open = new Set<string>();
  /** The newest state of each thread that is open or not on the disk yet. */
  readonly #current = new Map<string, Thread>();
  /** What of them is on the disk. */
  readonly #saved = new Map<string, Thread>();
  /** In this window; nothing brings them back. */
  readonly #removed = new Set<string>();
  /** Those of them whose files could not be removed yet. */
  readonly #undeleted = new Set<string>();
  /** Ends the waiting of those that are written later. */
  readonly #waiting = new Map<string, AbortController>();
  readonly #searched = new SearchedTexts();
  #work: Promise<void> = Promise.resolve();
  #keeping: Keeping;
  #tidied: Promise<void> | undefined;
  /** Written since it was last looked at whether there is room. */
  #written = 0;

  /** @param folder without one everything is in memory */
  constructor(folder: string | undefined, clock: StoreClock, bounds: StoreBounds = defaultBounds) {
    this.#clock = clock;
    this.#bounds = bounds;
    this.#keeping = folder === undefined ? { kind: "memory", code: undefined } : { kind: "disk" };
    if (folder === undefined) return;
    this.#files = new ThreadFiles(folder, bounds.threadBytes, (aside) => this.#tell({ kind: "set-aside", aside }));
    this.#index = new ThreadIndex(this.#files);
  }

  get keeping(): Keeping {
    return this.#keeping;
  }

  /** Gives the function that takes the listener away. */
  onDidHappen(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The one that changed last comes first. Never rejects. */
  async list(): Promise<readonly ThreadSummary[]> {
    await this.#tidy();
    const summaries = new Map<string, ThreadSummary>();
    for (const summary of (await this.#index?.summaries()) ?? []) summaries.set(summary.id, summary);
    for (const [id, thread] of this.#current) {
      const size = summaries.get(id)?.size;
      if (isWorthKeeping(thread) || size !== undefined) summaries.set(id, summaryOf(thread, size ?? sizeOf(thread)));
    }
    for (const id of this.#removed) summaries.delete(id);
    return newestFirst(summaries.values());
  }

  /** `undefined` where there is none (any more). An answer that was being written when its window ended has stopped. */
  async open(id: string): Promise<Thread | undefined> {
    await this.#tidy();
    const thread = this.#current.get(id) ?? (await this.#read(id));
    // Another call may have read it meanwhile, and its state has been changed.
    const newest = this.#current.get(id) ?? thread;
    if (!newest || this.#removed.has(id)) return undefined;
    this.#open.add(id);
    if (!this.#current.has(id)) {
      this.#current.set(id, newest);
      this.#saved.set(id, newest);
    }
    return newest;
  }

  /** Takes the thread's newest state, which is open from then on. */
  save(thread: Thread): void {
    const { id } = thread;
    if (this.#removed.has(id)) return;
    const before = this.#current.get(id);
    this.#open.add(id);
    this.#current.set(id, thread);
    const saved = this.#saved.get(id);
    if (saved === thread || (!saved && !isWorthKeeping(thread))) return;
    // Where nothing can be written, it need not be found out anew with each piece of an answer.
    const isTried = this.#keeping.kind === "memory" && before !== undefined && isWorthKeeping(before);
    if (!isTried && !canWait(saved, thread)) this.#writeSoon(id);
    else if (!this.#waiting.has(id)) this.#writeLater(id, isTried ? RETRY_MS : LAZY_MS);
  }

  /** It is not shown any more. */
  leave(id: string): void {
    this.#open.delete(id);
    this.#writeSoon(id);
  }

  /** Where its file can't be removed now, it is tried again. */
  async remove(id: string): Promise<void> {
    this.#removed.add(id);
    this.#undeleted.add(id);
    this.#forget(id);
    await this.#do(() => this.#write(id));
  }

  /** The threads that have all words of the query in title, questions and answers. Rejects with the signal's reason. */
  async search(query: string, signal: AbortSignal): Promise<readonly ThreadSummary[]> {
    const words = searchedWords(query);
    const found: ThreadSummary[] = [];
    for (const summary of await this.list()) {
      signal.throwIfAborted();
      const text = words.length === 0 ? "" : await this.#searchedText(summary);
      if (words.every((word) => text.includes(word))) found.push(summary);
    }
    signal.throwIfAborted();
    return found;
  }

  /** Writes what waits. Never rejects. */
  async flush(): Promise<void> {
    for (const id of [...this.#current.keys(), ...this.#undeleted]) this.#writeSoon(id);
    await this.#do(async () => {
      await this.#index?.write();
    });
  }

  async #read(id: string): Promise<Thread | undefined> {
    const found = await this.#files?.read(id);
    return found && atRest(found.thread);
  }

  #writeLater(id: string, ms: number): void {
    const waiting = new AbortController();
    this.#waiting.set(id, waiting);
    const wake = (): void => {
      if (this.#waiting.get(id) === waiting) this.#writeSoon(id);
    };
    void this.#clock.sleep(ms, waiting.signal).then(wake);
  }

  #writeSoon(id: string): void {
    this.#waiting.get(id)?.abort();
    this.#waiting.delete(id);
    void this.#do(() => this.#write(id));
  }

  async #write(id: string): Promise<void> {
    if (this.#undeleted.has(id)) return this.#delete(id);
    const thread = this.#current.get(id);
    if (!thread) return;
    const saved = this.#saved.get(id);
    const lines = saved ? changesBetween(saved, thread) : isWorthKeeping(thread) ? linesOf(thread) : "";
    const isKept = lines === "" || (await this.#append(thread, lines));
    if (isKept && saved) this.#saved.set(id, thread);
    if (isKept && !this.#open.has(id) && this.#current.get(id) === thread) this.#forget(id);
    this.#written += lines.length;
    if ((lines !== "" && saved === undefined) || this.#written > CHECKED_CHARS) await this.#dropOldest();
  }

  /** Whether it is on the disk. */
  async #append(thread: Thread, lines: string): Promise<boolean> {
    const { id } = thread;
    if (!this.#files) return false;
    try {
      const { stamp, gone } = await this.#files.append(thread, lines);
      if (!this.#current.has(id)) return false;
      this.#saved.set(id, thread);
      if (stamp) await this.#index?.put({ thread, stamp });
      if (gone) this.#tell({ kind: "slimmed", thread: id, gone });
      this.#keepAgain();
      return true;
    } catch (error) {
      this.#lose(error);
      if (!this.#waiting.has(id) && this.#current.has(id)) this.#writeLater(id, RETRY_MS);
      return false;
    }
  }

  async #delete(id: string): Promise<void> {
    try {
      await this.#files?.remove(id);
      this.#undeleted.delete(id);
      if (this.#files) this.#keepAgain();
    } catch (error) {
      this.#lose(error);
      if (!this.#waiting.has(id)) this.#writeLater(id, RETRY_MS);
    }
  }

  /** Those that are open stay, whatever there is. */
  async #dropOldest(): Promise<void> {
    this.#written = 0;
    const dropped: ThreadSummary[] = [];
    const threads = await this.list();
    let count = threads.length;
    let bytes = threads.reduce((sum, { size }) => sum + size, 0);
    for (const summary of threads.toReversed()) {
      if (count <= this.#bounds.threads && bytes <= this.#bounds.bytes) break;
      const { id } = summary;
      if (this.#open.has(id)) continue;
      const isGone = await this.#files?.remove(id).then(
        () => true,
        () => false,
      );
      if (isGone === false && !this.#current.has(id)) continue;
      bytes -= summary.size;
      count -= 1;
      this.#forget(id);
      dropped.push(summary);
    }
    if (dropped.length > 0) this.#tell({ kind: "dropped", threads: dropped });
  }

  async #searchedText({ id, size, changedAt }: ThreadSummary): Promise<string> {
    const current = this.#current.get(id);
    if (current) return searchedText(current);
    return this.#searched.get(id, `${size} ${changedAt}`, async () => (await this.#files?.read(id))?.thread);
  }

  #forget(id: string): void {
    this.#waiting.get(id)?.abort();
    for (const kept of [this.#waiting, this.#current, this.#saved, this.#searched]) kept.delete(id);
    this.#open.delete(id);
  }

  #lose(error: unknown): void {
    if (this.#keeping.kind === "memory") return;
    this.#keeping = { kind: "memory", code: codeOf(error) ?? UNKNOWN_CODE };
    this.#tell({ kind: "keeping", keeping: this.#keeping });
  }

  #keepAgain(): void {
    if (this.#keeping.kind === "disk") return;
    this.#keeping = { kind: "disk" };
    this.#tell({ kind: "keeping", keeping: this.#keeping });
    for (const id of Array.from(this.#waiting.keys())) this.#writeSoon(id);
  }

  #tell(event: StoreEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #tidy(): Promise<void> {
    this.#tidied ??= this.#files?.tidy() ?? Promise.resolve();
    return this.#tidied;
  }

  /** One after the other; what goes wrong in it is seen to in it. */
  #do(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(work);
    return this.#work;
  }
}
