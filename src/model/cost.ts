/** What tokens cost: by the settings first, then by the list of prices; nothing where the model runs on this machine. */

import { splitReference } from "./modelReference.ts";
import { type Currency, listedPrice, type Price } from "./prices.ts";

/** Which model, and where it was asked. */
export interface Account {
  /** `provider/model`, as in the settings. */
  readonly reference: string;
  /** Of the server; "" for what runs on this machine. */
  readonly host: string;
}

export interface Tokens {
  readonly input: number;
  /** Of `input`, what the server had read before. */
  readonly cached: number;
  readonly output: number;
}

export interface Money {
  readonly amount: number;
  readonly currency: Currency;
}

/** `pairwise.cost.prices`: by reference, or by its beginning and `*` (`gateway/*`). Written by hand. */
export type OwnPrices = Readonly<Record<string, unknown>>;

export interface FoundPrice {
  readonly price: Price;
  readonly from: "settings" | "this-machine" | "list";
}

/** `undefined` where it is not known. */
export function findPrice({ reference, host }: Account, own: OwnPrices): FoundPrice | undefined {
  const ownPrice = readPrice(own[bestKey(reference, own)]);
  if (ownPrice) return { price: ownPrice, from: "settings" };
  if (host === "") return { price: FREE, from: "this-machine" };
  const [, model = ""] = splitReference(reference) ?? [];
  const price = listedPrice(host, model);
  return price && { price, from: "list" };
}

/** As `findPrice`. */
export function priceOf(account: Account, own: OwnPrices): Price | undefined {
  return findPrice(account, own)?.price;
}

export function costsMoney(price: Price | undefined): boolean {
  return price !== undefined && (price.input > 0 || price.output > 0);
}

export function costOf({ input, cached, output }: Tokens, price: Price): Money {
  const { currency, cachedInput = price.input } = price;
  const amount = ((input - cached) * price.input + cached * cachedInput + output * price.output) / 1_000_000;
  return { amount, currency };
}

/** `yuanPerDollar` is a rough figure: rates change daily. */
export function converted({ amount, currency }: Money, to: Currency, yuanPerDollar: number): number {
  if (currency === to) return amount;
  return to === "CNY" ? amount * yuanPerDollar : amount / yuanPerDollar;
}

/** The reference itself, or the longest beginning of it. */
function bestKey(reference: string, own: OwnPrices): string {
  if (Object.hasOwn(own, reference)) return reference;
  const beginnings = Object.keys(own).filter((key) => key.endsWith("*") && reference.startsWith(key.slice(0, -1)));
  return beginnings.toSorted((one, other) => other.length - one.length)[0] ?? "";
}

function readPrice(value: unknown): Price | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { input, cachedInput, output, currency } = value as Readonly<Record<string, unknown>>;
  if (!isPrice(input) || !isPrice(output)) return undefined;
  return {
    input,
    output,
    cachedInput: isPrice(cachedInput) ? cachedInput : undefined,
    currency: currency === "CNY" ? "CNY" : "USD",
  };
}

function isPrice(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

const FREE: Price = { currency: "USD", input: 0, cachedInput: 0, output: 0 };
