/** Errors and undoing, what others measured, and how all of it was counted. */

import type { Guardrails } from "../guardrails.ts";
import type { Methods } from "../methods.ts";
import type { ReportModel } from "../model.ts";
import type { Study } from "../studies.ts";
import { experimentParagraphs, experimentTables } from "./experimentWords.ts";
import { claimWords, dayWords, joined, minutesWords, numberWords, percentWords, type Speaker } from "./speaker.ts";
import type { RatioRow, Section, Table } from "./text.ts";

export function guardrailsSection(speaker: Speaker, { guardrails }: ReportModel): Section {
  const { t } = speaker;
  const { all, on, off, goneAfterDay } = guardrails;
  const rows = [
    [t("All work"), all] as const,
    ...(on ? [[t("Blocks with suggestions"), on] as const] : []),
    ...(off ? [[t("Blocks without"), off] as const] : []),
  ];
  return {
    id: "guardrails",
    question: t("What happens to errors and undoing meanwhile?"),
    paragraphs: [
      all.newErrorsPerHour === undefined || all.undosPerHour === undefined
        ? t("No work was counted yet.")
        : t(
            "In an hour of work {0} errors were new and {1} times something was undone.",
            numberWords(speaker, all.newErrorsPerHour, 1),
            numberWords(speaker, all.undosPerHour, 1),
          ),
      joined(speaker, [
        goneAfterDay.known === 0
          ? t("Of no accepted code it is known yet whether it is there after a day.")
          : t(
              "After a day {0} of what was accepted is gone or rewritten ({1} accepts of {2} of which it is known).",
              percentWords(speaker, goneAfterDay.gone / goneAfterDay.known),
              numberWords(speaker, goneAfterDay.gone),
              numberWords(speaker, goneAfterDay.known),
            ),
        t("After a week nobody looks yet."),
      ]),
    ],
    basis: t("Time at the code: {0}", minutesWords(speaker, all.activeMinutes)),
    data: {
      caption: t("Errors and undoing, by the hour of work"),
      head: [t("When"), t("Time at the code"), t("New errors"), t("Undone"), t("Accepted characters gone after a day")],
      rows: rows.map(([label, guards]) => [
        label,
        minutesWords(speaker, guards.activeMinutes),
        perHour(speaker, guards.newErrorsPerHour),
        perHour(speaker, guards.undosPerHour),
        guards.dayOld.known > 0 ? percentWords(speaker, guards.dayOld.gone / guards.dayOld.known) : t("not known"),
      ]),
    },
  };
}

function perHour(speaker: Speaker, value: Guardrails["all"]["newErrorsPerHour"]): string {
  return value === undefined ? speaker.t("not known") : numberWords(speaker, value, 1);
}

export function studiesSection(speaker: Speaker, { studies }: ReportModel): Section {
  const { t } = speaker;
  const rows = studies.map((study): RatioRow => ({
    label: nameWords(speaker, study),
    note: ratioOf(speaker, study),
    mark: "point",
    ...(study.measured && {
      at: study.measured.estimate,
      interval: { lower: study.measured.lower, upper: study.measured.upper },
    }),
  }));
  return {
    id: "studies",
    question: t("What have others measured?"),
    paragraphs: [t("No interval that was found contains 10 times; only the first contains 3 to 4 times.")],
    basis: "",
    items: studies.map((study) => ({ text: studyWords(speaker, study), source: study.source })),
    chart: {
      kind: "ratios",
      label: t("Published measurements of how many times as much was done in the same time"),
      axis: t("times as much in the same time (logarithmic)"),
      rows,
    },
    data: {
      caption: t("Published measurements"),
      head: [t("Study"), t("Ratio")],
      rows: rows.map(({ label, note }) => [label, note]),
    },
  };
}

/** Of several authors as the language has them. */
function nameWords({ t }: Speaker, { name }: Study): string {
  const [, first, year] = /^(.+) et al\. (\d+)$/.exec(name) ?? [];
  return first === undefined || year === undefined ? name : t("{0} et al. {1}", first, year);
}

function ratioOf(speaker: Speaker, { measured }: Study): string {
  const { t } = speaker;
  if (!measured) return t("no such ratio published");
  const { estimate, lower, upper } = measured;
  return t("{0} ({1} to {2})", claimWords(speaker, estimate), claimWords(speaker, lower), claimWords(speaker, upper));
}

function studyWords({ t }: Speaker, { who }: Study): string {
  switch (who) {
    case "peng":
      return t(
        "Peng et al. 2023: one task from scratch, 95 professional programmers: 2.26 times as fast (1.27 to 9.1).",
      );
    case "cui":
      return t(
        "Cui et al.: three field experiments with 4,867 developers: 1.26 times as many tasks done (1.06 to 1.46).",
      );
    case "google":
      return t("Paradis et al. 2024, at Google: 96 engineers, about 21% less time for a task, with a wide interval.");
    case "metr":
      return t(
        "METR 2025: 16 experienced developers in their own projects took 19% more time, which is 0.84 times as fast (1/1.19; 0.72 to 0.98), and believed that they had taken 20% less, which is 1.25 (1/0.80).",
      );
    case "he":
      return t(
        "He et al. 2026: projects that took up an AI editor: 281% more lines in the first month, gone by the third.",
      );
  }
}

export function methodsSection(speaker: Speaker, model: ReportModel): Section {
  const { t } = speaker;
  const { methods, range } = model;
  const { censored } = methods;
  return {
    id: "methods",
    question: t("How was this measured, and what may be wrong with it?"),
    paragraphs: [
      ...experimentParagraphs(speaker, model),
      t(
        "A suggestion counts as shown once it has stayed valid for 750 ms, as accepted by the editor's command or our own, and in parts where a change of the text shows it. Intervals of rates are made over sessions (95%).",
      ),
      joined(speaker, [
        censored.all === 0
          ? ""
          : t(
              "Of {0} of the characters written it is not known what became of them after ten minutes.",
              percentWords(speaker, censored.chars / censored.all),
            ),
        range.keptSinceMs === undefined
          ? ""
          : t("Before {0} there are only sums of days, which are not in here.", dayWords(speaker, range.keptSinceMs)),
        gapsWords(speaker, methods),
      ]),
      t("What may be wrong with it:"),
    ].filter((paragraph) => paragraph !== ""),
    basis: "",
    items: biases(speaker, methods).map((text) => ({ text })),
    tables: [
      ...experimentTables(speaker, methods),
      ...detectorTables(speaker, methods),
      ...gapsTable(speaker, methods),
    ],
  };
}

function biases({ t }: Speaker, { experiment }: Methods): readonly string[] {
  return [
    t("Characters are not value: wordy suggestions make more of them."),
    t("Accepting takes fewer keys, and fewer keys make active time shorter."),
    t("Questions that go to a chat instead are not counted."),
    t("Reviews, meetings, thinking away from the screen and defects that come later are not in it."),
    ...(experiment
      ? [
          t("Whoever works sees whether suggestions are there, and may work differently because of it."),
          t("What was begun in one block may go on in the next; five minutes between them may not be enough."),
          t("What is new wears off, and what is used is learned: the first weeks are not the next year."),
          t("People choose what they do next, also by whether suggestions are there."),
        ]
      : []),
  ];
}

function gapsWords({ t }: Speaker, { gaps }: Methods): string {
  return gaps.length === 0
    ? t("No gap in the counting is known.")
    : t("In some stretches of time not everything was counted; they are listed below.");
}

function gapsTable(speaker: Speaker, { gaps }: Methods): readonly Table[] {
  const { t } = speaker;
  if (gaps.length === 0) return [];
  const reasons = {
    "clock-jump": t("The machine's clock was changed, or it slept"),
    "not-written": t("The ledger could not be written"),
    dropped: t("There was more than could be kept"),
    "turned-off": t("Counting was switched off"),
    damaged: t("The ledger was damaged"),
    removed: t("The ledger was removed"),
  } as const;
  return [
    {
      caption: t("Gaps in the counting"),
      head: [t("Why"), t("Times"), t("How long"), t("Events lost, where known")],
      rows: gaps.map(({ reason, times, ms, lost }) => [
        reasons[reason],
        numberWords(speaker, times),
        minutesWords(speaker, ms / 60_000),
        numberWords(speaker, lost),
      ]),
    },
  ];
}

/** How often the counting was wrong in sessions whose truth is known. */
function detectorTables(speaker: Speaker, { detector }: Methods): readonly Table[] {
  const { t } = speaker;
  if (detector.length === 0) {
    return [
      {
        caption: t("The counting's own error has not been measured on this machine: “Test the Counting” does so."),
        head: [],
        rows: [],
      },
    ];
  }
  const names: Readonly<Record<string, string>> = {
    accept: t("Accepts"),
    outcome: t("Ends of suggestions"),
    runs: t("Suggestions, one by one"),
    shown300: t("Shown for 300 ms"),
    shown750: t("Shown for 750 ms"),
    regret: t("Undone at once"),
    other: t("Another extension's part in it"),
  };
  return detector.map(({ editorVersion, atMs, aspects, notDone }) => ({
    caption: joined(speaker, [
      t(
        "The counting's own error: sessions with known outcomes, played in VS Code {0} on {1}.",
        editorVersion,
        dayWords(speaker, atMs),
      ),
      notDone === 0 ? "" : t("Could not be played: {0}.", numberWords(speaker, notDone)),
    ]),
    head: [t("What"), t("Happened"), t("Missed"), t("Invented"), t("Taken for another")],
    rows: aspects.map(({ aspect, happened, missed, invented, confused }) => [
      names[aspect] ?? aspect,
      ...[happened, missed, invented, confused].map((count) => numberWords(speaker, count)),
    ]),
  }));
}
