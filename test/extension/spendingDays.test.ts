import assert from "node:assert/strict";
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { SpendingDays } from "../../src/extension/spendingDays.ts";
import { sumOf, untilTomorrow } from "../../src/extension/spendingSums.ts";

const noon = new Date(2026, 4, 3, 12);
const GPT = { reference: "openai/gpt-4.1", host: "api.openai.com" };
const USE = { requests: 1, input: 1_000, cached: 400, output: 20, estimated: 0 };
const PRICING = { prices: {}, currency: "USD", yuanPerDollar: 7 } as const;

async function folder(context: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "pairwise-spending-"));
  context.after(() => rm(path, { recursive: true }));
  return path;
}

async function opened(path: string, now: () => Date = () => noon): Promise<SpendingDays> {
  const days = new SpendingDays(path, now);
  await days.open();
  return days;
}

test("two windows that count at once lose nothing, and each learns of the other when it writes", async (context) => {
  const path = await folder(context);
  const windows = await Promise.all([opened(path), opened(path)]);
  await Promise.all(
    windows.map(async (days) => {
      for (let times = 0; times < 25; times += 1) {
        days.add("suggestion", GPT, USE);
        await days.write();
        days.add("chat", GPT, USE);
      }
    }),
  );
  for (const days of windows) await days.write();
  for (const days of windows) await days.write();
  const expected = ["chat", "suggestion"].map((feature) => {
    return { feature, ...GPT, requests: 50, input: 50_000, cached: 20_000, output: 1_000, estimated: 0 };
  });
  for (const days of windows)
    assert.deepEqual(
      days.today.toSorted((one, other) => one.feature.localeCompare(other.feature)),
      expected,
    );
});

test("what is not written yet counts already, and once only when it is", async (context) => {
  const days = await opened(join(await folder(context), "not-made-yet"));
  days.add("suggestion", GPT, USE);
  assert.equal(days.today[0]?.requests, 1);
  const writing = days.write();
  days.add("suggestion", GPT, USE);
  assert.equal(days.today[0]?.requests, 2);
  const listed = days.days();
  await writing;
  assert.equal(days.today[0]?.requests, 2);
  assert.equal((await listed)[0]?.rows[0]?.requests, 2);
});

test("what can't be written is kept, and written the next time", async (context) => {
  const path = join(await folder(context), "in-the-way");
  await writeFile(path, "a file");
  const days = await opened(path);
  days.add("suggestion", GPT, USE);
  await assert.rejects(days.write());
  assert.equal(days.today[0]?.requests, 1);
  await rm(path);
  await days.write();
  assert.equal((await opened(path)).today[0]?.requests, 1);
});

test("the user's midnight begins a new day, and what came before it stays in its own", async (context) => {
  const path = await folder(context);
  let now = new Date(2026, 4, 3, 23, 59, 59);
  const days = await opened(path, () => now);
  days.add("suggestion", GPT, USE);
  now = new Date(2026, 4, 4, 0, 0, 1);
  assert.deepEqual(days.today, []);
  days.add("chat", GPT, USE);
  await days.write();
  const told = (await days.days()).map(({ day, rows }) => [day, rows.map(({ feature }) => feature)]);
  assert.deepEqual(told, [
    ["2026-05-04", ["chat"]],
    ["2026-05-03", ["suggestion"]],
  ]);
});

test("when the window closes, what is left is written", async (context) => {
  const path = join(await folder(context), "not-made-yet");
  const days = await opened(path);
  days.add("suggestion", GPT, USE);
  days.writeAtOnce();
  days.writeAtOnce();
  assert.equal((await opened(path)).today[0]?.requests, 1);
});

test("90 days are kept; those that nobody writes to any more become short", async (context) => {
  const path = await folder(context);
  const line = JSON.stringify({ feature: "suggestion", ...GPT, ...USE });
  await mkdir(path, { recursive: true });
  for (const day of ["2026-02-02", "2026-02-03", "2026-05-02"])
    await writeFile(join(path, `${day}.jsonl`), `\n${line}`.repeat(100));
  const days = await opened(path);
  assert.deepEqual((await readdir(path)).toSorted(), ["2026-02-03.jsonl", "2026-05-02.jsonl"]);
  assert.equal((await readFile(join(path, "2026-02-03.jsonl"), "utf8")).trim().split("\n").length, 1);
  assert.deepEqual(
    (await days.days()).map(({ day, rows }) => [day, rows[0]?.requests]),
    [
      ["2026-05-03", undefined],
      ["2026-05-02", 100],
      ["2026-02-03", 100],
    ],
  );
});

test("a line that a crash has cut takes no other with it", async (context) => {
  const path = await folder(context);
  const days = await opened(path);
  days.add("suggestion", GPT, USE);
  await days.write();
  await appendFile(join(path, "2026-05-03.jsonl"), '\n{"feature":"sugg');
  days.add("suggestion", GPT, USE);
  await days.write();
  assert.equal(days.today[0]?.requests, 2);
});

test("one window that has warned keeps the others from it for the day", async (context) => {
  const path = await folder(context);
  const days = await opened(path);
  days.warned();
  assert.ok(days.isWarned && days.hasUnwritten);
  await days.write();
  assert.ok(days.isWarned && !days.hasUnwritten);
  assert.ok((await opened(path)).isWarned);
  assert.ok(!(await opened(path, () => new Date(2026, 4, 4, 9))).isWarned);
});

test("a sum has the tokens of all, and the money of those whose price is known", () => {
  const rows = [
    { feature: "suggestion", ...GPT, ...USE, estimated: 300 },
    { feature: "chat", reference: "zhipu/glm-5.3", host: "open.bigmodel.cn", ...USE },
    { feature: "chat", reference: "vllm/some-model", host: "10.0.0.5:8000", ...USE },
    { feature: "warm-up", reference: "embedded/smollm2-135m-instruct", host: "", ...USE },
  ];
  const sum = sumOf(rows, PRICING);
  const gpt = (600 * 2 + 400 * 0.5 + 20 * 8) / 1e6;
  const glm = (600 * 8 + 400 * 2 + 20 * 28) / 1e6 / 7;
  assert.deepEqual(
    { ...sum, money: undefined },
    { tokens: 4_080, estimated: 300, unpriced: 1_020, isPaid: true, money: undefined },
  );
  assert.ok(Math.abs(sum.money.amount - gpt - glm) < 1e-12);
  assert.deepEqual(sumOf(rows.slice(3), PRICING).money, { amount: 0, currency: "USD" });
  assert.equal(sumOf(rows.slice(3), PRICING).isPaid, false);
});

test("tomorrow begins at the user's midnight", () => {
  assert.equal(untilTomorrow(new Date(2026, 4, 3, 23, 0)), 3_600_000);
  assert.equal(untilTomorrow(new Date(2026, 11, 31, 23, 59, 59)), 1_000);
});
