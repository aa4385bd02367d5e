import type { LedgerClock } from "./clock.ts";
import type { LedgerNotice, LedgerState } from "./messages.ts";

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
  /** The file does not become larger: then it counts as full. */
  readonly mostBytes?: number;
  /** How long to wait for another process that writes. */
  readonly busyMs?: number;
}
