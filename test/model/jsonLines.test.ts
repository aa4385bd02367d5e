import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { readJsonLines } from "../../src/model/jsonLines.ts";

async function read(...chunks: readonly Uint8Array[]): Promise<readonly unknown[]> {
  async function* each() {
    yield* chunks;
  }
  const values: unknown[] = [];
  for await (const value of readJsonLines(each())) values.push(value);
  return values;
}

test("gives the same values however the bytes are cut", async () => {
  const value = fc.record({ response: fc.string({ unit: "binary" }), done: fc.boolean() });
  const lines = fc.array(value, { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(lines, fc.array(fc.nat(200)), fc.boolean(), async (values, cuts, hasLastBreak) => {
      const text = values.map((each) => JSON.stringify(each)).join("\n") + (hasLastBreak ? "\n" : "");
      const bytes = Buffer.from(text);
      const places = [0, ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b), bytes.length];
      const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
      assert.deepEqual(await read(...chunks), JSON.parse(JSON.stringify(values)));
    }),
  );
});

test("half a line at the end is no value, and a line that is no JSON is an error", async () => {
  assert.deepEqual(await read(Buffer.from('{"a":1}\r\n\n{"b":')), [{ a: 1 }]);
  for (const text of ["<html>", "<html>\n", '{"a":1}\nhello\n']) {
    await assert.rejects(read(Buffer.from(text)), SyntaxError);
  }
});

test("a line without an end is not read for ever", async () => {
  const chunk = Buffer.from("1".repeat(2 ** 20));
  await assert.rejects(read(...Array.from({ length: 6 }, () => chunk)), SyntaxError);
});
