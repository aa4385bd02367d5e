/**
 * The files of threads in one folder, one each. What is written is written by one process at a time (`write.lock`), and
 * read by any: a file only gets longer, or is replaced by another one as a whole.
 */

import { copyFile, type FileHandle, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { acquireFileLock, lockTimes } from "../model/fileLock.ts";
import type { Thread } from "./conversation.ts";
import { isNothing, sizeOf, type Slimming, slimmed } from "./slimming.ts";
import { linesOf, type ReadThread, readThread } from "./threadLines.ts";

/** Which state of a file something was read from. */
export interface Stamp {
  readonly size: number;
  readonly mtimeMs: number;
}

export interface Found {
  readonly thread: Thread;
  readonly stamp: Stamp;
}

/** What cannot be read was renamed to `file`. */
export interface SetAside {
  readonly file: string;
  readonly why: "broken" | "newer";
}

const SUFFIX = ".jsonl";
const TEMPORARY = ".tmp";
/** No file of ours gets so long: it would not fit into memory. */
const MOST_BYTES = 2 ** 27;
/** So much more than is still valid may stand in a file. */
const SLACK_BYTES = 2 ** 19;
const LOCK_WAIT_MS = 15_000;
const times = { ...lockTimes, pollMs: 20, beatMs: 2_000, staleMs: 10_000 };

export class ThreadFiles {
  readonly folder: string;
  readonly #mostBytes: number;
  readonly #setAside: (aside: SetAside) => void;
  /** One piece of work after the other. */
  #queue: Promise<unknown> = Promise.resolve();
  /** How long each file was when nothing in it was out of date. */
  readonly #neat = new Map<string, number>();

  /** @param mostBytes of a single thread */
  constructor(folder: string, mostBytes: number, setAside: (aside: SetAside) => void) {
    this.folder = folder;
    this.#mostBytes = mostBytes;
    this.#setAside = setAside;
  }

  /** Of each thread there is; none where the folder can't be read. */
  async stamps(): Promise<ReadonlyMap<string, Stamp>> {
    const names = await readdir(this.folder).catch(() => []);
    const ids = names.filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length));
    const found = await Promise.all(ids.map(async (id) => [id, await this.#stamp(id)] as const));
    return new Map(found.flatMap(([id, stamp]) => (stamp ? [[id, stamp]] : [])));
  }

  /** `undefined` where there is none, or none that can be read: that one is set aside. */
  async read(id: string): Promise<Found | undefined> {
    if (!isFileName(id)) return undefined;
    const stamp = await this.#stamp(id);
    if (!stamp) return undefined;
    const read = await this.#read(id, stamp.size);
    if (read?.kind === "thread") return { thread: read.thread, stamp };
    if (read) await this.#exclusively(() => this.#putAside(id)).catch(() => undefined);
    return undefined;
  }

  /**
   * Adds lines to the file, or makes it with `whole` where it is not there. Rejects where it can't be written; then nothing
   * of the lines is there. Gives what had to go for the thread to stay as small as it has to be.
   */
  append(
    whole: Thread,
    lines: string,
  ): Promise<{ readonly stamp: Stamp | undefined; readonly gone: Slimming | undefined }> {
    const { id } = whole;
    return this.#exclusively(async () => {
      if (!isFileName(id)) throw new Error("no name for a file");
      const size = (await this.#added(id, lines)) ?? (await this.#replace(id, linesOf(whole)));
      const neat = this.#neat.get(id) ?? sizeOf(whole);
      const isLong = size > this.#mostBytes || size - neat > Math.max(neat, SLACK_BYTES);
      // What has to be kept is kept already: where the file can't be made shorter now, it is another time.
      const gone = isLong ? await this.#compact(id).catch(() => undefined) : undefined;
      return { stamp: await this.#stamp(id), gone };
    });
  }

  /** Rejects where it can't be. */
  remove(id: string): Promise<void> {
    return this.#exclusively(async () => {
      if (isFileName(id)) await rm(this.#path(id), { force: true });
      this.#neat.delete(id);
    });
  }

  /** Takes away what a process that died has left, and takes up what an older version had set aside for this one. */
  async tidy(): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    const left = names.filter((name) => name.endsWith(TEMPORARY));
    const newer = names.filter((name) => name.endsWith(`${SUFFIX}.newer`));
    if (left.length + newer.length === 0) return;
    await this.#exclusively(async () => {
      for (const name of left) await rm(join(this.folder, name), { force: true });
      for (const name of newer) await this.#takeUp(name.slice(0, -`${SUFFIX}.newer`.length));
    }).catch(() => undefined);
  }

  /** A small file beside the threads, whole or not at all. `undefined` where there is none. */
  readBeside(name: string): Promise<string | undefined> {
    return readFile(join(this.folder, name), "utf8").catch(() => undefined);
  }

  async writeBeside(name: string, text: string): Promise<void> {
    await this.#exclusively(() => this.#write(join(this.folder, name), text)).catch(() => undefined);
  }

  /** When everything that was asked for is done. */
  async settled(): Promise<void> {
    await this.#queue.catch(() => undefined);
  }

  #exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#queue
      .catch(() => undefined)
      .then(async () => {
        const lock = await acquireFileLock(
          join(this.folder, "write.lock"),
          AbortSignal.timeout(LOCK_WAIT_MS),
          undefined,
          times,
        );
        try {
          return await work();
        } finally {
          await lock.release().catch(() => undefined);
        }
      });
    this.#queue = done;
    return done;
  }

  async #read(id: string, size: number): Promise<ReadThread | undefined> {
    if (size > MOST_BYTES) return { kind: "broken" };
    const text = await readFile(this.#path(id), "utf8").catch(() => undefined);
    return text === undefined ? undefined : readThread(text, id);
  }

  /** The file's length; `undefined` where there is none. */
  async #added(id: string, lines: string): Promise<number | undefined> {
    const file = await open(this.#path(id), "r+").catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    if (!file) return undefined;
    try {
      const end = await endOfLines(file);
      if (end === 0) return undefined;
      const bytes = Buffer.from(lines);
      try {
        // Half a line from a process that died.
        await file.truncate(end);
        await writeAll(file, bytes, end);
      } catch (error) {
        await file.truncate(end).catch(() => undefined);
        throw error;
      }
      return end + bytes.length;
    } finally {
      await file.close();
    }
  }

  async #compact(id: string): Promise<Slimming | undefined> {
    const { size } = await stat(this.#path(id));
    const read = await this.#read(id, size);
    if (read?.kind !== "thread") return undefined;
    // With room for what is said next, or it would be made anew for each turn.
    const { thread, gone } =
      size > this.#mostBytes ? slimmed(read.thread, this.#mostBytes * ROOM) : asItIs(read.thread);
    // What nobody understands is not thrown away.
    if (read.broken > 0) {
      const file = await this.#freeName(id, "broken");
      await copyFile(this.#path(id), join(this.folder, file));
      this.#setAside({ file, why: "broken" });
    }
    await this.#replace(id, linesOf(thread));
    return gone && !isNothing(gone) ? gone : undefined;
  }

  async #replace(id: string, text: string): Promise<number> {
    await this.#write(this.#path(id), text);
    const size = Buffer.byteLength(text);
    this.#neat.set(id, size);
    return size;
  }

  async #write(path: string, text: string): Promise<void> {
    const temporary = `${path}${TEMPORARY}`;
    try {
      // Renamed before it is on the disk, it may be empty after a power failure.
      await writeFile(temporary, text, { flush: true });
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  async #putAside(id: string): Promise<void> {
    const stamp = await this.#stamp(id);
    // Another process may have been at it meanwhile.
    const read = stamp && (await this.#read(id, stamp.size));
    if (!read || read.kind === "thread") return;
    const file = await this.#freeName(id, read.kind);
    await rename(this.#path(id), join(this.folder, file));
    this.#setAside({ file, why: read.kind });
  }

  async #freeName(id: string, why: SetAside["why"]): Promise<string> {
    const names = new Set(await readdir(this.folder));
    const name = `${id}${SUFFIX}.${why}`;
    let free = name;
    for (let count = 2; names.has(free); count += 1) free = `${name}-${count}`;
    return free;
  }

  async #takeUp(id: string): Promise<void> {
    const aside = join(this.folder, `${id}${SUFFIX}.newer`);
    const text = await readFile(aside, "utf8");
    if (readThread(text, id).kind === "thread" && !(await this.#stamp(id))) await rename(aside, this.#path(id));
  }

  async #stamp(id: string): Promise<Stamp | undefined> {
    return stat(this.#path(id)).then(
      ({ size, mtimeMs }) => ({ size, mtimeMs }),
      () => undefined,
    );
  }

  #path(id: string): string {
    return join(this.folder, `${id}${SUFFIX}`);
  }
}

/** Of what a thread may have, the share that is left to it when it has more. */
const ROOM = 0.75;

function asItIs(thread: Thread): { readonly thread: Thread; readonly gone: undefined } {
  return { thread, gone: undefined };
}

/** On Windows, too. */
function isFileName(id: string): boolean {
  return /^[a-z0-9][a-z0-9_-]{0,99}$/i.test(id);
}

/** The offset behind the last line break. */
async function endOfLines(file: FileHandle): Promise<number> {
  const block = Buffer.alloc(2 ** 16);
  let { size: end } = await file.stat();
  while (end > 0) {
    const start = Math.max(0, end - block.length);
    const { bytesRead } = await file.read(block, 0, end - start, start);
    const at = block.subarray(0, bytesRead).lastIndexOf("\n");
    if (at !== -1) return start + at + 1;
    end = start;
  }
  return 0;
}

async function writeAll(file: FileHandle, bytes: Buffer, from: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, from + done);
    done += bytesWritten;
  }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === "ENOENT";
}
