/** Simulated users of whom the truth is known, from the first key to the report's words: few of what the bench makes many of. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { disagreements } from "../../bench/report/agreement.ts";
import { coveredIn, lookAt, summaryOf } from "../../bench/report/looks.ts";
import { trueRate } from "../../bench/report/simulatedExperiment.ts";
import { chainRun, countingError, generatedLooks, trueEffect } from "../../bench/report/simulatedUsers.ts";
import { reportWords } from "../../src/productivity/report/words.ts";
import { english } from "../support/reports.ts";

const simulated = { none: chainRun(1, 1), some: chainRun(1.25, 2), much: chainRun(3, 3) };
const all = Object.values(simulated);

test("the ledger has the surviving characters and the active time that the user really had, half-hour by half-hour", (t) => {
  for (const { experiment, books } of all) {
    const blocks = experiment.blocks.filter(({ qualifies, unknownChars }) => qualifies && unknownChars === 0);
    assert.ok(blocks.length >= 60, `${blocks.length}`);
    for (const block of blocks) {
      const truly = books.counted.get(block.slotMs);
      // What is typed is looked at ten minutes after its ten seconds began: a statement that is deleted just then is in one of both.
      assert.ok(truly && Math.abs(block.netChars - truly.netChars) <= 60, `${block.netChars} ${truly?.netChars}`);
      assert.ok(Math.abs(block.active120Ms - truly.activeMs) < 100, `${block.active120Ms} ${truly.activeMs}`);
    }
    const isSame = blocks.filter(({ slotMs, netChars }) => netChars === books.counted.get(slotMs)?.netChars);
    assert.ok(isSame.length >= 0.9 * blocks.length, `${isSame.length} of ${blocks.length}`);
  }
  const errors = all.map(countingError);
  t.diagnostic(`errors ${errors.join(", ")}`);
  assert.ok(errors.every((error) => Math.abs(error) < 0.01));
});

test("what was pasted is in no outcome, and what was accepted the day before is found again", () => {
  for (const { experiment } of all) {
    const sum = (field: "excludedChars" | "dayOldAiChars" | "churnedAiChars"): number =>
      experiment.blocks.reduce((total, block) => total + block[field], 0);
    assert.ok(sum("excludedChars") > 100, `${sum("excludedChars")}`);
    assert.ok(sum("churnedAiChars") > 0 && sum("churnedAiChars") < sum("dayOldAiChars"), `${sum("dayOldAiChars")}`);
  }
});

test("characters that nobody knows of any more count by the share of the others: the last half-hour of a day", () => {
  const blocks = all.flatMap(({ experiment, books }) =>
    experiment.blocks
      .filter(({ qualifies, unknownChars }) => qualifies && unknownChars > 0)
      .map((block) => ({ block, books })),
  );
  assert.ok(blocks.length > 0);
  for (const { block, books } of blocks) {
    const truly = trueRate(books, block) ?? Number.NaN;
    // What is written in the last minutes of the day is deleted less often within the day.
    assert.ok(Math.abs((block.charsPerMinute ?? 0) / truly - 1) < 0.25, `${block.charsPerMinute} ${truly}`);
  }
});

test("half-hours without suggestions show none but those that are asked for by hand, those with them do", () => {
  for (const { experiment } of all) {
    const of = (arm: "on" | "off") => experiment.blocks.filter((block) => block.arm === arm && block.qualifies);
    assert.ok(of("off").every(({ shown, manualTriggers }) => shown <= manualTriggers));
    assert.ok(of("off").every(({ heldBack, netTypedChars }) => heldBack > 0 && netTypedChars > 0));
    assert.ok(of("on").every(({ heldBack, shown }) => heldBack === 0 && shown > 0));
  }
});

for (const effect of [1, 3] as const)
  test(`a user who is ${effect} times as fast with suggestions truly leaves so much more in an active minute`, (t) => {
    const truly = trueEffect(effect, 5, 12);
    t.diagnostic(`${truly}`);
    assert.ok(Math.abs(truly / effect - 1) < 0.1, `${truly}`);
  });

test("the report says of each what is true of it, in words too", () => {
  const notes = (of: keyof typeof simulated): string => reportWords(simulated[of].model, english).notes.join("\n");
  const looks = Object.fromEntries(
    Object.entries(simulated).map(([name, { experiment }]) => [name, lookAt(experiment)]),
  );
  for (const [name, truth] of [
    ["none", 1],
    ["some", 1.25],
    ["much", 3],
  ] as const) {
    const { verdict } = simulated[name].model;
    assert.ok(verdict.kind === "measured" && verdict.lower <= truth && truth <= verdict.upper, JSON.stringify(verdict));
    assert.deepEqual([looks[name]?.evalue?.lower, looks[name]?.evalue?.upper], [verdict.lower, verdict.upper]);
  }
  assert.equal(looks["none"]?.statesSpeedUp, false);
  assert.equal(looks["much"]?.statesSpeedUp, true);
  assert.doesNotMatch(notes("none"), /is shown/);
  assert.match(notes("much"), /more than [\d.]+ times is shown/);
});

test("blocks of the generator are like those of the chain", () => {
  const looks = [simulated.some, chainRun(1.25, 4), chainRun(1.25, 5)].map(({ experiment }) => lookAt(experiment));
  const [chain, generated] = [summaryOf(looks), summaryOf(generatedLooks(1.25, 100, 1))];
  assert.deepEqual(disagreements(chain, generated, Math.round(3 * chain.strata)), []);
  // It would be told if they were not.
  const other = summaryOf(generatedLooks(3, 100, 1));
  assert.match(disagreements(chain, other, Math.round(3 * chain.strata)).join(), /mean of ln\(on\/off\)/);
});

test("of 500 experiments without an effect the report states a speed-up of at most 5 %, and each interval has the truth in 93 %", (t) => {
  const looks = generatedLooks(1, 500, 7_000);
  const stated = looks.filter(({ statesSpeedUp }) => statesSpeedUp).length / looks.length;
  const covered = (["verdict", "evalue", "student"] as const).map((which) => coveredIn(looks, which, 1));
  t.diagnostic(`states ${stated}, covered ${covered.join(", ")}`);
  assert.ok(stated <= 0.05, `${stated}`);
  assert.ok(
    covered.every((share) => share >= 0.93),
    covered.join(),
  );
});
