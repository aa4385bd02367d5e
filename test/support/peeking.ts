/** What becomes of false alarms where somebody looks after every pair, and there is no effect at all. */

import { sequenceAt, SHOWN_FROM } from "../../src/productivity/statistics/confidenceSequence.ts";
import { type Bets, DECISIVE_E, lnEOf, noBets, withStratum } from "../../src/productivity/statistics/evalue.ts";
import { noMoments, varianceOf, withValue } from "../../src/productivity/statistics/moments.ts";
import { isResult } from "../../src/productivity/statistics/outcome.ts";
import { tReach } from "../../src/productivity/statistics/quantiles.ts";
import { seededRandom } from "../../src/productivity/statistics/seededRandom.ts";
import { normalFrom } from "./estimates.ts";

/** Of the logarithms of a block's throughput. */
const SD = 0.5;

/** Whether each method has ever said, at any of the looks, that there is an effect. */
interface Alarms {
  /** The e-values of the claim "1x", each side, at 20. */
  faster: boolean;
  slower: boolean;
  /** The interval that is made of them, at 40, leaves 1x out. */
  interval: boolean;
  sequence: boolean;
  /** Student's interval, which is made for one look. */
  naive: boolean;
}

/** The shares of `runs` with an alarm, each with a look after every one of `pairs`. */
export function falseAlarms(runs: number, pairs: number): Readonly<Record<keyof Alarms, number>> {
  const reaches = Array.from({ length: pairs + 1 }, (_, n) => (n < SHOWN_FROM ? Infinity : tReach(n - 1)));
  const all = Array.from({ length: runs }, (_, seed) => lookedAtAfterEveryPair(seed, pairs, reaches));
  const share = (method: keyof Alarms): number => all.filter((alarms) => alarms[method]).length / runs;
  return {
    faster: share("faster"),
    slower: share("slower"),
    interval: share("interval"),
    sequence: share("sequence"),
    naive: share("naive"),
  };
}

function lookedAtAfterEveryPair(seed: number, pairs: number, reaches: readonly number[]): Alarms {
  const random = seededRandom(seed);
  const normal = normalFrom(random);
  const alarms = { faster: false, slower: false, interval: false, sequence: false, naive: false };
  let moments = noMoments;
  let plus: Bets = noBets;
  let minus: Bets = noBets;
  for (let n = 1; n <= pairs; n += 1) {
    const values = [3 + SD * normal(), 3 + SD * normal()];
    const off = random() < 0.5 ? 0 : 1;
    moments = withValue(moments, (values[1 - off] ?? 0) - (values[off] ?? 0));
    plus = withStratum(plus, { values, off }, 0, "+");
    minus = withStratum(minus, { values, off }, 0, "-");
    alarms.slower ||= lnEOf(plus) >= Math.log(DECISIVE_E);
    alarms.faster ||= lnEOf(minus) >= Math.log(DECISIVE_E);
    alarms.interval ||= Math.max(lnEOf(plus), lnEOf(minus)) >= Math.log(2 * DECISIVE_E);
    // Both intervals are looked at equally often: from where the report would show one.
    if (n >= SHOWN_FROM) {
      alarms.naive ||= Math.abs(moments.mean) > (reaches[n] ?? Infinity) * Math.sqrt(varianceOf(moments) / n);
      const sequence = sequenceAt(moments, 20);
      alarms.sequence ||= isResult(sequence) && Math.abs(sequence.theta) > sequence.halfWidth;
    }
  }
  return alarms;
}
