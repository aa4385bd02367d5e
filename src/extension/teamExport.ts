/** What somebody may hand in for a team's report: shown first, all of it, then saved where they wish. */

import * as vscode from "vscode";
import type { Ledger } from "../productivity/ledger/client.ts";
import { writeTo } from "./fileWriting.ts";
import { isFailure } from "../productivity/ledger/failure.ts";
import type { TeamBlocks, TeamBlocksWish } from "../productivity/ledger/teamBlocks.ts";
import type { BlockRow } from "../productivity/team/blockRow.ts";
import { reasonWords } from "./countingWords.ts";
import { numberWords } from "./ledgerFigures.ts";
import { reveal } from "./reveal.ts";

/** Shows a text that nobody can edit. */
interface Page {
  show(text: string): Promise<void>;
}

export async function exportTeamBlocks(
  ledger: Pick<Ledger, "teamBlocks">,
  page: Page,
  wish: TeamBlocksWish,
): Promise<void> {
  const { l10n, window } = vscode;
  const found = await ledger.teamBlocks(wish);
  if (isFailure(found)) {
    void window.showWarningMessage(l10n.t("Nothing was written: {0}", reasonWords(found)));
    return;
  }
  if (found.kind === "none") {
    void window.showInformationMessage(noneWords(found.why));
    return;
  }
  const { rows } = found;
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  await page.show(text);
  const asLines = l10n.t("Save as JSON Lines…");
  const asParquet = l10n.t("Save as Parquet…");
  const answer = await window.showInformationMessage(
    l10n.t(
      "This is all that would be in the file: {0} half-hours of all your experiments, figures alone, under two random names that are made for this: yours, by which whoever gets it knows that several files are one person's, and one for each experiment. They can see in which half-hours you worked.",
      numberWords(rows.length),
    ),
    asLines,
    asParquet,
  );
  if (answer === asLines) await save(rows, "jsonl", new TextEncoder().encode(text));
  if (answer === asParquet) {
    const { parquetOf } = await import("../productivity/team/parquet.ts");
    await save(rows, "parquet", parquetOf(rows));
  }
}

async function save(rows: readonly BlockRow[], extension: "jsonl" | "parquet", content: Uint8Array): Promise<void> {
  const { l10n, window, workspace } = vscode;
  const name = `pairwise-blocks-${rows[0]?.person ?? ""}.${extension}`;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const file = await window.showSaveDialog({
    title: l10n.t("What You Would Hand In"),
    filters: { [extension === "jsonl" ? "JSON Lines" : "Parquet"]: [extension] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (!file) return;
  await writeTo(file, content);
  const show = l10n.t("Show where it is");
  const done = l10n.t("Your half-hours are in {0}. Nothing has been sent: hand the file in yourself.", file.fsPath);
  if ((await window.showInformationMessage(done, show)) === show) await reveal(file);
}

function noneWords(why: Extract<TeamBlocks, { readonly kind: "none" }>["why"]): string {
  const { l10n } = vscode;
  switch (why) {
    case "no-experiment":
      return l10n.t("There is nothing to hand in: there has been no experiment.");
    case "changed":
      return l10n.t(
        "Nothing is handed in of this experiment: its plan or its seed is not the one that was laid down before its data.",
      );
    case "missing":
      return l10n.t(
        "Nothing is handed in of this experiment: half-hours that were drawn are not in the ledger any more, so that its result could have been chosen.",
      );
    case "seed-hidden":
      return l10n.t(
        "Nothing can be handed in of these files: they were exported while the experiment went on, and its seed is not in them, so that nothing proves how its half-hours were drawn. Export them again once it has ended, or name the ledger itself.",
      );
    case "unknown-plan":
      return l10n.t(
        "Nothing is handed in of this experiment: its plan is of a form that this version of Pairwise does not know.",
      );
    case "no-blocks":
      return l10n.t("There is nothing to hand in yet: no group of half-hours has ended.");
  }
}
