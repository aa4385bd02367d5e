import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { askClosing, closingReportOf, isClosingDue, noteSeen } from "../../src/extension/closingForecast.ts";
import { reportModel } from "../../src/productivity/report/reportModel.ts";
import type { ExperimentState } from "../../src/productivity/experiment/state.ts";
import { counted, experimentOf, options } from "../support/reports.ts";

const EXPERIMENT = "e0000000000000a1";

function rig(context: TestContext, answer: number | "none" | Promise<number> = 1.3) {
  const values = new Map<string, unknown>();
  const memory = {
    get: (key: string): unknown => values.get(key),
    update: async (key: string, value: unknown): Promise<void> => void values.set(key, value),
  };
  const said: (string | number)[] = [];
  const needs = {
    memory: memory as Parameters<typeof isClosingDue>[0],
    ask: async () => (said.push("asked"), answer === "none" ? undefined : answer),
    believe: async (experiment: string, factor: number) => {
      assert.equal(experiment, EXPERIMENT);
      said.push(factor);
    },
  };
  const figures = counted(context, []);
  const show = async (state: Partial<ExperimentState>, strata = 40, effect = 1.25): Promise<boolean> => {
    const model = reportModel(figures, experimentOf({ strata, effect, qualifying: 1 }, state), options);
    const report = closingReportOf(model);
    const isAnswered = await askClosing(report, needs);
    await noteSeen(report, needs.memory);
    return isAnswered;
  };
  return { said, show, memory: needs.memory };
}

test("when an experiment has come to its end the guess is asked for before the first report of it, and once", async (context) => {
  const { said, show } = rig(context);
  assert.equal(await show({ status: "completed" }), true);
  assert.deepEqual(said, ["asked", 1.3]);
  assert.equal(await show({ status: "completed", beliefAfter: 1.3 }), false);
  assert.deepEqual(said, ["asked", 1.3]);
});

test("who gives no answer is not asked again", async (context) => {
  const { said, show } = rig(context, "none");
  await show({ status: "completed" });
  await show({ status: "completed" });
  assert.equal(said.filter((each) => each === "asked").length, 1);
});

test("who has seen an interval while the experiment was running is not asked any more", async (context) => {
  const { said, show, memory } = rig(context);
  assert.equal(await show({ status: "running" }), false);
  assert.equal(isClosingDue(memory, EXPERIMENT), false);
  await show({ status: "completed" });
  assert.deepEqual(said, []);
});

test("who has seen a claim decided, though there was no interval yet, is not asked either", async (context) => {
  const { said, show, memory } = rig(context);
  await show({ status: "running" }, 5, 0.2);
  assert.equal(isClosingDue(memory, EXPERIMENT), false);
  await show({ status: "completed" });
  assert.deepEqual(said, []);
});

test("a report in which nothing was measured yet takes nothing away from the guess", async (context) => {
  const { said, show, memory } = rig(context);
  await show({ status: "running" }, 2);
  assert.equal(isClosingDue(memory, EXPERIMENT), true);
  await show({ status: "stopped" });
  assert.deepEqual(said, ["asked", 1.3]);
});

test("nobody is asked what they think of a result that is not to come, and may be once there is one", async (context) => {
  const { said, show } = rig(context);
  assert.equal(await show({ status: "stopped" }, 0), false);
  assert.equal(await show({ status: "stopped" }, 2), false);
  assert.deepEqual(said, []);
  await show({ status: "stopped" });
  assert.deepEqual(said, ["asked", 1.3]);
});

test("while the question stands there no other report is shown without its answer", async (context) => {
  const answer = Promise.withResolvers<number>();
  const { said, show } = rig(context, answer.promise);
  const both = [show({ status: "stopped" }), show({ status: "stopped" })];
  let shown = 0;
  for (const each of both) void each.then(() => (shown += 1));
  await new Promise((resolve) => void setImmediate(resolve));
  assert.deepEqual([said, shown], [["asked"], 0]);
  answer.resolve(1.2);
  assert.deepEqual(await Promise.all(both), [true, true]);
  assert.deepEqual(said, ["asked", 1.2]);
});
