/** What counts, as far as it is there from the start: all else is loaded when it is wanted. */

import type * as vscode from "vscode";
import { Counting } from "./counting.ts";
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
  /** All that was counted is written when it resolves, or can't be in the time that VS Code gives. */
  readonly end: () => Promise<void>;
}

export function countingParts(needs: CountingPartNeeds): CountingParts {
  const { context, inputMethods, mayOthers, modelOf, changed, log, failed } = needs;
  const ledger = new Lazy<OwnLedger>(async () => {
    const { openLedger } = await import("./countingStart.ts");
    return openLedger(context, { changed, log });
  });
  const offTime = new OffTime(context.globalState);
  const counting = new Counting({
    inputMethods,
    record: async (clock, stateChanged) => {
      const { startRecording } = await import("./countingStart.ts");
      return startRecording(context, offTime, { own: await ledger.get(), clock, changed: stateChanged, failed });
    },
    turnedOff: () => offTime.begin(Date.now()),
    changed,
    failed,
  });
  const counted = new SuggestionEvents({ tell: counting.tell, mayOthers, modelOf });
  const end = async (): Promise<void> => {
    await counting.end();
    await ledger.made?.end();
  };
  return { ledger, counting, counted, end };
}
