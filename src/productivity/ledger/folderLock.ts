import { randomUUID } from "node:crypto";
import { closeSync, linkSync, openSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pauseThread } from "./pausing.ts";

/**
 * Does something that no two windows may do at once, such as putting a file in the place of another. Blocks the thread for as
 * long as another window does.
 *
 * @param diskNowMs the time as the disk has it
 * @throws with the code `EBUSY` where that takes too long
 */
export function whileLocked<Result>(folder: string, diskNowMs: () => number, work: () => Result): Result {
  const lock = join(folder, "ledger.lock");
  for (let tries = 0; !taken(lock, diskNowMs); tries += 1) {
    if (tries >= MOST_TRIES) throw Object.assign(new Error("locked"), { code: "EBUSY" });
    pauseThread(TRY_MS);
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** By the clock that gives the folder's files their times: that of a network's disk need not be the machine's. */
export function diskNowMs(folder: string): number {
  const probe = join(folder, `ledger-clock-${randomUUID()}`);
  try {
    writeFileSync(probe, "", { flag: "wx", mode: 0o600 });
    return statSync(probe).mtimeMs;
  } finally {
    rmSync(probe, { force: true });
  }
}

function taken(lock: string, nowMs: () => number): boolean {
  try {
    closeSync(openSync(lock, "wx"));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    // Its process was killed: what it is for takes milliseconds.
    const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (made !== undefined && Math.abs(nowMs() - made) > STALE_MS) takeAway(lock, made);
    return false;
  }
}

/** Another window may have done so at this moment, and have made its own: that one is put back. */
function takeAway(lock: string, staleMs: number): void {
  const aside = `${lock}-${randomUUID()}`;
  try {
    renameSync(lock, aside);
    if (statSync(aside).mtimeMs !== staleMs) linkSync(aside, lock);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    // Somebody else was faster.
    if (code !== "ENOENT" && code !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

const TRY_MS = 20;
const MOST_TRIES = 250;
const STALE_MS = 10_000;
