/** What exports are made of, from ledgers that the ledger's own writer has made. */

import type { TestContext } from "node:test";
import type { ExportFigures } from "../../src/productivity/export/figures.ts";
import type { ExperimentBlocks } from "../../src/productivity/ledger/experimentQuestions.ts";
import { reportOf } from "../../src/productivity/ledger/report.ts";
import { usageOf } from "../../src/productivity/ledger/reportUsage.ts";
import type { LedgerRecord } from "../../src/productivity/records.ts";
import type { ReportOptions } from "../../src/productivity/report/options.ts";
import { reportModel } from "../../src/productivity/report/reportModel.ts";
import { acceptOf, batchOf, endOf, ledgerFolder, NOON_MS, openStore, shownOf } from "./ledgerRig.ts";
import { options } from "./reports.ts";

export function figuresOf(
  context: TestContext,
  records: readonly LedgerRecord[],
  experiment?: ExperimentBlocks,
  rest: Partial<ReportOptions> = {},
): ExportFigures {
  const store = openStore(context, ledgerFolder(context));
  if (records.length > 0) store.append(batchOf(records), NOON_MS);
  const range = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
  const report = reportOf(store.database, range);
  const { offsetMinutesAt } = { ...options, ...rest };
  return {
    model: reportModel(report, experiment, { ...options, ...rest }),
    report,
    usage: usageOf(store.database, range),
    blocks: experiment?.blocks ?? [],
    offsetMinutesAt,
  };
}

interface Shown {
  readonly run: string;
  readonly lines?: number;
  readonly language?: string;
  readonly model?: string;
  readonly atMs?: number;
  /** Lines of what was accepted, whole or in parts. */
  readonly full?: number;
  readonly parts?: readonly number[];
  readonly inferred?: boolean;
  readonly carets?: number;
}

/** One suggestion that was shown, and what became of it. */
export function suggested({ run, lines, language = "typescript", model = "openai/gpt-4.1", ...rest }: Shown) {
  const { atMs = NOON_MS, full, parts = [], inferred = false, carets = 1 } = rest;
  const placed = { atMs, language };
  const evidence = inferred ? "inferred" : "command";
  const taken = [
    ...parts.map((each) => ["line", each] as const),
    ...(full === undefined ? [] : [["full", full] as const]),
  ];
  const records: LedgerRecord[] = [shownOf(run, placed), endOf(run, { ...placed, model })];
  const { session, file, project } = shownOf(run);
  if (lines !== undefined)
    records.unshift({
      kind: "response",
      session,
      file,
      project,
      ...placed,
      run,
      outcome: "returned",
      reason: "model",
      afterMs: 100,
      chars: 12,
      lines,
      choices: 1,
      model,
    });
  for (const [index, [part, count]] of taken.entries())
    records.push(acceptOf(`${run}:${index}`, { ...placed, run, part, lines: count, evidence, carets, model }));
  return records;
}

/** Names that a hostile extension or server could bring into the ledger. */
export const hostile = {
  languages: ['=cmd|"/c calc"!A1', "a,b", 'q"q', "+1", "@x", "-2", "line\r\nbreak", "名前", "constructor", "__proto__"],
  models: ["=1+1/x", 'evil/=HYPERLINK("http://x")', "a/b/c,d", "__proto__/constructor", "noslash"],
};
