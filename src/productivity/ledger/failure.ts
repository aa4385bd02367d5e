/** Why nothing is counted, as the user can do something about it. */

/**
 * - `full`: the disk, or the file has become as large as it may be.
 * - `read-only`: the folder or the file can't be written.
 * - `locked`: another process holds the file for longer than ours wait.
 * - `newer`: a later version of the extension has made the file; it is left as it is.
 * - `damaged`: it is, and it could not be moved aside.
 * - `moved`: it was damaged when something was asked of it, and has been moved aside since. Counting goes on in a new one.
 * - `unavailable`: something else of the system, which `detail` names.
 * - `silent`: the thread that writes has not answered for long.
 * - `ended`: that thread has ended, again and again.
 */
type StopReason = "full" | "read-only" | "locked" | "newer" | "damaged" | "moved" | "unavailable" | "silent" | "ended";

export interface Failure {
  readonly reason: StopReason;
  /** For a log: names and numbers of errors, no path. */
  readonly detail: string;
}

/** What could not be answered, and why. */
export function isFailure(answer: unknown): answer is Failure {
  return typeof answer === "object" && answer !== null && "reason" in answer;
}

export const orElse = <Answer>(answer: Answer | Failure, otherwise: Answer): Answer =>
  isFailure(answer) ? otherwise : answer;

/** The file is one of a later version of the extension, perhaps since a moment ago, by another window. */
export class LaterVersion extends Error {}

/** Of an error of `node:sqlite` or of the file system. */
export function failureOf(error: unknown): Failure {
  if (error instanceof LaterVersion) return { reason: "newer", detail: "schema" };
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown };
  if (typeof errcode === "number") {
    // The lowest byte is the kind; the others say more of it.
    return { reason: sqliteReasons[errcode % 256] ?? "unavailable", detail: `SQLite ${errcode}` };
  }
  if (typeof code === "string") return { reason: systemReasons[code] ?? "unavailable", detail: code };
  return { reason: "unavailable", detail: error instanceof Error ? error.name : "unknown" };
}

export const isLocked = (error: unknown): boolean => failureOf(error).reason === "locked";

export const isDamage = (error: unknown): boolean => failureOf(error).reason === "damaged";

/** https://sqlite.org/rescode.html */
const sqliteReasons: Readonly<Record<number, StopReason>> = {
  3: "read-only",
  5: "locked",
  6: "locked",
  8: "read-only",
  11: "damaged",
  13: "full",
  26: "damaged",
};

const systemReasons: Readonly<Record<string, StopReason>> = {
  EACCES: "read-only",
  EPERM: "read-only",
  EROFS: "read-only",
  ENOSPC: "full",
  EDQUOT: "full",
  EBUSY: "locked",
};
