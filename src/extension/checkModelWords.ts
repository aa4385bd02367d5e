/** The sentences on what a model is and does. See `checkWords.ts`. */

import * as vscode from "vscode";
import { listed, sentenceGap } from "./punctuation.ts";
import type { BetterFormat, HolesFinding, LoadFinding, ModelFinding } from "../model/doctor/findings.ts";

export function modelFindingWords(finding: ModelFinding | HolesFinding | LoadFinding): string {
  const { l10n } = vscode;
  switch (finding.kind) {
    case "model-listed":
      return l10n.t("The server has {0}.", finding.model);
    case "model-unlisted":
      return finding.nearest.length === 0
        ? l10n.t("The server has no model called {0}, nor one with a similar name.", finding.model)
        : l10n.t("The server has no model called {0}. It has: {1}.", finding.model, listed(finding.nearest));
    case "model-not-pulled":
      return finding.nearest.length === 0
        ? l10n.t("Ollama has not pulled {0}.", finding.model)
        : l10n.t("Ollama has not pulled {0}. It has: {1}.", finding.model, listed(finding.nearest));
    case "model-answers":
      return l10n.t("The server answers to {0}, though its list has another name.", finding.model);
    case "models-unknown":
      return l10n.t("The server does not tell which models it has; an answer will show whether it has this one.");
    case "models-none":
      return l10n.t("{0} is an Ollama server that has no model yet. Have it pull one.", finding.host);
    case "context-enough":
      return l10n.t("{0} tokens, enough for the longest prompt.", number(finding.tokens));
    case "context-small":
      return l10n.t(
        "{0} tokens, and the longest prompt wants {1}: the model will be shown less code. Start the server with a larger context if it can have one.",
        number(finding.tokens),
        number(finding.wanted),
      );
    case "context-unknown":
      return l10n.t("The server does not tell. The longest prompt wants {0} tokens.", number(finding.wanted));
    case "speed":
      return speedWords(finding);
    case "memory":
      return l10n.t(
        "The model takes about {0} GB; of the machine's {1} GB, {2} are free.",
        number(finding.fileBytes / 1e9),
        number(finding.totalBytes / 1e9),
        number(finding.freeBytes / 1e9),
      );
    default:
      return holesWords(finding);
  }
}

function holesWords(finding: HolesFinding): string {
  const { l10n } = vscode;
  switch (finding.kind) {
    case "fills":
      return l10n.t("The model fills holes, asked with the format {0}.", finding.format);
    case "fills-by-chat":
      return l10n.t("The model fills holes, asked in a chat (format chat-hole).");
    case "continues":
      return withBetter(
        l10n.t("The model goes on with the text before the caret and heeds nothing after it."),
        finding.better,
      );
    case "talks":
      return withBetter(
        l10n.t("The model answers in words, as in a chat: “{0}”. It was taught to chat.", finding.written),
        finding.better,
      );
    case "writes-nothing":
      return withBetter(l10n.t("The model writes nothing where something is missing."), finding.better);
    case "writes-else":
      return withBetter(
        l10n.t("The model writes something else than what is missing: “{0}”.", finding.written),
        finding.better,
      );
    case "format-refused":
      return withBetter(l10n.t("The server can't be asked with the format {0}.", finding.format), finding.better);
  }
}

/** With what does better: another format, or, where none does, another model. */
function withBetter(what: string, better: BetterFormat | undefined): string {
  const { l10n } = vscode;
  const advice =
    better === undefined
      ? l10n.t("One that was taught to fill in code does better, such as Qwen2.5-Coder or Codestral.")
      : better.fills
        ? l10n.t("Asked with the format {0}, it fills holes.", better.format)
        : l10n.t("Asked with the format {0}, it at least goes on with the text before the caret.", better.format);
  return [what, advice].join(sentenceGap());
}

function speedWords({
  firstMs,
  tokensPerSecond,
  isEstimate,
  requests,
  isSlow,
}: Extract<LoadFinding, { kind: "speed" }>) {
  const { l10n } = vscode;
  const first = number(firstMs);
  const rate = tokensPerSecond === undefined ? undefined : number(tokensPerSecond);
  const figures =
    rate === undefined
      ? l10n.t("First text after {0} ms (median of {1} short requests).", first, requests)
      : isEstimate
        ? l10n.t(
            "First text after {0} ms, then about {1} tokens a second (median of {2} short requests).",
            first,
            rate,
            requests,
          )
        : l10n.t(
            "First text after {0} ms, then {1} tokens a second (median of {2} short requests).",
            first,
            rate,
            requests,
          );
  return isSlow
    ? [figures, l10n.t("That is late for suggestions while typing; a smaller model comes sooner.")].join(sentenceGap())
    : figures;
}

export function number(value: number): string {
  return value.toLocaleString(vscode.env.language, { maximumFractionDigits: value < 10 ? 1 : 0 });
}
