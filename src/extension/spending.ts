import * as vscode from "vscode";
import type { Account } from "../model/cost.ts";
import { costsMoney, priceOf } from "../model/cost.ts";
import { ModelError } from "../model/model.ts";
import type { Recorder } from "../model/requestLog.ts";
import { commands } from "./contributions.ts";
import { type Meter, meteredLog } from "./meteredLog.ts";
import { moneyWords } from "./money.ts";
import { openSettings } from "./notices.ts";
import { setting } from "./settings.ts";
import { type SpendingDay, SpendingDays } from "./spendingDays.ts";
import { type Pricing, type Sum, sumOf, untilTomorrow } from "./spendingSums.ts";

/** The record that requests to the model of a reference are told to. */
export type OpenRecorder = (reference: string) => Promise<Recorder>;

/** What is used and what it costs, by day; warns at the soft limit, and stops what costs money at the hard one. */
export class Spending implements vscode.Disposable {
  readonly #days: SpendingDays;
  readonly #now: () => Date;
  readonly #onError: (error: unknown) => void;
  readonly #meter: Meter = {
    check: (account) => this.#check(account),
    count: (feature, account, use) => {
      this.#days.add(feature, account, use);
      this.#warn();
      this.#writeSoon();
    },
  };
  readonly #toldUnpriced = new Set<string>();
  #opened: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(folder: string, now: () => Date, onError: (error: unknown) => void) {
    this.#days = new SpendingDays(folder, now);
    this.#now = now;
    this.#onError = onError;
  }

  /** Resolves when it is known what was used today: the limits count from the first request. */
  async recorder(log: Recorder, reference: string): Promise<Recorder> {
    await this.#open();
    return meteredLog(log, this.#meter, reference);
  }

  async today(): Promise<Sum> {
    await this.#open();
    return sumOf(this.#days.today, pricing());
  }

  /** The latest first. */
  async days(): Promise<readonly SpendingDay[]> {
    await this.#write();
    return this.#days.days();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    try {
      this.#days.writeAtOnce();
    } catch (error) {
      this.#onError(error);
    }
  }

  #open(): Promise<void> {
    return (this.#opened ??= this.#days.open());
  }

  #check(account: Account): void {
    const price = priceOf(account, setting("cost.prices"));
    if (price === undefined) this.#tellUnpriced(account);
    const limit = setting("cost.hardLimit");
    if (limit === 0 || !costsMoney(price)) return;
    const { money } = sumOf(this.#days.today, pricing());
    if (money.amount < limit) return;
    const retryInMs = untilTomorrow(this.#now());
    throw new ModelError({ kind: "spending-limit", limit, currency: money.currency, retryInMs });
  }

  /** Whoever has set a limit relies on it. */
  #tellUnpriced({ reference }: Account): void {
    if (setting("cost.hardLimit") === 0 && setting("cost.softLimit") === 0) return;
    if (this.#toldUnpriced.has(reference)) return;
    this.#toldUnpriced.add(reference);
    void tellUnpriced(reference);
  }

  #warn(): void {
    const limit = setting("cost.softLimit");
    if (limit === 0 || this.#days.isWarned) return;
    const { money } = sumOf(this.#days.today, pricing());
    if (money.amount < limit) return;
    this.#days.warned();
    void warn(moneyWords(money), moneyWords({ ...money, amount: limit }));
  }

  /** Many requests are written together, and the other windows learn of them. */
  #writeSoon(): void {
    this.#timer ??= setTimeout(() => void this.#write(), WRITE_AFTER_MS);
  }

  async #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#days.hasUnwritten) return;
    try {
      await this.#days.write();
    } catch (error) {
      this.#onError(error);
    }
  }
}

export function pricing(): Pricing {
  return {
    prices: setting("cost.prices"),
    currency: setting("cost.currency") === "CNY" ? "CNY" : "USD",
    yuanPerDollar: setting("cost.yuanPerDollar"),
  };
}

async function warn(spent: string, limit: string): Promise<void> {
  const { l10n } = vscode;
  const show = l10n.t("Show spending");
  const settings = openSettings("pairwise.cost");
  const text = l10n.t(
    "Today's requests to models have cost about {0}; you wanted to know at {1}. Requests go on.",
    spent,
    limit,
  );
  const chosen = await vscode.window.showWarningMessage(text, show, settings.title);
  if (chosen === show) await vscode.commands.executeCommand(commands.showSpending);
  if (chosen === settings.title) await vscode.commands.executeCommand(settings.command, settings.argument);
}

async function tellUnpriced(reference: string): Promise<void> {
  const { title, command, argument } = openSettings("pairwise.cost.prices");
  const text = vscode.l10n.t(
    "No price is known of {0}, so no limit counts or stops it. Enter one in pairwise.cost.prices, 0 where it costs nothing.",
    reference,
  );
  if ((await vscode.window.showWarningMessage(text, title)) === title)
    await vscode.commands.executeCommand(command, argument);
}

const WRITE_AFTER_MS = 10_000;
