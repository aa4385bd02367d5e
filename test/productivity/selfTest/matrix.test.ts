import assert from "node:assert/strict";
import { test } from "node:test";
import type { Fact } from "../../../src/productivity/records.ts";
import { findingsOf, type Run } from "../../../src/productivity/selfTest/findings.ts";
import { errorsIn, matrixOf, selfTestFacts } from "../../../src/productivity/selfTest/matrix.ts";
import { matrixText, type MatrixWords } from "../../../src/productivity/selfTest/matrixText.ts";
import type { Sample } from "../../../src/productivity/selfTest/sample.ts";
import { samples } from "../../../src/productivity/selfTest/scenarios.ts";

const every = samples(100);
const sampleOf = (scenario: string): Sample => every.find((sample) => sample.scenario === scenario)!;
const placed = { atMs: 0, uri: "file:///a.ts", language: "typescript" };

function accept(part: "full" | "word" | "line", chars: number, carets = 1): Fact {
  const rest = { accept: "s:1", run: "s:r", evidence: "command", lines: 1, afterMs: 0, model: "m" } as const;
  return { kind: "accept", ...placed, ...rest, part, chars, carets };
}

function end(
  outcome: "accepted" | "partly-accepted" | "typed-through" | "ignored" | "rejected",
  run = "s:r",
  isAlone = true,
): Fact {
  const rest = {
    reason: "accepted",
    trigger: "automatic",
    lastedMs: 0,
    chars: 0,
    typedChars: 0,
    acceptedChars: 0,
  } as const;
  const contaminated = isAlone ? "no" : "other-active";
  return { kind: "end", ...placed, ...rest, run, outcome, contaminated, model: "m" };
}

function shown(thresholdMs: 300 | 750): Fact {
  return { kind: "shown", ...placed, run: "s:r", thresholdMs, evidence: "held" };
}

/** What a detector says that makes no mistake. */
function perfect({ truth }: Sample, visibleForMs: number): readonly Fact[] {
  const isProved = truth.accepts.length > 0;
  return [
    ...([300, 750] as const).filter((threshold) => isProved || visibleForMs > threshold).map(shown),
    ...truth.accepts.map(({ part, chars, carets }) => accept(part, chars, carets)),
    end(truth.outcome, "s:r", !truth.isContaminated),
    ...(truth.isRegretted ? [{ kind: "regret", atMs: 0, accept: "s:1", afterMs: 9 } as const] : []),
  ];
}

function run(sample: Sample, more: Partial<Run> = {}): Run {
  const visibleForMs = more.visibleForMs ?? 1_000;
  return { sample, visibleForMs, facts: perfect(sample, visibleForMs), documentAfter: sample.documentAfter, ...more };
}

function matrixFor(...runs: readonly Run[]) {
  return matrixOf(runs.map((each) => ({ scenario: each.sample.scenario, findings: findingsOf(each) })));
}

const none = { missed: 0, invented: 0, confused: 0, excepted: 0 };

test("a detector without mistakes has none, in every scenario", () => {
  const matrix = matrixFor(...every.map((sample) => run(sample)));
  for (const aspect of ["accept", "outcome", "runs", "shown300", "shown750", "regret", "other"] as const) {
    assert.deepEqual({ ...errorsIn(matrix, aspect), happened: 0 }, { ...none, happened: 0 }, aspect);
    assert.ok(errorsIn(matrix, aspect).happened >= 20, aspect);
  }
  assert.deepEqual(matrix.notDone, []);
});

test("a word that is counted as the whole suggestion is a confusion and not an accept more", () => {
  const sample = sampleOf("accept-word-then-leave");
  const facts = [accept("full", 40), end("accepted")];
  const matrix = matrixFor(run(sample, { facts }));
  assert.deepEqual(errorsIn(matrix, "accept"), { ...none, happened: 1, confused: 1 });
  assert.deepEqual(errorsIn(matrix, "outcome"), { ...none, happened: 1, confused: 1 });
});

test("an accept that is counted twice is one that was invented; one that is lost is missed", () => {
  const sample = sampleOf("accept-late");
  const [{ chars } = { chars: 0 }] = sample.truth.accepts;
  const twice = matrixFor(run(sample, { facts: [accept("full", chars), accept("full", chars), end("accepted")] }));
  assert.deepEqual(errorsIn(twice, "accept"), { ...none, happened: 1, invented: 1 });
  const lost = matrixFor(run(sample, { facts: [end("ignored")] }));
  assert.deepEqual(errorsIn(lost, "accept"), { ...none, happened: 1, missed: 1 });
  const silent = matrixFor(run(sample, { facts: [] }));
  assert.deepEqual(errorsIn(silent, "outcome"), { ...none, happened: 1, missed: 1 });
  assert.deepEqual(errorsIn(silent, "shown750"), { ...none, happened: 1, missed: 1 });
});

test("typing through that counts as an accept is invented", () => {
  const sample = sampleOf("type-through");
  const matrix = matrixFor(run(sample, { facts: [accept("full", 5), end("accepted")] }));
  assert.deepEqual(errorsIn(matrix, "accept"), { ...none, happened: 0, invented: 1 });
});

test("one word of many that is missed leaves the others right, and wrong figures are an error", () => {
  const sample = sampleOf("accept-word-by-word");
  const { accepts } = sample.truth;
  const words = accepts.map(({ part, chars }) => accept(part, chars));
  const matrix = matrixFor(run(sample, { facts: [...words.toSpliced(1, 1), end("accepted")] }));
  assert.deepEqual(errorsIn(matrix, "accept"), { ...none, happened: accepts.length, missed: 1 });
  const long = matrixFor(run(sample, { facts: [...words.with(0, accept("word", 99)), end("accepted")] }));
  assert.deepEqual(errorsIn(long, "accept"), { ...none, happened: accepts.length, confused: 1 });
});

test("a suggestion that comes again and counts as another one is found", () => {
  const sample = sampleOf("type-then-accept");
  const facts = [...run(sample).facts, end("ignored", "s:another")];
  assert.deepEqual(errorsIn(matrixFor(run(sample, { facts })), "runs"), { ...none, happened: 1, confused: 1 });
});

test("shown is judged by how long it was visible, and not where that is too near to the threshold", () => {
  const sample = sampleOf("escape");
  const missing = matrixFor(run(sample, { visibleForMs: 1_000, facts: [end("rejected"), shown(300)] }));
  assert.equal(errorsIn(missing, "shown750").missed, 1);
  assert.equal(errorsIn(missing, "shown300").missed, 0);
  const invented = matrixFor(run(sample, { visibleForMs: 50, facts: [end("rejected"), shown(300)] }));
  assert.equal(errorsIn(invented, "shown300").invented, 1);
  const near = matrixFor(run(sample, { visibleForMs: 800, facts: [end("rejected"), shown(300)] }));
  assert.deepEqual(errorsIn(near, "shown750"), { ...none, happened: 0 });
});

test("an undo that is not noticed, and another provider", () => {
  const undo = sampleOf("undo");
  const facts = run(undo).facts.filter((fact) => fact.kind !== "regret");
  assert.equal(errorsIn(matrixFor(run(undo, { facts })), "regret").missed, 1);
  const other = sampleOf("other-provider");
  const alone = run(other).facts.map((fact) => (fact.kind === "end" ? { ...fact, contaminated: "no" as const } : fact));
  assert.equal(errorsIn(matrixFor(run(other, { facts: alone })), "other").missed, 1);
});

test("the editor's own accept of one character is excepted where it is missed", () => {
  const sample = sampleOf("editors-word-of-one-character");
  const matrix = matrixFor(run(sample, { facts: [end("ignored")] }), run(sample));
  assert.deepEqual(errorsIn(matrix, "accept"), { ...none, happened: 2, excepted: 1 });
});

test("a sample whose steps did something else says nothing of the detector, and is told", () => {
  const sample = sampleOf("accept");
  const matrix = matrixFor(run(sample, { documentAfter: "something else", facts: [] }), run(sample));
  assert.deepEqual(matrix.notDone, [{ scenario: "accept", count: 1 }]);
  assert.deepEqual(errorsIn(matrix, "accept"), { ...none, happened: 1 });
});

test("the ledger gets a record for each cell, without any of the texts", () => {
  const sample = sampleOf("accept");
  const matrix = matrixFor(run(sample), run(sample), run(sample, { documentAfter: "" }));
  const facts = selfTestFacts(matrix, { atMs: 7, run: "s:t", editorVersion: "1.101.0" });
  const cell = { kind: "selfTest", atMs: 7, run: "s:t", editorVersion: "1.101.0", scenario: "accept" };
  assert.deepEqual(facts[0], { ...cell, truth: "accept:full", detected: "accept:full", count: 2 });
  assert.deepEqual(facts.at(-1), { ...cell, truth: "not-done", detected: "not-done", count: 1 });
  assert.equal(facts.length, matrix.cells.length + 1);
});

const english: MatrixWords = {
  aspects: {
    accept: "Accepts",
    outcome: "Outcomes",
    runs: "Runs",
    shown300: "300",
    shown750: "750",
    regret: "Undone",
    other: "Others",
  },
  label: (label) => label,
  corner: "happened",
  errors: ({ missed, invented }) => `missed ${missed}, invented ${invented}`,
  notDone: "Not done",
};

test("the matrix is printed with what happened in rows and what was detected in columns", () => {
  const word = sampleOf("accept-word-then-leave");
  const matrix = matrixFor(
    ...Array.from({ length: 12 }, () => run(sampleOf("accept"))),
    run(word, { facts: [accept("full", 40), end("accepted")] }),
    run(sampleOf("type-through"), { facts: [accept("full", 5), end("accepted")] }),
    run(word, { documentAfter: "" }),
  );
  const text = matrixText(matrix, english);
  assert.deepEqual(text.split("\n").slice(0, 6), [
    "Accepts",
    "happened  full  word  none",
    "full        12     0     0",
    "word         1     0     0",
    "none         1     0     0",
    "missed 0, invented 1",
  ]);
  assert.ok(text.endsWith("Not done\naccept-word-then-leave  1\n"), text);
});

test("whatever font is put in for Chinese words no column drifts: they stand behind all figures", () => {
  const labels: Readonly<Record<string, string>> = { full: "整条", word: "单词", none: "无" };
  const words = { ...english, corner: "实际", label: (label: string) => labels[label] ?? label };
  const matrix = matrixFor(run(sampleOf("accept")), run(sampleOf("accept-word-then-leave"), { facts: [] }));
  assert.deepEqual(matrixText(matrix, words).split("\n").slice(1, 4), [
    "   A  B  C  实际",
    "A  1  0  0  整条",
    "B  0  0  1  单词",
  ]);
  // What never happened has a row of its own, since it has a column.
  assert.equal(matrixText(matrix, words).split("\n")[4], "C  0  0  0  无");
  const behind = matrixText(matrix, words)
    .split("\n")
    .flatMap((line) => /\p{Script=Han}(.*)$/u.exec(line)?.[1] ?? []);
  for (const rest of behind) assert.doesNotMatch(rest, /\d/);
});
