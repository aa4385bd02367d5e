/** How often the report is right about users of whom the truth is known, and how long it takes to open that of a year. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { falseAlarms } from "../test/support/peeking.ts";
import { type Figures, merge, percentile, type Sizes } from "./figures.ts";
import { disagreements } from "./report/agreement.ts";
import { coveredIn, type Look, lookAt, meanOf, summaryOf } from "./report/looks.ts";
import type { OpenedReport } from "./report/openReport.ts";
import { chainRun, countingError, EFFECTS, generatedLooks, trueEffect } from "./report/simulatedUsers.ts";
import { writeYear } from "./report/yearOfWork.ts";

interface ReportBench {
  /** Of each effect, through the whole chain, and as blocks alone. */
  readonly chainRuns: number;
  readonly blockRuns: number;
  readonly peekRuns: number;
  readonly events: number;
  readonly opens: number;
}

export const reportBench: Sizes<ReportBench> = {
  full: { chainRuns: 20, blockRuns: 500, peekRuns: 2_000, events: 1_000_000, opens: 11 },
  quick: { chainRuns: 2, blockRuns: 100, peekRuns: 200, events: 100_000, opens: 3 },
};

export function measureReport(size: ReportBench): Figures {
  return merge([measureOpening(size), measureSimulated(size), measurePeeking(size)]);
}

function measureOpening({ events, opens }: ReportBench): Figures {
  const folder = mkdtempSync(join(tmpdir(), "pairwise-report-"));
  try {
    const written = writeYear(folder, events);
    const reports = Array.from({ length: opens }, () => opened(folder));
    console.error(
      `${written} events, ${reports[0]?.blocks ?? 0} blocks compared, ${reports[0]?.draws ?? 0} single suggestions.`,
    );
    const openMs = reports.map(({ ms }) => ms);
    const processorMs = reports.map((report) => report.processorMs);
    return {
      figures: {
        "report.openMs": percentile(openMs, 50),
        "report.openProcessorMs": percentile(processorMs, 50),
        "report.openMemoryMiB": percentile(
          reports.map(({ memoryMiB }) => memoryMiB),
          50,
        ),
      },
      runs: { "report.openMs": openMs, "report.openProcessorMs": processorMs },
      missing: {},
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function opened(folder: string): OpenedReport {
  const script = join(import.meta.dirname, "report", "openReport.ts");
  // Two years later: all that was to be known of it is known.
  const nowMs = String(Date.UTC(2028, 5, 1));
  return JSON.parse(execFileSync(process.execPath, [script, folder, nowMs], { encoding: "utf8" })) as OpenedReport;
}

function measureSimulated({ chainRuns, blockRuns }: ReportBench): Figures {
  const errors: number[] = [];
  const covered: number[] = [];
  const chainCovered: number[] = [];
  const problems: string[] = [];
  let falseFaster = Number.NaN;
  let chainFalseFaster = Number.NaN;
  for (const [index, effect] of EFFECTS.entries()) {
    const truly = trueEffect(effect, 9_000 + index);
    if (!(Math.abs(truly / effect - 1) <= MOST_EFFECT_ERROR)) problems.push(`${effect}x is truly ${truly}x`);
    const chain = Array.from({ length: chainRuns }, (_, run) => {
      const simulated = chainRun(effect, 1_000 * (index + 1) + run);
      errors.push(countingError(simulated));
      return lookAt(simulated.experiment);
    });
    const blocks = generatedLooks(effect, blockRuns, 100_000 * (index + 1));
    const [ofChain, ofBlocks] = [summaryOf(chain), summaryOf(blocks)];
    const pairs = Math.round(ofChain.strata * chainRuns);
    problems.push(...disagreements(ofChain, ofBlocks, pairs).map((each) => `${effect}x: ${each}`));
    for (const which of ["verdict", "evalue", "student"] as const) {
      covered.push(coveredIn(blocks, which, effect));
      const share = coveredIn(chain, which, effect);
      if (which === "verdict") chainCovered.push(share);
      console.error(`${effect}x: ${which} covers ${covered.at(-1)} of blocks, ${share} of the chain; truly ${truly}.`);
    }
    console.error(JSON.stringify({ effect, ofChain, ofBlocks, states: [stated(chain), stated(blocks)] }));
    if (effect === 1) [chainFalseFaster, falseFaster] = [stated(chain), stated(blocks)];
  }
  const figures = {
    "report.coverage": Math.min(...covered),
    "report.falseFaster": falseFaster,
    "report.chainCoverage": meanOf(chainCovered),
    "report.chainFalseFaster": chainFalseFaster,
    "report.countingError": Math.max(...errors.map(Math.abs)),
  };
  if (problems.length === 0) return { figures, runs: {}, missing: {} };
  // Of blocks that are not as the chain's nothing follows for the report.
  const reason = problems.join("; ");
  return { figures: {}, runs: {}, missing: Object.fromEntries(Object.keys(figures).map((key) => [key, reason])) };
}

const stated = (looks: readonly Look[]): number =>
  looks.filter(({ statesSpeedUp }) => statesSpeedUp).length / looks.length;

function measurePeeking({ peekRuns }: ReportBench): Figures {
  const { faster, slower, interval, sequence, naive } = falseAlarms(peekRuns, 200);
  return {
    figures: {
      "report.peekEvalue": Math.max(faster, slower, interval),
      "report.peekSequence": sequence,
      "report.peekNaive": naive,
    },
    runs: {},
    missing: {},
  };
}

/** The user's pace is met within so much on average. */
const MOST_EFFECT_ERROR = 0.05;
