/** How soon and how fast the model writes. */

import { formatHole, type FormatName } from "../templates.ts";
import type { Ask } from "./ask.ts";
import { failed } from "./failureWays.ts";
import { good, type StepResult, warning } from "./findings.ts";

export const SPEED_REQUESTS = 3;

/** Rejects with the signal's reason only. */
export async function checkSpeed(ask: Ask, format: FormatName, signal: AbortSignal): Promise<StepResult> {
  const firsts: number[] = [];
  const rates: number[] = [];
  let isEstimate = false;
  try {
    for (let number = 1; number <= SPEED_REQUESTS; number += 1) {
      const { text, firstMs, totalMs, outputTokens } = await ask(formatHole(format, listHole(number)), MAX_TOKENS);
      firsts.push(firstMs ?? totalMs);
      const tokens = outputTokens ?? Math.round(text.length / CHARS_PER_TOKEN);
      isEstimate ||= outputTokens === undefined;
      const writingMs = totalMs - (firstMs ?? totalMs);
      if (tokens > 2 && writingMs > LEAST_MS) rates.push(((tokens - 1) / writingMs) * 1_000);
    }
  } catch (error) {
    signal.throwIfAborted();
    return failed("speed", error);
  }
  const firstMs = median(firsts) ?? 0;
  const isSlow = firstMs > SLOW_MS;
  const tokensPerSecond = median(rates);
  const requests = firsts.length;
  const finding = { kind: "speed", firstMs, tokensPerSecond, isEstimate, requests, isSlow } as const;
  return isSlow ? warning("speed", finding) : good("speed", finding);
}

/** Something that goes on for a while, each time another one: nothing of it is known from the time before. */
function listHole(number: number) {
  const first = number * 100;
  const items = Array.from({ length: 6 }, (_, at) => `    ${first + at},\n`).join("");
  return {
    path: "numbers.py",
    languageId: "python",
    prefix: `numbers = [\n${items}`,
    suffix: `    ${first + 99},\n]\n`,
  };
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

const MAX_TOKENS = 24;
/** Of numbers and line breaks, about. */
const CHARS_PER_TOKEN = 2.5;
/** A rate from less would say more of the network. */
const LEAST_MS = 20;
/** Behind the pause before a request; who writes on has long gone on by then. */
const SLOW_MS = 1_500;
