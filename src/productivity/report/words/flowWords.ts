/** What becomes of suggestions, and how long accepted code lives. */

import type { ReportModel } from "../model.ts";
import type { TimedCheck } from "../../ledger/report.ts";
import { knownWords, rateWords } from "./lacks.ts";
import { joined, numberWords, percentWords, rangeWords, type Speaker } from "./speaker.ts";
import type { Section, Table } from "./text.ts";

type StageName = ReportModel["funnel"]["stages"][number]["stage"];

function stageWords({ t }: Speaker, stage: StageName): string {
  switch (stage) {
    case "asked":
      return t("Asked for");
    case "returned":
      return t("Returned");
    case "shown":
      return t("Shown for 750 ms");
    case "accepted":
      return t("Accepted");
    case "alive":
      return t("Alive after 10 minutes");
    case "committed":
      return t("Alive at the next commit");
  }
}

export function funnelSection(speaker: Speaker, { funnel, acceptance }: ReportModel): Section {
  const { t } = speaker;
  const count = (value: number): string => numberWords(speaker, value);
  const rows = funnel.stages.map(({ stage, atLeast, atMost, share }) => ({
    label: stageWords(speaker, stage),
    count: rangeWords(speaker, count(atLeast), count(atMost)),
    share: share
      ? rangeWords(speaker, percentWords(speaker, share.atLeast), percentWords(speaker, share.atMost))
      : NO_STAGE_BEFORE,
    note: share
      ? t(
          "{0}, {1}",
          rangeWords(speaker, count(atLeast), count(atMost)),
          rangeWords(speaker, percentWords(speaker, share.atLeast), percentWords(speaker, share.atMost)),
        )
      : rangeWords(speaker, count(atLeast), count(atMost)),
    atLeast,
    atMost,
  }));
  return {
    id: "funnel",
    question: t("What becomes of suggestions?"),
    paragraphs: [
      acceptance.headline.whole === 0
        ? rateWords(speaker, acceptance.headline)
        : t(
            "Of what was shown, {0} was accepted. That says how often suggestions fit, and nothing of time.",
            rateWords(speaker, acceptance.headline),
          ),
      acceptanceWords(speaker, acceptance),
      excludedWords(speaker, funnel),
    ],
    basis: t(
      "Suggestions shown: {0}, in sessions in which one was shown: {1}",
      count(acceptance.headline.whole),
      count(acceptance.headline.sessions),
    ),
    chart: {
      kind: "bars",
      label: t("How many suggestions were asked for, returned, shown, accepted, alive and committed"),
      rows: rows.map(({ label, note, atLeast, atMost }) => ({ label, note, atLeast, atMost })),
    },
    data: {
      caption: t("From asking to committing (–: there is no stage before of which it is a share)"),
      head: [t("Stage"), t("Suggestions"), t("Of the stage before")],
      rows: rows.map((row) => [row.label, row.count, row.share]),
    },
  };
}

/** Nothing is missing there. */
const NO_STAGE_BEFORE = "–";

function acceptanceWords(speaker: Speaker, acceptance: ReportModel["acceptance"]): string {
  const { t } = speaker;
  const { withoutInferred, at300, ofChars, full, partly } = acceptance;
  const percent = (share: number): string => percentWords(speaker, share);
  return joined(speaker, [
    full.whole === 0 ? "" : t("As a whole: {0}.", rateWords(speaker, full)),
    partly === 0 ? "" : t("In parts only: {0}.", numberWords(speaker, partly)),
    withoutInferred === undefined
      ? ""
      : t("Without those of which a change of the text is the only evidence: {0}.", percent(withoutInferred)),
    at300 === undefined ? "" : t("Of what was shown for 300 ms: {0}.", percent(at300)),
    ofChars === undefined ? "" : t("Of the characters shown: {0}.", percent(ofChars)),
  ]);
}

function excludedWords(
  speaker: Speaker,
  { contaminated, heldBack, withoutEnd, undone }: ReportModel["funnel"],
): string {
  const { t } = speaker;
  return joined(speaker, [
    contaminated === 0
      ? t("No suggestion had to be left out because of another extension's.")
      : t(
          "Left out, since another extension's suggestions were there at the same time: {0} that were shown.",
          numberWords(speaker, contaminated),
        ),
    heldBack === 0 ? "" : t("Held back by the experiment: {0}.", numberWords(speaker, heldBack)),
    withoutEnd === 0
      ? ""
      : t("In it, though their end is not known, since the window was killed: {0}.", numberWords(speaker, withoutEnd)),
    undone === 0 ? "" : t("Accepted and undone within 10 s: {0}.", numberWords(speaker, undone)),
    t(
      "Where a bar ends in an outline, more is not known: what was inferred only, or not found again, may belong to it or not. Committed is held against accepted.",
    ),
  ]);
}

function checkWords({ t }: Speaker, check: TimedCheck): string {
  switch (check) {
    case "30s":
      return t("30 s");
    case "2m":
      return t("2 min");
    case "5m":
      return t("5 min");
    case "10m":
      return t("10 min");
    case "15m":
      return t("15 min");
    case "24h":
      return t("24 h");
  }
}

export function survivalSection(speaker: Speaker, { survival }: ReportModel): Section {
  const { t } = speaker;
  const { curve, unseen, contaminated } = survival;
  const steps = curve.kind === "known" ? curve.steps : [];
  const words = ({ alive, lower, upper }: (typeof steps)[number]): string => {
    const width = lower === undefined || upper === undefined ? 1 : upper - lower;
    return percentWords(speaker, alive, width);
  };
  const interval = ({ lower, upper }: (typeof steps)[number]): string =>
    lower === undefined || upper === undefined
      ? t("not known")
      : rangeWords(speaker, percentWords(speaker, lower, upper - lower), percentWords(speaker, upper, upper - lower));
  const ten = steps.find(({ check }) => check === "10m");
  const data: Table = {
    caption: t("Alive of what was accepted"),
    head: [t("After"), t("Alive"), t("95% interval"), t("Watched so long")],
    rows: steps.map((step) => [
      checkWords(speaker, step.check),
      words(step),
      interval(step),
      numberWords(speaker, step.atRisk),
    ]),
  };
  return {
    id: "survival",
    question: t("How long does accepted code live?"),
    paragraphs: [
      ten
        ? t("After ten minutes {0} of what was accepted is alive (95% interval: {1}).", words(ten), interval(ten))
        : knownWords(speaker, curve, () => t("Nothing has been watched for ten minutes yet.")),
      joined(speaker, [
        t(
          "Alive is what has two thirds of its characters left, or is the same code in another form. What is closed, moved or not found again counts as long as it was seen (Kaplan and Meier). The interval takes accepts as independent of each other, which they are not quite.",
        ),
        unseen === 0 ? "" : t("Not looked at yet, or not to be found: {0} accepts.", numberWords(speaker, unseen)),
        contaminated === 0
          ? ""
          : t(
              "Left out, since another extension's suggestions were there at the same time: {0} accepts.",
              numberWords(speaker, contaminated),
            ),
      ]),
    ],
    basis:
      curve.kind === "known"
        ? t(
            "Accepts, parts counted one by one: {0}, of which still alive when last seen: {1}",
            numberWords(speaker, curve.n),
            numberWords(speaker, curve.censored),
          )
        : "",
    ...(steps.length > 0 && {
      chart: {
        kind: "steps",
        label: t("The share of accepted code that is alive, by the time since it was accepted"),
        start: t("0 s"),
        axis: t("since it was accepted (not to scale)"),
        points: steps.map((step) => ({
          label: checkWords(speaker, step.check),
          share: step.alive,
          words: words(step),
          ...(step.lower !== undefined && step.upper !== undefined && { lower: step.lower, upper: step.upper }),
        })),
      },
      data,
    }),
  };
}
