import { closeSync, openSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Does something that no two windows may do at once, such as putting a file in the place of another. Blocks the thread for as
 * long as another window does.
 *
 * @throws with the code `EBUSY` where that takes too long
 */
export function whileLocked<Result>(folder: string, nowMs: number, work: () => Result): Result {
  const lock = join(folder, "ledger.lock");
  for (let tries = 0; !taken(lock, nowMs); tries += 1) {
    if (tries >= MOST_TRIES) throw Object.assign(new Error("locked"), { code: "EBUSY" });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TRY_MS);
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function taken(lock: string, nowMs: number): boolean {
  try {
    closeSync(openSync(lock, "wx"));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    // Its process was killed: what it is for takes milliseconds.
    const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (made !== undefined && Math.abs(nowMs - made) > STALE_MS) rmSync(lock, { force: true });
    return false;
  }
}

const TRY_MS = 20;
const MOST_TRIES = 250;
const STALE_MS = 10_000;
