import * as vscode from "vscode";
import type { Money } from "../model/cost.ts";

/** As people write it where VS Code's language is spoken, to the cent. */
export function moneyWords({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat(vscode.env.language, { style: "currency", currency });
  if (amount > 0 && amount < LEAST) return vscode.l10n.t("less than {0}", format.format(LEAST));
  return format.format(amount);
}

/** Of a million tokens, to what vendors tell. */
export function priceWords({ amount, currency }: Money): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 4 };
  return new Intl.NumberFormat(vscode.env.language, { style: "currency", currency, ...digits }).format(amount);
}

const LEAST = 0.01;
