/** A record as the messages that show it. */

import * as vscode from "vscode";
import type { PlacedStretch } from "../model/placedStretches.ts";
import { PROMPT_FILE } from "../model/prompts/promptKinds.ts";
import type { SentRequest } from "../model/requestLog.ts";
import { estimatedTokens, promptBlocks, promptShares, shownSource, tokenFactor } from "./sentPrompt.ts";
import type { Figure, SentContent, SentPiece, SentProgress, SentRow, Share } from "./sentProtocol.ts";
import {
  attachedWords,
  aboutTokens,
  durationWords,
  endPointWords,
  noAnswerWords,
  number,
  percent,
  pictureWords,
  purposeWords,
  reasonWords,
  redactionWords,
  sourceWords,
  stateSentence,
  stateWord,
  tokenWords,
} from "./sentWords.ts";
import { workspacePlaces } from "./workspacePlaces.ts";

export function rowOf(request: SentRequest): SentRow {
  const { id, startedAt, purpose, model, state, totalMs } = request;
  const { promptTokens } = request.usage;
  const tokens = promptTokens === undefined ? aboutTokens(estimatedTokens(request)) : tokenWords(promptTokens);
  return {
    id,
    startedAt,
    purpose: purposeWords(purpose),
    model,
    figures: totalMs === undefined ? tokens : `${tokens} · ${durationWords(totalMs)}`,
    state: state.kind,
    stateWords: stateWord(state),
  };
}

export function contentOf(request: SentRequest): SentContent {
  const { id, startedAt, purpose, endPoint, model, stretches, redactions } = request;
  return {
    id,
    startedAt,
    purpose: purposeWords(purpose),
    endPoint: endPointWords(endPoint, model),
    pieces: stretches.map((stretch, index) => pieceOf(stretch, index)),
    redactions: redactions.map(redactionWords),
    blocks: promptBlocks(request, pictureWords),
    parameters: parametersOf(request),
  };
}

function pieceOf(stretch: PlacedStretch, index: number): SentPiece {
  const { source, path, line, reason, range } = stretch;
  const shown = shownSource(source);
  return {
    stretch: index,
    source: shown,
    // A source that this view does not know keeps its own name.
    sourceWords: shown === "other" ? (attachedWords(source) ?? source) : sourceWords(shown),
    place: path === undefined ? "" : line === undefined ? path : `${path}:${line + 1}`,
    // The user's own prompt file is in no workspace.
    canOpen: path === undefined ? source === PROMPT_FILE : workspacePlaces(path).length > 0,
    isInPrompt: range !== undefined,
    reason: reasonWords(reason),
  };
}

function parametersOf({ maxTokens, temperature, stop, purpose, endPoint }: SentRequest): readonly Figure[] {
  const { l10n } = vscode;
  // To a model of VS Code's none of them is sent.
  if (hasNoAnswer(purpose) || endPoint.kind === "editor") return [];
  return [
    figure(l10n.t("Longest answer"), tokenWords(maxTokens)),
    figure(l10n.t("Temperature"), number(temperature)),
    // Quoted, since some of them are line breaks.
    ...(stop.length > 0 ? [figure(l10n.t("Ends before"), stop.map((text) => JSON.stringify(text)).join("  "))] : []),
  ];
}

/** `exact` are the tokens of each piece, as far as they are counted; the others are estimated. */
export function progressOf(request: SentRequest, exact: readonly (number | undefined)[] = []): SentProgress {
  const { id, state, purpose, answer, stretches } = request;
  const factor = tokenFactor(request);
  return {
    id,
    state: state.kind,
    stateWords: stateSentence(state, purpose),
    figures: figuresOf(request),
    shares: sharesOf(request, exact),
    pieceTokens: stretches.map(({ tokens }, index) => {
      const counted = exact[index];
      return counted === undefined ? aboutTokens(Math.round(tokens * factor)) : tokenWords(counted);
    }),
    answer,
    noAnswer: answer === "" ? noAnswerWords(state, purpose) : "",
  };
}

function figuresOf(request: SentRequest): readonly Figure[] {
  const { l10n } = vscode;
  const { usage, totalMs, purpose } = request;
  const { promptTokens, cachedTokens, outputTokens, firstTokenMs } = usage;
  const prompt =
    promptTokens === undefined
      ? figure(l10n.t("Prompt"), aboutTokens(estimatedTokens(request)))
      : figure(
          l10n.t("Prompt"),
          tokenWords(promptTokens),
          cachedTokens === undefined
            ? ""
            : l10n.t("{0} cached + {1} new", number(cachedTokens), number(Math.max(0, promptTokens - cachedTokens))),
        );
  const time = totalMs === undefined ? UNKNOWN : durationWords(totalMs);
  if (hasNoAnswer(purpose)) return [prompt, figure(l10n.t("In all"), time)];
  return [
    prompt,
    figure(l10n.t("Answer"), outputTokens === undefined ? UNKNOWN : tokenWords(outputTokens)),
    figure(l10n.t("First text after"), firstTokenMs === undefined ? UNKNOWN : durationWords(firstTokenMs)),
    figure(l10n.t("In all"), time),
  ];
}

function sharesOf(request: SentRequest, exact: readonly (number | undefined)[]): readonly Share[] {
  const shares = promptShares(request).map(({ source, tokens }) => {
    const counted = request.stretches.map((stretch, index) =>
      shownSource(stretch.source) === source ? exact[index] : 0,
    );
    const isCounted = exact.length > 0 && source !== "format" && counted.every((each) => each !== undefined);
    return { source, isCounted, tokens: isCounted ? counted.reduce((sum, each) => sum + (each ?? 0), 0) : tokens };
  });
  const all = shares.reduce((sum, { tokens }) => sum + tokens, 0);
  return shares.map(({ source, isCounted, tokens }) => {
    const counted = isCounted ? tokenWords(tokens) : aboutTokens(tokens);
    const words = `${counted} · ${percent(all === 0 ? 0 : tokens / all)}`;
    return { source, label: sourceWords(source), tokens, words };
  });
}

function figure(label: string, value: string, note = ""): Figure {
  return { label, value, note };
}

const UNKNOWN = "–";

/** Nothing is written in answer. */
function hasNoAnswer(purpose: SentRequest["purpose"]): boolean {
  return purpose === "warm-up" || purpose === "scoring" || purpose === "embedding";
}
