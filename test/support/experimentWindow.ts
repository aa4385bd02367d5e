/**
 * A process that asks the ledger for the parts of half-hours, as a window does: `node experimentWindow.ts FOLDER SESSION WORKER
 * FROM_SLOT SLOTS`. Prints each answer as a line of JSON as soon as it has it.
 */

import { writeSync } from "node:fs";
import { ledgerClock } from "../../src/extension/ledgerClock.ts";
import { Ledger } from "../../src/productivity/ledger/client.ts";
import { isFailure } from "../../src/productivity/ledger/failure.ts";
import { SLOT_MS } from "../../src/productivity/experiment/slots.ts";

const [folder = "", session = "", workerFile = "", fromMs = "0", slots = "0"] = process.argv.slice(2);
const ledger = new Ledger({
  workerFile,
  folder,
  session,
  clock: ledgerClock,
  retentionDays: 0,
  busyMs: 10_000,
  onState: () => undefined,
  onNotice: () => undefined,
});

for (let index = 0; index < Number(slots); index += 1) {
  const slotMs = Number(fromMs) + index * SLOT_MS;
  const answer = await ledger.experiments.assignSlot({ slotMs, day: "2026-06-10", zoneOffsetMinutes: 0 }, slotMs);
  if (isFailure(answer)) writeSync(2, `${answer.reason} ${answer.detail}\n`);
  else writeSync(1, `${JSON.stringify(answer)}\n`);
}
await ledger.close(10_000);
