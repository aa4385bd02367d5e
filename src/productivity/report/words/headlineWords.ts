/** The sentence that stands first, and the one after it. */

import type { ReportModel } from "../model.ts";
import type { Ladder, LadderRow, Verdict } from "../verdict.ts";
import { claimWords, joined, numberWords, ratioEndWords, ratioWords, type Speaker } from "./speaker.ts";

type Experimented = Extract<Verdict, { readonly status: unknown }>;

export function headlineWords(speaker: Speaker, { verdict, ladder }: ReportModel): string {
  const { t } = speaker;
  switch (verdict.kind) {
    case "no-experiment":
      return t("Nobody knows yet: there has been no experiment, and nothing but one can tell.");
    case "void":
      return voidWords(speaker, verdict.why);
    case "too-early":
      return joined(speaker, [
        flagWords(speaker, verdict),
        decidedWords(speaker, ladder, verdict) === ""
          ? t("Too early to tell: the experiment has too few half-hours yet.")
          : t("Too early for an interval: the experiment has too few half-hours yet."),
      ]);
    case "measured":
      return joined(speaker, [
        flagWords(speaker, verdict),
        t(
          "Between {0} and {1} times as much in the same time with suggestions, at the code (95%, both ends at once), on {2} half-hours of work.",
          ...ratioEndWords(speaker, verdict),
          numberWords(speaker, verdict.blocks),
        ),
      ]);
  }
}

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
  const claims = (verdict: LadderRow["verdict"]): readonly number[] =>
    rows.filter((row) => row.verdict === verdict).map(({ claim }) => claim);
  const ruledOut = claims("ruled-out");
  const shown = claims("shown");
  const { atLeast, atMost } = oneSided;
  const sides = [
    ...(ruledOut.length > 0 && atMost !== undefined
      ? [
          t(
            "less than {0} times, so {1}",
            ratioWords(speaker, atMost, BOUND_DIGITS),
            ruledOutWords(speaker, Math.min(...ruledOut)),
          ),
        ]
      : []),
    ...(shown.length > 0 && atLeast !== undefined
      ? [
          t(
            "more than {0} times, so {1}",
            ratioWords(speaker, atLeast, BOUND_DIGITS),
            shownWords(speaker, Math.max(...shown)),
          ),
        ]
      : []),
  ];
  if (sides.length === 0) return "";
  return t("Asked of one side alone (95%): {0}.", sides.join(t("; asked of the other: ")));
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

export type WhyVoid = Extract<Verdict, { readonly kind: "void" }>["why"];

function voidWords({ t }: Speaker, why: WhyVoid): string {
  switch (why) {
    case "changed":
      return t("Nothing can be said: the experiment is not the one that was laid down before its data.");
    case "unknown-plan":
      return t("Nothing can be said by this version: a newer one has laid down the experiment.");
    case "seed-hidden":
      return t("Nothing can be said yet: the files were exported while the experiment went on.");
  }
}

/** Before all else: what follows is what was computed, and no result. */
function flagWords({ t }: Speaker, { isFlagged }: Experimented): string {
  return isFlagged
    ? t("This can't be relied on: half-hours of one kind were left out more often than chance allows.")
    : "";
}
