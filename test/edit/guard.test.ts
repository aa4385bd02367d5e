import assert from "node:assert/strict";
import { test } from "node:test";
import { outlineReader } from "../../src/context/syntax/fileOutlines.ts";
import { editOf } from "../../src/edit/editOf.ts";
import { type Change, judge } from "../../src/edit/guard.ts";
import { readWasm } from "../support/grammars.ts";

const readOutline = await outlineReader(readWasm, ["typescript", "python"], () => performance.now());
const file = `export function a(): number {\n  const one = 1;\n  return one + 1;\n}\n\nfunction b(): void {\n  a();\n}\n`;

function reasonOf(change: Partial<Change> & { readonly after: string }): string {
  const verdict = judge({ before: file, languageId: "typescript", format: "whole-file", ...change }, readOutline);
  return verdict.kind === "refused" ? verdict.refusal.reason : "accepted";
}

test("a change that parses and loses nothing is accepted, with its counts", () => {
  const verdict = judge(
    { before: file, after: `${file}\nfunction c(): void {}\n`, languageId: "typescript", format: "symbols" },
    readOutline,
  );
  const nothing = { removed: [], renamed: [], shrunk: [], hidden: [], lines: { removed: 0, added: 2 } };
  assert.deepEqual(verdict, { kind: "accepted", errors: { before: 0, after: 0 }, added: ["c"], ...nothing });
});

test("what could be parsed still can be", () => {
  assert.equal(reasonOf({ after: file.replace("a();", "a(;") }), "does-not-parse");
  assert.equal(reasonOf({ before: file.replace("a();", "a(;"), after: file.replace("a();", "b(;") }), "accepted");
});

test("a function that is gone is refused, unless a diff or the user says so", () => {
  const after = file.slice(0, file.indexOf("function b"));
  assert.equal(reasonOf({ after }), "symbols-lost");
  assert.equal(reasonOf({ after, format: "diff" }), "accepted");
  assert.equal(reasonOf({ after, mayLose: true }), "accepted");
});

test("a function under another name is told as renamed", () => {
  const verdict = judge(
    {
      before: file,
      after: file.replace("function a", "function first"),
      languageId: "typescript",
      format: "whole-file",
    },
    readOutline,
  );
  assert.deepEqual(verdict.kind === "accepted" ? verdict.renamed : verdict, [{ from: "a", to: "first" }]);
});

/** As it is told of a change that renames all that is called `from`. */
function renamesOf(before: string, from: string, to: string, languageId = "typescript"): unknown {
  const after = before.replaceAll(new RegExp(`(?<![\\w$])${from}(?!\\w)`, "g"), to);
  const verdict = judge({ before, after, languageId, format: "symbols" }, readOutline);
  return verdict.kind === "accepted" ? verdict.renamed.map(({ from, to }) => `${from} → ${to}`) : verdict.refusal;
}

test("a class under another name is told once, and not with each of its members", () => {
  const cart = "class Cart {\n  #all: string[] = [];\n  count(): number {\n    return this.#all.length;\n  }\n}\n";
  assert.deepEqual(renamesOf(cart, "Cart", "Basket"), ["Cart → Basket"]);
  const both = cart.replace("count()", "countThem()").replaceAll("Cart", "Basket");
  const verdict = judge({ before: cart, after: both, languageId: "typescript", format: "symbols" }, readOutline);
  assert.deepEqual(verdict.kind === "accepted" && verdict.renamed.map(({ to }) => to), ["Basket", "Basket.countThem"]);
});

test("what has one line is renamed where all else of it is alike", () => {
  assert.deepEqual(renamesOf(`export const limit = 10;\n${file}`, "limit", "most"), ["limit → most"]);
  assert.deepEqual(renamesOf("const add = (a: number) => a + 1;\nadd(2);\n", "add", "next"), ["add → next"]);
  assert.deepEqual(renamesOf("type Id = string;\nlet a: Id;\n", "Id", "Key"), ["Id → Key"]);
  assert.deepEqual(renamesOf("class A {\n  #one?: string;\n}\n", "#one", "#two"), ["A.#one → A.#two"]);
  assert.deepEqual(renamesOf("LIMIT = 10\nprint(LIMIT)\n", "LIMIT", "MOST", "python"), ["LIMIT → MOST"]);
});

test("what has one line is lost where it is still used, has another value, or may be one of several", () => {
  const before = "const one = 1;\nlog(one);\n";
  assert.equal(reasonOf({ before, after: "const two = 1;\nlog(one);\n" }), "symbols-lost");
  assert.equal(reasonOf({ before, after: "const two = 2;\nlog(two);\n" }), "symbols-lost");
  assert.equal(reasonOf({ before, after: "const two = 1;\nconst three = 1;\nlog(two, three);\n" }), "symbols-lost");
});

test("a function that stands twice is refused", () => {
  assert.equal(reasonOf({ after: `${file}\nfunction b(): void {\n  a();\n}\n` }), "symbols-doubled");
});

test("placeholders, fences and marks of conflicts are refused where the file had none", () => {
  for (const line of [
    "// ... existing code ...",
    "```",
    "<<<<<<< HEAD",
    "=======",
    "// 其余代码不变",
    "/* rest unchanged */",
  ]) {
    const after = file.replace("  a();", `  a();\n${line}`);
    assert.equal(reasonOf({ after }), "marks-left", line);
    assert.notEqual(reasonOf({ before: after, after: after.replace("one + 1", "one") }), "marks-left", line);
  }
});

test("comments that say something are no placeholders", () => {
  for (const line of [
    "// the rest is silence",
    "// same as above, but faster",
    "// keep this in order",
    "// TODO: more tests ...",
  ]) {
    assert.equal(reasonOf({ after: file.replace("  a();", `  ${line}\n  a();`) }), "accepted", line);
  }
});

test("far less, or far more, than was there is refused", () => {
  const long = Array.from({ length: 100 }, (_, row) => `log(${row});\n`).join("");
  assert.equal(reasonOf({ before: long, after: "log(1);\n" }), "size");
  assert.equal(reasonOf({ before: long, after: "log(1);\n", format: "diff" }), "accepted");
  assert.equal(reasonOf({ after: file + "log(1);\n".repeat(20_000) }), "size");
});

test("Python whose blocks are uneven does not parse", () => {
  const before = "def a():\n    if b:\n        c()\n    return 1\n";
  const python = { languageId: "python", before, format: "fragment" } as const;
  assert.equal(reasonOf({ ...python, after: "def a():\n    if b:\n        c()\n  return 1\n" }), "does-not-parse");
  assert.equal(reasonOf({ ...python, after: "def a():\n    if b:\n        c()\n    return 2\n" }), "accepted");
});

const load = `export async function load(path: string): Promise<Cart> {
  const text = await readFile(path, "utf8");
  const data: unknown = JSON.parse(text);
  if (!isCart(data)) {
    log.warn("no cart", path);
    throw new Error(path);
  }
  const cart = new Cart(data.items);
  cart.sort();
  return cart;
}

class Shop {
  add(item: Item): void {
    this.items.push(item);
    this.changed.fire();
  }
}
`;
const header = "export async function load(path: string): Promise<Cart> {";
const bodyFrom = load.indexOf(header) + header.length;
const withBody = (body: string): string => load.slice(0, bodyFrom) + body + load.slice(load.indexOf("\n}\n"));

test("a function that stays and loses its body is refused, with how many lines would go", () => {
  const verdict = judge(
    { before: load, after: withBody(""), languageId: "typescript", format: "symbols" },
    readOutline,
  );
  const bodies = [{ name: "load", lost: 8, of: 8, isReplaced: false }];
  assert.deepEqual(verdict, { kind: "refused", refusal: { reason: "bodies-lost", bodies } });
});

test("a body that becomes a comment, a stub, or its first lines is as lost", () => {
  for (const body of [
    "\n  // The cart is loaded here, from the file that is named.",
    "\n  return null;",
    "\n  throw new Error('Not implemented yet');",
    "\n  const text = await readFile(path, 'utf8');\n  return text;",
  ])
    assert.equal(reasonOf({ before: load, after: withBody(body), format: "whole-file" }), "bodies-lost", body);
  const method = load.replace(/\n    this\.items[\s\S]*?fire\(\);/, "");
  assert.equal(reasonOf({ before: load, after: method }), "bodies-lost");
});

test("an emptied function of Python, or one that is handed to a runner of tests, is refused as well", () => {
  const python = 'def a(b):\n    """Says."""\n    c = b.read()\n    d = parse(c)\n    check(d)\n    return d\n';
  const after = 'def a(b):\n    """Says."""\n    pass\n';
  assert.equal(reasonOf({ before: python, after, languageId: "python", format: "symbols" }), "bodies-lost");
  const tests = "test('adds', () => {\n  const cart = new Cart();\n  cart.add(one);\n  equal(cart.size, 1);\n});\n";
  assert.equal(reasonOf({ before: tests, after: "test('adds', () => {\n});\n" }), "bodies-lost");
});

test("a body that is written anew, moved, or loses a line is not refused", () => {
  const moved = `${withBody("\n  return cartOf(await readFile(path, 'utf8'), path);")}
function cartOf(text: string, path: string): Cart {
  const data: unknown = JSON.parse(text);
  if (!isCart(data)) {
    log.warn("no cart", path);
    throw new Error(path);
  }
  const cart = new Cart(data.items);
  cart.sort();
  return cart;
}
`;
  for (const after of [
    moved,
    withBody("\n  return Cart.parse(cartSchema.validate(await readJson(path)));"),
    load.replace('    log.warn("no cart", path);\n', ""),
    load.replace("    this.changed.fire();\n", ""),
  ])
    assert.equal(reasonOf({ before: load, after }), "accepted", after);
});

test("what a diff takes away, or the user has agreed to lose, is told and not refused", () => {
  const shrunk = [{ name: "load", lost: 8, of: 8, isReplaced: false }];
  for (const how of [{ format: "diff" }, { format: "symbols", mayLose: true }] as const) {
    const verdict = judge({ before: load, after: withBody(""), languageId: "typescript", ...how }, readOutline);
    assert.deepEqual(verdict.kind === "accepted" && [verdict.shrunk, verdict.lines], [
      shrunk,
      { removed: 9, added: 0 },
    ]);
  }
});

test("what is said of code is not written into a file without a grammar", () => {
  const reasonOfBlock = (languageId: string, text: string, block: string): string => {
    const outcome = editOf({ text, languageId }, { language: languageId, text: block }, readOutline);
    return outcome.kind === "refused" ? outcome.refusal.reason : "accepted";
  };
  const yaml = "name: a\non: push\njobs:\n  test: {}\n";
  assert.equal(
    reasonOfBlock("yaml", yaml, `${yaml.replace("push", "release")}\nExplanation:\n- It was changed.\n`),
    "marks-left",
  );
  assert.equal(reasonOfBlock("yaml", yaml, `Here is the file:\n${yaml.replace("push", "release")}`), "marks-left");
  assert.equal(reasonOfBlock("yaml", yaml, yaml.replace("push", "release")), "accepted");
  assert.equal(reasonOfBlock("yaml", yaml, yaml.replace("jobs", "explanation: why\njobs")), "accepted");
});

test("characters that nobody sees are told where a change brings them, and not where the file has them", () => {
  const hiddenOf = (before: string, after: string): unknown => {
    const verdict = judge({ before, after, languageId: "typescript", format: "whole-file" }, readOutline);
    return verdict.kind === "accepted" ? verdict.hidden : verdict.refusal;
  };
  const turned = 'const role = "\u202Enimda";\n';
  assert.deepEqual(hiddenOf('const role = "user";\n', turned), ["U+202E"]);
  assert.deepEqual(hiddenOf(turned, turned.replace("role", "theRole")), []);
  assert.deepEqual(hiddenOf(turned, turned.replace("nimda", "nimda\u200B\u200B")), ["U+200B"]);
  assert.deepEqual(hiddenOf(turned, `${turned}const other = "\u2066a\u00AD";\n`), ["U+2066", "U+00AD"]);
  assert.deepEqual(hiddenOf("\uFEFFlet a = 1;\n", "\uFEFFconst a = 1;\n"), []);
  assert.deepEqual(hiddenOf("let a = 1;\n", 'let a = "👨‍👩‍👧 ❤️ 👍🏽‍ می‌خواهم क्‍ष";\n'), []);
});
