import assert from "node:assert/strict";
import { test } from "node:test";
import { ggufReference } from "../../src/extension/ggufReference.ts";
import {
  choiceOf,
  foundChoice,
  localChoices,
  memoryFor,
  modelInUse,
  ownChoice,
  serversWith,
  serviceChoices,
} from "../../src/extension/modelChoices.ts";
import { catalogue } from "../../src/model/catalogue.ts";
import type { Provider } from "../../src/model/providers.ts";

const GIB = 2 ** 30;

function provider(id: string, more: Partial<Provider> = {}): Provider {
  const baseUrl = `https://api.${id}.example/v1`;
  return { id, name: id.toUpperCase(), protocol: "openai", baseUrl, key: "needed", exampleModel: "m", ...more };
}

function local(memoryBytes: number) {
  return localChoices(catalogue, {
    memoryBytes,
    here: new Set(["smollm2-135m-instruct"]),
    reference: "embedded/smollm2-135m-instruct",
    speedOf: (name) => (name === "SmolLM2 135M" ? 45 : undefined),
  });
}

test("every model of the catalogue is shown; one that is too large says what it needs and what there is", () => {
  const choices = local(7.7 * GIB);
  assert.equal(choices.length, catalogue.length);
  const seven = choices.find(({ entry }) => entry.id === "qwen2.5-coder-7b");
  assert.deepEqual(seven?.tooMuch, { needed: 16, there: 8 });
  assert.equal(choices.find(({ entry }) => entry.id === "qwen2.5-coder-1.5b")?.tooMuch, undefined);
});

test("the model in use, what is here and what was measured stand with their own entry", () => {
  const [small, other] = local(16 * GIB);
  assert.deepEqual(
    [small?.isInUse, small?.isHere, small?.tokensPerSecond, other?.isInUse, other?.isHere, other?.tokensPerSecond],
    [true, true, 45, false, false, undefined],
  );
});

test("in a container its own limit counts", () => {
  assert.equal(memoryFor(64 * GIB, 4 * GIB), 4 * GIB);
  assert.equal(memoryFor(8 * GIB, 0), 8 * GIB);
  assert.equal(memoryFor(8 * GIB, undefined), 8 * GIB);
  assert.equal(memoryFor(8 * GIB, Number.MAX_SAFE_INTEGER), 8 * GIB);
});

const known: readonly Provider[] = [
  provider("embedded", { protocol: "embedded", baseUrl: undefined }),
  provider("editor", { protocol: "editor", baseUrl: undefined }),
  provider("openai"),
  provider("azure", { protocol: "azure", baseUrl: undefined }),
  provider("ollama", { protocol: "ollama", baseUrl: "http://localhost:11434", key: "optional" }),
];

test("services are listed, programs on this machine are not, and servers of one's own follow", () => {
  const ids = (servers: Record<string, string>) => serviceChoices(known, servers).map(({ id }) => id);
  assert.deepEqual(ids({}), ["openai", "azure"]);
  assert.deepEqual(ids({ mine: "https://llm.example.com/v1", ollama: "http://gpu-box:11434" }), [
    "openai",
    "azure",
    "mine",
    "ollama",
  ]);
  assert.deepEqual(ids({ mine: " " }), ["openai", "azure"]);
});

test("an address of the settings is the one that counts, and the documented ones are there to choose from", () => {
  const service = provider("qwen", { alternatives: ["https://intl.example/v1"] });
  assert.deepEqual(choiceOf(service, {}).addresses, ["https://api.qwen.example/v1", "https://intl.example/v1"]);
  const moved = choiceOf(service, { qwen: " https://proxy.example/v1 " });
  assert.equal(moved.baseUrl, "https://proxy.example/v1");
  assert.equal(moved.addresses[0], "https://proxy.example/v1");
  assert.deepEqual(choiceOf(provider("openai"), {}).addresses, []);
});

test("an address is written where it is not the usual one, and taken out where it is", () => {
  const openai = choiceOf(provider("openai"), {});
  assert.deepEqual(serversWith({ x: "https://x" }, openai, "https://proxy/v1"), {
    x: "https://x",
    openai: "https://proxy/v1",
  });
  assert.deepEqual(
    serversWith({ x: "https://x", openai: "https://proxy/v1" }, openai, "https://api.openai.example/v1"),
    {
      x: "https://x",
    },
  );
  assert.deepEqual(serversWith({}, ownChoice("mine", "https://m/v1"), "https://m/v1"), { mine: "https://m/v1" });
});

test("a program found at its usual place needs no address, by whatever name of this machine", () => {
  const ollama = choiceOf(known[4] ?? provider("ollama"), {});
  assert.deepEqual(serversWith({}, ollama, "http://127.0.0.1:11434/v1"), {});
  assert.deepEqual(serversWith({ ollama: "http://gpu-box:11434" }, ollama, "http://[::1]:11434/v1"), {});
  assert.deepEqual(serversWith({}, ollama, "http://127.0.0.1:11500/v1"), { ollama: "http://127.0.0.1:11500/v1" });
});

test("the model in use is the one behind the provider's name", () => {
  assert.equal(modelInUse("openrouter/openai/gpt-4.1", "openrouter"), "openai/gpt-4.1");
  assert.equal(modelInUse("openrouter/openai/gpt-4.1", "openai"), undefined);
  assert.equal(modelInUse("", "openai"), undefined);
});

test("a GGUF file in the home folder is written with ~, any other with its whole path", () => {
  assert.equal(ggufReference("/home/lin/models/m.gguf", "/home/lin"), "~/models/m.gguf");
  assert.equal(ggufReference("/home/lin/models/m.gguf", "/home/lin/"), "~/models/m.gguf");
  assert.equal(ggufReference("/home/linda/m.gguf", "/home/lin"), "/home/linda/m.gguf");
  assert.equal(ggufReference("/mnt/m.gguf", "/home/lin"), "/mnt/m.gguf");
  assert.equal(ggufReference("C:\\Users\\lin\\models\\m.gguf", "C:\\Users\\lin"), "~/models/m.gguf");
  assert.equal(ggufReference("D:\\m.gguf", "C:\\Users\\lin"), "D:\\m.gguf");
  assert.equal(ggufReference("/m.gguf", "/"), "/m.gguf");
});

test("a server that is found takes no name away from another one that the user has set", () => {
  const found = { provider: "ollama", baseUrl: "http://127.0.0.1:11434/v1", models: [] } as const;
  assert.equal(foundChoice(found, {}).id, "ollama");
  assert.equal(foundChoice(found, { ollama: "http://localhost:11434" }).id, "ollama");
  const servers = { ollama: "http://gpu-box:11434" };
  const choice = foundChoice(found, servers);
  assert.equal(choice.id, "local-11434");
  const after = serversWith(servers, choice, found.baseUrl);
  assert.deepEqual(after, { ...servers, "local-11434": found.baseUrl });
  // The next time it is known by its name.
  assert.equal(foundChoice(found, after).id, "local-11434");
  const nameless = { provider: undefined, baseUrl: "http://127.0.0.1:9000/v1", models: [] };
  assert.equal(foundChoice(nameless, {}).id, "local-9000");
  assert.equal(foundChoice(nameless, { "local-9000": "http://gpu-box:9000/v1" }).id, "local-9000-2");
});
