/**
 * Counts what is asked of a model. It stands where the record of what was sent does, so that whatever is sent passes
 * here once: suggestions, chat, what is read ahead, scored or compared.
 */

import { estimateTokens, otherWeights } from "../context/tokens.ts";
import { TokenCalibration } from "../context/tokenCalibration.ts";
import type { Account, Tokens } from "../model/cost.ts";
import type { Usage } from "../model/model.ts";
import { promptTexts } from "../model/placedStretches.ts";
import type { EndPoint, Recorder, Recording, Sending, SentState } from "../model/requestLog.ts";
import { runsHere } from "../model/runsHere.ts";

type Feature = Sending["purpose"];

export interface Use extends Tokens {
  readonly requests: number;
  /** Of `input` and `output`, those that the server did not tell of. */
  readonly estimated: number;
}

export interface Meter {
  /** Before anything is sent. @throws {ModelError} `spending-limit` */
  check(account: Account): void;
  count(feature: Feature, account: Account, use: Use): void;
}

/** `later` does what nobody waits for, when what is under way is done. */
export function meteredLog(
  log: Recorder,
  meter: Meter,
  reference: string,
  later: (work: () => void) => void = (work) => setImmediate(work),
): Recorder {
  const calibration = new TokenCalibration();
  return {
    begin(sending, provenance) {
      const account = { reference, host: hostOf(sending.endPoint, sending.model) };
      meter.check(account);
      return metered(log.begin(sending, provenance), (answer, state, usage) =>
        // An estimate goes through the text, and somebody waits for the suggestion.
        later(() => {
          const use = useOf(sending, answer, state, usage, calibration);
          if (use) meter.count(sending.purpose, account, use);
        }),
      );
    },
  };
}

type Ended = (answer: string, state: SentState, usage: Usage) => void;

function metered(recording: Recording, onEnd: Ended): Recording {
  let answer = "";
  return {
    text(text, usage) {
      answer += text;
      recording.text(text, usage);
    },
    end(state, usage) {
      onEnd(answer, state, usage);
      recording.end(state, usage);
    },
    forget: () => recording.forget(),
  };
}

/** `undefined` where nothing was used. */
function useOf(
  { prompt }: Sending,
  answer: string,
  state: SentState,
  usage: Usage,
  calibration: TokenCalibration,
): Use | undefined {
  const { promptTokens, cachedTokens, outputTokens } = usage;
  if (answer === "" && wasRefused(state)) return undefined;
  const estimate = estimateOf(promptTexts(prompt).reduce((all, { text }) => all + text, ""));
  if (promptTokens !== undefined) calibration.observe(estimate, promptTokens);
  const input = promptTokens ?? Math.round(estimate * calibration.factor);
  const output = outputTokens ?? Math.round(estimateOf(answer) * calibration.factor);
  const estimated = (promptTokens === undefined ? input : 0) + (outputTokens === undefined ? output : 0);
  return { requests: 1, input, cached: Math.min(input, cachedTokens ?? 0), output, estimated };
}

/** What a server has refused, or never got, is not charged for; what it was at work on may be. */
function wasRefused(state: SentState): boolean {
  if (state.kind !== "failed") return false;
  return state.failure?.kind !== "timed-out" && state.failure?.kind !== "interrupted";
}

/** Most models that are paid for have a large vocabulary. What one tells of its prompts corrects the rest. */
function estimateOf(text: string): number {
  return estimateTokens(text, otherWeights.largeVocabulary);
}

function hostOf(endPoint: EndPoint, model: string): string {
  switch (endPoint.kind) {
    case "embedded":
      return "";
    case "editor":
      // No server's name has a colon at its end.
      return "editor:";
    case "server":
      return runsHere(endPoint.url, model) ? "" : (URL.parse(endPoint.url)?.host ?? endPoint.url);
  }
}
