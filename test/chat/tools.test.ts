import assert from "node:assert/strict";
import { test } from "node:test";
import {
  argumentsIn,
  MOST_RESULT_CHARS,
  MOST_TOOLS,
  ownCall,
  ownTools,
  resultText,
  toolsWithin,
  visible,
} from "../../src/chat/tools.ts";

const call = (name: string, given: unknown) => ownCall(name, JSON.stringify(given));

test("what a model asks for is understood, also where it writes numbers as texts and paths with a dot", () => {
  assert.deepEqual(call("read_file", { path: "./src/a.ts", from: "3", to: 9 }), {
    name: "read_file",
    path: "src/a.ts",
    from: 3,
    to: 9,
  });
  assert.deepEqual(call("read_file", { path: "a.ts", from: 0, to: "all" }), { name: "read_file", path: "a.ts" });
  for (const path of ["", ".", "./"])
    assert.deepEqual(call("list_folder", { path }), { name: "list_folder", path: "" });
  assert.deepEqual(call("list_folder", { path: "src/" }), { name: "list_folder", path: "src" });
  assert.deepEqual(ownCall("show_changes", ""), { name: "show_changes" });
  assert.deepEqual(ownCall("list_problems", " "), { name: "list_problems", path: "" });
});

test("a path that leads elsewhere stays one that is refused", () => {
  for (const path of ["/", "/etc/passwd", "../a", "a/../../b", "//a"]) {
    const asked = call("read_file", { path });
    assert.ok(typeof asked === "object" && asked.name === "read_file" && asked.path === path, path);
  }
});

test("arguments that can't be read are told to the model, and a tool that is not ours is nobody's", () => {
  for (const given of ["{", "[]", "null", "7", '"a"']) {
    assert.equal(ownCall("read_file", given), "The arguments are no JSON object.");
    assert.equal(argumentsIn(given), undefined);
  }
  assert.equal(call("read_file", { path: 7 }), "The argument path is missing.");
  assert.equal(call("search_text", { text: "a\nb" }), "The text has to be of one line.");
  for (const [name, wanted] of [
    ["search_code", "query"],
    ["search_text", "text"],
    ["find_symbol", "symbol"],
  ] as const)
    assert.equal(call(name, {}), `The argument ${wanted} is missing.`);
  assert.equal(call("rm", {}), undefined);
  assert.equal(call("toString", {}), undefined);
});

test("every tool of ours says what it takes, and what it needs is among that", () => {
  for (const { name, description, parameters } of ownTools) {
    const { type, properties, required } = parameters;
    assert.equal(type, "object", name);
    assert.ok(description.length > 20, name);
    for (const each of required as string[]) assert.ok(each in (properties as object), `${name}: ${each}`);
  }
});

test("tools that a model has no room for are left out, and the others keep their order", () => {
  const tool = (name: string, length: number) => ({ name, description: "x".repeat(length), parameters: {} });
  const all = [tool("a", 10), tool("long", 5_000), tool("b", 10)];
  const names = (contextTokens: number) =>
    toolsWithin(all, contextTokens, ({ length }) => length / 4).map(({ name }) => name);
  assert.deepEqual(names(1_000), ["a", "b"]);
  assert.deepEqual(names(100_000), ["a", "long", "b"]);
  assert.deepEqual(names(10), []);
  // No server takes more, however small they are.
  const many = Array.from({ length: 200 }, (_, index) => tool(String(index), 1));
  assert.deepEqual(
    toolsWithin(many, 1e9, ({ length }) => length / 4),
    many.slice(0, MOST_TOOLS),
  );
  const ours = toolsWithin(ownTools, 8_192, ({ length }) => length / 3.3);
  assert.equal(ours.length, ownTools.length);
});

test("nothing in a call can make it look like another one to its user", () => {
  assert.equal(visible("rm \u202Egnp.a\u202C\u0000\u200B"), "rm \\u202egnp.a\\u202c\\u0000\\u200b");
  assert.equal(visible("a\n\tb 🙂 字"), "a\n\tb 🙂 字");
});

test("a result is bounded, whole characters, and never empty", () => {
  assert.equal(resultText("\n"), "The tool returned no text.");
  const long = resultText("🙂".repeat(MOST_RESULT_CHARS));
  assert.ok(long.length <= MOST_RESULT_CHARS + 5 && long.isWellFormed());
  assert.equal(resultText("a"), "a");
});
