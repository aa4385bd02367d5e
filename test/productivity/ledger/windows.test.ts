import assert from "node:assert/strict";
import { test } from "node:test";
import { seeded } from "../../../bench/replay/random.ts";
import { ledgerFolder, ledgerWorkerFile, recordsIn } from "../../support/ledgerRig.ts";
import { killWindows, problemsOf, runWindow } from "../../support/ledgerWindows.ts";

test("four windows write at once, and every record is there exactly once", async (context) => {
  const folder = ledgerFolder(context);
  const records = 4_000;
  const ends = await Promise.all(
    ["a", "b", "c", "d"].map((session) =>
      runWindow({ folder, session: `${session}:`, workerFile: ledgerWorkerFile, records }),
    ),
  );
  for (const end of ends) {
    assert.equal(end.acknowledged, records);
    assert.deepEqual(problemsOf(folder, end), []);
  }
  assert.equal(recordsIn(folder).length, 4 * records);
});

test("a hundred windows are killed at random moments: the file opens, and nothing that was acknowledged is missing", async (context) => {
  const folder = ledgerFolder(context);
  const { survived, acknowledged, problems } = await killWindows({
    folder,
    workerFile: ledgerWorkerFile,
    times: 100,
    random: seeded(11),
  });
  assert.deepEqual(problems, []);
  assert.equal(survived, 100);
  assert.ok(acknowledged > 1_000, `${acknowledged}`);
});
