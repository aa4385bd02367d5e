/** What stands first, and the sentence after it. */

import type { ExperimentStatus } from "../../experiment/state.ts";
import type { ReportModel } from "../model.ts";
import type { Ladder, LadderRow, Verdict } from "../verdict.ts";
import { boundedWords, claimWords, joined, numberWords, offScale, ratioEndWords, type Speaker } from "./speaker.ts";

type Experimented = Extract<Verdict, { readonly status: unknown }>;

export function headlineWords(speaker: Speaker, { verdict, ladder }: ReportModel): string {
  const { t } = speaker;
  const decided = "oneSided" in verdict ? claimsWords(speaker, ladder, verdict) : "";
  switch (verdict.kind) {
    case "no-experiment":
      return t("Nobody knows yet: there has been no experiment, and nothing but one can tell.");
    case "void":
      return voidWords(speaker, verdict.why);
    case "too-early":
      return joined(speaker, [flagWords(speaker, verdict), tooFewWords(speaker, verdict, decided !== ""), decided]);
    case "measured":
      return joined(speaker, [flagWords(speaker, verdict), intervalWords(speaker, verdict), decided]);
  }
}

function intervalWords(speaker: Speaker, verdict: Extract<Verdict, { readonly kind: "measured" }>): string {
  const { t } = speaker;
  const blocks = numberWords(speaker, verdict.blocks);
  const off = offScale(speaker, verdict);
  switch (off?.side) {
    case "more":
      return t(
        "More than {0} times as much in the same time with suggestions, at the code (95%, both ends at once), on {1} half-hours of work.",
        off.bound,
        blocks,
      );
    case "less":
      return t(
        "Less than {0} times as much in the same time with suggestions, at the code (95%, both ends at once), on {1} half-hours of work.",
        off.bound,
        blocks,
      );
    case undefined:
      return t(
        "Between {0} and {1} times as much in the same time with suggestions, at the code (95%, both ends at once), on {2} half-hours of work.",
        ...ratioEndWords(speaker, verdict),
        blocks,
      );
  }
}

/** Of one that has ended nothing more is to come. */
function tooFewWords({ t }: Speaker, { status }: Experimented, isDecided: boolean): string {
  if (hasEnded(status))
    return isDecided
      ? t("No interval: the experiment has ended, with too few half-hours for one.")
      : t("No result: the experiment has ended, with too few half-hours for one.");
  return isDecided
    ? t("Too early for an interval: the experiment has too few half-hours yet.")
    : t("Too early to tell: the experiment has too few half-hours yet.");
}

export const hasEnded = (status: ExperimentStatus): boolean => status === "stopped" || status === "completed";

/**
 * The smallest claim that is ruled out says it of all larger ones, the largest that is shown of all smaller ones. With the bound that
 * it rests on: it may lie within the interval, whose ends hold at once.
 */
export function decidedWords(
  speaker: Speaker,
  { rows }: Pick<Ladder, "rows">,
  { oneSided }: Pick<Experimented, "oneSided">,
): string {
  const { t } = speaker;
  const { ruledOut, shown } = decidedClaims(rows, oneSided);
  const sides = [
    ...(ruledOut
      ? [
          t(
            "less than {0} times, so {1}",
            boundedWords(speaker, ruledOut.atMost, BOUND_DIGITS),
            ruledOutWords(speaker, ruledOut.least),
          ),
        ]
      : []),
    ...(shown
      ? [
          t(
            "more than {0} times, so {1}",
            boundedWords(speaker, shown.atLeast, BOUND_DIGITS),
            shownWords(speaker, shown.most),
          ),
        ]
      : []),
  ];
  if (sides.length === 0) return "";
  return t("Asked of one side alone (95%): {0}.", sides.join(t("; asked of the other: ")));
}

/**
 * The same in the headline, which is quoted alone: a claim may be decided, by its own side, that lies within the interval whose ends
 * hold at once, and the interval by itself would deny it.
 */
function claimsWords(
  speaker: Speaker,
  { rows }: Pick<Ladder, "rows">,
  { oneSided }: Pick<Experimented, "oneSided">,
): string {
  const { t } = speaker;
  const { ruledOut, shown } = decidedClaims(rows, oneSided);
  const out = ruledOut && ruledOutWords(speaker, ruledOut.least);
  const more = shown && shownWords(speaker, shown.most);
  if (out && more) return t("Each side asked alone: {0}, and {1}.", out, more);
  const one = out ?? more;
  return one ? t("One side asked alone: {0}.", one) : "";
}

function decidedClaims(rows: readonly LadderRow[], { atLeast, atMost }: Experimented["oneSided"]) {
  const claims = (verdict: LadderRow["verdict"]): readonly number[] =>
    rows.filter((row) => row.verdict === verdict).map(({ claim }) => claim);
  const ruledOut = claims("ruled-out");
  const shown = claims("shown");
  return {
    ruledOut: ruledOut.length > 0 && atMost !== undefined ? { least: Math.min(...ruledOut), atMost } : undefined,
    shown: shown.length > 0 && atLeast !== undefined ? { most: Math.max(...shown), atLeast } : undefined,
  };
}

/** So that a bound beside a claim is on the claim's own side of it. */
const BOUND_DIGITS = 3;

function ruledOutWords(speaker: Speaker, least: number): string {
  const { t } = speaker;
  return least === 1 ? t("any gain is ruled out") : t("{0} times or more is ruled out", claimWords(speaker, least));
}

function shownWords(speaker: Speaker, most: number): string {
  const { t } = speaker;
  return most === 1
    ? t("that it is more than without suggestions is shown")
    : t("more than {0} times is shown", claimWords(speaker, most));
}

export type Void = Extract<Verdict, { readonly kind: "void" }>;

function voidWords({ t }: Speaker, why: Void["why"]): string {
  switch (why) {
    case "changed":
      return t("Nothing can be said: the experiment is not the one that was laid down before its data.");
    case "unknown-plan":
      return t("Nothing can be said by this version: a newer one has laid down the experiment.");
    case "seed-hidden":
      return t("Nothing can be said yet: the files were exported while the experiment went on.");
    case "missing":
      return t("Nothing can be said: half-hours that were drawn are not in the ledger any more.");
  }
}

/** Before all else: what follows is what was computed, and no result. */
function flagWords({ t }: Speaker, { isFlagged }: Experimented): string {
  return isFlagged
    ? t("This can't be relied on: half-hours of one kind were left out more often than chance allows.")
    : "";
}
