/** The ledger as a page of text: what is so now, what happened, and what the words mean. */

import * as vscode from "vscode";
import { fieldsOf, recordKinds } from "../productivity/ledger/columns.ts";
import type { Today } from "../productivity/ledger/today.ts";
import type { LedgerRecord } from "../productivity/records.ts";
import { displayWidth } from "../text/displayWidth.ts";
import type { CountingState } from "./countingState.ts";
import { reasonWords, todayCounted } from "./countingWords.ts";
import { charsWords, dayOf, dayWords, numberWords, timeOfDay } from "./ledgerFigures.ts";
import { eventWords } from "./ledgerLines.ts";
import { type ColumnName, columnWords, kindTitle, kindWords } from "./ledgerWords.ts";
import { clauses, ended, sentences } from "./punctuation.ts";

export interface LedgerContent {
  readonly file: string;
  readonly state: CountingState;
  /** `undefined`: it can't be read. */
  readonly today: Today | undefined;
  /** The newest first; `undefined`: they can't be read. `newer`: a later version has made the file. */
  readonly events: readonly LedgerRecord[] | "newer" | undefined;
  /** There may be more events than so many. */
  readonly most: number;
  /** 0: for ever. */
  readonly retentionDays: number;
  readonly nowMs: number;
}

export interface LedgerPage {
  readonly text: string;
  /** By the number of the line, from 0. */
  readonly events: ReadonlyMap<number, LedgerRecord>;
}

export function ledgerPage(content: LedgerContent): LedgerPage {
  const { state, events } = content;
  if (events === "newer" || (state.kind === "stopped" && state.reason === "newer"))
    return { text: `${newerWords(content.file)}\n`, events: new Map() };
  const lines = [...headLines(content), ""];
  const places = new Map<number, LedgerRecord>();
  let day = "";
  const acceptedMs = new Map((events ?? []).flatMap((one) => (one.kind === "accept" ? [[one.accept, one.atMs]] : [])));
  for (const event of (events ?? []).toSorted(newestFirst)) {
    if (dayOf(event.atMs) !== day) lines.push("", dayWords(event.atMs), "");
    day = dayOf(event.atMs);
    places.set(lines.length, event);
    lines.push(eventLine(event, event.kind === "survival" ? acceptedMs.get(event.accept) : undefined));
  }
  if (places.size > 0) lines.push("", "", ...legendLines());
  return { text: `${lines.join("\n").trimEnd()}\n`, events: places };
}

function newerWords(file: string): string {
  return vscode.l10n.t(
    "A newer version of Pairwise has made the ledger's file, {0}. This version neither reads nor changes it, and counts nothing: update Pairwise.",
    file,
  );
}

function headLines({ file, state, today, events, most, retentionDays, nowMs }: LedgerContent): readonly string[] {
  const { l10n } = vscode;
  const rows = [
    [l10n.t("Counting"), stateWords(state)],
    [l10n.t("File"), file],
    [l10n.t("Report"), reportLink()],
    ...(Array.isArray(events) ? [[l10n.t("Today"), todayWords(today)]] : []),
    // Why it can't be read stands above.
    ...(Array.isArray(events) || state.kind !== "stopped"
      ? [[l10n.t("Events"), eventsWords(Array.isArray(events) ? events.length : undefined, most, retentionDays)]]
      : []),
  ];
  const hint = l10n.t("Point at an event for all that is in the file of it. What the words mean is said at the end.");
  return [
    l10n.t("Pairwise's ledger, as it is at {0}", timeOfDay(nowMs)),
    "",
    ...aligned(rows),
    ...(Array.isArray(events) && events.length > 0 ? ["", hint] : []),
  ];
}

/** What a link on the page is made of. */
export const reportLink = (): string => vscode.l10n.t("Show the productivity report");

function stateWords(state: CountingState): string {
  const { l10n } = vscode;
  switch (state.kind) {
    case "off":
      return l10n.t("off, by pairwise.ledger.enabled; what is here was counted before.");
    case "stopped":
      return l10n.t("stopped: {0}", reasonWords(state));
    case "starting":
    case "counting":
      return l10n.t("on; pairwise.ledger.enabled switches it off.");
  }
}

function todayWords(today: Today | undefined): string {
  const { l10n } = vscode;
  const { accepted, undone, acceptedChars } = today ?? { accepted: 0, undone: 0, acceptedChars: 0 };
  const chars = charsWords(acceptedChars);
  const left = undone > 0 ? l10n.t("the others have {0}", chars) : l10n.t("with {0}", chars);
  return ended(clauses(todayCounted(today), accepted > undone ? left : ""));
}

function eventsWords(count: number | undefined, most: number, retentionDays: number): string {
  const { l10n } = vscode;
  if (count === undefined) return l10n.t("can't be read now.");
  if (count === 0) return l10n.t("none yet.");
  const kept =
    retentionDays === 0
      ? l10n.t("They are kept for ever.")
      : l10n.t("They are kept for {0} days, and the sums of each day for ever.", numberWords(retentionDays));
  return sentences(
    count < most
      ? l10n.t("{0} in all, the newest first.", numberWords(count))
      : l10n.t("the last {0}, the newest first; “Export the Ledger” has all of them.", numberWords(most)),
    kept,
  );
}

/** Of what happened in the same millisecond, what comes of it stands above it. */
function newestFirst(one: LedgerRecord, other: LedgerRecord): number {
  const rank = ({ kind }: LedgerRecord): number => (kind === "commit" ? -1 : recordKinds.indexOf(kind));
  return other.atMs - one.atMs || rank(other) - rank(one);
}

function eventLine(event: LedgerRecord, acceptedMs: number | undefined): string {
  return `${timeOfDay(event.atMs)}  ${padded(kindTitle(event.kind), titleWidth())}  ${eventWords(event, acceptedMs)}`;
}

const titleWidth = (): number => Math.max(...recordKinds.map((kind) => displayWidth(kindTitle(kind))));

/** All kinds: whoever has exported the ledger looks here, too. */
function legendLines(): readonly string[] {
  const { l10n } = vscode;
  const kinds = recordKinds.map((kind) => [kindTitle(kind), kindWords(kind)]);
  const named = recordKinds.flatMap((kind) =>
    fieldsOf(kind).map(({ field }) => ({ kind, field: field as ColumnName })),
  );
  const shared = SHARED.map((field) => ["*", field, columnWords("opportunity", field)]);
  const own = named
    .filter(({ field }) => !SHARED.includes(field))
    .map(({ kind, field }) => [kind, field, columnWords(kind, field)]);
  return [
    l10n.t("What the words mean"),
    "",
    ...aligned(kinds),
    "",
    "",
    l10n.t("What is in the file and in exports, by the names that it has there"),
    "",
    ...aligned([...shared, ...own]),
  ];
}

/** All but the last column are as wide as their widest cell. */
export function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : padded(cell, widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

const padded = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - displayWidth(text)));

/** What all of them have is said once. */
const SHARED: readonly ColumnName[] = ["atMs", "session", "file", "project", "language"];
