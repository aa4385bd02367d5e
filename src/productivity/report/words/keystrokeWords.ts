/** What a model of keystrokes would have said: only beside what was measured, and no part of it. */

import type { Keystrokes } from "../keystrokes.ts";
import type { ReportModel } from "../model.ts";
import { knownWords } from "./lacks.ts";
import { joined, minutesWords, numberWords, rangeWords, ratioRangeWords, type Speaker } from "./speaker.ts";
import type { Section, Table } from "./text.ts";

export function keystrokesSection(speaker: Speaker, { keystrokes, verdict }: ReportModel): readonly Section[] {
  if (!keystrokes || verdict.kind !== "measured") return [];
  const { t } = speaker;
  return [
    {
      id: "keystrokes",
      question: t("What would a model of keystrokes have said?"),
      paragraphs: [
        joined(speaker, [
          t("A model, no measurement:"),
          knownWords(speaker, keystrokes, (known) => ratioSentence(speaker, known)),
        ]),
        t(
          "What was measured is {0} times as much in the same time. The model is no part of that, and without a measurement this report does not tell it: it makes time of what was accepted.",
          ratioRangeWords(speaker, verdict),
        ),
      ],
      basis:
        keystrokes.kind === "known"
          ? t("Time at the code, with suggestions and without: {0}.", minutesWords(speaker, keystrokes.activeMinutes))
          : "",
      ...(keystrokes.kind === "known" && { tables: [tornadoTable(speaker, keystrokes)] }),
    },
  ];
}

function ratioSentence(speaker: Speaker, keystrokes: Keystrokes): string {
  const { estimate, tornado, survivingChars, charsPerSecond, shown, readSeconds, accepted, fixSeconds } = keystrokes;
  const ends = tornado.flatMap(({ atHalf, atDouble }) => [atHalf, atDouble]);
  return speaker.t(
    "if typing the {0} characters that survived had gone at {1} a second, reading each of {2} suggestions had taken {3} s and putting right each of {4} accepted ones {5} s, the keystroke model comes to a ratio of {6}. With half or double of one assumption it comes to {7}: that is how little such a figure says.",
    numberWords(speaker, survivingChars),
    numberWords(speaker, charsPerSecond, 1),
    numberWords(speaker, shown),
    numberWords(speaker, readSeconds, 1),
    numberWords(speaker, accepted),
    numberWords(speaker, fixSeconds, 1),
    numberWords(speaker, estimate, 2),
    rangeWords(speaker, numberWords(speaker, Math.min(...ends), 2), numberWords(speaker, Math.max(...ends), 2)),
  );
}

function tornadoTable(speaker: Speaker, { tornado }: Keystrokes): Table {
  const { t } = speaker;
  const names = {
    charsPerSecond: t("Typing speed"),
    readSeconds: t("Reading a suggestion"),
    fixSeconds: t("Putting an accepted one right"),
  } as const;
  return {
    caption: t("The keystroke model's ratio, by its assumptions"),
    head: [t("Assumption"), t("At half of it"), t("At double")],
    rows: tornado.map(({ assumption, atHalf, atDouble }) => [
      names[assumption],
      numberWords(speaker, atHalf, 2),
      numberWords(speaker, atDouble, 2),
    ]),
  };
}
