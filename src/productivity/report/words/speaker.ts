/** How the report speaks: in which language, with which translations, and with which figures. */

/** As `vscode.l10n.t` has it: an English sentence with `{0}` for the first value, and what it is in the reader's language. */
type Translate = (sentence: string, ...values: string[]) => string;

export interface Speaker {
  readonly t: Translate;
  /** As the reader's machine would write it, by which figures and days are written: `en`, `zh-cn`. */
  readonly language: string;
  /** Of which the days are; the machine's own without it. */
  readonly timeZone?: string;
}

export function numberWords({ language }: Speaker, value: number, decimals = 0): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  // No "-0".
  return numberFormat(language, digits).format(value === 0 ? 0 : value);
}

/** A ratio of throughputs by itself, with as many digits as matter so far from 1. Beyond a hundred to one either way no experiment tells. */
export function ratioWords(speaker: Speaker, value: number, digits = digitsOf(value)): string {
  return boundedRatio(speaker, value, digits);
}

/** Both ends of an interval, with the same number of significant digits: three where it is narrow enough for them. */
export function ratioEndWords(
  speaker: Speaker,
  { lower, upper }: { readonly lower: number; readonly upper: number },
): readonly [string, string] {
  const usual = upper < 1.5 * lower ? 3 : 2;
  const digits = Math.max(...[lower, upper].map((end) => (isBounded(end) ? digitsBesideOne(end, usual) : usual)));
  return [boundedRatio(speaker, lower, digits), boundedRatio(speaker, upper, digits)];
}

/** An interval as one value: `1.9 to 3.8`, or its one bound where all of it is off the scale. */
export function ratioRangeWords(speaker: Speaker, ends: { readonly lower: number; readonly upper: number }): string {
  return rangeWords(speaker, ...ratioEndWords(speaker, ends));
}

/** Where all of an interval is beyond what any experiment tells, on which side; the bound is all that is told of it then. */
export function offScale(
  { language }: Speaker,
  { lower, upper }: { readonly lower: number; readonly upper: number },
): { readonly side: "more" | "less"; readonly bound: string } | undefined {
  if (lower > MOST_RATIO) return { side: "more", bound: significant(language, MOST_RATIO, 3) };
  return upper < LEAST_RATIO ? { side: "less", bound: significant(language, LEAST_RATIO, 1) } : undefined;
}

/** A ratio after words that say that it is more, or less, than that: off the scale no less true of its bound. */
export function boundedWords({ language }: Speaker, value: number, digits: number): string {
  const within = Math.min(Math.max(value, LEAST_RATIO), MOST_RATIO);
  return significant(language, within, within === value ? digitsBesideOne(value, digits) : 1);
}

/** As `ratioEndWords`, with as many more digits as tell the ends apart: what a large ratio of a small share comes to. */
export function unlikeEndWords(
  speaker: Speaker,
  ends: { readonly lower: number; readonly upper: number },
): readonly [string, string] {
  for (let digits = 3; digits <= MOST_DIGITS; digits += 1) {
    const lower = ratioWords(speaker, ends.lower, digits);
    const upper = ratioWords(speaker, ends.upper, digits);
    if (lower !== upper) return [lower, upper];
  }
  return ratioEndWords(speaker, ends);
}

const MOST_DIGITS = 6;

/** A bound that comes of arithmetic and may be as large as it likes. */
export function boundWords({ language }: Speaker, value: number): string {
  const digits = digitsBesideOne(value, digitsOf(value));
  return significant(language, value, digits);
}

const digitsOf = (value: number): number => (value >= 1 && value < 1.995 ? 3 : 2);
const isBounded = (value: number): boolean => value >= LEAST_RATIO && value <= MOST_RATIO;

function boundedRatio(speaker: Speaker, value: number, digits: number): string {
  const { t, language } = speaker;
  if (value < LEAST_RATIO) return t("less than {0}", significant(language, LEAST_RATIO, 1));
  if (value > MOST_RATIO) return t("more than {0}", significant(language, MOST_RATIO, 3));
  return significant(language, value, digitsBesideOne(value, digits));
}

/** More where with these it would become 1: what is less is never told as no difference, nor what is more. */
function digitsBesideOne(value: number, digits: number): number {
  // Rounding makes as much of equal numbers.
  if (Math.abs(value - 1) < 1e-9) return digits;
  let enough = digits;
  while (Number(value.toPrecision(enough)) === 1) enough += 1;
  return enough;
}

function significant(language: string, value: number, digits: number): string {
  const exact = { minimumSignificantDigits: digits, maximumSignificantDigits: digits };
  return new Intl.NumberFormat(language, exact).format(value);
}

const LEAST_RATIO = 0.01;
const MOST_RATIO = 100;

/** A claim as it is made: 10, 2.5, 1.67. */
export function claimWords({ language }: Speaker, claim: number): string {
  return numberFormat(language, { maximumFractionDigits: 2 }).format(claim);
}

/** @param width of the interval, where there is one: nobody can tell the tenth of a per cent in a wide one */
export function percentWords({ t, language }: Speaker, share: number, width = 1): string {
  const digits = width < 0.02 ? 1 : 0;
  const least = 10 ** (-2 - digits);
  const format = numberFormat(language, {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  if (share > 0 && share < least) return t("less than {0}", format.format(least));
  if (share < 1 && share > 1 - least) return t("more than {0}", format.format(1 - least));
  return format.format(share);
}

/** The same where both are alike. */
export function rangeWords(speaker: Speaker, lower: string, upper: string): string {
  return lower === upper ? lower : speaker.t("{0} to {1}", lower, upper);
}

export function dayWords({ language, timeZone }: Speaker, atMs: number): string {
  return dateFormat(language, { dateStyle: "medium", ...(timeZone !== undefined && { timeZone }) }).format(atMs);
}

/** @param weekMs as `weekAt` has it: it has no time zone any more */
export function weekWords({ language }: Speaker, weekMs: number): string {
  return dateFormat(language, { timeZone: "UTC", dateStyle: "medium" }).format(weekMs);
}

export function shortWeekWords({ language }: Speaker, weekMs: number): string {
  return dateFormat(language, { timeZone: "UTC", month: "short", day: "numeric" }).format(weekMs);
}

export function listWords({ language }: Speaker, items: readonly string[]): string {
  const list = new Intl.ListFormat(language, { type: "conjunction" }).format(items);
  // Beside a figure or a Latin word a Chinese one has a space, which the list's own does not.
  return /^zh/i.test(language)
    ? list.replace(/(?<=[\w%])和|和(?=\w)/g, (and, at: number) => spaced(and, list, at))
    : list;
}

function spaced(word: string, text: string, at: number): string {
  const isLatin = (char: string | undefined): boolean => char !== undefined && /[\w%]/.test(char);
  return `${isLatin(text[at - 1]) ? " " : ""}${word}${isLatin(text[at + word.length]) ? " " : ""}`;
}

export function minutesWords(speaker: Speaker, minutes: number): string {
  const { t } = speaker;
  if (minutes < 90) return t("{0} min", numberWords(speaker, minutes));
  const hours = minutes < 600 ? Math.round(minutes / 6) / 10 : Math.round(minutes / 60);
  return t("{0} h", numberWords(speaker, hours, Number(!Number.isInteger(hours))));
}

/** In Chinese no space stands beside a full-width mark, after a date or between two of its words: values bring what the sentence could not know of. */
export function fitting(speaker: Speaker): Speaker {
  const { t: say, language } = speaker;
  if (!/^zh/i.test(language)) return speaker;
  return { ...speaker, t: (sentence, ...values) => say(sentence, ...values).replace(SPACE_BESIDE_MARK, "") };
}

const SPACE_BESIDE_MARK =
  /(?<=[（）“”，。；：、？]) +| +(?=[（）“”，。；：、？])|(?<=\d日) +(?=\p{Script=Han})|(?<=\p{Script=Han}) +(?=\p{Script=Han})/gu;

/** Sentences, one after the other, as the language puts them. */
export function joined({ language }: Speaker, sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== "").join(/^zh/i.test(language) ? "" : " ");
}

/** To make one takes as long as to write some hundred figures with it. There are some ten of them in each language. */
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return kept(numberFormats, language, options, () => new Intl.NumberFormat(language, options));
}

function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(dateFormats, language, options, () => new Intl.DateTimeFormat(language, options));
}

function kept<Format>(formats: Map<string, Format>, language: string, options: object, make: () => Format): Format {
  const key = JSON.stringify([language, options]);
  const format = formats.get(key) ?? make();
  formats.set(key, format);
  return format;
}
