/** Opens the ledger and starts what counts. Loaded a moment after the window's start, or when somebody asks for the ledger. */

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type * as vscode from "vscode";
import { fileHmac } from "../productivity/ledger/fileHmac.ts";
import type { Recording } from "./counting.ts";
import { installationSecret } from "./installationSecret.ts";
import { OwnLedger, type OwnLedgerNeeds } from "./ownLedger.ts";
import { ProductivityRecorder, type RecorderNeeds } from "./productivityRecorder.ts";

export function openLedger(
  context: vscode.ExtensionContext,
  needs: Pick<OwnLedgerNeeds, "changed" | "log">,
): OwnLedger {
  return new OwnLedger({
    ...needs,
    folder: join(context.globalStorageUri.fsPath, "ledger"),
    workerFile: context.asAbsolutePath(join("dist", "ledgerWorker.cjs")),
    session: randomBytes(SESSION_BYTES).toString("hex"),
  });
}

/** @throws {CountingError} where it can't be counted */
export async function startRecording(
  context: vscode.ExtensionContext,
  needs: Omit<RecorderNeeds, "hmacs">,
): Promise<Recording> {
  const secret = await installationSecret(context.secrets);
  const hmacs = { ofAddress: fileHmac(secret), ofLexeme: fileHmac(secret, LEXEMES_REMEMBERED) };
  const recorder = new ProductivityRecorder({ ...needs, hmacs });
  const offSinceMs = context.globalState.get<number>(OFF_SINCE);
  if (offSinceMs !== undefined) {
    recorder.gap("turned-off", offSinceMs, needs.clock.nowMs(), undefined);
    await context.globalState.update(OFF_SINCE, undefined);
  }
  return recorder;
}

/** From now on nothing is counted, until it is wished for again. */
export async function rememberOff(context: vscode.ExtensionContext, nowMs: number): Promise<void> {
  if (context.globalState.get<number>(OFF_SINCE) === undefined) await context.globalState.update(OFF_SINCE, nowMs);
}

const SESSION_BYTES = 8;
/** Of some large files, in some megabytes. */
const LEXEMES_REMEMBERED = 20_000;
const OFF_SINCE = "ledger.offSinceMs";
