/** What counts, as far as it is there from the start: all else is loaded when it is wanted. */

import { createHash } from "node:crypto";
import * as vscode from "vscode";
import { isFailure } from "../productivity/ledger/failure.ts";
import { Counting } from "./counting.ts";
import { contextKeys } from "./contributions.ts";
import { ExperimentGate } from "./experimentGate.ts";
import { Lazy } from "./lazy.ts";
import { OffTime } from "./offTime.ts";
import type { InputMethods } from "./inputMethods.ts";
import type { OwnLedger } from "./ownLedger.ts";
import { SuggestionEvents, type SuggestionEventNeeds } from "./suggestionEvents.ts";

export interface CountingPartNeeds extends Pick<SuggestionEventNeeds, "mayOthers" | "modelOf"> {
  readonly context: vscode.ExtensionContext;
  readonly inputMethods: InputMethods;
  /** It goes on, or does not. */
  readonly changed: () => void;
  readonly log: (sentence: string) => void;
  readonly failed: (error: unknown) => void;
}

export interface CountingParts {
  readonly ledger: Lazy<OwnLedger>;
  readonly counting: Counting;
  readonly counted: SuggestionEvents;
  readonly experiment: ExperimentGate;
  /** All that was counted is written when it resolves, or can't be in the time that VS Code gives. */
  readonly end: () => Promise<void>;
}

export function countingParts(needs: CountingPartNeeds): CountingParts {
  const { context, inputMethods, mayOthers, modelOf, changed, log, failed } = needs;
  const ledger = new Lazy<OwnLedger>(async () => {
    const { openLedger } = await import("./countingStart.ts");
    const own = openLedger(context, {
      changed,
      log,
      // What it says of an experiment is asked of the new file: another window may have begun one in it.
      lost: () => {
        const hadExperiment = experiment.status !== undefined;
        if (hadExperiment) void lookAtExperiment(own);
        return hadExperiment;
      },
    });
    // Its listeners end with it.
    own.onDidDelete(() => experiment.forget());
    return own;
  });
  const offTime = new OffTime(context.globalState);
  const counting = new Counting({
    inputMethods,
    record: async (clock, stateChanged) => {
      const { startRecording } = await import("./countingStart.ts");
      const own = await ledger.get();
      const recording = await startRecording(context, offTime, { own, clock, changed: stateChanged, failed });
      // The installation may not remember one that goes on, as after a window that ended too soon.
      void lookAtExperiment(own);
      return recording;
    },
    turnedOff: () => offTime.begin(Date.now()),
    changed,
    failed,
  });
  const counted = new SuggestionEvents({ tell: counting.tell, mayOthers, modelOf });
  const experiment = new ExperimentGate({
    memory: context.globalState,
    nowMs: () => counting.nowMs(),
    counting: () => counting.state.kind,
    sha256: (text) => createHash("sha256").update(text, "utf8").digest("hex"),
    assign: async (slot, nowMs) => (await ledger.get()).ledger.experiments.assignSlot(slot, nowMs),
    changed: () => {
      tellExperiment(experiment.status);
      changed();
    },
  });
  tellExperiment(experiment.status);
  const lookAtExperiment = async ({ ledger: { experiments } }: OwnLedger): Promise<void> => {
    const state = await experiments.state();
    if (!isFailure(state)) experiment.note(state);
  };
  context.subscriptions.push(
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) experiment.lookAgain();
    }),
  );
  const end = async (): Promise<void> => {
    await counting.end();
    await ledger.made?.end();
  };
  return { ledger, counting, counted, experiment, end };
}

/** For the palette, which offers what can be done. */
function tellExperiment(status: "running" | "paused" | undefined): void {
  void vscode.commands.executeCommand("setContext", contextKeys.experiment, status);
}
