import type { Counted, Lack } from "../../statistics/outcome.ts";
import type { Interval, Known, Rate } from "../model.ts";
import { numberWords, percentWords, rangeWords, type Speaker } from "./speaker.ts";

/** What is missing, as one sentence. */
export function lackWords(speaker: Speaker, lack: Lack): string {
  const { t } = speaker;
  switch (lack.kind) {
    case "too-few":
      return t(
        "Not enough data yet ({0}: {1} of at least {2}).",
        countedWords(speaker, lack.what),
        numberWords(speaker, lack.have),
        numberWords(speaker, lack.need),
      );
    case "nothing-counted":
      return t("Nothing was counted that a rate could be made of.");
    case "no-spread":
      return t("All values are alike, so nothing says how far they scatter.");
    case "none-or-all":
      return lack.estimate === 0
        ? t("None so far; of none this method has no interval.")
        : t("All so far; of all this method has no interval.");
    case "claim-is-truth":
    case "no-ceiling":
      return t("There is no such figure here.");
    case "more-lost-than-spent":
      return t("By these assumptions more time would go into suggestions than there was: they can't all be right.");
  }
}

/** The same of what has ended: it will not be enough later. */
export function endedLackWords(speaker: Speaker, lack: Lack): string {
  return lack.kind === "too-few"
    ? speaker.t(
        "Not enough data ({0}: {1} of at least {2}).",
        countedWords(speaker, lack.what),
        numberWords(speaker, lack.have),
        numberWords(speaker, lack.need),
      )
    : lackWords(speaker, lack);
}

function countedWords({ t }: Speaker, what: Counted): string {
  switch (what) {
    case "observations":
      return t("observations");
    case "sessions":
      return t("sessions");
    case "blocksOn":
      return t("blocks with suggestions");
    case "blocksOff":
      return t("blocks without suggestions");
    case "pairs":
    case "strata":
      return t("groups of blocks that can be compared");
    case "people":
      return t("people");
    case "wholeDays":
      return t("whole days with work");
    case "rowsShown":
      return t("suggestions that were shown");
    case "rowsNotShown":
      return t("suggestions that were held back");
  }
}

/** What is so, in words of the caller; or what is missing. */
export function knownWords<T>(speaker: Speaker, known: Known<T>, words: (value: T) => string): string {
  if (known.kind === "known") return words(known);
  if (known.kind === "missing") return lackWords(speaker, known.lack);
  return speaker.t("The figures are such that nothing can be computed ({0}).", known.flaw.kind);
}

/** `27% (95% interval 19 to 36%)`, or the plain share and why there is no interval. */
export function rateWords(speaker: Speaker, { part, whole, rate }: Rate): string {
  const { t } = speaker;
  if (rate.kind === "known") return intervalWords(speaker, rate);
  if (whole === 0) return knownWords(speaker, rate, () => "");
  return t("{0} (without an interval)", percentWords(speaker, part / whole));
}

function intervalWords(speaker: Speaker, { estimate, lower, upper }: Interval): string {
  const width = upper - lower;
  const percent = (share: number): string => percentWords(speaker, share, width);
  return speaker.t("{0} (95% interval: {1})", percent(estimate), rangeWords(speaker, percent(lower), percent(upper)));
}
