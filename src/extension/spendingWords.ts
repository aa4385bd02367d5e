import * as vscode from "vscode";
import { markdownTable } from "./markdownTable.ts";
import { moneyWords } from "./money.ts";
import { purposeWords } from "./sentWords.ts";
import { pricesSection } from "./spendingPrices.ts";
import type { SpendingDay, SpendingRow } from "./spendingDays.ts";
import { costOfRow, type Pricing, type Sum, sumOf } from "./spendingSums.ts";

export interface Limits {
  /** Of a day, in the currency of the sums; 0: none. */
  readonly soft: number;
  readonly hard: number;
}

/** One line for a menu. */
export function todayWords(sum: Sum): string {
  const { l10n } = vscode;
  const tokens = tokensWords(sum.tokens, sum.estimated);
  if (sum.tokens === 0) return l10n.t("Today: no tokens");
  if (!sum.isPaid && sum.unpriced === 0) return l10n.t("Today: {0} tokens, at no cost", tokens);
  const unpriced = numberWords(sum.unpriced);
  if (!sum.isPaid)
    return sum.unpriced === sum.tokens
      ? l10n.t("Today: {0} tokens, no price known: enter one in pairwise.cost.prices", tokens)
      : l10n.t("Today: {0} tokens, {1} of them of no known price: enter one in pairwise.cost.prices", tokens, unpriced);
  const money = moneyWords(sum.money);
  return sum.unpriced === 0
    ? l10n.t("Today: {0} tokens, about {1}", tokens, money)
    : l10n.t("Today: {0} tokens, about {1}, without {2} tokens of no known price", tokens, money, unpriced);
}

/** A page in Markdown: today by feature and model, then the days. */
export function spendingPage(days: readonly SpendingDay[], pricing: Pricing, limits: Limits): string {
  const { l10n } = vscode;
  const [today, ...earlier] = days;
  return [
    `# ${l10n.t("What models use and cost")}`,
    ...limitLines(pricing, limits),
    `## ${todayWords(sumOf(today?.rows ?? [], pricing))}`,
    ...dayTable(today, pricing),
    ...(earlier.length === 0 ? [] : [`## ${l10n.t("Earlier days")}`, sumsTable(earlier, pricing)]),
    ...earlier.slice(0, DAYS_IN_FULL).flatMap((day) => [`### ${dayWords(day.day)}`, ...dayTable(day, pricing)]),
    ...pricesSection(days, pricing),
    `## ${l10n.t("How this is counted")}`,
    [
      l10n.t(
        "All days are shown with today's prices, and offers are not known; the bill of the vendor is what counts.",
      ),
      l10n.t(
        "A model whose price is not known is counted in tokens alone, and no limit stops it. What runs on this machine costs nothing.",
      ),
      l10n.t(
        "“About” before a number of tokens: a server that ends early, or is left early, tells no number, so a part of it is estimated from the text. A request that was given up counts with all that was sent.",
      ),
      l10n.t("The days are kept on this machine for 90 days: names of models and numbers, and nothing of your code."),
    ]
      .map((line) => `- ${line}`)
      .join("\n"),
    "",
  ].join("\n\n");
}

function limitLines({ currency }: Pricing, { soft, hard }: Limits): string[] {
  const { l10n } = vscode;
  const lines = [
    ...(soft > 0 ? [l10n.t("You are warned once a day at {0}.", moneyWords({ amount: soft, currency }))] : []),
    ...(hard > 0
      ? [l10n.t("Models that cost money are not asked any more at {0} a day.", moneyWords({ amount: hard, currency }))]
      : []),
  ];
  return lines.length === 0
    ? [l10n.t("No limit is set: pairwise.cost.softLimit warns, pairwise.cost.hardLimit stops.")]
    : [lines.join(" ")];
}

function dayTable(day: SpendingDay | undefined, pricing: Pricing): string[] {
  const { l10n } = vscode;
  if (!day || day.rows.length === 0) return [];
  const head = [l10n.t("For"), l10n.t("Model"), l10n.t("Requests"), l10n.t("Input tokens")];
  const more = [l10n.t("Of these read before"), l10n.t("Output tokens"), l10n.t("Cost")];
  const rows = day.rows.toSorted((one, other) => other.input + other.output - one.input - one.output);
  return [markdownTable([...head, ...more], 2, rows.map(rowCells(pricing)))];
}

function rowCells(pricing: Pricing): (row: SpendingRow) => string[] {
  return (row) => {
    const cost = costOfRow(row, pricing);
    // Which of the two was estimated is not kept apart.
    const isEstimated = row.estimated > 0 ? 1 : 0;
    return [
      featureWords(row.feature),
      row.reference,
      numberWords(row.requests),
      tokensWords(row.input, isEstimated),
      numberWords(row.cached),
      tokensWords(row.output, isEstimated),
      cost ? costWords(cost) : vscode.l10n.t("not known"),
    ];
  };
}

function sumsTable(days: readonly SpendingDay[], pricing: Pricing): string {
  const { l10n } = vscode;
  const rows = days.map(({ day, rows }) => {
    const sum = sumOf(rows, pricing);
    const cost = costWords(sum.money);
    const isUnknown = sum.unpriced > 0 && !sum.isPaid;
    return [
      dayWords(day),
      tokensWords(sum.tokens, sum.estimated),
      isUnknown ? l10n.t("not known") : sum.unpriced > 0 ? l10n.t("{0} and more", cost) : cost,
    ];
  });
  return markdownTable([l10n.t("Day"), l10n.t("Tokens"), l10n.t("Cost")], 1, rows);
}

function costWords(money: Parameters<typeof moneyWords>[0]): string {
  return money.amount === 0 ? vscode.l10n.t("none") : vscode.l10n.t("about {0}", moneyWords(money));
}

function tokensWords(tokens: number, estimated: number): string {
  return estimated > 0 ? vscode.l10n.t("about {0}", numberWords(tokens)) : numberWords(tokens);
}

function numberWords(value: number): string {
  return value.toLocaleString(vscode.env.language);
}

function dayWords(day: string): string {
  return new Date(`${day}T12:00`).toLocaleDateString(vscode.env.language, { dateStyle: "full" });
}

function featureWords(feature: string): string {
  return purposeWords(feature as Parameters<typeof purposeWords>[0]) ?? feature;
}

const DAYS_IN_FULL = 7;
