/** Sums over what was used, in tokens and money. */

import { converted, costOf, costsMoney, type Money, type OwnPrices, priceOf } from "../model/cost.ts";
import type { Currency } from "../model/prices.ts";
import type { SpendingRow } from "./spendingDays.ts";

/** As the settings say. */
export interface Pricing {
  readonly prices: OwnPrices;
  /** That sums are told in. */
  readonly currency: Currency;
  readonly yuanPerDollar: number;
}

export interface Sum {
  readonly tokens: number;
  /** Of `tokens`, those that no server has told of. */
  readonly estimated: number;
  /** Of `tokens`, those of models whose price is not known; `money` is without them. */
  readonly unpriced: number;
  readonly money: Money;
  /** Something was asked of a model that costs money. */
  readonly isPaid: boolean;
}

/** In the currency of the model's price; `undefined` where that is not known. */
export function costOfRow(row: SpendingRow, { prices }: Pricing): Money | undefined {
  const price = priceOf(row, prices);
  return price && costOf(row, price);
}

export function sumOf(rows: readonly SpendingRow[], { prices, currency, yuanPerDollar }: Pricing): Sum {
  let [tokens, estimated, unpriced, amount, isPaid] = [0, 0, 0, 0, false];
  for (const row of rows) {
    const price = priceOf(row, prices);
    const all = row.input + row.output;
    tokens += all;
    estimated += row.estimated;
    if (price) amount += converted(costOf(row, price), currency, yuanPerDollar);
    else unpriced += all;
    isPaid ||= costsMoney(price);
  }
  return { tokens, estimated, unpriced, money: { amount, currency }, isPaid };
}

/** Until the user's next day begins, in milliseconds. */
export function untilTomorrow(now: Date): number {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime() - now.getTime();
}
