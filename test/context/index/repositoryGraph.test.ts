import assert from "node:assert/strict";
import { test } from "node:test";
import { FactExtractor } from "../../../src/context/index/extraction/extractor.ts";
import { languageIdOfPath } from "../../../src/context/index/extraction/languageOfPath.ts";
import { noFacts } from "../../../src/context/index/facts.ts";
import { RepositoryGraph } from "../../../src/context/index/repositoryGraph.ts";
import { layOut } from "../../../src/context/layout.ts";
import type { Piece } from "../../../src/context/pieces.ts";
import { selectPieces } from "../../../src/context/selection.ts";
import { readWasm } from "../../support/grammars.ts";

const extractor = new FactExtractor(readWasm, () => performance.now());

type Files = Readonly<Record<string, string>>;

async function graphOf(files: Files, graph = new RepositoryGraph()): Promise<RepositoryGraph> {
  for (const [path, text] of Object.entries(files)) {
    graph.add(path, await extractor.extract(text, languageIdOfPath(path) ?? ""));
  }
  return graph;
}

/** The pieces at the caret `║` of `here`, which stands in the repository as it is written. */
async function piecesAt(files: Files, here: string, mostChars = 10_000): Promise<readonly Piece[]> {
  const text = files[here] ?? "";
  const [before = "", after = ""] = text.split("║");
  const graph = await graphOf({ ...files, [here]: before + after });
  return graph.query({
    path: here,
    languageId: languageIdOfPath(here) ?? "",
    before,
    after,
    shown: { before: before.length, after: after.length },
    recent: [],
    keep: [],
    mostChars,
  });
}

function first(pieces: readonly Piece[], count: number): readonly string[] {
  return pieces.slice(0, count).map(({ text }) => text.trim());
}

const shop: Files = {
  "src/cart.ts":
    "import type { Item } from './item';\nexport interface Cart { items: Item[]; currency: string }\nexport function openCart(owner: string): Cart { return x; }\n",
  "src/item.ts": "export interface Item { price: number; quantity: number }\n",
  "src/user.ts": "export class User { name = ''; email = ''; greet(at: Date): string { return ''; } }\n",
  "src/unrelated.ts": "export const colours = { red: 1, green: 2 };\n",
};

test("after the dot of something whose type is told, that type's members come first", async () => {
  const files = {
    ...shop,
    "src/main.ts": "import { Cart } from './cart';\nfunction f(cart: Cart) {\n  return cart.║\n}\n",
  };
  assert.deepEqual(first(await piecesAt(files, "src/main.ts"), 2).toSorted(), ["currency: string", "items: Item[]"]);
});

test("a variable has the type of what made it, and of what a function returns", async () => {
  const made = { ...shop, "src/main.ts": "import { User } from './user';\nconst user = new User();\nuser.║\n" };
  assert.ok(first(await piecesAt(made, "src/main.ts"), 3).includes("greet(at: Date): string"));
  const returned = {
    ...shop,
    "src/main.ts": "import { openCart } from './cart';\nconst cart = openCart('me');\ncart.║\n",
  };
  assert.ok(first(await piecesAt(returned, "src/main.ts"), 3).includes("currency: string"));
});

test("a called function's signature is there, with the file that it is from", async () => {
  const files = { ...shop, "src/main.ts": "import { openCart } from './cart';\nopenCart(║\n" };
  const top = (await piecesAt(files, "src/main.ts")).slice(0, 3).find(({ text }) => text.includes("openCart"));
  assert.deepEqual(
    [top?.path, top?.text, top?.source, top?.reason],
    ["src/cart.ts", "export function openCart(owner: string): Cart", "definitions", { kind: "used", name: "openCart" }],
  );
});

test("options of a called function are the members of its parameter's type", async () => {
  const files = {
    ...shop,
    "src/draw.ts":
      "export interface DrawOptions { width: number; colour: string }\nexport function draw(options: DrawOptions) {}\n",
    "src/main.ts": "import { draw } from './draw';\ndraw({ ║\n",
  };
  assert.deepEqual(first(await piecesAt(files, "src/main.ts"), 3).includes("width: number"), true);
});

test("a member stands under what it is a member of, and a file is named once", async () => {
  const files = {
    ...shop,
    "src/main.ts": "import { Cart } from './cart';\nfunction f(cart: Cart) {\n  return cart.║\n}\n",
  };
  const pieces = (await piecesAt(files, "src/main.ts")).slice(0, 2);
  const [excerpt] = layOut(selectPieces([], pieces, { mostChars: 10_000, otherWeight: 1, inertia: 0 }));
  assert.equal(excerpt?.path, "src/cart.ts");
  assert.equal(excerpt?.text, "export interface Cart\n  items: Item[]\n  currency: string");
});

test("in Python, members of a class that is annotated, and arguments by name", async () => {
  const files = {
    "shop/models.py": "class Order:\n    total: int = 0\n    def ship(self, to: str) -> None: ...\n",
    "shop/main.py": "from .models import Order\n\ndef run(order: Order):\n    order.║\n",
  };
  assert.ok(first(await piecesAt(files, "shop/main.py"), 2).includes("def ship(self, to: str) -> None"));
});

test("a begun word brings what starts like it to the front", async () => {
  const files = {
    ...shop,
    "src/main.ts": "import { User } from './user';\nfunction f(user: User) {\n  return user.em║\n}\n",
  };
  assert.deepEqual(first(await piecesAt(files, "src/main.ts"), 1), ["email = ''"]);
});

test("what similar files use is known, though nothing of it is imported here", async () => {
  const route = (name: string) =>
    `import { router } from '../router';\nimport { respond } from '../respond';\nrouter.get('/${name}', (request, response) => {\n  respond(response, request.session);\n});\n`;
  const files = {
    "src/router.ts": "export const router = { get(path: string, run: unknown) {} };\n",
    "src/respond.ts":
      "export function respond(response: unknown, data: unknown) {}\nexport function redirect(to: string) {}\n",
    "src/routes/a.ts": route("a"),
    "src/routes/b.ts": route("b"),
    "src/routes/main.ts": "import { router } from '../router';\nrouter.get('/c', (request, response) => {\n  ║\n});\n",
  };
  const texts = (await piecesAt(files, "src/routes/main.ts")).map(({ text }) => text);
  const [respond, redirect] = ["respond(", "redirect("].map((name) => texts.findIndex((text) => text.includes(name)));
  assert.ok(respond !== undefined && respond >= 0 && respond < 3);
  assert.ok(redirect !== undefined && redirect > respond);
});

test("nothing of the file itself is told that the model sees, nor names that stand in it far away", async () => {
  const far = "\n// so far away\n".repeat(300);
  const files = {
    ...shop,
    "src/main.ts": `let email = 1;\nfunction own() {}${far}import { User } from './user';\nconst u = new User();\nu.║\n`,
  };
  const pieces = await piecesAt(files, "src/main.ts");
  assert.ok(pieces.some(({ text }) => text.includes("greet")));
  assert.ok(pieces.every(({ text, path }) => !text.includes("email") && path !== "src/main.ts"));
});

test("pieces are lines of their files, values are chances, and ids are told apart", async () => {
  const files: Files = {
    ...shop,
    "src/main.ts": "import { Cart } from './cart';\nfunction f(cart: Cart) {\n  return ║\n}\n",
  };
  const pieces = await piecesAt(files, "src/main.ts");
  const plain = (text: string) => text.replace(/\s+/g, " ").trim();
  for (const { text, path, value, line } of pieces) {
    const lines = (files[path ?? ""] ?? "").split("\n").slice(line).join("\n");
    assert.ok(plain(lines).includes(plain(text)), text);
    assert.ok(value >= 0 && value <= 1);
  }
  assert.equal(new Set(pieces.map(({ id }) => id)).size, pieces.length);
});

test("a file that is removed, or written anew, leaves nothing of what it was", async () => {
  const graph = await graphOf(shop);
  const ask = () =>
    graph.query({
      path: "src/main.ts",
      languageId: "typescript",
      before: "import { User } from './user';\nconst user = new User();\nuser.",
      after: "",
      shown: { before: 0, after: 0 },
      recent: ["src/user.ts", "src/cart.ts"],
      keep: [],
      mostChars: 10_000,
    });
  graph.add("src/main.ts", await extractor.extract("import { User } from './user';\n", "typescript"));
  assert.ok(ask().some(({ text }) => text.includes("greet")));
  graph.add("src/user.ts", await extractor.extract("export class User { wave(): void {} }", "typescript"));
  assert.ok(ask().some(({ text }) => text.includes("wave")));
  assert.ok(!ask().some(({ text }) => text.includes("greet")));
  for (const path of [...Object.keys(shop), "src/main.ts"]) graph.remove(path);
  assert.deepEqual([graph.size, ask()], [0, []]);
});

test("the same question has the same answer, however files came and went before", async () => {
  const one = await graphOf(shop);
  const other = await graphOf({ "src/gone.ts": "export class Gone { name = ''; }", ...shop });
  other.remove("src/gone.ts");
  other.add("src/item.ts", await extractor.extract(shop["src/item.ts"] ?? "", "typescript"));
  const query = {
    path: "src/new.ts",
    languageId: "typescript",
    before: "function f(item: Item) { item.",
    after: "}",
    shown: { before: 0, after: 0 },
    recent: ["src/item.ts"],
    keep: [],
    mostChars: 5_000,
  };
  const told = (graph: RepositoryGraph) =>
    graph
      .query(query)
      .map(({ id, value }) => [id, value.toFixed(6)])
      .toSorted(([one = ""], [other = ""]) => one.localeCompare(other));
  assert.deepEqual(told(one), told(other));
});

test("a piece that is shown is named as long as it is what it was, however little it is worth now", async () => {
  const graph = await graphOf(shop);
  const query = {
    path: "src/new.ts",
    languageId: "typescript",
    before: "const shade = ",
    after: "",
    shown: { before: 0, after: 0 },
    recent: ["src/unrelated.ts"],
    mostChars: 40,
  };
  const all = graph.query({ ...query, keep: [], mostChars: 10_000 });
  const shown = all.find(({ text }) => text.includes("green"));
  assert.ok(shown);
  const texts = () => graph.query({ ...query, keep: [shown.id] }).map(({ text }) => text);
  assert.ok(texts().includes(shown.text));
  graph.add("src/unrelated.ts", await extractor.extract("export const colours = { red: 1 };\n", "typescript"));
  assert.ok(!texts().includes(shown.text));
});

test("what the file itself defines out of the model's sight is told, and nothing that it sees", async () => {
  const far = "export function farAway(amount: number): string {\n  return '';\n}\n";
  const near = "export function nearBy(): void {}\n";
  const before = `${far}${"// filler\n".repeat(50)}${near}const text = `;
  const graph = await graphOf({ "src/main.ts": before });
  const query = {
    path: "src/main.ts",
    languageId: "typescript",
    before,
    after: "",
    shown: { before: 100, after: 0 },
    recent: [],
    keep: [],
    mostChars: 5_000,
  };
  const pieces = graph.query(query);
  assert.deepEqual(
    pieces.map(({ text, source, line, reason }) => [text, source, line, reason.kind]),
    [["export function farAway(amount: number): string", "outline", 0, "same-file"]],
  );
  assert.deepEqual(graph.query({ ...query, shown: { before: before.length, after: 0 } }), []);
});

test("what stands beside the file in another language is not told", async () => {
  const files: Files = {
    "a/cart.ts": "export function priceOf(): number { return 1; }\n",
    "a/cart.py": "def price_of_all(cart):\n    return 1\n",
    "a/main.ts": "const price = ║\n",
  };
  assert.deepEqual(first(await piecesAt(files, "a/main.ts"), 5), ["export function priceOf(): number"]);
});

test("after a long day of typing, also while a map is made, caret and map have what they would have had", async () => {
  const files = {
    ...shop,
    "src/main.ts": "import { Cart } from './cart';\nfunction f(cart: Cart) {\n  return cart.\n}\n",
  };
  const fresh = await graphOf(files);
  const typed = new RepositoryGraph();
  let count = 0;
  const type = async (times = 12_000): Promise<void> => {
    for (const end = count + times; count < end; count += 1) {
      typed.add("src/typed.ts", { ...noFacts("typescript"), identifiers: [[`half${count}`, 1]] });
    }
  };
  const query = { recent: ["src/main.ts"], mostChars: 10_000 };
  await type(9_000);
  await graphOf(files, typed);
  fresh.add("src/typed.ts", { ...noFacts("typescript"), identifiers: [["half", 1]] });
  const expected = await fresh.map(query, async () => undefined);
  assert.ok(expected.files.length > 0);
  assert.deepEqual((await typed.map(query, type)).files, expected.files);
  await type();
  assert.deepEqual((await typed.map(query, async () => undefined)).files, expected.files);
  const at = {
    path: "src/main.ts",
    languageId: "typescript",
    before: files["src/main.ts"].slice(0, -4),
    after: "\n}\n",
  };
  const asked = { ...at, shown: { before: 0, after: 0 }, recent: [], keep: [], mostChars: 10_000 };
  assert.deepEqual(first(typed.query(asked), 2), first(fresh.query(asked), 2));
});
