/** Runs in a thread of its own and writes the ledger, or answers long questions about it. */

import { parentPort, workerData } from "node:worker_threads";
import type { FromLedger, LedgerTask, Question, ToLedger } from "../productivity/ledger/messages.ts";
import { answered } from "../productivity/ledger/reading.ts";
import { LedgerWriting } from "../productivity/ledger/writing.ts";
import { ledgerClock, localCalendar, localOffsetMinutesAt } from "./ledgerClock.ts";

const task = workerData as LedgerTask;

if (task.role === "reader") {
  parentPort?.on("message", (question: Question) => tell(answered(task, question, localOffsetMinutesAt)));
} else {
  const writing = new LedgerWriting({ task, clock: ledgerClock, calendar: localCalendar, tell });
  parentPort?.on("message", (message: ToLedger) => {
    writing.heed(message);
    if (message.kind === "close") parentPort?.close();
  });
  writing.start();
}

function tell(message: FromLedger): void {
  parentPort?.postMessage(message);
}
