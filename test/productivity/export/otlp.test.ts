/** What OpenTelemetry's SDK makes of the report, decoded by hand. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExportFigures } from "../../../src/productivity/export/figures.ts";
import { copilotLines } from "../../../src/productivity/export/copilot.ts";
import { otlpRequest } from "../../../src/productivity/export/otlp.ts";
import { decodedMetrics } from "../../support/metricsServer.ts";
import { figuresOf, hostile, suggested } from "../../support/exports.ts";
import { experimentOf, weeksOfWork } from "../../support/reports.ts";

const spent = {
  inputTokens: 1_200,
  outputTokens: 80,
  money: [],
  unknownRequests: 0,
  firstDay: 20_000,
  lastDay: 30_000,
};

async function sentOf(figures: ExportFigures) {
  const { json, points, metrics: count } = await otlpRequest(figures, { version: "0.1.0" });
  assert.doesNotMatch(json, /\n|NaN|null/);
  const { resource, metrics } = decodedMetrics(json);
  assert.equal(metrics.length, count);
  assert.equal(metrics.flatMap((metric) => metric.points).length, points);
  const named = (name: string) => {
    const found = metrics.filter((metric) => metric.name === name);
    assert.equal(found.length, 1, name);
    return found[0]?.points ?? [];
  };
  const sum = (name: string): number => named(name).reduce((total, { value }) => total + value, 0);
  const bounds = (name: string): Readonly<Record<string, number>> =>
    Object.fromEntries(named(name).map(({ value, attributes }) => [attributes["pairwise.bound"], value]));
  return { resource, metrics, named, sum, bounds };
}

test("each figure is the report's, and all of them are of its range", async (context) => {
  const figures = figuresOf(context, weeksOfWork(), experimentOf(), { spent });
  const { model, usage } = figures;
  const { resource, metrics, named, sum, bounds } = await sentOf(figures);
  const { funnel, acceptance, share, survival, range, guardrails, methods } = model;
  assert.deepEqual(resource, { "service.name": "pairwise", "service.version": "0.1.0" });
  const stage = (name: string) => funnel.stages.find((each) => each.stage === name);
  assert.equal(sum("pairwise.suggestion.asked"), stage("asked")?.atMost);
  assert.equal(sum("pairwise.suggestion.returned"), stage("returned")?.atMost);
  assert.equal(sum("pairwise.suggestion.shown"), acceptance.headline.whole);
  assert.equal(sum("pairwise.suggestion.accepted"), acceptance.headline.part);
  assert.equal(
    named("pairwise.suggestion.accepted")
      .filter(({ attributes }) => attributes["pairwise.extent"] === "full")
      .reduce((total, { value }) => total + value, 0),
    acceptance.full.part,
  );
  assert.equal(
    sum("pairwise.suggestion.accepted.lines"),
    usage.reduce((total, each) => total + each.acceptedLines, 0),
  );
  assert.deepEqual(bounds("pairwise.suggestion.alive"), {
    least: stage("alive")?.atLeast,
    most: stage("alive")?.atMost,
  });
  assert.ok(acceptance.headline.rate.kind === "known" && survival.curve.kind === "known");
  const { estimate, lower, upper } = acceptance.headline.rate;
  assert.deepEqual(bounds("pairwise.acceptance.ratio"), { estimate, lower, upper });
  assert.equal(
    named("pairwise.survival.ratio").find(
      ({ attributes }) => attributes["pairwise.check"] === "10m" && attributes["pairwise.bound"] === "estimate",
    )?.value,
    survival.curve.steps.find(({ check }) => check === "10m")?.alive,
  );
  assert.equal(sum("pairwise.code.surviving"), share.ai + share.typed);
  assert.ok(Math.abs(sum("pairwise.work.active") - range.activeMinutes * 60) < 1e-6);
  assert.deepEqual(
    [sum("pairwise.errors.new"), sum("pairwise.undos")],
    [guardrails.all.newErrors, guardrails.all.undos],
  );
  assert.deepEqual(
    named("pairwise.experiment.blocks").find(
      ({ attributes }) => attributes["pairwise.stage"] === "compared" && attributes["pairwise.arm"] === "off",
    )?.value,
    methods.experiment?.compared.off,
  );
  assert.deepEqual(
    named("pairwise.tokens").map(({ value, attributes }) => [attributes["gen_ai.token.type"], value]),
    [
      ["input", 1_200],
      ["output", 80],
    ],
  );
  for (const { name, points, kind, isMonotonic, temporality, unit, description } of metrics) {
    assert.ok(unit !== "" && description !== "", name);
    // Cumulative, and none that only grows: the ledger forgets.
    if (kind === "sum") assert.deepEqual([isMonotonic, temporality], [false, 2], name);
    for (const { fromMs, toMs } of points) assert.deepEqual([fromMs, toMs], [range.firstMs, model.madeMs], name);
  }
});

test("models have the names of the conventions for generative AI, languages those of VS Code", async (context) => {
  const records = [
    ...suggested({ run: "r:1", lines: 2, full: 2, model: "azure/my-deployment", language: "go" }),
    ...suggested({ run: "r:2", lines: 2, model: "openrouter/qwen/qwen3:free", language: "typescript" }),
    ...suggested({ run: "r:3", lines: 2, model: "own" }).filter(({ kind }) => kind !== "end"),
  ];
  const { named } = await sentOf(figuresOf(context, records));
  assert.deepEqual(
    named("pairwise.suggestion.shown").map(({ attributes }) => attributes),
    [
      {
        "pairwise.language": "go",
        "gen_ai.provider.name": "azure.ai.openai",
        "gen_ai.request.model": "my-deployment",
      },
      // What has no end has no model that is known.
      { "pairwise.language": "typescript" },
      {
        "pairwise.language": "typescript",
        "gen_ai.provider.name": "openrouter",
        "gen_ai.request.model": "qwen/qwen3:free",
      },
    ],
  );
});

test("two models that have one name there are one point with the counts of both", async (context) => {
  const named = (run: string, model: string) => suggested({ run, lines: 2, full: 1, model });
  const records = [
    ...named("r:1", "mistral/codestral-latest"),
    ...named("r:2", "codestral/codestral-latest"),
    ...named("r:3", "codestral/codestral-latest"),
  ];
  const { named: points } = await sentOf(figuresOf(context, records));
  assert.deepEqual(
    ["shown", "accepted", "suggested.lines", "accepted.lines"].map((name) =>
      points(`pairwise.suggestion.${name}`).map(({ value }) => value),
    ),
    // None was accepted in parts.
    [[3], [3, 0], [6], [3]],
  );
});

test("no model, project or language is lost, however many there are and whatever they are called", async (context) => {
  const names = Array.from({ length: 2_500 }, (_, index) => `language-${index}`).concat(hostile.languages);
  const records = names.flatMap((language, index) => suggested({ run: `r:${index}`, language, lines: 1 }));
  const { named } = await sentOf(figuresOf(context, records));
  const languages = named("pairwise.suggestion.shown").map(({ attributes }) => attributes["pairwise.language"]);
  assert.deepEqual(new Set(languages), new Set(names));
  assert.equal(languages.length, names.length);
});

test("of an empty ledger there is no figure", async (context) => {
  assert.deepEqual((await sentOf(figuresOf(context, []))).metrics, []);
});

test("how fast somebody is goes to nobody who gathers figures of several, whatever an experiment has measured", async (context) => {
  for (const experiment of [
    undefined,
    experimentOf({ strata: 2, effect: 10 }),
    experimentOf({ strata: 40, effect: 3 }),
  ]) {
    const figures = figuresOf(context, weeksOfWork(), experiment);
    const { metrics } = await sentOf(figures);
    assert.ok(metrics.length > 10);
    assert.ok(!metrics.some(({ name, description }) => /throughput|speed|faster/.test(name + description)));
    const { verdict } = figures.model;
    if (verdict.kind !== "measured") continue;
    const told = [...metrics.flatMap(({ points }) => points.map(({ value }) => value)), copilotLines(figures)].join(
      " ",
    );
    for (const value of [verdict.estimate, verdict.lower, verdict.upper]) assert.ok(!told.includes(String(value)));
  }
});

test("nothing that stands for a file, a folder, a window or an accept is in it", async (context) => {
  const records = weeksOfWork();
  const { json } = await otlpRequest(figuresOf(context, records), {});
  const kept = new Set(
    records.flatMap((record) =>
      (["file", "project", "session", "run", "accept"] as const).flatMap((field) => {
        const value: unknown = field in record ? record[field as keyof typeof record] : undefined;
        return typeof value === "string" ? [value] : [];
      }),
    ),
  );
  assert.ok(kept.size > 100);
  for (const name of kept) assert.ok(!json.includes(name), name);
});
