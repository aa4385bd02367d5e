import assert from "node:assert/strict";
import { test } from "node:test";
import { fillOf, formatAt, providers } from "../../src/model/providers.ts";
import { checkedAddress } from "../../src/model/serverAddress.ts";

test("a reference names one provider, and can be split at its first slash", () => {
  const ids = providers.map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)]);
  assert.deepEqual(
    ids.filter((id) => !/^[a-z.]+$/.test(id)),
    [],
  );
});

test("every address can be asked, and only over TLS beyond this machine", () => {
  for (const { id, baseUrl, alternatives = [], keyPage, fill } of providers) {
    for (const url of [baseUrl, ...alternatives, keyPage, fill?.baseUrl]) {
      if (url === undefined) continue;
      const { host } = checkedAddress(url);
      assert.ok(url.startsWith("https:") || host.startsWith("localhost:"), `${id}: ${url}`);
    }
  }
});

test("holes go to the host that the provider's key is for", () => {
  for (const { id, baseUrl = "", fill } of providers) {
    if (fill?.baseUrl !== undefined) assert.equal(new URL(fill.baseUrl).host, new URL(baseUrl).host, id);
  }
});

test("who needs a key is told where to get one, except at Azure, where each customer has a page of their own", () => {
  const lacking = providers.filter(({ key, keyPage }) => key === "needed" && keyPage === undefined);
  assert.deepEqual(
    lacking.map(({ id }) => id),
    ["azure"],
  );
});

test("only the models that a service documents fill holes there", () => {
  const cases: readonly (readonly [id: string, model: string, format: string | undefined])[] = [
    ["deepseek", "deepseek-flash", "completions-suffix"],
    ["mistral", "codestral-latest", "completions-suffix"],
    ["mistral", "mistral-large-latest", undefined],
    ["dashscope", "qwen-coder-turbo-latest", "qwen2.5-coder"],
    ["dashscope", "qwen2.5-coder-32b-instruct", "qwen2.5-coder"],
    ["dashscope", "qwen3-coder-plus", undefined],
    ["siliconflow", "Qwen/Qwen2.5-Coder-7B-Instruct", "completions-suffix"],
    ["siliconflow", "Qwen/Qwen3-8B", undefined],
    ["openai", "gpt-4.1", undefined],
  ];
  for (const [id, model, format] of cases) {
    const provider = providers.find((each) => each.id === id);
    assert.ok(provider);
    assert.equal(fillOf(provider, model, provider.baseUrl ?? "")?.format, format, `${id}/${model}`);
  }
});

test("DashScope is asked to fill holes in Beijing, which documents it, and in a chat elsewhere", () => {
  const dashscope = providers.find(({ id }) => id === "dashscope");
  assert.ok(dashscope);
  const format = (address = "") => formatAt(dashscope, "qwen2.5-coder-32b-instruct", address);
  assert.equal(format(dashscope.baseUrl), "qwen2.5-coder");
  for (const address of dashscope.alternatives ?? []) {
    assert.equal(fillOf(dashscope, "qwen2.5-coder-32b-instruct", address), undefined);
    assert.equal(format(address), "chat-hole", address);
  }
});
