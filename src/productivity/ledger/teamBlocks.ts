/** What somebody hands in for a team's report. */

import { createHmac } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { endedBlocks } from "../experiment/analysis.ts";
import { type BlockRow, blockRowsOf } from "../team/blockRow.ts";
import { experimentBlocksOf } from "./experimentBlocks.ts";
import { experimentIn } from "./experimentRecords.ts";

export interface TeamBlocksWish {
  readonly nowMs: number;
}

export type TeamBlocks =
  | { readonly kind: "rows"; readonly rows: readonly BlockRow[] }
  /**
   * `changed`: seed or plan are others than those that were laid down, so what comes of them proves nothing. `unknown-plan`: a newer
   * version has made it. `no-blocks`: no stratum has ended yet.
   */
  | { readonly kind: "none"; readonly why: "no-experiment" | "changed" | "unknown-plan" | "no-blocks" };

export function teamBlocksOf(database: DatabaseSync, { nowMs }: TeamBlocksWish): TeamBlocks {
  const found = experimentIn(database);
  if (!found) return { kind: "none", why: "no-experiment" };
  const experiment = experimentBlocksOf(database, { experiment: found.state.experiment, nowMs });
  if (!experiment) return { kind: "none", why: "no-experiment" };
  const { plan, isCommitmentKept, status } = experiment.state;
  if (!isCommitmentKept) return { kind: "none", why: "changed" };
  if (!plan) return { kind: "none", why: "unknown-plan" };
  const blocks = endedBlocks({ blocks: experiment.blocks, k: plan.k, status, nowMs });
  if (blocks.length === 0) return { kind: "none", why: "no-blocks" };
  // Whoever exports twice within a second has exported the same.
  const exportedMs = Math.floor(nowMs / 1_000) * 1_000;
  return { kind: "rows", rows: blockRowsOf(blocks, { user: userOf(found.seed), exportedMs, plan }) };
}

/**
 * Random as the seed, which never leaves the machine but with the whole ledger: the same at each export of one experiment, so that
 * rows that are handed in again count once, and unlike anything else that is known of the machine or of its user.
 */
function userOf(seed: string): string {
  return createHmac("sha256", seed).update("block rows for a team", "utf8").digest("hex").slice(0, USER_DIGITS);
}

const USER_DIGITS = 16;
