/** What somebody agrees to who begins an experiment. */

import * as vscode from "vscode";
import { numberWords } from "./ledgerFigures.ts";

/** Goes up with each change of what the text says: the ledger has which one was agreed to. */
export const CONSENT_VERSION = 5;

export interface ConsentInputs {
  readonly k: 2 | 5;
  /** Single suggestions are held back as well, one of so many; undefined where none are. */
  readonly oneIn: number | undefined;
  /** The experiment ends by itself after so many strata. */
  readonly mostStrata: number;
  /** Where the code goes, for people. */
  readonly model: string;
}

/** Paragraphs of plain text. */
export function consentText({ k, oneIn, mostStrata, model }: ConsentInputs): string {
  const { l10n } = vscode;
  return [
    l10n.t(
      "Measured is how many of the characters that you type and accept are still there ten minutes later, for each minute of work: in half-hours with suggestions and in half-hours without.",
    ),
    k === 2
      ? l10n.t(
          "In one of every two half-hours in which you work, suggestions that come by themselves disappear silently. Which one is drawn at random, and you are not told.",
        )
      : l10n.t(
          "In one of every five half-hours in which you work, suggestions that come by themselves disappear silently. Which one is drawn at random, and you are not told.",
        ),
    l10n.t(
      "In these half-hours the model is asked all the same: your code goes to the model that you chose (now {0}) and costs what it costs in the others, although you see nothing of it.",
      model,
    ),
    ...(oneIn === undefined
      ? []
      : [
          l10n.t(
            "In the half-hours with suggestions single ones disappear silently, too: one of every {0} of those that come by themselves, each drawn at random. They were asked for all the same: your code was sent, and it costs the same. Measured is how long you work until 40 more characters are there, with the suggestion and without.",
            numberWords(oneIn),
          ),
          l10n.t(
            "The main comparison is then of half-hours with {0} of {1} suggestions, and of none with all of them. A team's report leaves such an experiment out.",
            numberWords(oneIn - 1),
            numberWords(oneIn),
          ),
        ]),
    l10n.t("Suggest Now works at any time, and its answer is shown. That you asked is counted."),
    l10n.t(
      "To stop or pause: Stop the Experiment or Pause the Experiment, in the palette and in the menu of the status item. Suggestions come as ever from then on. It ends by itself after at most {0} half-hours of work, sooner where a day ends within a group of them.",
      numberWords(k * mostStrata),
    ),
    l10n.t(
      "The plan is written into the ledger now and can't be changed later. What is measured stays there, on this machine, until you delete the ledger.",
    ),
  ].join("\n\n");
}
