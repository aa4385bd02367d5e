/** What goes into the ledger together: all of it or none. */

import type { LedgerRecord } from "../records.ts";

/** An accept whose survival is still followed. It outlives the window. */
export interface PendingAccept {
  readonly accept: string;
  /** As in the records. */
  readonly file: string;
  /** When somebody has to look at it next, whether or not its file is open. */
  readonly dueMs: number;
  /** JSON, of figures and HMACs. */
  readonly value: string;
}

export type PendingChange =
  | { readonly kind: "put"; readonly pending: PendingAccept }
  /** One that was put before. Where it has been deleted since it stays so. */
  | { readonly kind: "renew"; readonly pending: PendingAccept }
  /** Followed no more here: whichever window opens its file goes on. */
  | { readonly kind: "leave"; readonly pending: PendingAccept }
  | { readonly kind: "remove"; readonly accept: string };

export interface Batch {
  /** Of one client, from its start to its end. */
  readonly writer: string;
  /** Counts up. One that comes again is not written again. */
  readonly number: number;
  readonly records: readonly LedgerRecord[];
  readonly pending: readonly PendingChange[];
  /** It has to be there after a power failure, too. Any batch that was acknowledged is there after the process was killed. */
  readonly isDurable: boolean;
}
