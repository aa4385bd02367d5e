import * as vscode from "vscode";
import { commands } from "./contributions.ts";
import type { Lazy } from "./lazy.ts";
import type { Refactorings } from "./refactorParts.ts";
import { placeOf } from "./refactorPlaces.ts";
import type { ReviewNeeds } from "./reviewShowing.ts";

/** The commands of reviews and of better names. */
export function registerReviews(refactorings: Lazy<Refactorings>): vscode.Disposable[] {
  const needs = async (): Promise<ReviewNeeds> => (await refactorings.get()).review;
  return [
    vscode.commands.registerCommand(commands.review, async (...given: readonly unknown[]) =>
      (await import("./review.ts")).reviewCode(await needs(), await placeOf(given)),
    ),
    vscode.commands.registerCommand(commands.reviewChanges, async () => {
      const stagedOnly = await pickStaged();
      if (stagedOnly !== undefined) await (await import("./reviewChanges.ts")).reviewChanges(await needs(), stagedOnly);
    }),
    vscode.commands.registerCommand(commands.fixFinding, async (thread) =>
      (await import("./review.ts")).fixFinding(await needs(), thread),
    ),
    vscode.commands.registerCommand(commands.resolveFinding, async (thread) =>
      (await needs()).comments.resolve(thread),
    ),
    vscode.commands.registerCommand(commands.dismissFinding, async (thread) =>
      (await needs()).comments.dismiss(thread),
    ),
    // Where no review was made there is nothing to dismiss.
    vscode.commands.registerCommand(commands.dismissFindings, async () =>
      refactorings.made?.review.comments.dismissAll(),
    ),
    vscode.commands.registerCommand(commands.suggestNames, async (...given: readonly unknown[]) =>
      (await import("./renameSymbol.ts")).suggestNames(await needs(), await placeOf(given)),
    ),
  ];
}

/** Asked only where something is staged and something is not; `undefined` where the user wants neither. */
async function pickStaged(): Promise<boolean | undefined> {
  const { gitRepositories } = await import("./gitApi.ts");
  const { l10n, window } = vscode;
  const repositories = (await gitRepositories(AbortSignal.timeout(GIT_MS))) ?? [];
  const hasStaged = repositories.some(({ state }) => state.indexChanges.length > 0);
  const hasOthers = repositories.some(
    ({ state }) => state.workingTreeChanges.length + (state.untrackedChanges?.length ?? 0) > 0,
  );
  if (!hasStaged || !hasOthers) return false;
  const staged = { label: l10n.t("Staged Changes"), description: l10n.t("what the next commit has") };
  const all = { label: l10n.t("All Changes"), description: l10n.t("since the last commit") };
  const chosen = await window.showQuickPick([all, staged], { title: l10n.t("Review Changes") });
  return chosen && chosen === staged;
}

const GIT_MS = 10_000;
