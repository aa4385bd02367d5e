import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { measureCompletion } from "../../bench/completion.ts";

const DELAY_MS = 20;
/** What the model itself takes in a burst. */
const MODEL_MS = 300;

test("20 ms more in the engine are in every figure of the engine's time", { timeout: 60_000 }, async () => {
  const { figures, missing } = await measureCompletion({
    script: join(import.meta.dirname, "../../bench/headless.ts"),
    env: { PAIRWISE_BENCH_DELAY_MS: String(DELAY_MS) },
    warmUps: 1,
    places: 5,
    typedPlaces: 1,
    bursts: 1,
    oddBursts: 0,
    burstWarmUps: 0,
    idlePlaces: 2,
    lengthSamples: 0,
  });
  assert.deepEqual(missing, {});
  for (const name of [
    "callToRequest",
    "callToFetch",
    "idleCallToRequest",
    "lastByteToSuggestion",
    "processor",
    "typedThrough",
  ]) {
    for (const percent of ["p50", "p95"]) {
      const key = `completion.${name}Ms.${percent}`;
      const value = figures[key] ?? 0;
      assert.ok(value >= DELAY_MS, `${key} is ${value}`);
    }
  }
  const burst = figures["completion.burstDisagreeMs.p50"] ?? 0;
  assert.ok(burst >= MODEL_MS + DELAY_MS, `the burst took ${burst}`);
});
