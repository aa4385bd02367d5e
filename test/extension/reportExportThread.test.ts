/** Exports in the thread that makes them in the editor. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { madeExport, type ReportExportTask } from "../../src/extension/reportExportThread.ts";
import { ledgerFileName } from "../../src/productivity/ledger/fileName.ts";
import { suggested } from "../support/exports.ts";
import { batchOf, ledgerFolder, NOON_MS, openStore } from "../support/ledgerRig.ts";
import { decodedMetrics } from "../support/metricsServer.ts";

const workerFile = join(import.meta.dirname, "../../src/extension/reportExportWorker.ts");
const waits = new AbortController().signal;

const taskOf = (folder: string, rest: Partial<ReportExportTask> = {}): ReportExportTask => ({
  ledgerFile: join(folder, ledgerFileName),
  format: "otel",
  wish: { nowMs: NOON_MS + 60_000 },
  version: "0.1.0",
  language: "en",
  sentences: {},
  ...rest,
});

test("before anything was counted there is nothing to export, and no trouble", async (context) => {
  const made = await madeExport(workerFile, taskOf(ledgerFolder(context), { format: "html" }), waits);
  assert.deepEqual(made, { kind: "made", files: [], points: 0, metrics: 0, closing: undefined });
});

test("the metrics say which machine they are of, by its random number", async (context) => {
  const folder = ledgerFolder(context);
  openStore(context, folder).append(batchOf(suggested({ run: "r:1", lines: 1, full: 1 })), NOON_MS);
  const instanceId = "5f0c3c39-8a2e-4f3a-9d55-0d7a4f1c2b3a";
  const made = await madeExport(workerFile, taskOf(folder, { instanceId }), waits);
  assert.ok(made.kind === "made");
  assert.deepEqual(decodedMetrics(made.files[0]?.text ?? "").resource, {
    "service.name": "pairwise",
    "service.version": "0.1.0",
    "service.instance.id": instanceId,
  });
});

test("one that is stopped ends, at once or before it has begun", async (context) => {
  const folder = ledgerFolder(context);
  const stopping = new AbortController();
  const made = madeExport(workerFile, taskOf(folder), stopping.signal);
  stopping.abort();
  assert.deepEqual(await made, { kind: "stopped" });
  assert.deepEqual(await madeExport(workerFile, taskOf(folder), stopping.signal), { kind: "stopped" });
});
