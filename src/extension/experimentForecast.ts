/** What somebody thinks of how fast suggestions make them, as they write it. */

export type Forecast =
  | { readonly kind: "factor"; readonly factor: number }
  /** A number as large as that may be meant in percent, and one with a sign hardly otherwise. */
  | { readonly kind: "ambiguous"; readonly number: number }
  | { readonly kind: "none" };

/** `1.2`, `1,2`, `1.2x`, `1.2 times`, `20 %` and `+20%` say the same: 1.2, also in full-width signs. Between a tenth and a hundred times. */
export function forecastFrom(text: string): Forecast {
  const [, sign = "", digits, unit] =
    /^([+\-−]?)\s*(\d{1,4}(?:[.,]\d{1,4})?)\s*(%|x|×|times|倍)?$/i.exec(text.trim().normalize("NFKC")) ?? [];
  if (digits === undefined) return { kind: "none" };
  const isMinus = sign !== "" && sign !== "+";
  const number = Number(digits.replace(",", "."));
  const signed = isMinus ? -number : number;
  const isPercent = unit === "%";
  if (unit === undefined && (sign !== "" || number >= LEAST_AMBIGUOUS)) return { kind: "ambiguous", number: signed };
  if (!isPercent && sign !== "") return { kind: "none" };
  const factor = rounded(isPercent ? 1 + signed / 100 : number);
  return factor >= LEAST && factor <= MOST ? { kind: "factor", factor } : { kind: "none" };
}

/** 1 + 0.2 is 1.2 to people. */
const rounded = (factor: number): number => Math.round(factor * 10_000) / 10_000;
const LEAST = 0.1;
const MOST = 100;
const LEAST_AMBIGUOUS = 5;
