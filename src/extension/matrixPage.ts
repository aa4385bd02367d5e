/** The result of the test of the counting, as a page of text. */

import * as vscode from "vscode";
import { errorsIn, type Errors, type Matrix } from "../productivity/selfTest/matrix.ts";
import { matrixText } from "../productivity/selfTest/matrixText.ts";
import { clauses, ended } from "./punctuation.ts";

export function matrixPage(matrix: Matrix, version: string): string {
  const { l10n } = vscode;
  const aspects = [...new Set(matrix.cells.map(({ aspect }) => aspect))];
  const isRight = aspects.every((aspect) => {
    const { missed, invented, confused } = errorsIn(matrix, aspect);
    return missed + invented + confused === 0;
  });
  return [
    l10n.t("The counting of suggestions, tested in VS Code {0}", version),
    isRight
      ? l10n.t("Everything was counted as what it was.")
      : l10n.t("Some of it was not counted as what it was; where a row and its column differ, it is wrong."),
    l10n.t("What was done stands in rows, what was counted in columns."),
    l10n.t(
      "What can't be told: a single character that VS Code's own command for words takes looks like a typed one, and a snippet like another extension's suggestion. Such samples are no errors, and stand beside them.",
    ),
    matrixText(matrix, {
      aspects: {
        accept: l10n.t("Accepted: the whole, a word or a line"),
        outcome: l10n.t("What became of the suggestion"),
        runs: l10n.t("Suggestions counted where there was one"),
        shown300: l10n.t("Shown for 300 ms"),
        shown750: l10n.t("Shown for 750 ms"),
        regret: l10n.t("Undone at once"),
        other: l10n.t("Another extension may have been what was seen"),
      },
      label: labelWords,
      corner: l10n.t("What was done"),
      errors: errorWords,
      notDone: l10n.t("Samples that did not come to what they should have been, and say nothing:"),
    }),
  ].join("\n\n");
}

function errorWords({ happened, missed, invented, confused, excepted }: Errors): string {
  const { l10n } = vscode;
  const sentence = clauses(
    l10n.t("happened: {0}", happened),
    l10n.t("missed: {0}", missed),
    l10n.t("invented: {0}", invented),
    l10n.t("taken for something else: {0}", confused),
    excepted > 0 ? l10n.t("can't be told: {0}", excepted) : "",
  );
  return ended(sentence);
}

/** Numbers, and names of scenarios, stand as they are. */
function labelWords(label: string): string {
  const { l10n } = vscode;
  const words: Readonly<Record<string, string>> = {
    none: l10n.t("nothing"),
    yes: l10n.t("yes"),
    no: l10n.t("no"),
    full: l10n.t("the whole"),
    word: l10n.t("a word"),
    line: l10n.t("a line"),
    miscounted: l10n.t("miscounted"),
    several: l10n.t("several times"),
    accepted: l10n.t("accepted"),
    "partly-accepted": l10n.t("accepted in part"),
    "typed-through": l10n.t("typed by hand"),
    ignored: l10n.t("ignored"),
    rejected: l10n.t("rejected"),
  };
  return words[label] ?? label;
}
