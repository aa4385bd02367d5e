import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { Tally } from "../../src/extension/tally.ts";

const noon = new Date(2026, 4, 3, 12);

async function folder(context: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "pairwise-tally-"));
  context.after(() => rm(path, { recursive: true }));
  return path;
}

test("two windows that count at once lose nothing", async (context) => {
  const path = await folder(context);
  const windows = [new Tally(path, () => noon), new Tally(path, () => noon)];
  await Promise.all(
    windows.flatMap((tally) =>
      Array.from({ length: 50 }, (_, index) => tally.count(index % 5 ? "offered" : "accepted")),
    ),
  );
  assert.deepEqual(await windows[0]?.today(), { offered: 80, accepted: 20 });
});

test("a new day starts at zero, and the old one's file goes", async (context) => {
  const path = await folder(context);
  await new Tally(path, () => noon).count("offered");
  const tomorrow = new Tally(path, () => new Date(2026, 4, 4, 0, 1));
  assert.deepEqual(await tomorrow.today(), { offered: 0, accepted: 0 });
  await tomorrow.count("accepted");
  assert.deepEqual(await readdir(path), ["2026-05-04.tally"]);
});

test("before anything was counted, today has none", async (context) => {
  const tally = new Tally(join(await folder(context), "not-made-yet"), () => noon);
  assert.deepEqual(await tally.today(), { offered: 0, accepted: 0 });
});

test("a folder that can't be written is an error to the caller and not an unhandled one", async (context) => {
  const file = join(await folder(context), "file");
  await writeFile(file, "");
  await assert.rejects(new Tally(join(file, "below"), () => noon).count("offered"));
});
