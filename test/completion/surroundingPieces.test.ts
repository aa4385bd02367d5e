import assert from "node:assert/strict";
import { test } from "node:test";
import { CompletionEngine } from "../../src/completion/engine.ts";
import { defaultCompletionOptions } from "../../src/completion/options.ts";
import type { CompletionBackend } from "../../src/completion/request.ts";
import { SurroundingPieces, type PieceSource } from "../../src/completion/surroundingPieces.ts";
import { readingMs, Windows } from "../../src/completion/windows.ts";
import { unknownUsage } from "../../src/model/model.ts";
import type { Piece } from "../../src/context/pieces.ts";
import { at } from "../support/carets.ts";
import { FakeClock, settled } from "../support/fakeClock.ts";
import { alwaysSays } from "../support/scriptedModel.ts";

const { signal } = new AbortController();

function piece(id: string, value: number, chars = 100): Piece {
  const text = id.padEnd(chars, ".");
  return { id, source: "map", path: "b.ts", line: 0, text, value, reason: { kind: "related" } };
}

/** What it is asked is counted, and what it has can be changed. */
class Shelf implements PieceSource {
  has: readonly Piece[];
  readonly rooms: number[] = [];
  constructor(...has: readonly Piece[]) {
    this.has = has;
  }
  pieces(_cursor: unknown, _shown: unknown, room: number): Promise<readonly Piece[]> {
    this.rooms.push(room);
    return Promise.resolve(this.has);
  }
}

class Desk {
  readonly windows = new Windows();
  readonly pieces: SurroundingPieces;
  readonly backend: CompletionBackend;
  now = 0;
  readonly #mostPieceTokens: number;

  constructor(source: PieceSource, backend: Partial<CompletionBackend> = {}, mostPieceTokens?: number) {
    this.backend = { model: alwaysSays(""), format: "qwen2.5-coder", ...backend };
    this.pieces = new SurroundingPieces(source, this.windows, () => this.now);
    this.#mostPieceTokens = mostPieceTokens ?? defaultCompletionOptions.mostPieceTokens;
  }

  /** The ids of what is shown. */
  async shows(text: string, ms: number = readingMs.request, keep = true): Promise<string> {
    const cursor = at(text);
    const window = this.windows.place(cursor, this.backend);
    const options = { mostPieceTokens: this.#mostPieceTokens };
    const shown = await this.pieces.plan(cursor, window, this.backend, options, ms, signal);
    if (keep) this.pieces.keep(shown);
    return shown.pieces.map(({ id }) => id).join(" ");
  }

  /** Asks ahead of a request. */
  prepare(text: string): void {
    const cursor = at(text);
    const window = this.windows.plan(cursor, this.backend, readingMs.request);
    const options = { mostPieceTokens: this.#mostPieceTokens };
    this.pieces.prepare(cursor, window, this.backend, options, readingMs.request);
  }

  /** The model reads so many characters a second. */
  reads(charsPerSecond: number): void {
    const tokens = 1_000;
    const firstTokenMs = 10 + (tokens * 3.3 * 1_000) / charsPerSecond;
    const usage = { promptTokens: tokens, outputTokens: 1, firstTokenMs };
    const cursor = at("║");
    const seen = { cursor, window: this.windows.plan(cursor, this.backend, readingMs.most), pieceChars: tokens * 3.3 };
    this.windows.observe(this.backend, seen, { ...usage, cachedTokens: tokens, firstTokenMs: 10 });
    this.windows.observe(this.backend, seen, { ...usage, cachedTokens: 0 });
  }
}

test("the source is asked once for a word, and again for the next one", async () => {
  const shelf = new Shelf(piece("one", 0.5));
  const desk = new Desk(shelf);
  for (const text of ["cart.║", "cart.i║", "cart.it║"]) assert.equal(await desk.shows(text), "one");
  assert.equal(shelf.rooms.length, 1);
  await desk.shows("cart.items ║");
  assert.equal(shelf.rooms.length, 2);
});

test("an edit of the same length near the caret asks again", async () => {
  const shelf = new Shelf(piece("one", 0.5));
  const desk = new Desk(shelf);
  await desk.shows("cart.║");
  await desk.shows("card.║");
  assert.equal(shelf.rooms.length, 2);
});

test("what was asked ahead, while the editor waits, is not asked again by the request", async () => {
  const shelf = new Shelf(piece("one", 0.5));
  const desk = new Desk(shelf);
  desk.prepare("cart.║");
  desk.prepare("cart.║");
  assert.equal(shelf.rooms.length, 1);
  shelf.has = [piece("two", 0.5)];
  assert.equal(await desk.shows("cart.it║"), "one");
  assert.equal(shelf.rooms.length, 1);
});

test("what was asked ahead at another place, or long ago, does not count", async () => {
  const shelf = new Shelf(piece("one", 0.5));
  const desk = new Desk(shelf);
  desk.prepare("cart.║");
  await desk.shows("cart.items.║");
  assert.equal(shelf.rooms.length, 2);
  desk.prepare("cart.items.map(║");
  desk.now += 10_000;
  // Meanwhile the file has become one that is ignored.
  shelf.has = [];
  assert.equal(await desk.shows("cart.items.map(║"), "");
});

test("what is shown stays in its place from one word to the next", async () => {
  const shelf = new Shelf(piece("one", 0.5), piece("two", 0.4));
  const desk = new Desk(shelf);
  const before = await desk.shows("a ║");
  shelf.has = [piece("three", 0.05), piece("two", 0.5), piece("one", 0.4)];
  assert.equal(await desk.shows("a b ║"), before);
});

test("in another file nothing of it is kept", async () => {
  const shelf = new Shelf(piece("one", 0.5));
  const desk = new Desk(shelf);
  await desk.shows("a ║");
  shelf.has = [piece("two", 0.1)];
  const cursor = at("b ║", { uri: "file:///project/b.ts" });
  const window = desk.windows.place(cursor, desk.backend);
  const { pieces } = await desk.pieces.plan(cursor, window, desk.backend, { mostPieceTokens: 1_000 }, 1_000, signal);
  assert.deepEqual(
    pieces.map(({ id }) => id),
    ["two"],
  );
});

test("prompts stay below 16,000 characters, pieces and all", async () => {
  const shelf = new Shelf(...Array.from({ length: 300 }, (_, index) => piece(`p${index}`, 0.5)));
  const text = "const total = 1;\n".repeat(900);
  await new Desk(shelf).shows(`${text}║${text}`);
  const room = shelf.rooms[0] ?? 0;
  assert.ok(room > 10_000 && room + 3_000 + 1_500 <= 16_000, `${room}`);
});

test("the user's limit is in tokens of the model, as far as it has told of them", async () => {
  const shelf = new Shelf(piece("one", 0.5));
  const desk = new Desk(shelf, {}, 1_000);
  await desk.shows("a ║");
  assert.equal(shelf.rooms.at(-1), 3_300);
  const cursor = at("║");
  const seen = { cursor, window: desk.windows.plan(cursor, desk.backend, 1_000), pieceChars: 6_600 };
  // 2,000 were estimated.
  for (let request = 0; request < 12; request += 1) {
    desk.windows.observe(desk.backend, seen, { ...unknownUsage, promptTokens: 1_600 });
  }
  await desk.shows("a b ║");
  assert.equal(shelf.rooms.at(-1), 4_125);
});

test("the user's own limit holds, and 0 asks nobody", async () => {
  const shelf = new Shelf(piece("one", 0.5));
  await new Desk(shelf, {}, 100).shows("a ║");
  assert.equal(shelf.rooms[0], 330);
  assert.equal(await new Desk(shelf, {}, 0).shows("a ║"), "");
  assert.equal(shelf.rooms.length, 1);
});

test("a small context is filled by the window first", async () => {
  const shelf = new Shelf(piece("one", 0.5));
  assert.equal(await new Desk(shelf, { contextTokens: 1_024 }).shows("a ║"), "");
  assert.equal(await new Desk(shelf, { contextTokens: 8_192 }).shows("a ║"), "one");
});

test("a model on this machine is shown little until its rate is known, and then what it reads in time", async () => {
  const shelf = new Shelf(piece("one", 0.5, 1_500), piece("two", 0.4, 300));
  const desk = new Desk(shelf, { local: true });
  await desk.shows("a ║");
  assert.equal(shelf.rooms[0], 2_000);
  desk.pieces.clear();
  desk.reads(900);
  assert.equal(await desk.shows("a b ║"), "two");
  for (let request = 0; request < 20; request += 1) desk.reads(9_000);
  assert.match(await desk.shows("a b c ║"), /one/);
});

test("what was read while nobody waited goes on being shown to somebody who waits", async () => {
  const shelf = new Shelf(piece("one", 0.5, 1_500));
  const desk = new Desk(shelf, { local: true });
  desk.reads(900);
  assert.equal(await desk.shows("a ║", readingMs.background), "one");
  assert.equal(await desk.shows("a b ║", readingMs.request), "one");
});

test("what was only planned is not shown", async () => {
  const shelf = new Shelf(piece("one", 0.5, 1_500));
  const desk = new Desk(shelf, { local: true });
  desk.reads(900);
  assert.equal(await desk.shows("a ║", readingMs.background, false), "one");
  assert.equal(await desk.shows("a b ║", readingMs.request), "");
});

test("after an edit the engine looks for pieces before it is asked, and its request has them", async () => {
  const shelf = new Shelf(piece("one", 0.5));
  const model = alwaysSays("items;");
  const engine = new CompletionEngine({
    backend: () => ({ model, format: "qwen2.5-coder", host: "localhost" }),
    clock: new FakeClock(),
    options: () => ({ alternatives: 1 }),
    pieces: shelf,
  });
  engine.prepare(at("cart.║"));
  await settled();
  assert.equal(shelf.rooms.length, 1);
  const outcome = await engine.complete(at("cart.║"), "manual", signal);
  assert.equal(outcome.kind, "offered");
  assert.equal(shelf.rooms.length, 1);
  assert.match(JSON.stringify(model.last.request.prompt), /one\.\.\./);
});

test("what other files may not show any more is not shown once more while the word is written", async () => {
  const shelf = new Shelf(piece("one", 0.5));
  const model = alwaysSays("items;");
  const engine = new CompletionEngine({
    backend: () => ({ model, format: "qwen2.5-coder", host: "localhost" }),
    clock: new FakeClock(),
    options: () => ({ alternatives: 1 }),
    pieces: shelf,
  });
  await engine.complete(at("cart.║"), "manual", signal);
  assert.match(JSON.stringify(model.last.request.prompt), /one\.\.\./);
  shelf.has = [];
  engine.forgetPieces();
  await engine.complete(at("cart.x║"), "manual", signal);
  assert.match(JSON.stringify(model.last.request.prompt), /cart\.x/);
  assert.doesNotMatch(JSON.stringify(model.last.request.prompt), /one\.\.\./);
});

test("what was found before the ignore files changed is not shown by the request that waits for it", async () => {
  const found = Promise.withResolvers<readonly Piece[]>();
  const desk = new Desk({ pieces: () => found.promise });
  const shown = desk.shows("cart.║");
  desk.pieces.clear();
  found.resolve([piece("one", 0.5)]);
  assert.equal(await shown, "");
});
