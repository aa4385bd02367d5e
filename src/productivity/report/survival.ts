/** How long accepted code lives. */

import type { Report, SurvivedFor, TimedCheck } from "../ledger/report.ts";
import { kaplanMeier, survivalAt, type SurvivalStep } from "../statistics/kaplanMeier.ts";
import { known, sumOf } from "./known.ts";
import type { Known } from "./model.ts";

/** Of accepts, also of parts, that no other extension had a part in. */
export interface Survival {
  readonly curve: Known<Curve>;
  /** Of which nothing is known yet, or ever: in no step. */
  readonly unseen: number;
  /** Accepts that another extension had a part in. */
  readonly contaminated: number;
}

interface Curve {
  readonly n: number;
  readonly dead: number;
  /** Still alive when they were last seen. */
  readonly censored: number;
  /** `lower` and `upper` are not there where all or none are alive. */
  readonly steps: readonly Step[];
}

interface Step {
  readonly check: TimedCheck;
  readonly afterSeconds: number;
  readonly atRisk: number;
  readonly alive: number;
  readonly lower?: number;
  readonly upper?: number;
}

const secondsAfter: Readonly<Record<TimedCheck, number>> = {
  "30s": 30,
  "2m": 120,
  "5m": 300,
  "10m": 600,
  "15m": 900,
  "24h": 86_400,
};

export function survivalOf({ fates, contaminatedAccepts }: Report): Survival {
  const unseen = sumOf(
    fates.filter(({ lastAlive, firstDead }) => !lastAlive && !firstDead),
    ({ count }) => count,
  );
  const times = fates.flatMap(timesOf);
  const outcome = kaplanMeier({ t: times.map(([time]) => time), event: times.map(([, event]) => event) });
  return {
    unseen,
    contaminated: contaminatedAccepts.count,
    curve: known(outcome, (curve): Curve => ({
      n: curve.n,
      dead: curve.events,
      censored: curve.censored,
      steps: (Object.entries(secondsAfter) as readonly (readonly [TimedCheck, number])[]).flatMap(
        ([check, seconds]) => {
          const step = survivalAt(curve, seconds);
          if (step === undefined) return [];
          const atRisk = times.filter(([time]) => time >= seconds).length;
          if (step === "none-yet") return [{ check, afterSeconds: seconds, atRisk, alive: 1 }];
          return [{ check, afterSeconds: seconds, atRisk, alive: step.estimate, ...boundsOf(step) }];
        },
      ),
    })),
  };
}

/** When it was first seen dead, or last seen alive. */
function timesOf({ lastAlive, firstDead, count }: SurvivedFor): readonly (readonly [seconds: number, event: 0 | 1])[] {
  const last = firstDead ?? lastAlive;
  if (!last) return [];
  const one = [secondsAfter[last], firstDead ? 1 : 0] as const;
  return Array.from({ length: count }, () => one);
}

function boundsOf({ lower, upper }: SurvivalStep): { readonly lower?: number; readonly upper?: number } {
  return lower === undefined || upper === undefined ? {} : { lower, upper };
}
