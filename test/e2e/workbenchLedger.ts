/** What a workbench's ledger has, read beside the editor that writes it. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { RecordOf } from "../../src/productivity/ledger/columns.ts";
import { ledgerFileName } from "../../src/productivity/ledger/fileName.ts";
import type { RecordKind } from "../../src/productivity/records.ts";
import { recordsIn } from "../support/ledgerRig.ts";
import { type ModelServer, modelServerSettings } from "../support/modelServer.ts";
import { openWorkbench, type Workbench, type WorkbenchOptions } from "./workbench.ts";

/** One in which it is counted what becomes of the server's suggestions. */
export function openCounted(
  server: ModelServer,
  { locale, machineSettings }: Pick<WorkbenchOptions, "locale" | "machineSettings"> = {},
): Promise<Workbench> {
  return openWorkbench({
    settings: { "editor.minimap.enabled": false, "workbench.colorTheme": "Default Light Modern" },
    machineSettings: { ...modelServerSettings(server), ...machineSettings },
    ...(locale !== undefined && { locale }),
  });
}

export const ledgerFolder = ({ dataFolder }: Pick<Workbench, "dataFolder">): string =>
  join(dataFolder, "user", "User", "globalStorage", "pairwise.pairwise", "ledger");

/** The oldest first; none where there is no ledger yet, which is made a moment after the start. */
export function recordsOf<Kind extends RecordKind>(
  workbench: Pick<Workbench, "dataFolder">,
  kinds: readonly Kind[],
): readonly RecordOf<Kind>[] {
  const folder = ledgerFolder(workbench);
  if (!existsSync(join(folder, ledgerFileName))) return [];
  return recordsIn(folder, kinds) as readonly RecordOf<Kind>[];
}

/** As soon as there is one; what is looked at may be in the middle of being made. */
export async function until<Found>(
  { page }: Pick<Workbench, "page">,
  what: string,
  find: () => Found | undefined,
  withinMs = 20_000,
): Promise<Found> {
  for (let waitedMs = 0; waitedMs < withinMs; waitedMs += LOOK_EVERY_MS) {
    const found = find();
    if (found !== undefined) return found;
    await page.waitForTimeout(LOOK_EVERY_MS);
  }
  return assert.fail(`not so after ${withinMs} ms: ${what}`);
}
const LOOK_EVERY_MS = 100;
