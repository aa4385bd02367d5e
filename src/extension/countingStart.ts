/** Opens the ledger and starts what counts. Loaded a moment after the window's start, or when somebody asks for the ledger. */

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type * as vscode from "vscode";
import { fileHmac, secretFor } from "../productivity/ledger/fileHmac.ts";
import type { Recording } from "./counting.ts";
import { installationSecret } from "./installationSecret.ts";
import type { OffTime } from "./offTime.ts";
import { OwnLedger, type OwnLedgerNeeds } from "./ownLedger.ts";
import { setting } from "./settings.ts";
import { ProductivityRecorder, type RecorderNeeds } from "./productivityRecorder.ts";

export function openLedger(
  context: vscode.ExtensionContext,
  needs: Pick<OwnLedgerNeeds, "changed" | "log" | "lost">,
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
  offTime: OffTime,
  needs: Omit<RecorderNeeds, "hmacs">,
): Promise<Recording> {
  const secret = await installationSecret(context.globalStorageUri.fsPath);
  const hmacs = {
    ofAddress: fileHmac(secretFor(secret, "addresses")),
    ofLexeme: fileHmac(secretFor(secret, "lexemes"), LEXEMES_REMEMBERED),
  };
  const recorder = new ProductivityRecorder({ ...needs, hmacs });
  // It may have been switched off while this was loaded: then the time goes on.
  const offSinceMs = setting("ledger.enabled") ? await offTime.end() : undefined;
  if (offSinceMs !== undefined) recorder.gap("turned-off", offSinceMs, needs.clock.nowMs(), undefined);
  return recorder;
}

const SESSION_BYTES = 8;
/** Of some large files, in some megabytes. */
const LEXEMES_REMEMBERED = 20_000;
