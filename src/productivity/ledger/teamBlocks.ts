/** What somebody hands in for a team's report: all experiments of the ledger, under one name for the person and one for each. */

import { createHmac } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { endedBlocks } from "../experiment/analysis.ts";
import { type BlockRow, blockRowsOf } from "../team/blockRow.ts";
import { experimentBlocksOf } from "./experimentBlocks.ts";
import { experimentIn, experimentsBefore, type FoundExperiment } from "./experimentRecords.ts";

export interface TeamBlocksWish {
  readonly nowMs: number;
  /** The person's random name, where one is known that outlives the ledger; without it there is one of this ledger's. */
  readonly person?: string;
}

export type TeamBlocks =
  | { readonly kind: "rows"; readonly rows: readonly BlockRow[] }
  /**
   * Of the last experiment, where none has rows. `changed`: seed or plan are others than those that were laid down, so what comes of
   * them proves nothing. `missing`: half-hours that were drawn are not there any more, which is as bad. `unknown-plan`: a newer version has made it. `no-blocks`: no stratum has ended yet. `seed-hidden`: files that
   * were exported while it went on, so that nothing says whether it was changed.
   */
  | {
      readonly kind: "none";
      readonly why: "no-experiment" | "changed" | "missing" | "unknown-plan" | "no-blocks" | "seed-hidden";
    };

/** An experiment that has nothing to hand in is left out. Somebody who chose among theirs would choose the result. */
export function teamBlocksOf(database: DatabaseSync, { nowMs, person }: TeamBlocksWish): TeamBlocks {
  const last = experimentIn(database);
  if (!last) return { kind: "none", why: "no-experiment" };
  const earlier = experimentsBefore(database, last).flatMap(
    ({ experiment }) => experimentIn(database, experiment) ?? [],
  );
  const all = [...earlier, last];
  // Whoever exports twice within a second has exported the same.
  const exportedMs = Math.floor(nowMs / 1_000) * 1_000;
  const found = all.map((experiment) =>
    rowsOf(database, experiment, { nowMs, exportedMs, person: person ?? nameOf(all[0]?.seed ?? "", "person") }),
  );
  const rows = found.flatMap((each) => (each.kind === "rows" ? each.rows : []));
  return rows.length > 0 ? { kind: "rows", rows } : (found.at(-1) ?? { kind: "none", why: "no-experiment" });
}

function rowsOf(
  database: DatabaseSync,
  { seed, state }: FoundExperiment,
  { nowMs, exportedMs, person }: Pick<BlockRow, "person" | "exportedMs"> & { readonly nowMs: number },
): TeamBlocks {
  const experiment = experimentBlocksOf(database, { experiment: state.experiment, nowMs });
  if (!experiment) return { kind: "none", why: "no-experiment" };
  const { plan, isCommitmentKept, isSeedHidden, missingSlots, status } = experiment.state;
  if (isSeedHidden) return { kind: "none", why: "seed-hidden" };
  if (!isCommitmentKept) return { kind: "none", why: "changed" };
  if (!plan) return { kind: "none", why: "unknown-plan" };
  if (missingSlots) return { kind: "none", why: "missing" };
  const blocks = endedBlocks({ blocks: experiment.blocks, k: plan.k, status, nowMs });
  if (blocks.length === 0) return { kind: "none", why: "no-blocks" };
  return { kind: "rows", rows: blockRowsOf(blocks, { person, user: nameOf(seed, "experiment"), exportedMs, plan }) };
}

/**
 * Random as the seed, which never leaves the machine but with the whole ledger: the same at each export, so that rows that are handed
 * in again count once.
 */
function nameOf(seed: string, of: keyof typeof purposes): string {
  return createHmac("sha256", seed).update(purposes[of], "utf8").digest("hex").slice(0, NAME_DIGITS);
}

const purposes = { experiment: "block rows for a team", person: "a person in a team" } as const;
const NAME_DIGITS = 16;
