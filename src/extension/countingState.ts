/** Whether is counted what happens, and why not. */

import type { Failure } from "../productivity/ledger/failure.ts";

/** Why nothing is counted; `broken`: a fault of our own. `secret`: where it is not the ledger's file but that one, its path. */
export type Trouble = Omit<Failure, "reason"> & {
  readonly reason: Failure["reason"] | "broken";
  readonly secret?: string;
};

export type CountingState =
  /** By the setting. */
  | { readonly kind: "off" }
  | { readonly kind: "starting" }
  | { readonly kind: "counting" }
  | ({ readonly kind: "stopped" } & Trouble);

/** What can be said to the user of why nothing is counted. */
export class CountingError extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble) {
    super(trouble.reason);
    this.trouble = trouble;
  }
}
