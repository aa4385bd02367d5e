/** What an experiment can show, before anybody begins one: many simulated ones with an effect that is known. */

import * as vscode from "vscode";
import { factorWords } from "./experimentWords.ts";
import { simulationPage } from "./simulationPage.ts";
import { simulatedApart } from "./simulationThread.ts";

/** Shows a page. */
interface Page {
  show(title: string, text: string): Promise<void>;
}

interface EffectItem extends vscode.QuickPickItem {
  readonly effect: number;
}

/** @param workerFile the built thread */
export async function simulateExperiment(page: Page, workerFile: string): Promise<void> {
  const { l10n, window } = vscode;
  const items = EFFECTS.map((effect): EffectItem => ({ label: effectLabel(effect), effect }));
  const picked = await window.showQuickPick(items, {
    title: l10n.t("What an Experiment Can Show"),
    placeHolder: l10n.t("Suppose this were true. What would an experiment say after some weeks?"),
  });
  if (!picked) return;
  const location = vscode.ProgressLocation.Notification;
  const title = l10n.t("Simulating experiments");
  const weeks = await window.withProgress(
    { location, title, cancellable: true },
    (_progress, { onCancellationRequested }) => {
      const stopped = new AbortController();
      onCancellationRequested(() => stopped.abort());
      return simulatedApart(workerFile, picked.effect, stopped.signal);
    },
  );
  if (weeks) await page.show(l10n.t("What an Experiment Can Show"), simulationPage(picked.effect, weeks));
}

function effectLabel(effect: number): string {
  const words = factorWords(effect);
  return words.charAt(0).toLocaleUpperCase(vscode.env.language) + words.slice(1);
}

const EFFECTS = [1, 1.1, 1.25, 1.5, 2, 3, 10, 0.8] as const;
