/** One process at a time, by a file that the owner keeps fresh. */

import { randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface LockTimes {
  /** An owner touches the file this often. */
  readonly beatMs: number;
  /** A file not touched for this long has no owner any more. */
  readonly staleMs: number;
  readonly pollMs: number;
  /** Milliseconds since 1970, as the file system's stamps are. */
  readonly now: () => number;
}

export const lockTimes: LockTimes = { beatMs: 5_000, staleMs: 30_000, pollMs: 200, now: Date.now };

export interface FileLock {
  release(): Promise<void>;
}

/**
 * Waits until no other process holds the lock. `onWait` is called at each look while another one does.
 * Rejects with the signal's reason when aborted, and with the file system's error when the folder can't be written.
 */
export async function acquireFileLock(
  path: string,
  signal: AbortSignal | undefined,
  onWait: () => void | Promise<void> = () => {},
  times: LockTimes = lockTimes,
): Promise<FileLock> {
  await mkdir(dirname(path), { recursive: true });
  // Not an argument: nothing depends on what it is, only on no other being the same.
  const token = randomUUID();
  for (;;) {
    signal?.throwIfAborted();
    if (await create(path, token)) return hold(path, token, times);
    const stale = await staleOwner(path, times);
    if (stale) await removeStale(path, stale.token, token);
    else {
      await onWait();
      await sleep(times.pollMs, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
    }
  }
}

async function create(path: string, token: string): Promise<boolean> {
  try {
    const file = await open(path, "wx");
    try {
      await file.writeFile(JSON.stringify({ pid: process.pid, host: hostname(), token }));
    } catch (error) {
      // On a full disk: without its name, everybody would wait for an owner that there is not.
      await rm(path, { force: true }).catch(() => {});
      throw error;
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function hold(path: string, token: string, { beatMs, now }: LockTimes): FileLock {
  const beat = setInterval(() => {
    const seconds = now() / 1000;
    utimes(path, seconds, seconds).catch(() => {});
  }, beatMs);
  beat.unref();
  return {
    async release() {
      clearInterval(beat);
      // Whoever took it for stale owns it now.
      if ((await owner(path))?.token === token) await rm(path, { force: true });
    },
  };
}

async function staleOwner(
  path: string,
  { beatMs, staleMs, now }: LockTimes,
): Promise<{ token: string | undefined } | undefined> {
  const holder = await owner(path);
  const age = await stat(path).then(
    ({ mtimeMs }) => now() - mtimeMs,
    () => 0,
  );
  // Who has not written its name by the first beat has died before.
  const dead = holder ? holder.host === hostname() && !isAlive(holder.pid) : age > beatMs;
  return dead || age > staleMs ? { token: holder?.token } : undefined;
}

/** Of two that find the same stale file, the second may move the first one's new file aside: then it is put back. */
async function removeStale(path: string, staleToken: string | undefined, token: string): Promise<void> {
  const aside = `${path}.${token}`;
  await rename(path, aside).catch(() => {});
  const moved = await owner(aside);
  if (moved && moved.token !== staleToken) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

async function owner(path: string): Promise<{ pid: number; host: string; token: string } | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    if (typeof value !== "object" || value === null || !("pid" in value) || !("host" in value) || !("token" in value)) {
      return undefined;
    }
    const { pid, host, token } = value;
    return typeof pid === "number" && typeof host === "string" && typeof token === "string"
      ? { pid, host, token }
      : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
