import assert from "node:assert/strict";
import { test } from "node:test";
import { InvalidField, parseGenerate } from "../../../src/model/embedded/protocol.ts";
import { hole } from "./support.ts";

const spec = { path: "/model.gguf", contextTokens: 2048, threads: 0 };
const generate = { id: 1, spec, idleUnloadMs: 0, warm: false, request: hole("a") };

test("a request is taken as it is, and is healed where it says so", () => {
  const taken = { ...generate, spec: { ...spec, adapterPath: undefined } };
  assert.deepEqual(parseGenerate(generate), { ...taken, request: { ...hole("a"), heal: false } });
  const healed = { ...hole("a"), heal: true };
  assert.deepEqual(parseGenerate({ ...generate, request: healed }), { ...taken, request: healed });
});

test("a time in fractions of a minute or in years is taken, and only 0 is never", () => {
  for (const [given, taken] of [
    [1234.5, 1235],
    [0.4, 1],
    [0, 0],
    [6e9, 2 ** 31 - 1],
  ]) {
    const parsed = parseGenerate({ ...generate, idleUnloadMs: given });
    assert.ok(!(parsed instanceof InvalidField));
    assert.equal(parsed.idleUnloadMs, taken);
  }
});

test("a field that is not as it must be is named", () => {
  const request = hole("a");
  const wrong: readonly (readonly [string, unknown])[] = [
    ["params", 7],
    ["id", { ...generate, id: -1 }],
    ["warm", { ...generate, warm: "yes" }],
    ["idleUnloadMs", { ...generate, idleUnloadMs: -1 }],
    ["idleUnloadMs", { ...generate, idleUnloadMs: null }],
    ["spec", { ...generate, spec: undefined }],
    ["spec.path", { ...generate, spec: { ...spec, path: 1 } }],
    ["spec.adapterPath", { ...generate, spec: { ...spec, adapterPath: 1 } }],
    ["spec.contextTokens", { ...generate, spec: { ...spec, contextTokens: 0 } }],
    ["spec.threads", { ...generate, spec: { ...spec, threads: 2.5 } }],
    ["spec.threads", { ...generate, spec: { ...spec, threads: 1000 } }],
    ["request.purpose", { ...generate, request: { ...request, purpose: "else" } }],
    ["request.maxTokens", { ...generate, request: { ...request, maxTokens: 1.5 } }],
    ["request.temperature", { ...generate, request: { ...request, temperature: -1 } }],
    ["request.heal", { ...generate, request: { ...request, heal: "yes" } }],
    ["request.stop", { ...generate, request: { ...request, stop: [1] } }],
    ["request.prompt", { ...generate, request: { ...request, prompt: { kind: "raw" } } }],
  ];
  for (const [field, value] of wrong) {
    const parsed = parseGenerate(value);
    assert.ok(parsed instanceof InvalidField, field);
    assert.equal(parsed.field, field);
  }
});
