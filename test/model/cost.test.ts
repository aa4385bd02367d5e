import assert from "node:assert/strict";
import { test } from "node:test";
import { converted, costOf, costsMoney, findPrice, priceOf } from "../../src/model/cost.ts";
import { listedPrice } from "../../src/model/prices.ts";
import { providers } from "../../src/model/providers.ts";

const OPENAI = { reference: "openai/gpt-4.1", host: "api.openai.com" };

test("a model costs what its vendor's host charges, a snapshot what its alias does", () => {
  const price = priceOf(OPENAI, {});
  assert.deepEqual(price, { currency: "USD", input: 2, cachedInput: 0.5, output: 8 });
  assert.deepEqual(priceOf({ ...OPENAI, reference: "openai/gpt-4.1-2025-04-14" }, {}), price);
  assert.deepEqual(priceOf({ reference: "mine/gpt-4.1", host: "api.openai.com" }, {}), price);
});

test("the same name at another host, and a name that nobody knows, have no known price", () => {
  assert.equal(priceOf({ ...OPENAI, host: "gateway.example.com" }, {}), undefined);
  assert.equal(priceOf({ ...OPENAI, reference: "openai/gpt-4.1-turbo" }, {}), undefined);
  assert.equal(priceOf({ reference: "editor/copilot/gpt-4.1", host: "editor:" }, {}), undefined);
  assert.equal(priceOf({ reference: "openai/gpt-4.1", host: "constructor" }, {}), undefined);
  assert.equal(costsMoney(undefined), false);
});

test("in China and elsewhere a vendor's prices are in the currency of the place", () => {
  assert.equal(listedPrice("open.bigmodel.cn", "glm-5.3")?.currency, "CNY");
  assert.equal(listedPrice("api.z.ai", "glm-5.3")?.currency, "USD");
});

test("what runs on this machine costs nothing, unless the settings say so", () => {
  const local = { reference: "gateway/gpt-4.1", host: "" };
  assert.equal(costsMoney(priceOf(local, {})), false);
  assert.notEqual(priceOf(local, {}), undefined);
  assert.equal(costsMoney(priceOf(local, { "gateway/*": { input: 1, output: 2 } })), true);
});

test("a price of the settings counts before the list's: that of the reference, else that of the longest beginning", () => {
  const own = {
    "openai/*": { input: 1, output: 1 },
    "openai/gpt-4*": { input: 2, output: 2, currency: "CNY" },
    "openai/gpt-4.1-mini": { input: 3, cachedInput: 1, output: 3 },
  };
  const at = (model: string) => priceOf({ reference: `openai/${model}`, host: "api.openai.com" }, own);
  assert.deepEqual(at("gpt-4.1-mini"), { input: 3, cachedInput: 1, output: 3, currency: "USD" });
  assert.deepEqual(at("gpt-4.1"), { input: 2, cachedInput: undefined, output: 2, currency: "CNY" });
  assert.equal(at("o9")?.input, 1);
});

test("where a price is from is told: the settings, the list, or this machine", () => {
  const from = (own: Parameters<typeof findPrice>[1], host = OPENAI.host) => findPrice({ ...OPENAI, host }, own)?.from;
  assert.equal(from({}), "list");
  assert.equal(from({ "openai/*": { input: 0, output: 0 } }), "settings");
  assert.equal(from({}, ""), "this-machine");
  assert.equal(from({}, "gateway.example.com"), undefined);
});

test("what is written wrongly in the settings is passed over", () => {
  for (const wrong of [null, 3, {}, { input: 1 }, { input: "1", output: 2 }, { input: -1, output: 2 }])
    assert.equal(priceOf(OPENAI, { [OPENAI.reference]: wrong })?.input, 2, JSON.stringify(wrong));
});

test("input that the server had read before costs less where it has a price of its own", () => {
  const tokens = { input: 1_000_000, cached: 400_000, output: 500_000 };
  assert.deepEqual(costOf(tokens, { currency: "USD", input: 2, cachedInput: 0.5, output: 8 }), {
    amount: 0.6 * 2 + 0.4 * 0.5 + 0.5 * 8,
    currency: "USD",
  });
  assert.equal(costOf(tokens, { currency: "USD", input: 2, cachedInput: undefined, output: 8 }).amount, 6);
});

test("sums in another currency go by the rate of the settings", () => {
  assert.equal(converted({ amount: 2, currency: "USD" }, "CNY", 7), 14);
  assert.equal(converted({ amount: 14, currency: "CNY" }, "USD", 7), 2);
  assert.equal(converted({ amount: 2, currency: "USD" }, "USD", 7), 2);
});

test("the prices are for addresses that providers have", () => {
  const addresses = providers.flatMap(({ baseUrl, alternatives = [] }) => [
    ...(baseUrl ? [baseUrl] : []),
    ...alternatives,
  ]);
  const hosts = new Set(addresses.map((address) => new URL(address).host));
  const priced = [
    ["api.openai.com", "gpt-4.1"],
    ["api.deepseek.com", "deepseek-flash"],
    ["dashscope.aliyuncs.com", "qwen-coder-turbo"],
    ["dashscope-intl.aliyuncs.com", "qwen3-coder-plus"],
    ["open.bigmodel.cn", "glm-5.3"],
    ["api.z.ai", "glm-5.2"],
    ["api.moonshot.ai", "kimi-k2.7-code"],
    ["ark.cn-beijing.volces.com", "doubao-seed-2-1-pro-260915"],
    ["api.mistral.ai", "codestral-latest"],
    ["api.groq.com", "openai/gpt-oss-20b"],
  ] as const;
  for (const [host, model] of priced) {
    assert.ok(hosts.has(host), host);
    assert.ok(costsMoney(listedPrice(host, model)), host);
  }
});
