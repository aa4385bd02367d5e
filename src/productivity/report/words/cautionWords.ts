/** What makes an experiment's result weaker than it looks, said beside the verdict. */

import type { Methods } from "../methods.ts";
import { dayWords, joined, listWords, numberWords, percentWords, type Speaker } from "./speaker.ts";

type ExperimentMethods = NonNullable<Methods["experiment"]>;

export function cautionWords(speaker: Speaker, { experiment }: Methods): readonly string[] {
  if (!experiment) return [];
  return [
    otherwiseWords(speaker, experiment),
    notAppliedWords(speaker, experiment),
    singlesWords(speaker, experiment),
    earlierWords(speaker, experiment),
  ].filter((note) => note !== "");
}

/** What takes the place of suggestions where there are none is not counted, and looks like less. */
function otherwiseWords(speaker: Speaker, { otherwise: { on, off, isFlagged } }: ExperimentMethods): string {
  return isFlagged && on !== undefined && off !== undefined
    ? speaker.t(
        "Beware: pastes, the chat and other extensions brought in {0} of the characters in blocks with suggestions, and {1} in blocks without. They are not counted, and that alone may make much of the difference.",
        percentWords(speaker, on),
        percentWords(speaker, off),
      )
    : "";
}

function notAppliedWords(speaker: Speaker, { notAppliedOff, compared }: ExperimentMethods): string {
  return notAppliedOff === 0
    ? ""
    : speaker.t(
        "In {0} of {1} blocks without, suggestions came by themselves all the same, such as where the ledger could not say in time that they should not. These blocks count as they were drawn, and any difference looks smaller.",
        numberWords(speaker, notAppliedOff),
        numberWords(speaker, compared.off),
      );
}

/** Of what the comparison is: a little less than all suggestions. */
function singlesWords(speaker: Speaker, { plan: { singles } }: ExperimentMethods): string {
  return singles
    ? speaker.t(
        "In the half-hours with suggestions {0} of {1} came, since single ones were held back, too. A team's report leaves such an experiment out.",
        numberWords(speaker, singles.oneIn - 1),
        numberWords(speaker, singles.oneIn),
      )
    : "";
}

/** For the methods: what was measured of it, flagged or not. */
export function otherwiseShareWords(speaker: Speaker, { otherwise, emptyBlocks }: ExperimentMethods): string {
  const { on, off } = otherwise;
  return joined(speaker, [
    on === undefined || off === undefined
      ? ""
      : speaker.t(
          "Pastes, edits of the chat and what other extensions inserted are not counted: {0} of the characters in blocks with suggestions, and {1} in the others. What is chosen from the editor's own list counts as typed.",
          percentWords(speaker, on),
          percentWords(speaker, off),
        ),
    emptyBlocks.on + emptyBlocks.off === 0
      ? ""
      : speaker.t(
          "Blocks without a character count as one with one: {0} with suggestions, {1} without.",
          numberWords(speaker, emptyBlocks.on),
          numberWords(speaker, emptyBlocks.off),
        ),
  ]);
}

/** Each could have been shown instead of the last one. */
function earlierWords(speaker: Speaker, { earlier }: ExperimentMethods): string {
  const { t } = speaker;
  if (earlier.length === 0) return "";
  const each = earlier.map(({ status, startedMs, statusSinceMs, slotsOn, slotsOff }) => {
    const parts = [
      dayWords(speaker, startedMs),
      dayWords(speaker, statusSinceMs),
      numberWords(speaker, slotsOn + slotsOff),
    ] as const;
    return status === "completed"
      ? t("{0} to {1}, complete, {2} half-hours drawn", ...parts)
      : t("{0} to {1}, stopped, {2} half-hours drawn", ...parts);
  });
  return t(
    "Experiments that were begun before this one: {0} ({1}). Nothing of them is in the result. The more often one begins anew, the more often chance speaks.",
    numberWords(speaker, earlier.length),
    listWords(speaker, each),
  );
}
