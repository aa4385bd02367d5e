/** Fields that are added up, by the half-hour and by the day. */

import type { ActivityRecord, EditRecord } from "../records.ts";

export const editFields = [
  "typedChars",
  "aiChars",
  "deletedChars",
  "pasteChars",
  "longPasteChars",
  "bulkChars",
  "formatterChars",
  "diskChars",
  "ownChars",
  "otherChars",
  "undos",
  "redos",
  "changes",
] as const satisfies readonly (keyof EditRecord)[];

export const activeFields = [
  "focusedMs",
  "active60Ms",
  "active120Ms",
  "active300Ms",
] as const satisfies readonly (keyof ActivityRecord)[];
