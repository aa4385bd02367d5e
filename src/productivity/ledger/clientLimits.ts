/** How long the ledger's client waits for what, and how much it asks for at once. */

export const BATCH_MS = 1_000;
export const SENT_AT_ONCE = 500;
export const RETRY_MS = 60_000;
/** Longer than it waits for other processes, and reads a file that is as large as it may be. */
export const PATIENCE_MS = 60_000;
export const MOST_DEATHS = 3;
export const MOST_CLAIMED = 500;
