import type { Summary } from "./looks.ts";

/**
 * How far the generator's blocks may be from those of the chain, where there are `pairs` pairs of the latter. Means: three standard
 * errors of them, and 0.03 more, since the user's pace is met within some per cent. Spreads: a fifth. Qualifying: four points.
 */
export function disagreements(chain: Summary, generated: Summary, pairs: number): readonly string[] {
  const meanSlack = (sd: number): number => (3 * sd) / Math.sqrt(pairs) + 0.03;
  const checks = [
    ["mean of ln(on/off)", chain.meanDifference - generated.meanDifference, meanSlack(chain.sdDifference)],
    ["mean without suggestions", chain.meanWithout - generated.meanWithout, meanSlack(chain.sdWithout)],
    ["spread of ln(on/off)", chain.sdDifference / generated.sdDifference - 1, 0.2],
    ["spread without suggestions", chain.sdWithout / generated.sdWithout - 1, 0.2],
    ["qualifying share", chain.qualifyingShare - generated.qualifyingShare, 0.04],
    ["pairs that are compared", chain.strata / generated.strata - 1, 0.1],
  ] as const;
  return checks
    .filter(([, difference, slack]) => !(Math.abs(difference) <= slack))
    .map(([what, difference, slack]) => `${what}: ${difference.toFixed(3)} apart, at most ${slack.toFixed(3)}`);
}
