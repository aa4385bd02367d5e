import assert from "node:assert/strict";
import { test } from "node:test";
import { jaccard, similarWindows } from "../../bench/context/baseline.ts";
import { codeOnly } from "../../bench/context/codeOnly.ts";
import { isCovered, withoutSpace } from "../../bench/context/covered.ts";
import { definersIn } from "../../bench/context/definers.ts";
import { openFiles } from "../../bench/context/openFiles.ts";
import { development, evaluated } from "../../bench/context/packages.ts";
import { choosePositions, hasWord } from "../../bench/context/positions.ts";
import type { SourceFile } from "../../bench/context/sources.ts";
import { Tally } from "../../bench/context/tally.ts";

const cart = {
  path: "cart.ts",
  text: "export interface Cart {\n  voucherCode: string;\n}\nexport function openCart(owner: string) {\n  const localName = owner;\n  callSomething(localName);\n}\n",
};
const order = {
  path: "order.py",
  text: 'LIMIT = 3\nclass Order(Base):\n    """\n    fake: int\n    """\n    total: int = 0\n    def ship(self):\n        self.state = 1\n        localName = 2\n',
};
const use = {
  path: "use.ts",
  text: "import { openCart } from './cart';\n\nconst cart = openCart('me');\nprint(cart.voucherCode, cart);\n// voucherNumber\n",
};

const namesFound = (...files: readonly SourceFile[]): readonly string[] =>
  choosePositions(files, 50, 1).flatMap(({ line }) => line.needed.map(({ name }) => name));

/** A file of TypeScript that has something to be found, and what else is in it. */
const withUse = (text: string): SourceFile => ({ path: "use.ts", text });

test("what stands at the top level or in a class or a type is defined; parameters, locals, calls and docstrings are not", () => {
  const names = (...files: readonly SourceFile[]) => new Set(definersIn(files).keys());
  assert.deepEqual(names(cart), new Set(["Cart", "voucherCode", "openCart"]));
  assert.deepEqual(names(order), new Set(["LIMIT", "Order", "total", "ship", "state"]));
});

test("a place is one where a name is needed that stands nowhere else in the file and that another file defines", () => {
  const [only, ...others] = choosePositions([cart, order, use], 50, 1);
  assert.ok(only);
  const { line, lines } = only;
  assert.deepEqual([line.path, line.needed.map(({ name }) => name), others.length], ["use.ts", ["voucherCode"], 0]);
  assert.deepEqual(Array.from(line.needed[0]?.definers ?? []), ["cart.ts"]);
  assert.ok(line.before.endsWith("print(cart.") && line.after.startsWith("\n// voucherNumber"));
  assert.equal(line.heldOut, "voucherCode, cart);");
  assert.equal(lines.before + lines.heldOut + lines.after, use.text);
  assert.ok(!hasWord(line.before + line.after, "voucherCode"), "what is held out is nowhere");
});

test("of the next lines all names count that stand only there", () => {
  const types = {
    path: "types.ts",
    text: "interface Price {\n  grossTotal: number;\n  netTotal: number;\n  shown: string;\n}\n",
  };
  const rows =
    "show(price.grossTotal);\nshow(price.netTotal + price.netTotal);\nlog(price.shown);\n\n\n\n\nlog(shown);\n";
  const found = choosePositions([types, withUse(rows)], 50, 3);
  const first = found.find(({ line }) => line.needed[0]?.name === "grossTotal");
  assert.deepEqual(
    first?.lines.needed.map(({ name }) => name),
    ["grossTotal", "netTotal"],
  );
  assert.deepEqual(
    new Set(found.map(({ line }) => line.needed[0]?.name)),
    new Set(["grossTotal", "netTotal"]),
    "not what stands there again further down",
  );
});

test("no place where the name is defined in the file itself, or stands there once more, in a comment too", () => {
  const again = { ...use, text: `${use.text}// cart.voucherCode\n` };
  const own = { ...use, text: `${use.text}interface Own {\n  voucherCode: string;\n}\n` };
  for (const file of [again, own]) assert.deepEqual(namesFound(cart, file), []);
});

test("what a language has by itself is needed of no other file", () => {
  const own = {
    path: "list.ts",
    text: "export class List {\n  filter(): void {}\n  toString(): string {}\n  own(): void {}\n}\n",
  };
  assert.deepEqual(namesFound(own, withUse("x.filter();\ny.toString();\n")), []);
  assert.deepEqual(namesFound(own, withUse("x.own();\n")), ["own"]);
});

test("a name is not needed in a comment, a string, an import or an export", () => {
  const texts = [
    "// x.voucherCode\n",
    "const x = 'voucherCode';\n",
    "const x = `\n  the voucherCode of\n`;\n",
    "/*\n * voucherCode is it\n */\n",
    "import { voucherCode } from './cart';\n",
    "import {\n  voucherCode as code,\n} from './cart';\n",
    "export { voucherCode as code };\n",
  ];
  for (const text of texts) assert.deepEqual(namesFound(cart, withUse(text)), [], text);
});

test("what is declared where it stands is no name that is needed", () => {
  const texts = [
    "  const voucherCode = 1;\n",
    "run((voucherCode: string) => 1);\n",
    "function run(\n  first: string,\n  voucherCode?: string,\n) {}\n",
    "constructor(private readonly voucherCode: string) {}\n",
    "type All = { [voucherCode: string]: 1 };\n",
  ];
  for (const text of texts) assert.deepEqual(namesFound(cart, withUse(text)), [], text);
  const python = (text: string) => ({ path: "use.py", text });
  assert.deepEqual(namesFound(order, python("def run(x, total=1): pass\n")), []);
  assert.deepEqual(namesFound(order, python("run(x, total=1)\n")), ["total"]);
  assert.deepEqual(namesFound(cart, withUse("run({ voucherCode: 1 });\n")), ["voucherCode"], "a key is needed");
});

test("code alone has its offsets, without comments, strings and the quotes of regular expressions", () => {
  const blank = (path: string, text: string): string => {
    const code = codeOnly(path, text);
    assert.equal(code.length, text.length);
    return code.replace(/ +/g, " ");
  };
  assert.equal(blank("a.ts", "a = /['\"]/g; b = 'c' // d\ne"), "a = g; b = \ne");
  assert.equal(blank("a.ts", "a = b / c; `x\ny` + d"), "a = b / c; \n + d");
  assert.equal(blank("a.py", 'a = """x\ny""" + b # c\nd'), "a = \n + b \nd");
});

test("a name counts in a line of code of a file that defines it, not in a list, a comment or another file", () => {
  const needed = { name: "voucherCode", definers: new Set(["cart.ts"]) };
  const bare = withoutSpace(`${cart.text}export {\n  openCart,\n  voucherCode,\n};\n`);
  const covered = (path: string, text: string) => isCovered(needed, [{ path, text }], () => bare);
  assert.equal(covered("cart.ts", "export interface Cart\n  voucherCode: string"), true);
  assert.equal(covered("cart.ts", "voucherCode"), false);
  assert.equal(covered("cart.ts", "openCart, voucherCode,"), false);
  assert.equal(covered("cart.ts", "Cart, voucherCode, openCart"), false);
  assert.equal(covered("cart.ts", "a note on voucherCode: string"), false);
  assert.equal(covered("other.ts", "  voucherCode: string;"), false);
  assert.equal(covered("cart.ts", "  voucherCodes: string;"), false);
});

test("with imported files open there are five of them, and ten files in all", () => {
  const names = Array.from({ length: 20 }, (_, index) => `file${index}`);
  const files = names.map((name) => ({ path: `src/${name}.ts`, text: "" }));
  const before = names
    .slice(8, 15)
    .map((name) => `import { x } from "./${name}.ts";\n`)
    .join("");
  const cut = { path: "src/file0.ts", before, after: "", heldOut: "", needed: [] };
  const open = openFiles(cut, files, "imported", Math.random).map(({ path }) => path);
  assert.equal(new Set(open).size, 10);
  assert.deepEqual(
    open.slice(0, 5),
    names.slice(8, 13).map((name) => `src/${name}.ts`),
  );
  assert.ok(!openFiles(cut, files, "random", Math.random).some(({ path }) => path === cut.path));
  assert.deepEqual(openFiles(cut, files, "none", Math.random), []);
});

test("what was looked at in development is not evaluated", () => {
  const known = new Set(development.map(({ name }) => name));
  assert.deepEqual(
    evaluated.filter(({ name }) => known.has(name)),
    [],
  );
  assert.ok(evaluated.length >= 8 && evaluated.every(({ version }) => /^\d+\.\d+(?:\.\d+)?$/.test(version)));
});

test("a share of nothing is no figure", () => {
  const tally = new Tally();
  tally.add("a", 1, 2);
  tally.add("a", 0, 2);
  tally.add("b", 0, 0);
  assert.equal(tally.figures().figures["a"], 0.25);
  assert.ok(!("b" in tally.figures().figures));
});

test("the baseline takes the windows that share the most names, as many as there is room for, the best last", () => {
  assert.equal(jaccard(new Set(["a", "b"]), new Set(["b", "c"])), 1 / 3);
  const files = [
    { path: "far.ts", text: "alpha beta" },
    { path: "near.ts", text: "openCart voucherCode owner" },
    { path: "nothing.ts", text: "" },
  ];
  const before = "openCart(owner) alpha";
  assert.deepEqual(
    similarWindows(before, files, 1_000).map(({ path }) => path),
    ["far.ts", "near.ts"],
  );
  assert.deepEqual(
    similarWindows(before, files, 40).map(({ path }) => path),
    ["near.ts"],
  );
});
