import assert from "node:assert/strict";
import { test } from "node:test";
import { checkStringNames, parseFromCheckPage, parseToCheckPage } from "../../src/extension/checkProtocol.ts";

test("the page of the check can only name a way out by its numbers, and nothing else gets through", () => {
  const way = { type: "way", id: 1, model: 0, row: 2, way: 0 };
  assert.deepEqual(parseFromCheckPage({ ...way, command: "evil", text: "rm" }), way);
  for (const type of ["ready", "start", "stop", "copy"])
    assert.deepEqual(parseFromCheckPage({ type, id: 9 }), { type });
  const wrong = [
    null,
    "start",
    [],
    {},
    { type: "run" },
    { ...way, row: -1 },
    { ...way, way: "0" },
    { ...way, id: 1.5 },
  ];
  for (const message of wrong) assert.equal(parseFromCheckPage(message), undefined);
});

test("the page shows only what is whole", () => {
  const row = { state: "good", stateWords: "Good", title: "Key", words: "", ways: [{ label: "a", detail: "" }] };
  const content = { id: 1, state: "done", note: "", summary: "", models: [{ title: "m", rows: [row] }] };
  const message = { type: "content", content };
  assert.equal(parseToCheckPage(message), message);
  const broken = [
    { ...content, state: "odd" },
    { ...content, models: [{ title: "m" }] },
    { ...content, models: [{ title: "m", rows: [{ ...row, state: "fine" }] }] },
    { ...content, models: [{ title: "m", rows: [{ ...row, ways: [{ label: 1, detail: "" }] }] }] },
  ];
  for (const each of broken) assert.equal(parseToCheckPage({ type: "content", content: each }), undefined);
  const strings = Object.fromEntries(checkStringNames.map((name) => [name, name]));
  assert.ok(parseToCheckPage({ type: "strings", strings }));
  assert.equal(parseToCheckPage({ type: "strings", strings: { ...strings, start: 1 } }), undefined);
});
