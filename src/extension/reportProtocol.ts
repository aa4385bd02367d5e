/** What the view of the report and its page say to each other. See `sentProtocol.ts`, which does the same. */

import type { ReportText } from "../productivity/report/words/text.ts";
import { type Check, isCount, isFlag, isNumber, isObject, isText, listOf, oneOf, shape } from "./messageShapes.ts";

/** The words of the page that are the same for all reports. */
export const reportStringNames = [
  "title",
  "toolbar",
  "reading",
  "stop",
  "refresh",
  "save",
  "export",
  "start",
  "simulate",
  "chartHint",
  "notice",
] as const;

export type ReportStrings = Readonly<Record<(typeof reportStringNames)[number], string>>;

/** All that the page shows. */
export interface ReportContent {
  /** The next one: what the page says of an older one is not heeded. */
  readonly id: number;
  readonly isReading: boolean;
  /** When it was read; empty before. */
  readonly readWords: string;
  /** What is to be known before: nothing is counted, or it can't be read. `way` is what can be done; empty where nothing can. */
  readonly notice: { readonly words: string; readonly way: string; readonly isTrouble: boolean } | undefined;
  /** Absent where there is none, since nothing was read yet. */
  readonly text: ReportText | undefined;
  /** No experiment goes on: one can be begun. `main` where there was none at all. */
  readonly offer: (typeof offers)[number];
}

const offers = ["none", "beside", "main"] as const;

export type ToReportPage =
  | { readonly type: "strings"; readonly strings: ReportStrings }
  | { readonly type: "content"; readonly content: ReportContent };

const requests = ["ready", "refresh", "stop", "save", "export", "start", "simulate"] as const;

/** The page never says a path, an address or a command. */
export type FromReportPage =
  | { readonly type: (typeof requests)[number] }
  | { readonly type: "way"; readonly id: number };

/** `undefined` for what is no message of the page; properties that are not of it are left out. */
export function parseFromReportPage(message: unknown): FromReportPage | undefined {
  if (!isObject(message)) return undefined;
  const { type, id } = message;
  if (type === "way") return isCount(id) ? { type, id } : undefined;
  const request = requests.find((each) => each === type);
  return request && { type: request };
}

/** `undefined` for what is no message of the extension's. */
export function parseToReportPage(message: unknown): ToReportPage | undefined {
  return isToReportPage(message) ? message : undefined;
}

const orNone =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const isInterval = shape({ lower: isNumber, upper: isNumber });
const isTable = shape({ caption: isText, head: listOf(isText), rows: listOf(listOf(isText)) });
/** Pages open them: nothing but the web. */
const isAddress: Check = (value) => typeof value === "string" && value.startsWith("https://");
const marks = ["ruled-out", "shown", "undecided", "not-known", "point"] as const;

const charts: ReadonlyMap<unknown, Check> = new Map([
  [
    "ratios",
    shape({
      label: isText,
      axis: isText,
      band: orNone((value) => isInterval(value) && isObject(value) && isText(value["label"])),
      rows: listOf(
        shape({ label: isText, note: isText, at: orNone(isNumber), interval: orNone(isInterval), mark: oneOf(marks) }),
      ),
    }),
  ],
  [
    "bars",
    shape({ label: isText, rows: listOf(shape({ label: isText, note: isText, atLeast: isNumber, atMost: isNumber })) }),
  ],
  [
    "steps",
    shape({
      label: isText,
      start: isText,
      axis: isText,
      points: listOf(
        shape({ label: isText, share: isNumber, words: isText, lower: orNone(isNumber), upper: orNone(isNumber) }),
      ),
    }),
  ],
  [
    "weeks",
    shape({
      label: isText,
      weeks: listOf(
        shape({
          label: isText,
          weekMs: isNumber,
          share: isNumber,
          words: isText,
          lower: orNone(isNumber),
          upper: orNone(isNumber),
        }),
      ),
      changes: listOf(shape({ weekMs: isNumber, label: isText })),
    }),
  ],
]);

const isChart: Check = (value) => isObject(value) && (charts.get(value["kind"])?.(value) ?? false);

const isReportText = shape({
  language: isText,
  title: isText,
  headline: isText,
  notes: listOf(isText),
  imprint: isText,
  dataLabel: isText,
  sections: listOf(
    shape({
      id: isText,
      question: isText,
      paragraphs: listOf(isText),
      basis: isText,
      chart: orNone(isChart),
      data: orNone(isTable),
      tables: orNone(listOf(isTable)),
      items: orNone(listOf(shape({ text: isText, source: orNone(isAddress) }))),
    }),
  ),
});

const messages: ReadonlyMap<unknown, Check> = new Map([
  ["strings", shape({ strings: shape(Object.fromEntries(reportStringNames.map((name) => [name, isText]))) })],
  [
    "content",
    shape({
      content: shape({
        id: isCount,
        isReading: isFlag,
        readWords: isText,
        notice: orNone(shape({ words: isText, way: isText, isTrouble: isFlag })),
        text: orNone(isReportText),
        offer: oneOf(offers),
      }),
    }),
  ],
]);

function isToReportPage(message: unknown): message is ToReportPage {
  return isObject(message) && (messages.get(message["type"])?.(message) ?? false);
}
