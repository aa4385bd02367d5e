/** Forecast beside measurement, and the experiment's methods. */

import type { Analysis } from "../../experiment/analysis.ts";
import type { WhyNot } from "../../experiment/blocks.ts";
import type { Methods } from "../methods.ts";
import type { ReportModel } from "../model.ts";
import { cautionWords, otherwiseShareWords } from "./cautionWords.ts";
import { decidedWords, hasEnded } from "./headlineWords.ts";
import { knownWords } from "./lacks.ts";
import { blocksBasis } from "./ladderWords.ts";
import { dayWords, joined, numberWords, percentWords, ratioRangeWords, ratioWords, type Speaker } from "./speaker.ts";
import type { RatioRow, Section, Table } from "./text.ts";

export function forecastSection(speaker: Speaker, { forecast, verdict, ladder }: ReportModel): readonly Section[] {
  const { t } = speaker;
  const isAnswered = forecast?.before !== undefined || forecast?.after !== undefined;
  const after = afterWords(speaker, { forecast, verdict, ladder });
  if (!forecast || (!isAnswered && after === "")) return [];
  const guess = (label: string, value: number | undefined): readonly RatioRow[] =>
    value === undefined ? [] : [{ label, note: ratioWords(speaker, value), at: value, mark: "point" }];
  const measured: readonly RatioRow[] =
    verdict.kind === "measured" && !verdict.isFlagged
      ? [
          {
            label: t("Measured"),
            note: ratioRangeWords(speaker, verdict),
            at: verdict.estimate,
            interval: { lower: verdict.lower, upper: verdict.upper },
            mark: "point",
          },
        ]
      : [];
  const rows = [
    ...guess(t("Believed before"), forecast.before),
    ...measured,
    ...guess(t("Believed after"), forecast.after),
  ];
  const { before } = forecast;
  const section = { id: "forecast", question: t("Is it what was expected?") } as const;
  if (!isAnswered) return [{ ...section, paragraphs: [after], basis: "" }];
  return [
    {
      ...section,
      paragraphs: [
        joined(speaker, [
          before === undefined
            ? ""
            : t(
                "Asked before the experiment how many times as much is written in the same time with suggestions, the answer was {0} times as much.",
                ratioWords(speaker, before),
              ),
          before === undefined ? "" : forecastWords(speaker, forecast.isBefore, verdict),
        ]),
        after,
        t(
          "Such guesses are often wrong: in one trial (METR 2025) people believed that a task took them 20% less time, which is 1.25 times as much in the same time (1/0.80), and were measured to take 19% more, which is 0.84 times (1/1.19).",
        ),
      ].filter((paragraph) => paragraph !== ""),
      basis: "blocks" in verdict ? blocksBasis(speaker, verdict) : "",
      chart: {
        kind: "ratios",
        label: t("What was believed, and what was measured"),
        axis: t("times as much in the same time (logarithmic)"),
        rows,
      },
      data: {
        caption: t("Belief and measurement"),
        head: [t("What"), t("Ratio")],
        rows: rows.map(({ label, note }) => [label, note]),
      },
    },
  ];
}

/**
 * What a guess after it is worth: nobody knows what was seen of the result elsewhere. Empty while the experiment goes on, and where
 * nothing came of it that a guess could stand beside.
 */
function afterWords(
  speaker: Speaker,
  { forecast, verdict, ladder }: Pick<ReportModel, "forecast" | "verdict" | "ladder">,
): string {
  const { t } = speaker;
  if (forecast?.after !== undefined)
    return joined(speaker, [
      t(
        "After it, and before VS Code first showed or exported the result, the answer was {0} times as much. The command line shows a result without asking.",
        ratioWords(speaker, forecast.after),
      ),
      // That there is none is said of the one before.
      forecast.isAfter === undefined && forecast.before !== undefined
        ? ""
        : afterPlaceWords(speaker, forecast.isAfter, verdict),
    ]);
  if (!("status" in verdict) || !hasEnded(verdict.status)) return "";
  const hasResult = verdict.kind === "measured" || decidedWords(speaker, ladder, verdict) !== "";
  return hasResult ? t("No guess was given after it: one that is made with the result in view says nothing.") : "";
}

function forecastWords(
  { t }: Speaker,
  isBefore: "within" | "above" | "below" | undefined,
  verdict: ReportModel["verdict"],
): string {
  switch (isBefore) {
    case "within":
      return t("That is within the measured interval.");
    case "above":
      return t("That is above the measured interval.");
    case "below":
      return t("That is below the measured interval.");
    case undefined:
      return "isFlagged" in verdict && verdict.isFlagged
        ? t("What was measured can't be relied on, so nothing is held against it.")
        : t("There is no measured interval to hold it against.");
  }
}

function afterPlaceWords(
  speaker: Speaker,
  isAfter: "within" | "above" | "below" | undefined,
  verdict: ReportModel["verdict"],
): string {
  const { t } = speaker;
  switch (isAfter) {
    case "within":
      return t("The answer after it is within the measured interval.");
    case "above":
      return t("The answer after it is above the measured interval.");
    case "below":
      return t("The answer after it is below the measured interval.");
    case undefined:
      return forecastWords(speaker, undefined, verdict);
  }
}

export function experimentParagraphs(
  speaker: Speaker,
  { methods, verdict }: Pick<ReportModel, "methods" | "verdict">,
): readonly string[] {
  const { t } = speaker;
  const { experiment } = methods;
  if (!experiment) {
    return [
      verdict.kind === "void"
        ? t("Nothing comes of the experiment, so nothing here compares work with suggestions to work without.")
        : t("There was no experiment, so nothing here compares work with suggestions to work without."),
    ];
  }
  const { plan, startedMs, commitment, qualifying, draw, sampleRatio, permutation, unknownShare } = experiment;
  const count = (value: number): string => numberWords(speaker, value);
  return [
    t(
      "Half-hours are blocks; of each group of {0} that follow each other on one day, one was without suggestions, drawn from a seed. The first five minutes of each block don't count, and a block counts with ten minutes of the window in front and five minutes of work.",
      count(plan.k),
    ),
    t(
      "Seed and plan were written down before any data, on {0}, and still make the same sum: neither was changed. Their SHA-256 is {1}.",
      dayWords(speaker, startedMs),
      commitment,
    ),
    joined(speaker, [
      t("Blocks that count: {0} with suggestions, {1} without.", count(qualifying.on), count(qualifying.off)),
      knownWords(speaker, sampleRatio, ({ p, isFlagged }) =>
        isFlagged
          ? t(
              "That split is too odd to be chance ({0}): something left out blocks of one kind, and the result can't be relied on.",
              pWords(speaker, p),
            )
          : t("That split is as one would expect ({0}).", pWords(speaker, p)),
      ),
      draw.kind === "known" && draw.isFlagged
        ? t(
            "Of all that were drawn fewer or more than usual are without ({0}); each is as the seed says, so that this is chance, or the seed was chosen.",
            pWords(speaker, draw.p),
          )
        : "",
      t(
        "Requests by hand in blocks without: {0}; suggestions that could be seen in them: {1}. These blocks count as they were drawn.",
        count(experiment.manualTriggersOff),
        count(experiment.shownOff),
      ),
      unknownShare.on === undefined || unknownShare.off === undefined
        ? ""
        : t(
            "Of {0} of the characters in blocks with suggestions, and of {1} in the others, it is not known what became of them; they count in proportion.",
            percentWords(speaker, unknownShare.on),
            percentWords(speaker, unknownShare.off),
          ),
    ]),
    permutation.kind === "waits"
      ? t(
          "What other methods make of the same data, and how likely so large a difference is by the draw alone, is told once there is a measured interval to hold it against.",
        )
      : knownWords(speaker, permutation, ({ p }) =>
          t(
            "Were there no effect, a mean difference as large as this would come by the draw alone with {0} (one-sided, for one look).",
            pWords(speaker, p),
          ),
        ),
    otherwiseShareWords(speaker, experiment),
    ...cautionWords(speaker, methods),
  ];
}

function pWords(speaker: Speaker, p: number): string {
  return p < 0.0001 ? `p < ${numberWords(speaker, 0.0001, 4)}` : `p = ${numberWords(speaker, p, p < 0.01 ? 4 : 2)}`;
}

export function experimentTables(speaker: Speaker, { experiment }: Methods): readonly Table[] {
  const { t } = speaker;
  if (!experiment) return [];
  const methods = {
    strata: t("Mean over groups, Student's interval"),
    sums: t("Ratio of sums (too narrow for few blocks)"),
    active60Ms: t("Pauses of up to 60 s count as work"),
    active300Ms: t("Pauses of up to 300 s count as work"),
    focusedMs: t("All time with the window in front counts"),
  } as const;
  const leftOut: Table = {
    caption: t("What is left out"),
    head: [t("Why"), t("Blocks"), t("Groups")],
    rows: [
      ...whyNots.flatMap((why) => {
        const blocks = experiment.leftOut[why] ?? 0;
        return blocks > 0 ? [[whyNotWords(speaker, why), numberWords(speaker, blocks), ""]] : [];
      }),
      ...strataLeftOut.flatMap((why) => {
        const strata = experiment.strataLeftOut[why];
        return strata > 0 ? [[stratumWords(speaker, why), "", numberWords(speaker, strata)]] : [];
      }),
    ],
  };
  const sensitivity: Table = {
    caption: t("The same data by other methods, each for one look: how much hangs on the choice"),
    head: [t("Method"), t("Ratio"), t("95% interval")],
    rows: experiment.sensitivity.map(({ method, result }) => [
      methods[method],
      result.kind === "known" ? ratioWords(speaker, result.estimate) : t("not known"),
      knownWords(speaker, result, (ends) => ratioRangeWords(speaker, ends)),
    ]),
  };
  return [sensitivity, leftOut].filter(({ rows }) => rows.length > 0);
}

type StratumLeftOut = keyof Analysis["strataLeftOut"];

const whyNots: readonly WhyNot[] = [
  "not-over",
  "interrupted",
  "not-counted",
  "came-twice",
  "little-focus",
  "no-activity",
  "unknown",
];
const strataLeftOut: readonly StratumLeftOut[] = ["open", "no-off", "no-on"];

function whyNotWords({ t }: Speaker, why: WhyNot): string {
  switch (why) {
    case "not-over":
      return t("Not over yet, or what survives of it is not known yet");
    case "interrupted":
      return t("The experiment was paused or stopped in it");
    case "not-counted":
      return t("Not everything was counted in it");
    case "came-twice":
      return t("The clock was set back, and it came twice");
    case "little-focus":
      return t("The window was in front for less than ten minutes");
    case "no-activity":
      return t("Less than five minutes of work were counted in it");
    case "unknown":
      return t("What became of more than half of its typed characters, or of all its characters, is not known");
  }
}

function stratumWords({ t }: Speaker, why: StratumLeftOut): string {
  switch (why) {
    case "open":
      return t("The group goes on");
    case "no-off":
      return t("The block without suggestions is missing");
    case "no-on":
      return t("All blocks with suggestions are missing");
  }
}
