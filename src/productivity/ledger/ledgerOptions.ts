import type { LedgerClock } from "./clock.ts";
import type { LedgerNotice, LedgerState, LedgerTask } from "./messages.ts";

export interface LedgerOptions {
  /** The built thread. */
  readonly workerFile: string;
  /** Made where it is missing. */
  readonly folder: string;
  /** Of this window's records, and by which it claims accepts. Another one at each start. */
  readonly session: string;
  readonly clock: LedgerClock;
  /** 0: for ever. */
  readonly retentionDays: number;
  readonly onState: (state: LedgerState) => void;
  readonly onNotice: (notice: LedgerNotice) => void;
  /** Everything was deleted, by this window or another one: what is known of the time before must not come back. */
  readonly onDeleted?: () => void;
  /** The file does not become larger: then it counts as full. */
  readonly mostBytes?: number;
  /** How long to wait for another process that writes. */
  readonly busyMs?: number;
}

export function taskOf(options: LedgerOptions, role: LedgerTask["role"]): LedgerTask {
  const { folder, session, mostBytes = MOST_BYTES, busyMs = BUSY_MS } = options;
  return { role, folder, session, mostBytes, busyMs };
}

const BUSY_MS = 5_000;
/** Ten times what a busy half-year takes. */
const MOST_BYTES = 1_073_741_824;
