/** What a check finds of a model that helps where the first one fails: some ways out are for the first one alone. */

import { isDeepStrictEqual } from "node:util";
import type { StepResult, Way } from "./findings.ts";

const SETTING = { kind: "open-settings", query: "pairwise.model.fallbacks" } as const;

/** The format is a setting of the first model's, and choosing a model replaces that one. */
export function ofFallback(result: StepResult): StepResult {
  const ways = result.ways.flatMap((way): readonly Way[] => {
    switch (way.kind) {
      case "set-format":
        return [];
      case "choose-model":
        return [SETTING];
      case "open-settings":
        return [way.query === "pairwise.model.suggestions" ? SETTING : way];
      default:
        return [way];
    }
  });
  const isFirst = (way: Way, at: number) => ways.findIndex((other) => isDeepStrictEqual(other, way)) === at;
  return { ...result, ways: ways.filter(isFirst) };
}
