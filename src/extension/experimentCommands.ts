/** Begins, pauses, resumes and stops an experiment, as its user wishes. */

import * as vscode from "vscode";
import { planOf } from "../productivity/experiment/plan.ts";
import type { ExperimentState } from "../productivity/experiment/state.ts";
import type { ExperimentChange } from "../productivity/ledger/experimentQuestions.ts";
import type { LedgerExperiments } from "../productivity/ledger/experimentClient.ts";
import { type Failure, isFailure } from "../productivity/ledger/failure.ts";
import { chosenModelPlace } from "./chosenModel.ts";
import type { ClosingReport } from "./closingForecast.ts";
import { commands } from "./contributions.ts";
import type { CountingState } from "./countingState.ts";
import { reasonWords, troubleWords } from "./countingWords.ts";
import { CONSENT_VERSION, consentText } from "./experimentConsent.ts";
import { forecastFrom } from "./experimentForecast.ts";
import type { ExperimentGate } from "./experimentGate.ts";
import { experimentNotices } from "./experimentNotices.ts";
import type { ExperimentObstacle } from "./experimentObstacle.ts";
import { askConsent, askStop, type ConsentPage } from "./experimentQuestions.ts";
import { pickShare } from "./experimentShares.ts";
import { factorWords, nextHalfHour } from "./experimentWords.ts";
import { type Action, openSettings } from "./notices.ts";

export interface ExperimentNeeds {
  readonly experiments: LedgerExperiments;
  readonly gate: Pick<ExperimentGate, "note">;
  /** What was shown of it before is no longer so. */
  readonly changed: () => void;
  /** Asks for the guess after it, and says what comes of it; undefined where that can't be said. */
  readonly closed: () => Promise<ClosingReport | undefined>;
  /** Of Pairwise: stands in the plan. */
  readonly version: string;
  readonly nowMs: () => number;
  /** Names of other extensions that suggest inline, in whatever language. */
  readonly others: () => readonly string[];
  /** So many bytes of the system's random source, in hexadecimal digits. */
  readonly random: (bytes: number) => string;
  /** Where suggestions would not come by themselves. */
  readonly obstacle: () => ExperimentObstacle | undefined;
  readonly consentPage: () => Promise<ConsentPage>;
}

/** Nothing is written before the user has agreed to the whole of it. */
export async function startExperiment(needs: ExperimentNeeds, counting: CountingState): Promise<void> {
  const { l10n } = vscode;
  if (!(await isCounted(counting)) || !(await isSuggesting(needs.obstacle()))) return;
  const last = await needs.experiments.state();
  if (isFailure(last)) return tellFailure(last);
  if (goesOn(last)) return tellGoesOn(last);
  if (!(await goesOnBeside(needs.others()))) return;
  const share = await pickShare();
  if (!share) return;
  const { k, tier } = share;
  const belief = await askForecast(
    l10n.t("Start an Experiment (2 of 3)"),
    l10n.t(
      "How many times as much do you think you write in the same time with suggestions? It stands beside the result later. Empty: no idea.",
    ),
  );
  if (belief === undefined) return;
  const mostStrata = MOST_HALF_HOURS / k;
  const plan = planOf({ tier, k, mostStrata, pairwiseVersion: needs.version });
  const text = consentText({ k, oneIn: plan.singles?.oneIn, mostStrata, model: chosenModelPlace() });
  if (!(await askConsent(await needs.consentPage(), text))) return;
  // A window that ends while it is written finds what it remembers, and asks the ledger whether it is so.
  needs.gate.note({ status: "running" });
  const wish = {
    experiment: needs.random(EXPERIMENT_BYTES),
    seed: needs.random(SEED_BYTES),
    plan,
    textVersion: CONSENT_VERSION,
    belief: belief === "none" ? undefined : belief,
  };
  const started = await needs.experiments.start(wish, needs.nowMs());
  if (isFailure(started)) {
    needs.gate.note(last);
    return tellFailure(started);
  }
  needs.gate.note(started.state);
  needs.changed();
  if (started.kind === "goes-on") return tellGoesOn(started.state);
  void experimentNotices.tell(
    l10n.t("The experiment begins with the next half-hour, at {0}.", nextHalfHour(needs.nowMs())),
  );
}

export async function pauseExperiment(needs: ExperimentNeeds): Promise<void> {
  const { l10n } = vscode;
  const state = await changed(needs, { kind: "pause" });
  if (state?.status !== "paused") return;
  const resume = l10n.t("Resume");
  const answer = await experimentNotices.tell(l10n.t("The experiment is paused: suggestions come as ever."), resume);
  if (answer === resume) await resumeExperiment(needs);
}

export async function resumeExperiment(needs: ExperimentNeeds): Promise<void> {
  const { l10n } = vscode;
  const state = await changed(needs, { kind: "resume" });
  if (state?.status !== "running") return;
  void experimentNotices.tell(
    l10n.t("The experiment goes on with the next half-hour, at {0}.", nextHalfHour(needs.nowMs())),
  );
}

/** Asks first, since it can't be resumed. */
export async function stopExperiment(needs: ExperimentNeeds): Promise<void> {
  const { l10n } = vscode;
  const last = await needs.experiments.state();
  if (isFailure(last)) return tellFailure(last);
  if (!goesOn(last)) return tellNone(needs, last);
  const answer = await askStop(last.status !== "paused");
  if (answer === "pause") return pauseExperiment(needs);
  if (answer !== "stop") return;
  const state = await changed(needs, { kind: "stop", withdrawsConsent: true });
  if (state?.status !== "stopped") return;
  // That it begins or goes on is no longer so.
  await experimentNotices.hide();
  const report = await needs.closed().finally(() => needs.changed());
  const show = l10n.t("Show the report");
  const picked = await experimentNotices.tell(stoppedWords(report), show);
  if (picked === show) await vscode.commands.executeCommand(commands.showReport);
}

function stoppedWords(report: ClosingReport | undefined): string {
  const { l10n } = vscode;
  if (!report) return l10n.t("The experiment is stopped.");
  return report.saysAnything
    ? l10n.t("The experiment is stopped. What came of it is in the report.")
    : l10n.t("The experiment is stopped, with too few half-hours for a result.");
}

/** Undefined where nobody answers. */
export async function askAfter(title: string): Promise<number | undefined> {
  const { l10n } = vscode;
  const belief = await askForecast(
    title,
    l10n.t(
      "Before you see the result: how many times as much do you think you wrote in the same time with suggestions? Empty or Escape: no answer.",
    ),
  );
  return typeof belief === "number" ? belief : undefined;
}

/** As it stands then. Where there is nothing to change, the user is told. */
async function changed(needs: ExperimentNeeds, change: ExperimentChange): Promise<ExperimentState | undefined> {
  const state = await needs.experiments.change(change, needs.nowMs());
  if (isFailure(state)) {
    tellFailure(state);
    return undefined;
  }
  needs.gate.note(state);
  // Of one that is stopped the guess comes before what is shown.
  if (change.kind !== "stop") needs.changed();
  if (change.kind !== "stop" && !goesOn(state)) tellNone(needs, state);
  return state;
}

const goesOn = (state: ExperimentState | undefined): state is ExperimentState =>
  state?.status === "running" || state?.status === "paused";

/** An experiment of what is not counted would take suggestions away for nothing. */
async function isCounted(counting: CountingState): Promise<boolean> {
  const { l10n } = vscode;
  if (counting.kind === "counting" || counting.kind === "starting") return true;
  const trouble = troubleWords(counting);
  const words = trouble?.text ?? l10n.t("Suggestions are not counted, since pairwise.ledger.enabled is off.");
  await refuse(words, trouble?.action ?? openSettings("pairwise.ledger"));
  return false;
}

/** Another extension's suggestions go on in half-hours without, and are in no figure. */
async function goesOnBeside(others: readonly string[]): Promise<boolean> {
  if (others.length === 0) return true;
  const { l10n, window } = vscode;
  const detail = l10n.t(
    "Its suggestions go on in half-hours without ours, and what they write is not counted: they would make ours look better than they are. It is best to turn it off first.",
  );
  const goOn = l10n.t("Begin all the same");
  const title = l10n.t("{0} may suggest as you type, too.", others.join(", "));
  return (await window.showWarningMessage(title, { modal: true, detail }, goOn)) === goOn;
}

/** Half-hours in which nothing comes by itself are alike, and say nothing. */
async function isSuggesting(obstacle: ExperimentObstacle | undefined): Promise<boolean> {
  const { l10n } = vscode;
  if (!obstacle) return true;
  const goOn = l10n.t("Go on all the same");
  return (await refuse(obstacle.text, obstacle.action, ...(obstacle.mayPass ? [goOn] : []))) === goOn;
}

/** Does what is picked as the way out. */
async function refuse(
  words: string,
  wayOut: Action | undefined,
  ...more: readonly string[]
): Promise<string | undefined> {
  const { l10n, commands: editor } = vscode;
  const sentence =
    more.length > 0
      ? l10n.t("An experiment would measure nothing now. {0}", words)
      : l10n.t("No experiment can be started. {0}", words);
  const answer = await experimentNotices.warn(sentence, ...(wayOut ? [wayOut.title] : []), ...more);
  if (wayOut && answer === wayOut.title)
    await editor.executeCommand(wayOut.command, ...(wayOut.argument === undefined ? [] : [wayOut.argument]));
  return answer;
}

/** "none": nothing was entered. `undefined`: it was closed. */
async function askForecast(title: string, prompt: string): Promise<number | "none" | undefined> {
  const { l10n, window } = vscode;
  const text = await window.showInputBox({
    title,
    prompt,
    placeHolder: l10n.t("1.2 or 20 %: a fifth more in the same time. 1: no difference"),
    ignoreFocusOut: true,
    validateInput: forecastRemark,
  });
  if (text === undefined) return undefined;
  const forecast = forecastFrom(text);
  return forecast.kind === "factor" ? forecast.factor : "none";
}

/** What was understood, so that nobody's 20 is taken for twenty times. */
function forecastRemark(text: string): vscode.InputBoxValidationMessage | undefined {
  const { l10n, InputBoxValidationSeverity: severity } = vscode;
  if (text.trim() === "") return undefined;
  const forecast = forecastFrom(text);
  switch (forecast.kind) {
    case "factor":
      return { message: factorWords(forecast.factor), severity: severity.Info };
    case "ambiguous":
      return {
        message:
          forecast.number < 0
            ? l10n.t("Do you mean {0} %?", String(forecast.number))
            : l10n.t("{0} % or {0} x?", String(forecast.number)),
        severity: severity.Error,
      };
    case "none":
      return {
        message: l10n.t("A number such as 1.2, or percent such as 20 % or -10 %; between 0.1 and 100 times as much."),
        severity: severity.Error,
      };
  }
}

function tellFailure(failure: Failure): void {
  const words = vscode.l10n.t("The experiment is as it was: {0}", reasonWords(failure));
  void experimentNotices.warn(words);
}

function tellNone({ gate }: ExperimentNeeds, last: ExperimentState | undefined): void {
  gate.note(last);
  const { l10n } = vscode;
  void experimentNotices.tell(
    last?.status === "completed"
      ? l10n.t("No experiment is running: the last one is complete.")
      : l10n.t("No experiment is running."),
  );
}

async function tellGoesOn({ status }: ExperimentState): Promise<void> {
  const { l10n } = vscode;
  const stop = l10n.t("Stop the experiment");
  const words =
    status === "paused"
      ? l10n.t("An experiment is paused. Resume or stop it first.")
      : l10n.t("An experiment is running already.");
  const answer = await experimentNotices.tell(words, stop);
  if (answer === stop) await vscode.commands.executeCommand(commands.stopExperiment);
}

/** Some ten weeks of full days: the experiment ends by itself then. */
const MOST_HALF_HOURS = 600;
const EXPERIMENT_BYTES = 8;
const SEED_BYTES = 32;
