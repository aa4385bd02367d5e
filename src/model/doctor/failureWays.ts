/** The ways out of the failures of a model that a check meets. */

import type { ModelFailure } from "../failure.ts";
import { ModelError } from "../model.ts";
import { bad, OPEN_SERVERS, type StepName, type StepResult, type Way } from "./findings.ts";

/** @throws what is no failure of a model's */
export function failed(step: StepName, error: unknown): StepResult {
  if (!(error instanceof ModelError)) throw error;
  return bad(step, { kind: "failure", failure: error.failure }, waysOut(error.failure));
}

export function waysOut({ kind }: ModelFailure): readonly Way[] {
  switch (kind) {
    case "key-missing":
    case "key-rejected":
      return [{ kind: "enter-key" }];
    case "timed-out":
      return [openSettings("pairwise.suggestions.timeLimitSeconds"), CHOOSE];
    case "prompt-too-long":
      return [openSettings("pairwise.context.maxTokens"), CHOOSE];
    case "unreachable":
    case "redirected":
      return [OPEN_SERVERS];
    case "model-unknown":
    case "request-refused":
    case "bad-response":
      return [OPEN_SERVERS, CHOOSE];
    case "editor-consent-missing":
      return [{ kind: "allow-editor-model" }, CHOOSE];
    // They pass by themselves.
    case "rate-limited":
    case "model-loading":
    case "interrupted":
      return [];
    default:
      return [CHOOSE];
  }
}

const CHOOSE = { kind: "choose-model" } as const;

function openSettings(query: string): Way {
  return { kind: "open-settings", query };
}
