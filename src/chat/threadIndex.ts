/** What the list of threads shows, without their files being read: of a file that has not changed it is known. */

import { isCount, isNumber, isObject, isText, shape } from "../text/shapes.ts";
import type { Found, Stamp, ThreadFiles } from "./threadFiles.ts";
import { summaryOf, type ThreadSummary } from "./threadSummary.ts";

interface Entry {
  readonly summary: ThreadSummary;
  readonly mtimeMs: number;
}

const FILE = "index.json";
const FORMAT = 1;

/** Kept in a file. Where that is missing, or another window has written an older one over it, the threads are read again. */
export class ThreadIndex {
  readonly #files: ThreadFiles;
  #entries: Promise<Map<string, Entry>> | undefined;
  #isChanged = false;

  constructor(files: ThreadFiles) {
    this.#files = files;
  }

  /** Of the threads that are on the disk now. */
  async summaries(): Promise<readonly ThreadSummary[]> {
    const entries = await this.#loaded();
    const stamps = await this.#files.stamps();
    for (const id of entries.keys()) if (!stamps.has(id)) this.#forget(entries, id);
    for (const [id, stamp] of stamps) {
      const entry = entries.get(id);
      if (entry?.summary.size === stamp.size && entry.mtimeMs === stamp.mtimeMs) continue;
      const found = await this.#files.read(id);
      if (found) this.#put(entries, found);
      else this.#forget(entries, id);
    }
    return Array.from(entries.values(), ({ summary }) => summary);
  }

  async put(found: Found): Promise<void> {
    this.#put(await this.#loaded(), found);
  }

  /** Writes it where it has changed. */
  async write(): Promise<void> {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    const threads = Array.from(await this.#loaded(), ([, { summary, mtimeMs }]) => ({ ...summary, mtimeMs }));
    await this.#files.writeBeside(FILE, JSON.stringify({ format: FORMAT, threads }));
  }

  #put(
    entries: Map<string, Entry>,
    { thread, stamp }: { readonly thread: Found["thread"]; readonly stamp: Stamp },
  ): void {
    entries.set(thread.id, { summary: summaryOf(thread, stamp.size), mtimeMs: stamp.mtimeMs });
    this.#isChanged = true;
  }

  #forget(entries: Map<string, Entry>, id: string): void {
    if (entries.delete(id)) this.#isChanged = true;
  }

  #loaded(): Promise<Map<string, Entry>> {
    this.#entries ??= this.#files.readBeside(FILE).then(entriesOf);
    return this.#entries;
  }
}

const isEntry = shape({
  id: isText,
  title: isText,
  createdAt: isNumber,
  changedAt: isNumber,
  turns: isCount,
  size: isCount,
  mtimeMs: isNumber,
});

function entriesOf(text: string | undefined): Map<string, Entry> {
  const index = parsed(text);
  if (!isObject(index) || index["format"] !== FORMAT || !Array.isArray(index["threads"])) return new Map();
  return new Map(
    index["threads"].filter(isEntry).map((entry: ThreadSummary & { readonly mtimeMs: number }) => {
      const { mtimeMs, id, title, createdAt, changedAt, turns, size } = entry;
      return [id, { summary: { id, title, createdAt, changedAt, turns, size }, mtimeMs }];
    }),
  );
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
