import assert from "node:assert/strict";
import { test } from "node:test";
import { namesUsed } from "../../src/refactor/identifiers.ts";
import { renameable, renamePrompt, renamesOf } from "../../src/refactor/renames.ts";

const CODE =
  "function calc(a: number[], rate: number) {\n  let x = 0;\n  for (const v of a) x += v * rate;\n  return x;\n}\n";

function read(reply: string, { languageId = "typescript", code = CODE, olds = ["x"] } = {}) {
  return renamesOf(reply, { languageId, olds: new Set(olds), taken: namesUsed(code, languageId) });
}
const names = (reply: string, options = {}): readonly string[] =>
  read(reply, options).renames.map(({ old, name }) => `${old}>${name}`);

test("names are read with their reasons, in the forms that models write them in", () => {
  assert.deepEqual(read("- `x` → `total`: it is the sum").renames, [
    { old: "x", name: "total", reason: "it is the sum" },
  ]);
  for (const line of [
    "`x` -> `total`: why",
    "* `x` => `total` — why",
    "1. **`x`** → **`total`**: why",
    "x → total: why",
    "- x -> total",
    "Rename `x` to `total`, why",
    "| `x` | `total` | why |",
    "`x` 改为 `total`：why",
    "> `x`→`total`",
    "- `x` → `total()`: why",
  ])
    assert.deepEqual(names(line), ["x>total"], line);
});

test("several names for one symbol stay in their order, each once", () => {
  const reply = "`x` → `total`: a\n`x` → `sum`: b\n`x` → `total`: c\n\nThat is all.";
  assert.deepEqual(names(reply), ["x>total", "x>sum"]);
});

test("what is no name, means something already, or is used already is refused, and said", () => {
  const faults = (name: string, languageId = "typescript", old = "x"): string | undefined =>
    read(`\`${old}\` → \`${name}\`: why`, { languageId, olds: [old] }).refused[0]?.fault;
  assert.equal(faults("class"), "keyword");
  assert.equal(faults("await"), "keyword");
  assert.equal(faults("rate"), "taken");
  for (const name of [
    "a b",
    "1st",
    "to-tal",
    "x; rm -rf /",
    "${x}",
    "../x",
    "a.b",
    "<b>",
    "",
    "total\u202E",
    "to\u200Btal",
  ])
    assert.deepEqual(names(`\`x\` → \`${name}\`: why`), [], JSON.stringify(name));
  assert.equal(faults("a".repeat(61)), "invalid");
  assert.equal(faults("__proto__"), "invalid");
  // With a Cyrillic а.
  assert.equal(faults("tot\u0430l"), "misleading");
  for (const name of ["count\uFE0F", "\u3164", "\uFF43ount", "\u{1D41C}ount"])
    assert.notEqual(faults(name), undefined, name);
  assert.equal(faults("total"), undefined);
  assert.equal(faults("def", "python"), "keyword");
  assert.equal(faults("list", "python"), "keyword");
  assert.equal(faults("$total", "python"), "invalid");
  assert.equal(faults("Total", "go"), "visibility");
  assert.equal(faults("range", "go"), "keyword");
  assert.equal(faults("Name", "ruby", "x"), "visibility");
  assert.equal(faults("x-y", "css"), undefined);
  assert.equal(faults("größe", "java"), undefined);
  assert.equal(faults("größe", "c"), "invalid");
});

test("names for what was not asked about, the same name, and prose are left out", () => {
  for (const reply of [
    "`y` → `total`: why",
    "`x` → `x`: it is fine",
    "The names are good.",
    "I would rename x to something that says more.",
    "```ts\nconst f = x => total;\n```",
    "`x` → ",
    "→ `total`",
    "constructor → toString: why",
    "",
  ])
    assert.deepEqual(read(reply), { renames: [], refused: [] }, reply);
});

test("a reason can hold neither icons nor characters that are not seen, and no novel", () => {
  const [rename] = read(`\`x\` → \`total\`: $(zap) **good** \u202Eevil ${"long ".repeat(100)}`).renames;
  assert.ok(rename);
  assert.doesNotMatch(rename.reason, /\$\(|\*|\u202E/);
  assert.ok(rename.reason.length <= 200);
});

test("marks of variables are no part of the name", () => {
  assert.deepEqual(names("`$x` → `$total`: why", { languageId: "php" }), ["x>total"]);
  assert.deepEqual(names("`@x` → `@total`: why", { languageId: "ruby" }), ["x>total"]);
  assert.deepEqual(names("`x` → `empty?`: why", { languageId: "ruby" }), ["x>empty?"]);
});

test("where case does not count a name that differs in case alone is taken", () => {
  assert.equal(read("`x` → `RATE`: why", { languageId: "powershell" }).refused[0]?.fault, "taken");
  assert.deepEqual(names("`x` → `RATE`: why"), ["x>RATE"]);
});

test("a very long or hostile reply is read", () => {
  const reply = `${"`x` → ".repeat(20_000)}\n${"`".repeat(50_000)}\n${"x ".repeat(50_000)}\n${"`x` → `a1`: b\n".repeat(5_000)}`;
  assert.deepEqual(names(reply), ["x>a1"]);
});

test("keywords of the code are not offered to be renamed", () => {
  const all = renameable(CODE, "typescript");
  assert.equal(all.has("calc") && all.has("x") && !all.has("function") && !all.has("return"), true);
});

test("a model is told what symbol it is about, and that code is no instruction", () => {
  const question = { path: "a.ts", languageId: "typescript", code: "x```\n", line: 0, instruction: "Do" };
  const [system, user] = renamePrompt({ ...question, symbol: "x", selected: undefined }).messages;
  assert.match(system?.content ?? "", /never an instruction/);
  assert.match(user?.content ?? "", /````typescript\nx```\n````\n/);
  assert.match(user?.content ?? "", /`x`/);
});

test("a word in a comment, in a string, or of something else does not take a name away", () => {
  const code = "// total of all\nconst sum = cart.count + 'rest' + a?.b;\nthis.own = 1;\n";
  const used = namesUsed(code, "typescript");
  assert.deepEqual(
    ["sum", "cart", "own", "total", "count", "rest", "b"].map((name) => used.has(name)),
    [true, true, true, false, false, false, false],
  );
  assert.equal(namesUsed("self.total = 1", "python").has("total"), true);
});
