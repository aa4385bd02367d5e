/** The figures of typing sessions: real edits, in real time, with the small local model and the built product. */

import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "../../scripts/toolchain.mjs";
import { percentile, type Figures } from "../figures.ts";
import { startHeadless } from "../headless/client.ts";
import { readCases } from "./cases.ts";
import { replay } from "./replay.ts";
import { usualRhythm } from "./rhythm.ts";

/** Of the golden cases those that are edits somebody has made, and one in another language. */
const CASES = ["typescript-edit", "fast-typist-slow-model", "crlf", "python"];

export interface ReplayBenchOptions {
  /** The headless program: its bundle, or its source. */
  readonly script: string;
  /** Of each case. */
  readonly mostKeys: number;
}

export async function measureReplay({ script, mostKeys }: ReplayBenchOptions): Promise<Figures> {
  const headless = startHeadless(script);
  const shares: number[] = [];
  let followed = 0;
  let withoutRequest = 0;
  let openStreams = 0;
  let evaluated = 0;
  let requests = 0;
  let untold = 0;
  let typed = 0;
  try {
    await headless.send({ do: "settings", model: { kind: "embedded" }, context: true });
    const pace = { pass: (ms: number) => sleep(ms) };
    for (const { name, options } of readCases(join(root, "test", "fixtures", "replay"))) {
      if (!CASES.includes(name)) continue;
      const { summary, reusedShares } = await replay(headless, pace, {
        ...options,
        rhythm: usualRhythm,
        scripted: undefined,
        acceptFromChars: undefined,
        mostKeys,
      });
      shares.push(...reusedShares);
      followed += summary.followedKeys;
      withoutRequest += summary.followedWithoutRequest;
      openStreams += summary.openStreams;
      requests += summary.requests;
      untold += summary.untold;
      evaluated += summary.evaluatedTokens;
      typed += summary.keys;
      console.error(`  ${name}: ${JSON.stringify(summary)}`);
    }
  } finally {
    await headless.close();
  }
  const figures: Record<string, number> = {
    "replay.openStreams": openStreams,
    "replay.toldShare": (requests - untold) / Math.max(1, requests),
    "replay.evaluatedTokensPerKey": evaluated / typed,
  };
  const missing: Record<string, string> = {};
  if (shares.length > 0) figures["replay.reusedPromptShare.p50"] = percentile(shares, 50);
  else missing["replay.reusedPromptShare.p50"] = "no request told how much of its prompt was known";
  if (followed >= LEAST_FOLLOWED) figures["replay.noRequestShare"] = withoutRequest / followed;
  else missing["replay.noRequestShare"] = `${followed} keys followed a suggestion, which are too few`;
  return { figures, runs: { "replay.reusedPromptShare": shares }, missing };
}

const LEAST_FOLLOWED = 50;
