import assert from "node:assert/strict";
import { test } from "node:test";
import { runsHere } from "../../src/model/runsHere.ts";

test("a server on this machine is known by its address", () => {
  for (const host of ["localhost:8080", "127.0.0.1:8080", "127.1.2.3", "[::1]:11434"])
    assert.ok(runsHere(`http://${host}/v1`, "m"), host);
});

test("an address that only looks like it is not on this machine", () => {
  for (const host of ["127.0.0.1.nip.io", "127.example.com", "localhost.example.com", "10.0.0.1", "api.openai.com"])
    assert.ok(!runsHere(`http://${host}/v1`, "m"), host);
  assert.ok(!runsHere("localhost:8080", "m"));
});

test("a model that Ollama only passes on does not run here", () => {
  for (const name of ["gpt-oss:120b-cloud", "glm-4.6:cloud", "qwen3-coder:480b-Cloud"])
    assert.ok(!runsHere("http://localhost:11434/v1", name), name);
  assert.ok(runsHere("http://localhost:11434/v1", "qwen2.5-coder:1.5b-cloudy"));
});
