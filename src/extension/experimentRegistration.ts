/** The commands of experiments; what they do is loaded with their first call. */

import { join } from "node:path";
import * as vscode from "vscode";
import type { ExperimentState } from "../productivity/experiment/state.ts";
import { isFailure } from "../productivity/ledger/failure.ts";
import { commands } from "./contributions.ts";
import type { Counting } from "./counting.ts";
import type { ExperimentNeeds } from "./experimentCommands.ts";
import type { ExperimentGate } from "./experimentGate.ts";
import { Lazy } from "./lazy.ts";
import type { OtherProviders } from "./otherProviders.ts";
import { orTell } from "./orTell.ts";
import type { OwnLedger } from "./ownLedger.ts";
import type { Spending } from "./spending.ts";
import type { Status } from "./status.ts";
import type { TextPage } from "./textPage.ts";

interface Parts {
  readonly context: vscode.ExtensionContext;
  readonly counting: Counting;
  readonly ledger: Lazy<OwnLedger>;
  readonly experiment: ExperimentGate;
  readonly spending: Lazy<Spending>;
  readonly otherProviders: Pick<OtherProviders, "active">;
  /** Of suggestions, as it is now. */
  readonly status: () => Status;
}

export function registerExperimentCommands(parts: Parts): vscode.Disposable[] {
  const pageOf = (scheme: string) => new Lazy(async () => new (await import("./textPage.ts")).TextPage(scheme));
  const page = pageOf("pairwise-simulation");
  const consent = pageOf("pairwise-consent");
  const run = async (command: "pauseExperiment" | "resumeExperiment" | "stopExperiment"): Promise<void> => {
    const [module, needs] = await Promise.all([import("./experimentCommands.ts"), needsOf(parts, consent)]);
    await orTell(module[command](needs));
  };
  const team = new Lazy(async () => new (await import("./teamExportView.ts")).TeamExportView());
  return [
    page,
    consent,
    team,
    vscode.commands.registerCommand(commands.startExperiment, async () => {
      await parts.counting.ready();
      const { state } = parts.counting;
      const [{ startExperiment }, needs] = await Promise.all([
        import("./experimentCommands.ts"),
        needsOf(parts, consent),
      ]);
      await orTell(startExperiment(needs, state));
    }),
    vscode.commands.registerCommand(commands.pauseExperiment, () => run("pauseExperiment")),
    vscode.commands.registerCommand(commands.resumeExperiment, () => run("resumeExperiment")),
    vscode.commands.registerCommand(commands.stopExperiment, () => run("stopExperiment")),
    vscode.commands.registerCommand(commands.simulateExperiment, async () => {
      const { simulateExperiment } = await import("./simulation.ts");
      await orTell(
        simulateExperiment(await page.get(), parts.context.asAbsolutePath(join("dist", "simulationWorker.cjs"))),
      );
    }),
    vscode.commands.registerCommand(commands.exportTeamBlocks, async () => {
      const [{ exportTeamBlocks }, { ownPerson }, own] = await Promise.all([
        import("./teamExport.ts"),
        import("./ownPerson.ts"),
        parts.ledger.get(),
      ]);
      const person = await ownPerson(parts.context.globalStorageUri.fsPath);
      await orTell(exportTeamBlocks(own.ledger, await team.get(), { nowMs: parts.counting.nowMs(), ...person }));
    }),
  ];
}

async function needsOf(parts: Parts, consent: Lazy<TextPage>): Promise<ExperimentNeeds> {
  const { context, counting, ledger, experiment, otherProviders, spending } = parts;
  const [{ randomBytes }, { experimentObstacle }, { closed, closingNeeds }, { reportWish }, own] = await Promise.all([
    import("node:crypto"),
    import("./experimentObstacle.ts"),
    import("./closingNeeds.ts"),
    import("./reportWish.ts"),
    ledger.get(),
  ]);
  const nowMs = (): number => counting.nowMs();
  return {
    experiments: own.ledger.experiments,
    gate: experiment,
    changed: () => own.experimentChanged(),
    closed: async () => closed(own.ledger, await reportWish(spending, nowMs()), closingNeeds(context, own, nowMs)),
    version: String(context.extension.packageJSON.version),
    nowMs,
    others: () => otherProviders.active().map(({ name }) => name),
    random: (bytes) => randomBytes(bytes).toString("hex"),
    obstacle: () => experimentObstacle(parts.status()),
    consentPage: () => consent.get(),
  };
}

/** The menu is not kept waiting by a disk that does not answer. */
const PATIENCE_MS = 500;

/** For a menu: the last experiment, `undefined` where there was none or it can't be said. */
export async function experimentOf({
  counting,
  ledger,
  experiment,
}: Pick<Parts, "counting" | "ledger" | "experiment">): Promise<ExperimentState | undefined> {
  if (counting.state.kind === "off" && experiment.status === undefined) return undefined;
  const own = await ledger.get();
  const patience = new Promise<"unknown">((resolve) => void setTimeout(resolve, PATIENCE_MS, "unknown"));
  const state = await Promise.race([own.ledger.experiments.state(), patience]);
  if (state === "unknown" || isFailure(state)) return undefined;
  experiment.note(state);
  return state;
}
