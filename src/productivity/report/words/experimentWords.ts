/** Forecast beside measurement, and the experiment's methods. */

import type { Analysis } from "../../experiment/analysis.ts";
import type { WhyNot } from "../../experiment/blocks.ts";
import type { Methods } from "../methods.ts";
import type { ReportModel } from "../model.ts";
import { cautionWords, otherwiseShareWords } from "./cautionWords.ts";
import { knownWords } from "./lacks.ts";
import { blocksBasis } from "./ladderWords.ts";
import { dayWords, joined, numberWords, percentWords, ratioEndWords, ratioWords, type Speaker } from "./speaker.ts";
import type { RatioRow, Section, Table } from "./text.ts";

export function forecastSection(speaker: Speaker, { forecast, verdict }: ReportModel): readonly Section[] {
  const { t } = speaker;
  if (!forecast || (forecast.before === undefined && forecast.after === undefined)) return [];
  const guess = (label: string, value: number | undefined): readonly RatioRow[] =>
    value === undefined ? [] : [{ label, note: ratioWords(speaker, value), at: value, mark: "point" }];
  const measured: readonly RatioRow[] =
    verdict.kind === "measured"
      ? [
          {
            label: t("Measured"),
            note: t("{0} to {1}", ...ratioEndWords(speaker, verdict)),
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
  return [
    {
      id: "forecast",
      question: t("Is it what was expected?"),
      paragraphs: [
        joined(speaker, [
          before === undefined
            ? ""
            : t(
                "Asked before the experiment how many times as much is written in the same time with suggestions, the answer was {0} times as much.",
                ratioWords(speaker, before),
              ),
          forecastWords(speaker, forecast.isBefore),
        ]),
        t(
          "Such guesses are often wrong: in one trial (METR 2025) people believed 1.2 times of what was measured as 0.84.",
        ),
      ],
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

function forecastWords({ t }: Speaker, isBefore: "within" | "above" | "below" | undefined): string {
  switch (isBefore) {
    case "within":
      return t("That is within the measured interval.");
    case "above":
      return t("That is above the measured interval.");
    case "below":
      return t("That is below the measured interval.");
    case undefined:
      return t("There is no measured interval yet to hold it against.");
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
    knownWords(speaker, permutation, ({ p }) =>
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
  return [
    {
      caption: t("The same data by other methods, each for one look: how much hangs on the choice"),
      head: [t("Method"), t("Ratio"), t("95% interval")],
      rows: experiment.sensitivity.map(({ method, result }) => [
        methods[method],
        result.kind === "known" ? ratioWords(speaker, result.estimate) : t("not known"),
        knownWords(speaker, result, (ends) => t("{0} to {1}", ...ratioEndWords(speaker, ends))),
      ]),
    },
    ...(leftOut.rows.length > 0 ? [leftOut] : []),
  ];
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
      return t("Of most of its characters it is not known what became of them");
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
