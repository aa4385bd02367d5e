/**
 * A process that counts as a window does: `node ledgerWindow.ts FOLDER SESSION WORKER [RECORDS]`. Gives numbered records to
 * the ledger, and prints the number of the last one that is said to be on the disk, a line each time. Without a number of
 * records it goes on until it is killed.
 */

import { writeSync } from "node:fs";
import { Ledger } from "../../src/productivity/ledger/client.ts";
import { ledgerClock } from "../../src/extension/ledgerClock.ts";
import { acceptOf, commitOf } from "./ledgerRig.ts";

const [folder = "", session = "", workerFile = "", records = "Infinity"] = process.argv.slice(2);
const ledger = new Ledger({
  workerFile,
  folder,
  session,
  clock: ledgerClock,
  retentionDays: 0,
  busyMs: 10_000,
  onState: (state) => {
    if (state.kind === "stopped") writeSync(2, `${state.reason} ${state.detail}\n`);
  },
  onNotice: (notice) => writeSync(2, `${notice.kind}\n`),
});

const most = Number(records);
for (let given = 0; given < most;) {
  const upTo = Math.min(most, given + 1 + (given % 60));
  while (given < upTo) {
    given += 1;
    // Every tenth is an accept, which is written at once.
    const record = given % 10 === 0 ? acceptOf(`${session}:${given}`) : commitOf(0);
    ledger.append({ ...record, session, atMs: given });
  }
  if (await ledger.flush()) writeSync(1, `${given}\n`);
  // As quick as that nobody types; the event loop has to get on.
  if (given % 7 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
}
await ledger.close(10_000);
