/** Starts experiments, draws their half-hours and changes how they stand: each in one transaction, safe when it has returned. */

import { assigned, type WorkedSlot } from "../experiment/assigning.ts";
import { commitmentTo, configurationOf, isCountOfStrata } from "../experiment/plan.ts";
import { eventOf, type ExperimentState } from "../experiment/state.ts";
import { singleKey } from "../experiment/singleDraws.ts";
import type { LedgerRecord } from "../records.ts";
import { assignmentsAt, experimentIn, sha256 } from "./experimentRecords.ts";
import type { ExperimentChange, SlotAnswer, Started, StartWish } from "./experimentQuestions.ts";
import type { LedgerStore } from "./store.ts";

interface Asker {
  readonly session: string;
  /** The asker's. The machine's own may have been set back since it was last believed. */
  readonly nowMs: number;
}

type Put = (record: LedgerRecord) => void;

/** @throws {RangeError} where the wish is none, and where it can't be written: nothing is then */
export function startExperiment(store: LedgerStore, wish: StartWish, { session, nowMs }: Asker): Started {
  const { experiment, plan, seed, textVersion, belief } = wish;
  if (!/^[0-9a-f]{16}$/.test(experiment) || !/^[0-9a-f]{64}$/.test(seed)) throw new RangeError("No random number.");
  if (!isCountOfStrata(plan.mostStrata)) throw new RangeError("No number of strata.");
  if (belief !== undefined && !isFactor(belief)) throw new RangeError("No factor.");
  return store.decide((put): Started => {
    const last = experimentIn(store.database)?.state;
    if (last && (last.status === "running" || last.status === "paused")) return { kind: "goes-on", state: last };
    const of = { atMs: nowMs, session, experiment } as const;
    const configuration = configurationOf(plan);
    const commitment = commitmentTo({ seed, configuration }, sha256);
    put({ kind: "prereg", ...of, commitment, configuration, seed });
    put({ kind: "consent", ...of, textVersion, isGiven: true });
    if (belief !== undefined) put({ kind: "belief", ...of, when: "before", factor: belief });
    return { kind: "started", state: lastState(store) };
  });
}

/** The same for whoever asks, now or later. The experiment is completed where its plan has no more. */
export function assignSlot(store: LedgerStore, slot: WorkedSlot, { session, nowMs }: Asker): SlotAnswer {
  return store.decide((put): SlotAnswer => {
    const found = experimentIn(store.database);
    if (!found) return { kind: "none", why: "no-experiment" };
    const { state, seed } = found;
    const { plan, status, experiment } = state;
    if (!plan || !state.isCommitmentKept) return { kind: "none", why: "changed" };
    const { own, last } = assignmentsAt(store.database, found, slot.slotMs);
    const runningSinceMs = state.interruptions.at(-1)?.toMs ?? state.startedMs;
    const decided = assigned({ plan, seed, status, nowMs, runningSinceMs, own, last }, slot, sha256);
    if (decided.kind === "none") {
      if (decided.why === "completed" && status === "running") {
        put({ kind: "experiment", atMs: nowMs, session, experiment, what: "completed" });
      }
      return decided;
    }
    const { kind, assignment } = decided;
    if (kind === "new") put({ kind: "assign", atMs: nowMs, session, experiment, ...assignment });
    const singles =
      plan.singles && assignment.arm === "on"
        ? { key: singleKey(seed, session, sha256), oneIn: plan.singles.oneIn }
        : undefined;
    return { kind: "assigned", experiment, tier: plan.tier, assignment, ...(singles && { singles }) };
  });
}

/** @throws {RangeError} where a factor is none */
export function changeExperiment(
  store: LedgerStore,
  change: ExperimentChange,
  { session, nowMs }: Asker,
): ExperimentState | undefined {
  if (change.kind === "believe" && !isFactor(change.factor)) throw new RangeError("No factor.");
  return store.decide((put) => {
    const found = experimentIn(store.database);
    if (!found) return undefined;
    const { experiment, status, consent } = found.state;
    const of = { atMs: nowMs, session, experiment } as const;
    if (change.kind === "believe") {
      const isIts = change.experiment === experiment && (status === "stopped" || status === "completed");
      if (isIts) put({ kind: "belief", ...of, when: "after", factor: change.factor });
    } else {
      const what = eventOf(status, change.kind);
      if (what) put({ kind: "experiment", ...of, what });
      if (change.kind === "stop" && change.withdrawsConsent) withdraw(put, of, consent);
    }
    return lastState(store);
  });
}

function withdraw(
  put: Put,
  of: { readonly atMs: number; readonly session: string; readonly experiment: string },
  consent: ExperimentState["consent"],
): void {
  if (consent?.isGiven) put({ kind: "consent", ...of, textVersion: consent.textVersion, isGiven: false });
}

function lastState({ database }: LedgerStore): ExperimentState {
  const found = experimentIn(database);
  if (!found) throw new Error("The experiment is not there.");
  return found.state;
}

const isFactor = (factor: number): boolean => Number.isFinite(factor) && factor > 0;
