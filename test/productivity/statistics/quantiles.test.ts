import { test } from "node:test";
import {
  tQuantile,
  tReach,
  twoTails,
  upperTail,
  zQuantile,
  zReach,
} from "../../../src/productivity/statistics/quantiles.ts";
import { agrees } from "../../support/estimates.ts";

// Expected values: scipy.stats 1.17.1, t.ppf, t.sf and norm.ppf.

test("Student's quantiles agree with SciPy's, also between whole degrees of freedom", () => {
  agrees(tQuantile(0.975, 1), 12.706204736174694, 1e-13);
  agrees(tQuantile(0.975, 2.5), 3.5746548420036817, 1e-13);
  agrees(tQuantile(0.975, 5.628246), 2.486628679870344, 1e-13);
  agrees(tReach(9), 2.262157162798205, 1e-13);
  agrees(tReach(1e6), 1.959966356814107, 1e-13);
});

test("normal quantiles agree with SciPy's, far into the tail", () => {
  agrees(zQuantile(0.8), 0.8416212335729143, 1e-14);
  agrees(zQuantile(0.95), 1.6448536269514722, 1e-14);
  agrees(zReach(), 1.959963984540054, 1e-14);
  agrees(zQuantile(0.9999), 3.719016485455709, 1e-14);
});

test("Student's tails agree with SciPy's, and small ones keep their digits", () => {
  agrees(upperTail(2.5, 5.6), 0.024673170280706973, 1e-12);
  agrees(upperTail(-1, 1), 0.75, 1e-12);
  agrees(upperTail(8, 40), 3.952542055052269e-10, 1e-11);
  agrees(twoTails(-8, 40), 2 * 3.952542055052269e-10, 1e-11);
});
