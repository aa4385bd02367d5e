/** What the ledger of the editor under test has, and a document in which suggestions come from a server. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as vscode from "vscode";
import type { RecordOf } from "../../src/productivity/ledger/columns.ts";
import { ReadNames } from "../../src/productivity/ledger/names.ts";
import { recordFrom } from "../../src/productivity/ledger/rows.ts";
import type { LedgerRecord, RecordKind } from "../../src/productivity/records.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { startModelServer, type ModelServer } from "../support/modelServer.ts";
import { closeAll, eventually, resetSettings, setUser, useServer } from "./editor.ts";

export const run = (command: string, argument?: unknown): Thenable<unknown> =>
  vscode.commands.executeCommand(command, argument);

/** As keys: one character each. */
export async function type(text: string): Promise<void> {
  for (const character of text) await run("type", { text: character });
}

export const LEDGER_PAGE = vscode.Uri.from({ scheme: "pairwise-ledger", path: "/Ledger.txt" });

/** What "Show the Ledger" shows, as soon as that is in it. The document that was in front is there again. */
export async function ledgerPageText(wanted = /\S/): Promise<string> {
  const before = vscode.window.activeTextEditor?.document;
  const sinceTime = new Date().toTimeString().slice(0, "00:00:00".length);
  await run("pairwise.showLedger");
  const text = await eventually("the ledger's page", async () => {
    const shown = (await vscode.workspace.openTextDocument(LEDGER_PAGE)).getText();
    // What was shown before stays until the new page is made.
    const [time = sinceTime] = /\d\d:\d\d:\d\d/.exec(shown.split("\n")[0] ?? "") ?? [];
    return wanted.test(shown) && time >= sinceTime ? shown : undefined;
  });
  if (before && !before.isClosed) await vscode.window.showTextDocument(before);
  return text;
}

let file: string | undefined;

/** Where it is, as the page says. */
export async function ledgerFile(): Promise<string> {
  file ??= /^File +(\/.*\.db)$/m.exec(await ledgerPageText())?.[1];
  assert.ok(file, "the page names the file");
  return file;
}

/** Its bytes, with those of the files beside it. */
export async function ledgerBytes(): Promise<string> {
  const folder = dirname(await ledgerFile());
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "latin1"))
    .join("\n");
}

/** All records since then, as they are in the file, the oldest first. */
export async function recordsSince(sinceMs: number): Promise<readonly LedgerRecord[]> {
  const database = new DatabaseSync(await ledgerFile(), { readOnly: true });
  try {
    const names = new ReadNames(database);
    const kinds: readonly RecordKind[] = [
      "opportunity",
      "response",
      "shown",
      "accept",
      "end",
      "regret",
      "edit",
      "gap",
      "activity",
    ];
    return kinds
      .flatMap((kind) =>
        database
          .prepare(`SELECT * FROM "${kind}" WHERE atMs >= ? ORDER BY id`)
          .all(sinceMs)
          .map((row) => recordFrom(kind, row, names)),
      )
      .toSorted((one, other) => one.atMs - other.atMs);
  } finally {
    database.close();
  }
}

export function of<Kind extends RecordKind>(kind: Kind, records: readonly LedgerRecord[]): readonly RecordOf<Kind>[] {
  return records.filter((record): record is RecordOf<Kind> => record.kind === kind);
}

/** The records since `sinceMs` as soon as there is one of the kind that `isIt` says yes to. */
export function whenRecorded<Kind extends RecordKind>(
  kind: Kind,
  sinceMs: number,
  isIt: (record: RecordOf<Kind>) => boolean = () => true,
): Promise<readonly LedgerRecord[]> {
  return eventually(`a record of ${kind}`, async () => {
    const records = await recordsSince(sinceMs);
    return of(kind, records).some(isIt) ? records : undefined;
  });
}

/** The test gets a server that answers `answer`, and the time from which on it looks at the ledger. */
export function counting(
  name: string,
  answer: string,
  body: (server: ModelServer, sinceMs: number) => Promise<void>,
): HostTest {
  return {
    name,
    async run() {
      await ledgerFile();
      const server = await startModelServer(answer);
      try {
        await setUser("context.maxTokens", 0);
        await setUser("suggestions.alternatives", 1);
        await useServer(server.baseUrl("ok"));
        await closeAll();
        // The clocks of the window and of this test are the same; what a test before began ends before.
        await new Promise((wake) => setTimeout(wake, SETTLED_MS));
        // A clipboard takes the focus away.
        await run("workbench.action.focusActiveEditorGroup");
        await body(server, Date.now());
      } finally {
        await closeAll();
        await resetSettings();
        await server.close();
      }
    },
  };
}

/** Until the grey text must be there. */
export async function suggested(server: ModelServer, requests = 1): Promise<void> {
  await eventually(`request ${requests}`, () => (server.requests.length >= requests ? true : undefined));
  await pause(SHOWN_MS);
}

export const pause = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));

const SETTLED_MS = 1_200;
const SHOWN_MS = 400;
