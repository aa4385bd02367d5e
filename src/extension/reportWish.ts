/** What the report needs beside the ledger: what suggestions cost, and how projects are called. */

import * as vscode from "vscode";
import { costOf, costsMoney, priceOf } from "../model/cost.ts";
import { fileHmac, secretFor } from "../productivity/ledger/fileHmac.ts";
import type { ReportModelWish, SpentDay } from "../productivity/ledger/reportModelOf.ts";
import { CountingError } from "./countingState.ts";
import { installationSecret } from "./installationSecret.ts";
import type { Lazy } from "./lazy.ts";
import { setting } from "./settings.ts";
import { pricing, type Spending } from "./spending.ts";
import type { SpendingDay } from "./spendingDays.ts";
import type { Pricing } from "./spendingSums.ts";

/**
 * The same for the view and for all that is exported, so that they are the same report.
 *
 * @param nowMs by the clock that the window's events get, which half-hours go by
 */
export async function reportWish(spending: Lazy<Spending>, nowMs: number): Promise<ReportModelWish> {
  return {
    nowMs,
    spentDays: spentDays(await (await spending.get()).days(), pricing()),
    workdayMinutes: setting("report.workdayHours") * 60,
  };
}

/** On suggestions alone: what a chat costs bought none of the accepted lines. */
export function spentDays(days: readonly SpendingDay[], { prices }: Pricing): readonly SpentDay[] {
  return days.map(({ day, rows }) => {
    const money = new Map<string, number>();
    let [inputTokens, outputTokens, unknownRequests] = [0, 0, 0];
    for (const row of rows.filter(({ feature }) => FEATURES.has(feature))) {
      const price = priceOf(row, prices);
      if (!price) {
        unknownRequests += row.requests;
        continue;
      }
      inputTokens += row.input;
      outputTokens += row.output;
      const { amount, currency } = costOf(row, price);
      if (costsMoney(price)) money.set(currency, (money.get(currency) ?? 0) + amount);
    }
    return {
      localDay: Date.parse(day) / DAY_MS,
      inputTokens,
      outputTokens,
      money: Array.from(money, ([currency, amount]) => ({ amount, currency })),
      unknownRequests,
    };
  });
}

/** The names of the folders that are open, by what the ledger has in their place. */
export async function projectNames(storage: vscode.Uri): Promise<Readonly<Record<string, string>>> {
  try {
    const hmac = fileHmac(secretFor(await installationSecret(storage.fsPath), "addresses"));
    const folders = vscode.workspace.workspaceFolders ?? [];
    return Object.fromEntries(folders.map(({ uri, name }) => [hmac(uri.toString()), name]));
  } catch (error) {
    // Without the secret they are told apart, and have no names.
    if (error instanceof CountingError) return {};
    throw error;
  }
}

const FEATURES: ReadonlySet<string> = new Set(["suggestion", "warm-up"]);
const DAY_MS = 86_400_000;
