/** How often suggestions are taken away: what somebody chooses first who begins an experiment. */

import * as vscode from "vscode";

interface Share {
  readonly k: 2 | 5;
  /** 3: single suggestions are held back as well. */
  readonly tier: 2 | 3;
}

/** Without a share it is a line between them. */
interface ShareItem extends vscode.QuickPickItem {
  readonly share?: Share;
}

/** What is said of one of five was simulated (test/productivity/experiment/simulate.test.ts). */
export async function pickShare(): Promise<Share | undefined> {
  const { l10n, window } = vscode;
  const withSingles = l10n.t(
    "Says in addition what a single suggestion does to the moments after it. The half-hours then have four of five suggestions, and a team's report leaves the experiment out.",
  );
  const items: readonly ShareItem[] = [
    {
      label: l10n.t("One of two half-hours without suggestions"),
      detail: l10n.t("Says the most in the same time."),
      share: { k: 2, tier: 2 },
    },
    {
      label: l10n.t("One of five half-hours without suggestions"),
      detail: l10n.t(
        "You do without less often. An interval as narrow takes about half as many half-hours again; to rule out a large claim, such as “10x”, takes hardly more.",
      ),
      share: { k: 5, tier: 2 },
    },
    { label: l10n.t("With single suggestions, too"), kind: vscode.QuickPickItemKind.Separator },
    {
      label: l10n.t("One of two half-hours, and one of five suggestions in the others"),
      detail: withSingles,
      share: { k: 2, tier: 3 },
    },
    {
      label: l10n.t("One of five half-hours, and one of five suggestions in the others"),
      detail: withSingles,
      share: { k: 5, tier: 3 },
    },
  ];
  const title = l10n.t("Start an Experiment (1 of 3)");
  const placeHolder = l10n.t("Compares half-hours of your work with suggestions and without. How often without?");
  return (await window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }))?.share;
}
