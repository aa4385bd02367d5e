import * as vscode from "vscode";
import { type Account, findPrice, type FoundPrice } from "../model/cost.ts";
import { PRICES_AS_OF } from "../model/prices.ts";
import { markdownTable } from "./markdownTable.ts";
import { priceWords } from "./money.ts";
import type { SpendingDay } from "./spendingDays.ts";
import type { Pricing } from "./spendingSums.ts";

interface Priced {
  readonly account: Account;
  readonly found: FoundPrice | undefined;
}

/** In Markdown: what the models of the days cost, where each price is from, and how to enter one that is not known. */
export function pricesSection(days: readonly SpendingDay[], pricing: Pricing): readonly string[] {
  const { l10n } = vscode;
  const all = accountsOf(days).map((account) => ({ account, found: findPrice(account, pricing.prices) }));
  const priced = all.filter(({ found }) => found?.from !== "this-machine");
  const unknown = priced.filter(({ found }) => found === undefined).map(({ account }) => account.reference);
  if (priced.length === 0) return [];
  const head = [l10n.t("Model"), l10n.t("Server"), l10n.t("Input"), l10n.t("Read before"), l10n.t("Output")];
  return [
    `## ${l10n.t("Prices for a million tokens")}`,
    markdownTable([...head, l10n.t("From")], 2, priced.map(cells)),
    l10n.t(
      "The list has what vendors charged in {0}, of some as others quote it, and without limited offers. A price in pairwise.cost.prices counts before it.",
      listMonth(),
    ),
    ...(unknown.length === 0 ? [] : unknownLines([...new Set(unknown)], pricing)),
  ];
}

function accountsOf(days: readonly SpendingDay[]): readonly Account[] {
  const rows = days.flatMap((day) => day.rows);
  return [...new Map(rows.map((row) => [JSON.stringify([row.reference, row.host]), row])).values()];
}

function cells({ account: { reference, host }, found }: Priced): readonly string[] {
  const { l10n } = vscode;
  const server = host === "editor:" ? "VS Code" : host;
  if (!found) return [reference, server, "–", "–", "–", l10n.t("no price known: enter one in pairwise.cost.prices")];
  const { input, cachedInput = input, output, currency } = found.price;
  const words = [input, cachedInput, output].map((amount) => priceWords({ amount, currency }));
  const from = found.from === "settings" ? "pairwise.cost.prices" : l10n.t("list of {0}", listMonth());
  return [reference, server, ...words, from];
}

function unknownLines(references: readonly string[], { currency }: Pricing): readonly string[] {
  // `null` is no price: what is pasted and not filled in is still not known.
  const entry = { input: null, output: null, currency };
  const prices = Object.fromEntries(references.map((reference) => [reference, entry]));
  return [
    vscode.l10n.t(
      "Where no price is known, tokens are counted and their cost is not in the sums. Enter what you pay for a million tokens, 0 where it costs nothing, in your settings (JSON):",
    ),
    `\`\`\`json\n"pairwise.cost.prices": ${JSON.stringify(prices, undefined, 2)}\n\`\`\``,
  ];
}

function listMonth(): string {
  const month = { year: "numeric", month: "long" } as const;
  return new Date(`${PRICES_AS_OF}-15T12:00`).toLocaleDateString(vscode.env.language, month);
}
