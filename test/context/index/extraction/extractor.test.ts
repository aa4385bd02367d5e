import assert from "node:assert/strict";
import { test } from "node:test";
import { array, assert as check, asyncProperty, constantFrom, string } from "fast-check";
import { FactExtractor } from "../../../../src/context/index/extraction/extractor.ts";
import { languageIdOfPath } from "../../../../src/context/index/extraction/languageOfPath.ts";
import { type FileFacts, MOST_SIGNATURE_CHARS } from "../../../../src/context/index/facts.ts";
import { readWasm } from "../../../support/grammars.ts";

const extractor = new FactExtractor(readWasm, () => performance.now());

/** A line for each definition: how deep, the kind, the signature; exported ones with a star. */
function outline({ definitions }: FileFacts): readonly string[] {
  const depth = (index: number): number => (index === -1 ? 0 : 1 + depth(definitions[index]?.parent ?? -1));
  return definitions.map(
    ({ kind, signature, parent, exported }) =>
      `${"  ".repeat(depth(parent))}${kind}${exported ? "*" : ""} ${signature}`,
  );
}

async function outlineOf(languageId: string, text: string): Promise<readonly string[]> {
  return outline(await extractor.extract(text, languageId));
}

test("TypeScript: functions, classes, types, and their members", async () => {
  const text = `
export interface Cart { readonly items: readonly Item[]; meta: { owner: string }; total(tax?: number): number }
export type Price = { amount: number } & Tagged;
type Id = string | number;
export enum Kind { Book = "book", Toy }
export abstract class Shop<T> extends Base {
  #secret = 1;
  private hidden: string;
  open = async (at: Date) => { return at; };
  constructor(private readonly store: Store, name: string) { super(); }
  sell(item: Item, // the item
       to: Person): Receipt { return x; }
  abstract close(): void;
}
export const codes = { notFound: 404, nested: { deep: 1 }, go() { return 1; } } as const;
export const parse = <T>(text: string): T => JSON.parse(text);
function helper() { return { left: 1, right }; }
declare module "x" { export function inner(a: number): void; }
`;
  assert.deepEqual(await outlineOf("typescript", text), [
    "interface* export interface Cart",
    "  property* readonly items: readonly Item[]",
    "  property* meta",
    "    property* owner: string",
    "  method* total(tax?: number): number",
    "type* export type Price",
    "  property* amount: number",
    "type type Id = string | number",
    "enum* export enum Kind",
    '  enum-member* Book = "book"',
    "  enum-member* Toy",
    "class* export abstract class Shop<T> extends Base",
    "  property #secret = 1",
    "  property private hidden: string",
    "  method* open = async (at: Date)",
    "  method* constructor(private readonly store: Store, name: string)",
    "  property* private readonly store: Store",
    "  method* sell(item: Item, to: Person): Receipt",
    "  method* abstract close(): void",
    "variable* export const codes",
    "  property* notFound: 404",
    "  property* nested",
    "    property* deep: 1",
    "  method* go()",
    "function* export const parse = <T>(text: string): T",
    "function function helper()",
    "  property* left: 1",
    "  property* right",
    'module* declare module "x"',
    "  function* export function inner(a: number): void",
  ]);
});

test("Python: functions, classes, attributes, constants", async () => {
  const text = `
LIMIT = 10
__all__ = ["_open"]
def _open(path: str, *, mode="r") -> File:  # opens
    local = 1
@dataclass
class User(Base):
    name: str
    age: int = 0
    def __init__(self, name):
        self.name = name
        if name:
            self._seen: bool = True
    @property
    def label(self) -> str:
        return self.name
if TYPE_CHECKING:
    from a.b import C as D
try:
    import fast
except ImportError:
    fast = None
`;
  assert.deepEqual(await outlineOf("python", text), [
    "variable* LIMIT = 10",
    'function* def _open(path: str, *, mode="r") -> File',
    "class* class User(Base)",
    "  property* name: str",
    "  property* age: int = 0",
    "  method* def __init__(self, name)",
    "  property* self.name = name",
    "  property self._seen: bool = True",
    "  method* def label(self) -> str",
    "variable* fast = None",
  ]);
  assert.deepEqual((await extractor.extract(text, "python")).imports, [
    { specifier: "a.b", names: ["C"], reexports: false },
    { specifier: "fast", names: ["*"], reexports: false },
  ]);
});

const others: readonly (readonly [languageId: string, text: string, expected: readonly string[]])[] = [
  [
    "go",
    "package x\ntype Cart struct {\n\tItems []Item\n}\ntype Doer interface {\n\tDo(x int) error\n}\nfunc (c *Cart) sum(a int) int { return 1 }\nconst Limit = 1\n",
    [
      "type* Cart struct",
      "  property* Items []Item",
      "type* Doer interface",
      "  method* Do(x int) error",
      "method func (c *Cart) sum(a int) int",
      "variable* Limit = 1",
    ],
  ],
  [
    "rust",
    "pub struct Cart { pub items: Vec<Item>, total: u32 }\npub enum Kind { A, B(u32) }\nimpl Cart { pub fn total(&self) -> u32 { 1 } }\n",
    [
      "class* pub struct Cart",
      "  property* pub items: Vec<Item>",
      "  property total: u32",
      "enum* pub enum Kind",
      "  enum-member* A",
      "  enum-member* B(u32)",
      "class impl Cart",
      "  method* pub fn total(&self) -> u32",
    ],
  ],
  [
    "java",
    "public class T { private int x = 1; List<String> names; public int sum(int a) { return 1; } enum E { A } }",
    [
      "class* public class T",
      "  property private int x = 1",
      "  property* List<String> names",
      "  method* public int sum(int a)",
      "  enum* enum E",
      "    enum-member* A",
    ],
  ],
  [
    "cpp",
    "namespace n { class A : public B { public: int size() const { return 1; } std::vector<int> items; }; }\n#define MAX 3\nint *find(const char* s) { return 0; }\n",
    [
      "module* namespace n",
      "  class* class A : public B",
      "    method* int size() const",
      "    property* std::vector<int> items",
      "variable* #define MAX 3",
      "function* int *find(const char* s)",
    ],
  ],
  [
    "csharp",
    "namespace N { public class A { public int Size { get; set; } private string name; public void Run(int x) { } } }",
    [
      "module* namespace N",
      "  class* public class A",
      "    property* public int Size",
      "    property private string name",
      "    method* public void Run(int x)",
    ],
  ],
  [
    "php",
    "<?php\nclass A { public int $x = 1; const LIMIT = 2; public function run(int $a): int { return 1; } }\n",
    [
      "class* class A",
      "  property* public int $x = 1",
      "  variable* const LIMIT = 2",
      "  method* public function run(int $a): int",
    ],
  ],
  [
    "ruby",
    "module M\n  class A < B\n    LIMIT = 3\n    def run(x)\n      1\n    end\n  end\nend\n",
    ["module* module M", "  class* class A < B", "    variable* LIMIT = 3", "    method* def run(x)"],
  ],
];

for (const [languageId, text, expected] of others) {
  test(`${languageId}: what is declared, with its members`, async () => {
    assert.deepEqual(await outlineOf(languageId, text), expected);
  });
}

test("imports are told with the names that the other module gives them", async () => {
  const text = `
import fallback, { a, b as c } from "./one";
import * as all from './two';
import "./three";
import type { T } from "./four";
export { d as e } from "./five";
export * from "./six";
const { f, g: h } = require("./seven");
const later = await import("./eight");
`;
  assert.deepEqual((await extractor.extract(text, "typescript")).imports, [
    { specifier: "./one", names: ["default", "a", "b"], reexports: false },
    { specifier: "./two", names: ["*"], reexports: false },
    { specifier: "./three", names: [], reexports: false },
    { specifier: "./four", names: ["T"], reexports: false },
    { specifier: "./five", names: ["d"], reexports: true },
    { specifier: "./six", names: ["*"], reexports: true },
    { specifier: "./seven", names: ["f", "g"], reexports: false },
    { specifier: "./eight", names: ["*"], reexports: false },
  ]);
});

test("what is exported apart from its definition counts as exported", async () => {
  assert.deepEqual(await outlineOf("typescript", "function a() {}\nconst b = 1;\nexport { a };\nexport default b;\n"), [
    "function* function a()",
    "variable* const b = 1",
  ]);
  assert.deepEqual(await outlineOf("javascript", "function a() {}\nmodule.exports = { a };\nexports.b = (x) => 1;\n"), [
    "function* function a()",
    "function* exports.b = (x)",
  ]);
});

test("names are those of the code, not of its comments and strings", async () => {
  const text = "// not\nconst a1 = other(\"not\", 'not'); /* not */ other(`not`);\n";
  assert.deepEqual((await extractor.extract(text, "typescript")).identifiers, [
    ["a1", 1],
    ["other", 2],
  ]);
  const python = '"""not"""\nx1 = other  # not\n';
  assert.deepEqual((await extractor.extract(python, "python")).identifiers, [
    ["x1", 1],
    ["other", 1],
  ]);
});

test("lines are where the code stands, with Windows line ends, too", async () => {
  const { definitions } = await extractor.extract(
    "\r\n/** Says. */\r\nexport function a() {\r\n  return 1;\r\n}\r\n",
    "typescript",
  );
  assert.deepEqual([definitions[0]?.line, definitions[0]?.endLine], [2, 4]);
});

test("a long signature is cut after a word", async () => {
  const parameters = Array.from({ length: 80 }, (_, index) => `parameter${index}: number`).join(", ");
  const { definitions } = await extractor.extract(`function f(${parameters}) {}`, "typescript");
  const signature = definitions[0]?.signature ?? "";
  assert.ok(signature.length <= MOST_SIGNATURE_CHARS && signature.length > 200);
  assert.match(signature, /\W$/);
});

test("a minified file has names and no definitions; a file of data has neither", async () => {
  const minified = "function a1(){return b1}".repeat(5_000);
  const facts = await extractor.extract(minified, "javascript");
  assert.deepEqual([facts.definitions.length, facts.identifiers.length], [0, 2]);
  assert.deepEqual((await extractor.extract("x ".repeat(1_500_000), "javascript")).identifiers, []);
});

test("a language without a grammar has its names", async () => {
  const { identifiers, definitions } = await extractor.extract("fun main() { println(cart) }", "kotlin");
  assert.deepEqual([identifiers.map(([name]) => name), definitions], [["fun", "main", "println", "cart"], []]);
});

test("what is deeply nested, cut or no code at all does no harm", async () => {
  for (const text of [
    "{".repeat(20_000),
    "class A { f(",
    "\0\0\0",
    "(".repeat(5_000) + ")".repeat(5_000),
    "\uFEFFlet a = 1",
  ]) {
    for (const languageId of ["typescript", "python", "cpp"]) assert.ok(await extractor.extract(text, languageId));
  }
  assert.deepEqual(await outlineOf("typescript", "export const after = 1;"), ["variable* export const after = 1"]);
});

test("text that asks the parser for gigabytes has its names, takes little memory, and harms no later file", async () => {
  const before = process.memoryUsage.rss();
  for (const languageId of ["java", "go", "csharp", "typescriptreact", "java"]) {
    for (const odd of ["Odd<".repeat(30_000), "@Odd(x=1,\n".repeat(20_000)]) {
      const { identifiers } = await extractor.extract(odd, languageId);
      assert.equal(identifiers[0]?.[0], "Odd");
      assert.deepEqual(await outlineOf("java", "class After {}"), ["class* class After"]);
    }
  }
  assert.ok(process.memoryUsage.rss() - before < 400 * 2 ** 20);
  assert.deepEqual((await extractor.extract("Odd<".repeat(30_000), "java")).definitions, []);
  assert.deepEqual(await outlineOf("css", "a { color: red }"), []);
  assert.deepEqual(await outlineOf("python", "def after(): pass"), ["function* def after()"]);
});

test("a file that takes a second to parse has names alone, and the next one is read anew", async () => {
  const slow = "export const slow = 1;\n".repeat(2_000);
  let now = 0;
  const hurried = new FactExtractor(readWasm, () => (now += 600));
  const facts = await hurried.extract(slow, "typescript");
  assert.deepEqual([facts.definitions, facts.identifiers], [[], [["slow", 2_000]]]);
  assert.deepEqual(await outlineOf("typescript", "export const next = 1;"), ["variable* export const next = 1"]);
  assert.equal((await outlineOf("typescript", slow)).length, 2_000);
});

test("facts of any text are in order, bounded, and survive JSON", async () => {
  const piece = constantFrom(
    "class A { ",
    "def f(a",
    "):\n  ",
    "export ",
    "const x = {",
    "a: 1,",
    "}",
    "enum E { A",
    "\n",
    "self.x = 1",
    "import a from 'b'",
    "interface I { a(): b; ",
    "#",
  );
  const text = array(
    piece.chain((start) => string({ maxLength: 3 }).map((end) => start + end)),
    { maxLength: 30 },
  );
  const languages = constantFrom(
    "typescript",
    "python",
    "javascript",
    "java",
    "cpp",
    "rust",
    "go",
    "ruby",
    "php",
    "csharp",
  );
  const hold = asyncProperty(text, languages, async (pieces, languageId) => {
    const facts = await extractor.extract(pieces.join(""), languageId);
    assert.deepEqual(JSON.parse(JSON.stringify(facts)), facts);
    for (const [index, { parent, signature, line, endLine }] of facts.definitions.entries()) {
      assert.ok(parent < index && parent >= -1);
      assert.ok(signature.length > 0 && signature.length <= MOST_SIGNATURE_CHARS && !signature.includes("\n"));
      assert.ok(endLine >= line && line >= (facts.definitions[parent]?.line ?? 0));
    }
  });
  await check(hold, { numRuns: 500 });
});

test("a language is known by a file's ending", () => {
  const of = (...paths: string[]) => paths.map(languageIdOfPath);
  assert.deepEqual(of("a/b.d.ts", "b.TSX", "c.pyi", "x.h", "Makefile", "photo.png", "LICENSE", ".env", "a.b/c"), [
    "typescript",
    "typescriptreact",
    "python",
    "cpp",
    "makefile",
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
