/** The estimators by the names under which the command line has them: what they take, and what they give. */
import { amdahl } from "../productivity/statistics/amdahl.ts";
import { aboveTotal } from "../productivity/statistics/checks.ts";
import { clusteredRatio } from "../productivity/statistics/clusteredRatio.ts";
import { confidenceSequence } from "../productivity/statistics/confidenceSequence.ts";
import { evalue } from "../productivity/statistics/evalue.ts";
import { evalueInterval } from "../productivity/statistics/evalueInterval.ts";
import { kaplanMeier } from "../productivity/statistics/kaplanMeier.ts";
import { keystrokeModel } from "../productivity/statistics/keystrokeModel.ts";
import { logRatioOfSums } from "../productivity/statistics/logRatioOfSums.ts";
import { meanOfLogs } from "../productivity/statistics/meanOfLogs.ts";
import { microRandomised } from "../productivity/statistics/microRandomised.ts";
import type { Outcome } from "../productivity/statistics/outcome.ts";
import { pairs } from "../productivity/statistics/pairs.ts";
import { permutation } from "../productivity/statistics/permutation.ts";
import { power } from "../productivity/statistics/power.ts";
import { seededRandom } from "../productivity/statistics/seededRandom.ts";
import { strataMean } from "../productivity/statistics/strata.ts";
import { team } from "../productivity/statistics/team.ts";
import { wilson } from "../productivity/statistics/wilson.ts";
import { blocksAt, numberAt, numbersAt, optionalNumberAt, rowsAt, strataAt } from "./inputs.ts";

/** Where there are too many assignments to look at, the same ones are drawn every time. */
const SEED = 1;

/** Any estimator's result: an object that is neither of the two reasons for there being none. */
type AnyResult = object & { readonly insufficient?: never; readonly malformed?: never };

export interface Estimator {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  /** The input as one would write it, and what it is. */
  readonly takes: string;
  /** The fields of the result. */
  readonly gives: string;
  readonly run: (input: Readonly<Record<string, unknown>>) => Outcome<AnyResult>;
}

const strataInput = '{"strata": [{"values": [ln throughput, ...], "off": index}, ...]}  off from 0: the block without';
const armsInput = '{"on": [[chars, minutes], ...], "off": [[chars, minutes], ...]}';
const speedUpFields = "estimate, lower, upper (ratios S), theta (ln S), se (of theta), df, p (two-sided, of S = 1)";
const claimsFields = "claims [{claim, pAtLeast, pAtMost}]: one-sided, of S >= claim and S <= claim";
const drawnFields = `assignments; or, beyond 1,048,576, draws (up to 99,999, of seed ${SEED}) and monteCarloSe`;

export const estimators: Readonly<Record<string, Estimator>> = {
  wilson: {
    required: ["k", "n"],
    takes: '{"k": accepted, "n": shown}',
    gives: "estimate, lower, upper, n",
    run: (input) => wilson({ k: numberAt(input, "k"), n: numberAt(input, "n") }),
  },
  clusteredRatio: {
    required: ["y", "x"],
    takes: '{"y": [accepted in each session], "x": [shown in each session]}, whole counts',
    gives: "estimate, se, df, lower, upper, designEffect",
    run: (input) => clusteredRatio({ y: numbersAt(input, "y"), x: numbersAt(input, "x") }),
  },
  logRatioOfSums: {
    required: ["on", "off"],
    takes: armsInput,
    gives: speedUpFields,
    run: (input) => logRatioOfSums({ on: blocksAt(input, "on"), off: blocksAt(input, "off") }),
  },
  meanOfLogs: {
    required: ["on", "off"],
    takes: armsInput,
    gives: `${speedUpFields}; ${claimsFields}. A block's throughput is max(chars, 1) / minutes: by definition what is below 1 character counts as 1`,
    run: (input) => meanOfLogs({ on: blocksAt(input, "on"), off: blocksAt(input, "off") }),
  },
  pairs: {
    required: ["on", "off"],
    takes: '{"on": [throughput of each pair with suggestions], "off": [without]}',
    gives: `estimate, lower, upper (ratios S), theta (ln S), se (of theta), df: Student's, as pStudent is; p (two-sided, of S = 1): the exact sign flips', which is no part of the interval and may disagree with it; signFlips {pUpper, pLower, pTwoSided, ${drawnFields}}; ${claimsFields}`,
    run: (input) => pairs({ on: numbersAt(input, "on"), off: numbersAt(input, "off") }, seededRandom(SEED)),
  },
  strata: {
    required: ["strata"],
    takes: strataInput,
    gives: `${speedUpFields}; ${claimsFields}`,
    run: (input) => strataMean(strataAt(input, "strata")),
  },
  permutation: {
    required: ["strata"],
    takes: strataInput,
    gives: `p (one-sided, of S <= 1; the same as pUpper), pUpper, pLower (of S >= 1), pTwoSided, ${drawnFields}`,
    run: (input) => permutation(strataAt(input, "strata"), seededRandom(SEED)),
  },
  evalue: {
    required: ["strata", "claim"],
    takes: `${strataInput}; and "claim": S0`,
    gives:
      "claim, ePlus (E+, against S >= claim; ruled out from 20 on), eMinus (E-, against S <= claim; more is shown from 20 on), e (the larger), lnEPlus, lnEMinus, strata. An e above e^700 is given as e^700",
    run: (input) => evalue(strataAt(input, "strata"), numberAt(input, "claim")),
  },
  evalueInterval: {
    required: ["strata"],
    takes: strataInput,
    gives: "estimate, lower, upper (ratios S, where both e-values are below 40), strata",
    run: (input) => evalueInterval(strataAt(input, "strata")),
  },
  confidenceSequence: {
    required: ["d", "tStar"],
    takes: '{"d": [ln(on / off) of each pair], "tStar": where it is to be narrowest}',
    gives: "t, estimate, lower, upper (ratios S), theta (ln S), halfWidth (of theta), isShown (t is 10 or more)",
    run: (input) => confidenceSequence({ d: numbersAt(input, "d"), tStar: numberAt(input, "tStar") }),
  },
  kaplanMeier: {
    required: ["t", "event"],
    takes: '{"t": [time, ...], "event": [1 where it ended then, 0 where it was last seen alive, ...]}',
    gives:
      "n, events, censored, lastT, steps [{t, atRisk, events, estimate, se, lower, upper}]; where none is left alive, at an estimate of 0, a step has no se, lower and upper",
    run: (input) => kaplanMeier({ t: numbersAt(input, "t"), event: numbersAt(input, "event") }),
  },
  team: {
    required: ["theta", "se"],
    takes: '{"theta": [ln S of each person], "se": [its standard error]}',
    gives: `${speedUpFields}; k, tau2, cochranQ, q (max(1, q)), predictionLower, predictionUpper (ratios S)`,
    run: (input) => team({ theta: numbersAt(input, "theta"), se: numbersAt(input, "se") }),
  },
  microRandomised: {
    required: ["rows"],
    takes: '{"rows": [[session, shown as 0 or 1, active seconds], ...]}',
    gives: `${speedUpFields}; n, sessions, slope (of ln seconds on shown; theta is minus the slope)`,
    run: (input) => microRandomised(rowsAt(input, "rows")),
  },
  keystrokeModel: {
    required: ["survivingChars", "charsPerSecond", "shown", "readSeconds", "accepted", "fixSeconds", "activeMinutes"],
    takes:
      '{"survivingChars", "charsPerSecond", "shown", "readSeconds", "accepted", "fixSeconds", "activeMinutes"}, a number each',
    gives: "estimate (S by the model), netSeconds, tornado [{assumption, atHalf, atDouble}]",
    run: (input) =>
      (numberAt(input, "accepted") > numberAt(input, "shown") ? aboveTotal("accepted", "shown") : undefined) ??
      keystrokeModel({
        survivingChars: numberAt(input, "survivingChars"),
        charsPerSecond: numberAt(input, "charsPerSecond"),
        shown: numberAt(input, "shown"),
        readSeconds: numberAt(input, "readSeconds"),
        accepted: numberAt(input, "accepted"),
        fixSeconds: numberAt(input, "fixSeconds"),
        activeMinutes: numberAt(input, "activeMinutes"),
      }),
  },
  amdahl: {
    required: ["f"],
    optional: ["s"],
    takes: '{"f": share of the day spent editing, "s": speed-up of editing (may be left out)}',
    gives: "estimate (S of the whole job; without s the ceiling), ceiling (not with f = 1, where there is none)",
    run: (input) => {
      const s = optionalNumberAt(input, "s");
      return amdahl(s === undefined ? { f: numberAt(input, "f") } : { f: numberAt(input, "f"), s });
    },
  },
  power: {
    required: ["sd", "truth", "claim"],
    takes: '{"sd": of ln throughput, "truth": S, "claim": S0}',
    gives:
      "blocksPerArm, estimate (the same before it is rounded up), for a one-sided 5 % and a power of 80 %: z.95 + z.80 = 2.48648",
    run: (input) =>
      power({ sd: numberAt(input, "sd"), truth: numberAt(input, "truth"), claim: numberAt(input, "claim") }),
  },
};
