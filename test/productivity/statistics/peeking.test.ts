/** What becomes of false alarms where somebody looks after every pair, and there is no effect at all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sequenceAt, SHOWN_FROM } from "../../../src/productivity/statistics/confidenceSequence.ts";
import { type Bets, DECISIVE_E, lnEOf, noBets, withStratum } from "../../../src/productivity/statistics/evalue.ts";
import { noMoments, varianceOf, withValue } from "../../../src/productivity/statistics/moments.ts";
import { isResult } from "../../../src/productivity/statistics/outcome.ts";
import { tReach } from "../../../src/productivity/statistics/quantiles.ts";
import { seededRandom } from "../../../src/productivity/statistics/seededRandom.ts";
import { normalFrom } from "../../support/estimates.ts";

const RUNS = 2_000;
const PAIRS = 200;
/** Of the logarithms of a block's throughput. */
const SD = 0.5;
const reaches = Array.from({ length: PAIRS + 1 }, (_, n) => (n < SHOWN_FROM ? Infinity : tReach(n - 1)));

interface Alarms {
  faster: boolean;
  slower: boolean;
  interval: boolean;
  sequence: boolean;
  naive: boolean;
}

/** Whether each method has ever said, at any of the looks, that there is an effect. */
function lookedAtAfterEveryPair(seed: number): Alarms {
  const random = seededRandom(seed);
  const normal = normalFrom(random);
  const alarms = { faster: false, slower: false, interval: false, sequence: false, naive: false };
  let moments = noMoments;
  let plus: Bets = noBets;
  let minus: Bets = noBets;
  for (let n = 1; n <= PAIRS; n += 1) {
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

const runs = Array.from({ length: RUNS }, (_, seed) => lookedAtAfterEveryPair(seed));
const share = (method: keyof Alarms) => runs.filter((alarms) => alarms[method]).length / RUNS;

test("with no effect and 200 looks, the e-value says falsely that somebody is faster in at most 5 %, or slower", (t) => {
  t.diagnostic(`faster ${share("faster")}, slower ${share("slower")}`);
  assert.ok(share("faster") > 0 && share("faster") <= 0.05, `${share("faster")}`);
  assert.ok(share("slower") > 0 && share("slower") <= 0.05, `${share("slower")}`);
});

test("its interval leaves out the truth at some look in at most 5 %", (t) => {
  t.diagnostic(`interval ${share("interval")}`);
  assert.ok(share("interval") > 0 && share("interval") <= 0.05, `${share("interval")}`);
});

test("the confidence sequence leaves out the truth at some look in at most 7 %", (t) => {
  t.diagnostic(`sequence ${share("sequence")}`);
  assert.ok(share("sequence") > 0 && share("sequence") <= 0.07, `${share("sequence")}`);
});

test("a usual t interval looked at as often cries wolf in more than 25 %, which is why it is not what decides", (t) => {
  t.diagnostic(`t interval ${share("naive")}`);
  assert.ok(share("naive") > 0.25, `${share("naive")}`);
});
