import * as vscode from "vscode";
import type { LeftOut } from "../context/leaveOneOut.ts";
import { number, percent } from "./sentWords.ts";
import type { WhyEffect, WhyStrings } from "./whyProtocol.ts";

/** The words of the page that are the same for all suggestions. */
export function whyStrings(): WhyStrings {
  const { l10n } = vscode;
  return {
    title: l10n.t("Why this suggestion?"),
    suggestion: l10n.t("The suggestion"),
    parts: l10n.t("What it was made from"),
    noDifference: l10n.t("Made no difference"),
    noDifferenceHint: l10n.t("Without one of these the suggestion would have been about as likely."),
    waiting: l10n.t("Not compared yet"),
    cancel: l10n.t("Stop"),
    again: l10n.t("Compare again"),
    showSent: l10n.t("Show what was sent"),
    members: l10n.t("The pieces"),
  };
}

export function meaningWords(): string {
  return vscode.l10n.t(
    "Each part was left out in turn, and the model was asked how likely the same text was then; the nearest lines above the caret always stayed. What two parts both tell does not show in this way, and what helped may have helped a suggestion that is wrong.",
  );
}

/** Why there are no effects. */
export function unscoredWords(why: "elsewhere" | "unable", host: string): string {
  const { l10n } = vscode;
  return why === "elsewhere"
    ? l10n.t(
        "How much each part helped is asked of models on this machine alone; {0} is not. Nothing further was sent.",
        host,
      )
    : l10n.t(
        "This model can't tell how much each part helped: {0} gives no probabilities for a text. Nothing further was sent.",
        host,
      );
}

export function comparingWords({ done, total }: Pick<LeftOut<unknown>, "done" | "total">): string {
  // The first of them is the whole prompt.
  return vscode.l10n.t(
    "Leaving out one part after the other: {0} of {1}",
    number(Math.max(0, done - 1)),
    number(total - 1),
  );
}

export function stoppedWords({ done, total }: Pick<LeftOut<unknown>, "done" | "total">): string {
  return vscode.l10n.t("Stopped after {0} of {1} parts.", number(Math.max(0, done - 1)), number(total - 1));
}

export function modelChangedWords(): string {
  return vscode.l10n.t("Another model is in use now: nothing more is compared with the one that made this suggestion.");
}

export function doneWords(effects: readonly WhyEffect[]): string {
  const { l10n } = vscode;
  const telling = effects.filter(({ isDifference }) => isDifference).length;
  if (telling > 0) return l10n.t("{0} of {1} parts made a difference.", number(telling), number(effects.length));
  return effects.length === 0
    ? l10n.t("The prompt had the nearest lines alone, which are never left out.")
    : l10n.t("No part made a difference alone: the nearest lines, or the other parts, are enough for this suggestion.");
}

export function surenessWords({ logProbability, tokens, isStartOnly }: LeftOut<unknown>["whole"]): string {
  if (tokens === 0) return "";
  const each = percent(Math.exp(logProbability / tokens));
  if (isStartOnly) {
    return vscode.l10n.t(
      "its first {0} tokens, each {1} likely on average; the rest is not compared",
      number(tokens),
      each,
    );
  }
  return tokens === 1
    ? vscode.l10n.t("1 token, {0} likely", each)
    : vscode.l10n.t("{0} tokens, each {1} likely on average", number(tokens), each);
}

/** Short, for beside a bar. */
export function effectWords(fallNats: number): string {
  const { l10n } = vscode;
  if (isBeyondWords(fallNats)) {
    return fallNats > 0
      ? l10n.t("more than a million times less likely without it")
      : l10n.t("more than a million times more likely without it");
  }
  const factor = factorWords(fallNats);
  return fallNats > 0
    ? l10n.t("{0} times less likely without it", factor)
    : l10n.t("{0} times more likely without it", factor);
}

/** A sentence, with the figure that the words are made of. */
export function effectDetails(fallNats: number, isDifference: boolean): string {
  const { l10n } = vscode;
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const nats = new Intl.NumberFormat(vscode.env.language, digits).format(Math.abs(fallNats));
  if (!isDifference)
    return l10n.t(
      "Without it the suggestion would have been about as likely: its log-probability would differ by {0} nats.",
      nats,
    );
  if (isBeyondWords(fallNats)) {
    return fallNats > 0
      ? l10n.t(
          "Without it the suggestion would have been more than a million times less likely: its log-probability would be {0} nats lower.",
          nats,
        )
      : l10n.t(
          "Without it the suggestion would have been more than a million times more likely: its log-probability would be {0} nats higher.",
          nats,
        );
  }
  const factor = factorWords(fallNats);
  return fallNats > 0
    ? l10n.t(
        "Without it the suggestion would have been {0} times less likely: its log-probability would be {1} nats lower.",
        factor,
        nats,
      )
    : l10n.t(
        "Without it the suggestion would have been {0} times more likely: its log-probability would be {1} nats higher.",
        factor,
        nats,
      );
}

/** With no more digits than the number is worth. */
function factorWords(fallNats: number): string {
  const factor = Math.exp(Math.abs(fallNats));
  return new Intl.NumberFormat(vscode.env.language, { maximumSignificantDigits: 2 }).format(factor);
}

/** Nobody can picture such numbers. */
function isBeyondWords(fallNats: number): boolean {
  return Math.exp(Math.abs(fallNats)) > MOST_TIMES;
}

const MOST_TIMES = 1e6;
