/** The thread for long questions: it reads beside the one that writes, and lives as long as there is something to answer. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { blindedAt } from "./blinding.ts";
import { experimentBlocksOf } from "./experimentBlocks.ts";
import { exportLedger } from "./exporting.ts";
import { failureOf } from "./failure.ts";
import { lastEvents } from "./lastEvents.ts";
import type { FromLedger, LedgerTask, Question, ReaderQuestions } from "./messages.ts";
import { ledgerFileName } from "./fileName.ts";
import { reportOf } from "./report.ts";
import { reportModelOf } from "./reportModelOf.ts";
import { schemaVersion, versionOf } from "./schema.ts";
import { teamBlocksOf } from "./teamBlocks.ts";

/**
 * Answers a question, or says why it can't. Opens the file for it: by the next one it may be another file.
 *
 * @param offsetMinutesAt by which the clock on the wall is before UTC at a time
 */
export function answered(
  { folder, busyMs }: LedgerTask,
  question: Question,
  offsetMinutesAt: (atMs: number) => number,
): FromLedger {
  const { id } = question;
  try {
    const file = join(folder, ledgerFileName);
    if (!existsSync(file)) return { kind: "unanswered", id, reason: "unavailable", detail: "ENOENT" };
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      database.exec(`PRAGMA busy_timeout = ${busyMs}; PRAGMA cache_size = -64000`);
      const version = versionOf(database);
      if (version > schemaVersion) return { kind: "unanswered", id, reason: "newer", detail: "schema" };
      // Of an earlier version it is until the one that writes has opened it.
      if (version < schemaVersion) return { kind: "unanswered", id, reason: "unavailable", detail: "schema" };
      return { kind: "answer", id, answer: answerTo(question, database, offsetMinutesAt) };
    } finally {
      database.close();
    }
  } catch (error) {
    return { kind: "unanswered", id, ...failureOf(error) };
  }
}

function seenEvents(database: DatabaseSync, { count, kinds, seenMs }: ReaderQuestions["lastEvents"]["ask"]) {
  const events = lastEvents(database, count, kinds);
  if (seenMs === undefined) return events;
  const blinded = blindedAt(database, seenMs);
  return events.flatMap((event) => blinded(event) ?? []);
}

function answerTo(question: Question, database: DatabaseSync, offsetMinutesAt: (atMs: number) => number): unknown {
  switch (question.kind) {
    case "report":
      return reportOf(database, question.ask);
    case "reportModel":
      return reportModelOf(database, question.ask, offsetMinutesAt);
    case "lastEvents":
      return seenEvents(database, question.ask);
    case "blocks":
      return experimentBlocksOf(database, question.ask);
    case "teamBlocks":
      return teamBlocksOf(database, question.ask);
    case "export":
      return exportLedger(database, question.ask);
    default:
      throw new Error(`The thread that reads does not answer ${question.kind}.`);
  }
}
