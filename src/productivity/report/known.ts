import { clusteredRatio } from "../statistics/clusteredRatio.ts";
import { isResult, type Outcome, tooFew } from "../statistics/outcome.ts";
import type { Interval, Known, Rate } from "./model.ts";

/** An estimator's outcome as the report has it. */
export function known<T extends object, U extends object>(outcome: Outcome<T>, of: (result: T) => U): Known<U> {
  if (isResult(outcome)) return { kind: "known", ...of(outcome) };
  if ("malformed" in outcome) return { kind: "impossible", flaw: outcome.malformed };
  return { kind: "missing", lack: outcome.insufficient };
}

export const intervalOf = ({ estimate, lower, upper }: Interval): Interval => ({ estimate, lower, upper });

interface Cluster {
  readonly session: string;
  readonly part: number;
  readonly whole: number;
}

/** Of fewer sessions nobody knows how far they scatter, and an interval of two may be narrower than one of suggestions alone. */
export const LEAST_SESSIONS = 5;

/** A rate whose interval is made over whole sessions, since what happens within one is alike. */
export function rateOver(rows: readonly Cluster[]): Rate {
  const sessions = new Map<string, { part: number; whole: number }>();
  for (const { session, part, whole } of rows) {
    const sum = sessions.get(session) ?? { part: 0, whole: 0 };
    sum.part += part;
    sum.whole += whole;
    sessions.set(session, sum);
  }
  const clusters = [...sessions.values()].filter(({ whole }) => whole > 0);
  const sum = (of: "part" | "whole"): number => clusters.reduce((total, cluster) => total + cluster[of], 0);
  const outcome =
    clusters.length < LEAST_SESSIONS
      ? tooFew("sessions", clusters.length, LEAST_SESSIONS)
      : clusteredRatio({ y: clusters.map(({ part }) => part), x: clusters.map(({ whole }) => whole) });
  return { part: sum("part"), whole: sum("whole"), sessions: clusters.length, rate: known(outcome, intervalOf) };
}

/** `undefined` where there is nothing to take a share of: a rate of nothing is not zero. */
export function shareOf(part: number, whole: number): number | undefined {
  return whole > 0 ? part / whole : undefined;
}

export function sumOf<Row>(rows: readonly Row[], value: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + value(row), 0);
}
