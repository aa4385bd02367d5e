/** What goes into the ledger together: all of it or none. */

import type { LedgerRecord } from "../records.ts";

/** An accept whose survival is still followed. It outlives the window. */
export interface PendingAccept {
  readonly accept: string;
  /** As in the records. */
  readonly file: string;
  /** When somebody has to look at it next, whether or not its file is open. */
  readonly dueMs: number;
  /** JSON, of figures and HMACs, with the `version` of its form. */
  readonly value: string;
}

export type PendingChange =
  /** `sinceMs`: when it was put first, by the machine's clock. `isLeft`: it is followed no more here, as with `leave`. */
  | {
      readonly kind: "put";
      readonly pending: PendingAccept;
      readonly sinceMs: number;
      readonly isLeft?: boolean;
    }
  /** One that was put before. Where it has been deleted since it stays so. */
  | { readonly kind: "renew"; readonly pending: PendingAccept }
  /** One that was put before, and is followed no more here: whichever window opens its file goes on. */
  | { readonly kind: "leave"; readonly pending: PendingAccept }
  | { readonly kind: "remove"; readonly accept: string };

/** How often everything was deleted, by whichever window, and when last. */
export interface Deletions {
  readonly count: number;
  /** By the machine's clock. 0 without any. */
  readonly lastMs: number;
}

export interface Batch {
  /** Of one client, from its start to its end. */
  readonly writer: string;
  /** Counts up. One that comes again is not written again. */
  readonly number: number;
  readonly records: readonly LedgerRecord[];
  readonly pending: readonly PendingChange[];
  /** It has to be there after a power failure, too. Any batch that was acknowledged is there after the process was killed. */
  readonly isDurable: boolean;
  /** How many deletions of everything its writer knew of. What is in it from before one that it did not know of is not written. */
  readonly deletions: number;
}

/** What of it has happened since everything was deleted at `deletedMs`. What is said of accepts that are in no table changes nothing. */
export function sinceDeletion<Given extends Pick<Batch, "records" | "pending">>(
  batch: Given,
  deletedMs: number,
): Given {
  return {
    ...batch,
    records: batch.records.filter(({ atMs }) => !(atMs <= deletedMs)),
    pending: batch.pending.filter((change) => change.kind !== "put" || change.sinceMs > deletedMs),
  };
}

/** Whether the record's time is that at which something began, which may have gone on until now. */
export const hasBegun = ({ kind }: LedgerRecord): boolean => kind === "edit" || kind === "activity";
