import assert from "node:assert/strict";
import { test } from "node:test";
import { commitmentTo, configurationOf, isKept, planFrom, planOf } from "../../../src/productivity/experiment/plan.ts";
import { sha256 } from "../../../src/productivity/ledger/experimentRecords.ts";

const plan = planOf({ tier: 2, k: 5, mostStrata: 60, pairwiseVersion: "1.2.3" });
const seed = "0f".repeat(32);

test("the same plan has the same text, in whatever order its fields are", () => {
  const turned = Object.fromEntries(Object.entries(plan).toReversed()) as unknown as typeof plan;
  assert.equal(configurationOf(turned), configurationOf(plan));
  assert.match(
    configurationOf(plan),
    /^\{"activeCapSeconds":120,"activeMinutes":5,"alpha":0\.05,"analysis":"intention-to-treat",/,
  );
});

test("the commitment is SHA-256 of the seed, a line break and the configuration, so that anybody can check it", () => {
  // printf '%s\n%s' "$(printf '0f%.0s' $(seq 32))" '{"k":5}' | sha256sum
  assert.equal(
    commitmentTo({ seed, configuration: '{"k":5}' }, sha256),
    "b8e3e3b20a6a09ea8ffbe76aae34e4d4de395c8b130ef3dcdb7763756290ce34",
  );
});

test("a seed or a configuration that was changed afterwards is found out", () => {
  const configuration = configurationOf(plan);
  const commitment = commitmentTo({ seed, configuration }, sha256);
  assert.equal(isKept({ seed, configuration, commitment }, sha256), true);
  assert.equal(isKept({ seed: seed.replace("0f", "0e"), configuration, commitment }, sha256), false);
  const easier = configurationOf({ ...plan, mostStrata: 61 });
  assert.equal(isKept({ seed, configuration: easier, commitment }, sha256), false);
});

test("a plan is read again as it was written, also one with other claims than today's", () => {
  assert.deepEqual(planFrom(configurationOf(plan)), plan);
  const other = { ...plan, claims: [2, 1] };
  assert.deepEqual(planFrom(configurationOf(other)), other);
});

test("a plan of another form is none: what it means is not guessed", () => {
  const changed = [
    { version: 2 },
    { k: 3 },
    { alpha: 0.1 },
    { washoutMinutes: 0 },
    { mostStrata: 0.5 },
    { claims: "all" },
  ];
  for (const change of changed) {
    const text = configurationOf({ ...plan, ...change } as unknown as typeof plan);
    assert.equal(planFrom(text), undefined, JSON.stringify(change));
  }
  for (const text of ["", "{", "null", "[]", `${configurationOf(plan)} `])
    assert.equal(planFrom(text), undefined, text);
});
