import type { Report } from "../ledger/report.ts";
import { shareOf, sumOf } from "./known.ts";
import { localDayAt, type ReportOptions, type Spent, type SpentFor } from "./options.ts";

/** Of the days of which it is known what was spent: fewer than the report has, where that is kept for a shorter time. */
export interface Cost extends Spent, SpentFor {
  /** Accepted lines, times the share of accepted characters that was there ten minutes later: lines are not followed themselves. */
  readonly survivingLines: number;
  /** Undefined where no line survived, or no tokens are known. */
  readonly tokensPerLine: number | undefined;
  readonly moneyPerLine: Spent["money"];
}

export function costOf(report: Report, options: ReportOptions): Cost | undefined {
  const { spent } = options;
  if (!spent || isUnknown(spent)) return undefined;
  // Of requests whose tokens are not known nothing can be taken a share of.
  const tokens = spent.inputTokens + spent.outputTokens;
  const isOf = ({ slotMs }: { readonly slotMs: number }): boolean => {
    const day = localDayAt(options, slotMs);
    return day >= spent.firstDay && day <= spent.lastDay;
  };
  const lines = sumOf(report.lineSlots.filter(isOf), (slot) => slot.lines);
  const aiSlots = report.aiSlots.filter(isOf);
  const surviving = shareOf(
    sumOf(aiSlots, ({ survivingChars }) => survivingChars),
    sumOf(aiSlots, ({ countedChars }) => countedChars),
  );
  const survivingLines = lines * (surviving ?? 0);
  return {
    ...spent,
    survivingLines,
    tokensPerLine: tokens === 0 ? undefined : shareOf(tokens, survivingLines),
    moneyPerLine:
      survivingLines > 0 ? spent.money.map((each) => ({ ...each, amount: each.amount / survivingLines })) : [],
  };
}

/** Nothing was written down: that is not the same as nothing spent. */
const isUnknown = ({ inputTokens, outputTokens, money, unknownRequests }: Spent): boolean =>
  inputTokens + outputTokens + unknownRequests === 0 && money.every(({ amount }) => amount === 0);
