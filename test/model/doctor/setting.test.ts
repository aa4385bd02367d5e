import assert from "node:assert/strict";
import { test } from "node:test";
import { ignoredSettings } from "../../../src/extension/checkSettings.ts";
import { defaults } from "../../../src/extension/contributions.ts";
import { ofFallback } from "../../../src/model/doctor/fallback.ts";
import { bad } from "../../../src/model/doctor/findings.ts";
import { checkLocal } from "../../../src/model/doctor/localCheck.ts";
import { checkReference } from "../../../src/model/doctor/setting.ts";
import type { StepResult } from "../../../src/model/doctor/findings.ts";

const CHOOSE = { kind: "choose-model" };
const NAME = "pairwise.model.suggestions";

test("a misspelt provider is told from a server of one's own, with the nearest name as a button", () => {
  const { finding, ways } = checkReference("opnai/gpt-4.1", NAME, { mine: "http://a/v1" });
  const nearest = ["openai"];
  assert.deepEqual(finding, { kind: "provider-unknown", setting: NAME, provider: "opnai", nearest });
  assert.deepEqual(ways.slice(0, 2), [{ kind: "set-reference", reference: "openai/gpt-4.1" }, CHOOSE]);
  const own = checkReference("mien/large", NAME, { mine: "http://a/v1" });
  assert.deepEqual(own.ways[0], { kind: "set-reference", reference: "mine/large" });
});

test("a local model that is not there is told with those that are", () => {
  const { finding, ways } = checkReference("embedded/qwen", NAME, {});
  assert.ok(finding?.kind === "embedded-unknown" && finding.names.length > 0);
  assert.ok(ways.some(({ kind }) => kind === "choose-model"));
  const near = checkReference("embedded/smollm2-135m-instrct", NAME, {});
  assert.deepEqual(near.ways[0], { kind: "set-reference", reference: "embedded/smollm2-135m-instruct" });
});

test("nothing, and a name without a provider, are told by the setting in which they stand", () => {
  assert.deepEqual(checkReference(" ", NAME, {}).finding, { kind: "reference-empty", setting: NAME });
  const setting = "pairwise.model.fallbacks";
  assert.deepEqual(checkReference("nix", setting, {}).finding, { kind: "reference-form", setting, reference: "nix" });
  const { ways } = checkReference("openai", NAME, {});
  assert.deepEqual(ways[0], { kind: "set-reference", reference: "openai/gpt-4.1" });
});

test("what is out of a fallback's row is not for the first model's settings", () => {
  const ways = [
    { kind: "set-format", format: "chat-hole" },
    { kind: "choose-model" },
    { kind: "open-settings", query: NAME },
    { kind: "open-settings", query: "pairwise.model.fallbacks" },
    { kind: "set-model", model: "a" },
    { kind: "open-settings", query: "http.proxy" },
  ] as const;
  assert.deepEqual(ofFallback(bad("holes", { kind: "stopped" }, ways)).ways, [
    { kind: "open-settings", query: "pairwise.model.fallbacks" },
    { kind: "set-model", model: "a" },
    { kind: "open-settings", query: "http.proxy" },
  ]);
});

test("values of the wrong type are told, and those that are in use are not", () => {
  const read = (own: Readonly<Record<string, unknown>>) =>
    ignoredSettings((name) => (name in own ? own[name] : defaults[name]));
  assert.deepEqual(read({}), []);
  assert.deepEqual(read({ "model.format": "chat-hole", "model.servers": { a: "http://a", b: null } }), []);
  const wrong = {
    "model.suggestions": 42,
    "model.servers": "http://a",
    "model.fallbacks": ["a/b", 1],
    "model.format": "banana",
    "model.threads": "4",
  };
  assert.deepEqual(
    read(wrong).map(({ setting, value }) => `${setting} ${value}`),
    [
      "pairwise.model.suggestions 42",
      "pairwise.model.fallbacks 1",
      'pairwise.model.servers "http://a"',
      'pairwise.model.format "banana"',
      'pairwise.model.threads "4"',
    ],
  );
});

test("the file of a model of ours that is gone can be got again", async () => {
  const told: StepResult[] = [];
  const local = {
    name: "SmolLM2 135M",
    path: "/nowhere",
    source: { reference: "embedded/smollm2-135m-instruct", bytes: 98e6 },
    fileBytes: async () => undefined,
    memory: () => ({ freeBytes: 1, totalBytes: 1 }),
    now: () => 0,
    open: () => assert.fail(),
  };
  await checkLocal(local, (result) => void told.push(result), new AbortController().signal);
  const file = told.find(({ state }) => state === "bad");
  assert.deepEqual(file?.ways, [{ kind: "get-model", ...local.source }, CHOOSE]);
  await checkLocal({ ...local, source: undefined }, (result) => void told.push(result), new AbortController().signal);
  assert.equal(told.findLast(({ state }) => state === "bad")?.ways[0]?.kind, "choose-model");
});
