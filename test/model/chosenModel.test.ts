import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenModel, knownModels, serversOf } from "../../src/model/chosenModel.ts";
import { splitReference } from "../../src/model/modelReference.ts";

const failure = (kind: string) => (error: unknown) =>
  error instanceof Error && "failure" in error && (error.failure as { kind: string }).kind === kind;

test("a model's name may have slashes and colons itself", () => {
  assert.deepEqual(splitReference("openrouter/anthropic/claude"), ["openrouter", "anthropic/claude"]);
  assert.deepEqual(splitReference(" ollama / qwen2.5-coder:7b "), ["ollama", "qwen2.5-coder:7b"]);
  for (const text of ["", "gpt-4.1", "/gpt-4.1", "openai/", "openai/ "]) assert.equal(splitReference(text), undefined);
});

test("a provider's address is its own, or the one that the settings give", () => {
  const usual = chosenModel("openai/gpt-4.1", {});
  assert.ok(usual.kind === "server");
  assert.deepEqual([usual.baseUrl, usual.model], ["https://api.openai.com/v1", "gpt-4.1"]);
  const other = chosenModel("openai/gpt-4.1", { openai: " http://127.0.0.1:8000/v1 " });
  assert.equal(other.kind === "server" && other.baseUrl, "http://127.0.0.1:8000/v1");
  const nothingSaid = chosenModel("openai/gpt-4.1", { openai: 7 });
  assert.equal(nothingSaid.kind === "server" && nothingSaid.baseUrl, "https://api.openai.com/v1");
});

test("a name of the user's own is a server that speaks like OpenAI", () => {
  const chosen = chosenModel("gateway/some-model", { gateway: "https://llm.example.com/v1" });
  assert.ok(chosen.kind === "server");
  assert.deepEqual([chosen.provider.name, chosen.provider.protocol], ["gateway", "openai"]);
  assert.throws(() => chosenModel("gateway/some-model", {}), failure("reference-unknown"));
  assert.throws(() => chosenModel("constructor/some-model", {}), failure("reference-unknown"));
});

test("a model of the editor's has a vendor and a family, or an id alone", () => {
  assert.deepEqual(chosenModel("editor/copilot/gpt-4o", {}), { kind: "editor", vendor: "copilot", model: "gpt-4o" });
  assert.deepEqual(chosenModel("editor/gpt-4o", {}), { kind: "editor", vendor: undefined, model: "gpt-4o" });
  const nested = chosenModel("editor/openrouter/anthropic/claude", {});
  assert.deepEqual(nested, { kind: "editor", vendor: "openrouter", model: "anthropic/claude" });
  assert.throws(() => chosenModel("editor/", {}), failure("reference-unknown"));
});

test("a provider that has no usual address needs one", () => {
  assert.throws(() => chosenModel("azure/gpt-4.1", {}), failure("address-missing"));
});

test("what runs on this machine is of the catalogue, or a file", () => {
  const listed = chosenModel("embedded/qwen2.5-coder-1.5b", {});
  assert.equal(listed.kind === "catalogue" && listed.entry.name, "Qwen2.5-Coder 1.5B");
  assert.deepEqual(chosenModel("embedded/~/models/mine.GGUF", {}), { kind: "file", path: "~/models/mine.GGUF" });
  assert.deepEqual(chosenModel("embedded//srv/mine.gguf", {}), { kind: "file", path: "/srv/mine.gguf" });
  assert.throws(() => chosenModel("embedded/no-such-model", {}), failure("reference-unknown"));
});

test("the servers that a key may be for are those that any setting names, each one once, in the order of the settings", () => {
  const servers = { mine: "https://llm.example.com/v1", same: "https://llm.example.com/other" };
  const references = ["embedded/smollm2-135m-instruct", "mine/a", "openai/gpt-4.1", "same/b", "", "nobody/c"];
  assert.deepEqual(
    serversOf(knownModels(references, servers)).map(({ baseUrl }) => baseUrl),
    ["https://llm.example.com/v1", "https://api.openai.com/v1"],
  );
});
