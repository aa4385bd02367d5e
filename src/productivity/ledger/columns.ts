/** Which columns a record has in its table. TypeScript checks that none of its fields is missing and that none is too many. */

import type { LedgerRecord, RecordKind } from "../records.ts";

/**
 * - `integer`: rounded. `real`: as it is. `flag`: 0 or 1.
 * - `name`: a text of which there are few, or which comes often: its number in the table `names`.
 * - `id`: what it is unique by, as a name and the number that it ends with, of which there are many (two columns).
 * - `text`: as it is, and as long as it is; no text of the user's.
 *
 * With a question mark it may be undefined, which is NULL.
 */
type Column = Required | `${Required}?`;
type Required = "integer" | "real" | "flag" | "name" | "id" | "text";

export type RecordOf<Kind extends RecordKind> = Extract<LedgerRecord, { readonly kind: Kind }>;
export type FieldOf<Kind extends RecordKind> = Exclude<keyof RecordOf<Kind>, "kind">;

type RequiredFor<Value> = [Value] extends [boolean]
  ? "flag"
  : [Value] extends [number]
    ? "integer" | "real"
    : [Value] extends [string]
      ? "name" | "id" | "text"
      : never;
type ColumnFor<Value> = undefined extends Value ? `${RequiredFor<Exclude<Value, undefined>>}?` : RequiredFor<Value>;

const stamped = { atMs: "integer", session: "name" } as const;
const placed = { ...stamped, file: "name", project: "name", language: "name" } as const;

const columns: {
  readonly [Kind in RecordKind]: { readonly [Field in FieldOf<Kind>]: ColumnFor<RecordOf<Kind>[Field]> };
} = {
  opportunity: { ...placed, trigger: "name" },
  response: {
    ...placed,
    run: "id?",
    outcome: "name",
    reason: "name",
    afterMs: "integer",
    chars: "integer",
    lines: "integer",
    choices: "integer",
    model: "name",
  },
  shown: { ...placed, run: "id", thresholdMs: "integer", evidence: "name" },
  accept: {
    ...placed,
    accept: "id",
    run: "id",
    part: "name",
    evidence: "name",
    chars: "integer",
    lines: "integer",
    carets: "integer",
    afterMs: "integer",
    model: "name",
  },
  end: {
    ...placed,
    run: "id",
    outcome: "name",
    reason: "name",
    trigger: "name",
    lastedMs: "integer",
    chars: "integer",
    typedChars: "integer",
    acceptedChars: "integer",
    contaminated: "name",
    model: "name",
  },
  regret: { ...stamped, accept: "id", afterMs: "integer" },
  survival: {
    ...stamped,
    accept: "id",
    check: "name",
    state: "name",
    isRescued: "flag",
    insertedChars: "integer",
    survivingChars: "integer",
    distance: "real?",
    reason: "name",
    lateMs: "integer",
  },
  typedSurvival: { ...stamped, edit: "id", typedChars: "integer", survivingChars: "integer", state: "name" },
  edit: {
    ...placed,
    edit: "id",
    typedChars: "integer",
    aiChars: "integer",
    deletedChars: "integer",
    pasteChars: "integer",
    longPasteChars: "integer",
    bulkChars: "integer",
    formatterChars: "integer",
    diskChars: "integer",
    ownChars: "integer",
    otherChars: "integer",
    undos: "integer",
    redos: "integer",
    changes: "integer",
  },
  activity: {
    ...stamped,
    project: "name",
    focusedMs: "integer",
    active60Ms: "integer",
    active120Ms: "integer",
    active300Ms: "integer",
  },
  guard: { ...placed, newErrors: "integer" },
  commit: { ...stamped, project: "name" },
  gap: { ...stamped, reason: "name", fromMs: "integer", toMs: "integer", lost: "integer?" },
  selfTest: {
    ...stamped,
    run: "id",
    editorVersion: "name",
    scenario: "name",
    truth: "name",
    detected: "name",
    count: "integer",
  },
  prereg: { ...stamped, experiment: "name", commitment: "text", configuration: "text", seed: "text" },
  consent: { ...stamped, experiment: "name", textVersion: "integer", isGiven: "flag" },
  belief: { ...stamped, experiment: "name", when: "name", factor: "real" },
  assign: {
    ...stamped,
    experiment: "name",
    slotMs: "integer",
    day: "text",
    stratum: "integer",
    position: "integer",
    arm: "name",
    zoneOffsetMinutes: "integer",
  },
  experiment: { ...stamped, experiment: "name", what: "name" },
  trial: {
    ...stamped,
    experiment: "name",
    draw: "integer",
    isShown: "flag",
    isAsked: "flag",
    state: "name",
    reason: "name",
    activeMs: "integer",
    survivingChars: "integer",
  },
};

export const recordKinds = Object.keys(columns) as readonly RecordKind[];

export interface FieldColumn {
  readonly field: string;
  readonly column: Required;
  readonly isOptional: boolean;
}

/** In the order in which the table has them. */
export function fieldsOf(kind: RecordKind): readonly FieldColumn[] {
  return Object.entries<Column>(columns[kind]).map(([field, column]) => ({
    field,
    column: column.replace("?", "") as Required,
    isOptional: column.endsWith("?"),
  }));
}

/** The table's columns, in their order: an `id` has two. */
export function sqlColumnsOf(kind: RecordKind): readonly string[] {
  return fieldsOf(kind).flatMap(({ field, column }) => (column === "id" ? [field, numberOf(field)] : [field]));
}

/** The second column of an `id`. */
export const numberOf = (field: string): string => `${field}Number`;

/** `a1-12` is `a1-` and 12. What does not end with a number has -1. */
export function splitId(id: string): readonly [prefix: string, number: number] {
  const digits = /(?:0|[1-9]\d{0,14})$/.exec(id)?.[0];
  return digits === undefined ? [id, -1] : [id.slice(0, -digits.length), Number(digits)];
}

export const joinedId = (prefix: string, number: number): string => (number < 0 ? prefix : `${prefix}${number}`);
