/** What simulated experiments said, as a page of text. */

import * as vscode from "vscode";
import { ratioEndWords, type Speaker } from "../productivity/report/words/speaker.ts";
import { factorWords } from "./experimentWords.ts";
import { numberWords } from "./ledgerFigures.ts";
import { aligned } from "./ledgerPage.ts";
import type { SimulatedWeeks } from "./simulatedWeeks.ts";

export function simulationPage(effect: number, weeks: readonly SimulatedWeeks[]): string {
  const { l10n } = vscode;
  const runs = weeks[0]?.summary.runs ?? 0;
  return [
    l10n.t("What an experiment can show"),
    l10n.t(
      "Suppose this were the truth: with suggestions {0}. What follows is no measurement of yours: it is what simulated experiments said that had this truth in them, {1} of each length. The usual interval is that of {2} of them.",
      factorWords(effect),
      numberWords(runs),
      numberWords(weeks[0]?.intervals ?? 0),
    ),
    chanceWords(runs),
    ...weeks.map(weeksPart),
    l10n.t("What is assumed"),
    l10n.t(
      "Twelve half-hours of work a day, five days a week; one of two without suggestions. Eight of ten have enough work in them to count. From one half-hour to the next what somebody writes differs by a factor of about 1.8 up or down (standard deviation of the logarithm: 0.6), and nobody asks for suggestions in those without. With less difference an experiment says more, and with fewer half-hours less.",
    ),
    l10n.t(
      "The interval holds however often one looks at it. Shown or ruled out is what reached an e-value of 20: for each claim, in at most one of 20 experiments it is shown wrongly, and in at most one of 20 ruled out wrongly.",
    ),
  ].join("\n\n");
}

/** How far a count may be from what it would be in the long run: two standard deviations to either side. */
function chanceWords(runs: number): string {
  const expected = runs / ONE_OF;
  const reach = 2 * Math.sqrt(expected * (1 - 1 / ONE_OF));
  return vscode.l10n.t(
    "Each length has experiments of its own, so from one to the next the counts differ by chance, too: where {0} of {1} are to be expected, {2} to {3} come out.",
    numberWords(Math.round(expected)),
    numberWords(runs),
    numberWords(Math.round(expected - reach)),
    numberWords(Math.round(expected + reach)),
  );
}

/** The share that the page is read for: in how many something is said wrongly. */
const ONE_OF = 20;

function weeksPart({ weeks, halfHours, summary }: SimulatedWeeks): string {
  const { l10n } = vscode;
  const { usualInterval, claims, runs } = summary;
  const of = (share: number): string =>
    l10n.t("in {0} of {1}", numberWords(Math.round(share * runs)), numberWords(runs));
  const rows = claims.map(({ claim, shown, ruledOut, undecided }) => [
    `  ${claimWords(claim)}`,
    l10n.t("shown {0}", of(shown)),
    l10n.t("ruled out {0}", of(ruledOut)),
    l10n.t("open {0}", of(undecided)),
  ]);
  const interval = usualInterval
    ? l10n.t("between {0} and {1} times as much in the same time", ...ratioEndWords(speaker(), usualInterval))
    : l10n.t("none yet: too few half-hours");
  return [
    weeks === 1
      ? l10n.t("After 1 week, {0} half-hours of work", numberWords(halfHours))
      : l10n.t("After {0} weeks, {1} half-hours of work", numberWords(weeks), numberWords(halfHours)),
    l10n.t("  Usual interval: {0}", interval),
    ...aligned(rows),
  ].join("\n");
}

function claimWords(claim: number): string {
  const { l10n } = vscode;
  return claim === 1 ? l10n.t("any more than without") : l10n.t("more than {0} times as much", numberWords(claim));
}

function speaker(): Speaker {
  const { t } = vscode.l10n;
  return { t: (sentence, ...values) => t(sentence, ...values), language: vscode.env.language };
}
