import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { CrashLoop } from "../../../src/model/embedded/crashLoop.ts";
import type { EmbeddedModel } from "../../../src/model/embedded/embeddedModel.ts";
import { ModelError } from "../../../src/model/model.ts";
import { hole, makeWindows, never, textOf } from "./support.ts";

let windows: Awaited<ReturnType<typeof makeWindows>>;
before(async () => void (windows = await makeWindows()));
after(() => windows.end());

const request = hole("def add(a, b):\n    return ");

/** The failure of one request. */
async function failureOf(model: EmbeddedModel) {
  const error: unknown = await textOf(model.stream(request, never)).catch((error: unknown) => error);
  assert.ok(error instanceof ModelError && error.failure.kind === "engine-stopped", String(error));
  return error.failure;
}

/** A process that dies at once, and how often it was started. */
function dyingProcess() {
  const starts = path.join(windows.folder, "starts.txt");
  const processFile = path.join(windows.folder, "dying.mjs");
  writeFileSync(
    processFile,
    `import { appendFileSync } from "node:fs"; appendFileSync(${JSON.stringify(starts)}, "x"); throw new Error("dying");`,
  );
  return { processFile, starts: () => (existsSync(starts) ? readFileSync(starts, "utf8").length : 0) };
}

test("a process that died twice is left alone for a while, which doubles up to five minutes", () => {
  const crashes = new CrashLoop(1);
  crashes.died(0);
  assert.equal(crashes.mayStart(0), true);
  const waits = [30_000, 60_000, 120_000, 240_000, 300_000, 300_000];
  for (const wait of waits) {
    crashes.died(1000);
    assert.equal(crashes.waitMs(1000), wait);
    assert.equal(crashes.mayStart(1000 + wait - 1), false);
    assert.equal(crashes.mayStart(1000 + wait), true);
    assert.equal(crashes.waitMs(1000 + wait + 1), 0);
  }
  crashes.forget();
  assert.equal(crashes.mayStart(1000), true);
  assert.equal(crashes.waitMs(1000), 0);
  crashes.died(2000);
  assert.equal(crashes.mayStart(2000), true, "an answer in between makes the next death the first again");
});

test("a process that keeps dying is not started by every keystroke, until the user restarts it", async () => {
  const { processFile, starts } = dyingProcess();
  const model = windows.open({ processFile });
  const first = await failureOf(model);
  assert.equal(first.retryInMs, undefined, "the next request starts it");
  const second = await failureOf(model);
  assert.match(second.detail, /dying/u);
  assert.equal(starts(), 2);
  assert.ok(model.state.kind === "failed");
  assert.deepEqual(model.state.failure, second);
  let leftMs = second.retryInMs ?? 0;
  assert.ok(leftMs > 0 && leftMs <= 30_000, String(leftMs));
  for (let attempt = 0; attempt < 2; attempt++) {
    const { retryInMs = 0, ...again } = await failureOf(model);
    assert.deepEqual(again, { kind: "engine-stopped", detail: second.detail });
    assert.ok(retryInMs > 0 && retryInMs <= leftMs, `${retryInMs} ms after ${leftMs} ms`);
    leftMs = retryInMs;
  }
  assert.equal(starts(), 2);
  assert.equal(model.state.kind, "failed");
  await assert.rejects(model.restart(), ModelError);
  assert.equal(starts(), 3);

  assert.ok(model.state.failure.kind === "engine-stopped" && model.state.failure.retryInMs === undefined);

  // Another window has got it to run.
  await windows.open().warm({ kind: "raw", parts: [] }, never);
  assert.match(await textOf(model.stream(request, never)), /^a \+ b/u);
  assert.equal(starts(), 3);
});
