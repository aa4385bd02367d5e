/** Reads numbers, lists and strata out of JSON that anybody wrote, and says where it is not what was expected. */
import type { Block } from "../productivity/statistics/arms.ts";
import type { MicroRow } from "../productivity/statistics/microRandomised.ts";
import type { Stratum } from "../productivity/statistics/strata.ts";

import { repeatedKey } from "./repeatedKeys.ts";

/** The input is not what the estimator takes. The message is one sentence, for a person. */
export class MalformedInput extends Error {}

/** Of which every estimator makes its result within seconds. */
export const MOST_NUMBERS = 100_000;

/** Some editors and PowerShell put one before all they write. */
const BYTE_ORDER_MARK = /^\uFEFF/;

type Json = Readonly<Record<string, unknown>>;

/** The object of a text of JSON that has the fields that are needed and no others. */
export function objectIn(text: string, required: readonly string[], optional: readonly string[]): Json {
  const json = text.replace(BYTE_ORDER_MARK, "");
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new MalformedInput(`The input is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(value)) throw new MalformedInput("The input must be one JSON object.");
  const repeated = repeatedKey(json);
  // Which of the two was meant nobody can know.
  if (repeated !== undefined) throw new MalformedInput(`The field "${repeated}" is there twice.`);
  for (const field of required) if (!(field in value)) throw new MalformedInput(`The field "${field}" is missing.`);
  const known = [...required, ...optional];
  for (const field of Object.keys(value)) {
    // A field that is not read may be one that the writer counts on.
    if (!known.includes(field))
      throw new MalformedInput(`There is no field "${field}"; there are ${known.join(", ")}.`);
  }
  return value;
}

export function numberAt(input: Json, field: string): number {
  return numberOf(input[field], field);
}

export function optionalNumberAt(input: Json, field: string): number | undefined {
  return input[field] === undefined ? undefined : numberAt(input, field);
}

export function numbersAt(input: Json, field: string): readonly number[] {
  return listOf(input[field], field).map((each, index) => numberOf(each, `${field}[${index}]`));
}

export function blocksAt(input: Json, field: string): readonly Block[] {
  return listOf(input[field], field).map((each, index) => {
    const [characters, minutes, ...more] = listOf(each, `${field}[${index}]`);
    if (more.length > 0) throw new MalformedInput(`${field}[${index}] must be [characters, minutes].`);
    return [numberOf(characters, `${field}[${index}][0]`), numberOf(minutes, `${field}[${index}][1]`)];
  });
}

export function strataAt(input: Json, field: string): readonly Stratum[] {
  let count = 0;
  return listOf(input[field], field).map((each, index) => {
    const at = `${field}[${index}]`;
    const odd = isObject(each) ? Object.keys(each).filter((key) => key !== "values" && key !== "off") : [];
    if (!isObject(each) || odd.length > 0) throw new MalformedInput(`${at} must be {"values": [...], "off": index}.`);
    const values = listOf(each["values"], `${at}.values`);
    count += values.length;
    if (count > MOST_NUMBERS) throw tooMany(field);
    return {
      values: values.map((value, place) => numberOf(value, `${at}.values[${place}]`)),
      off: numberOf(each["off"], `${at}.off`),
    };
  });
}

export function rowsAt(input: Json, field: string): readonly MicroRow[] {
  return listOf(input[field], field).map((each, index) => {
    const at = `${field}[${index}]`;
    const [session, shown, seconds, ...more] = listOf(each, at);
    if (more.length > 0) throw new MalformedInput(`${at} must be [session, shown, seconds].`);
    if (typeof session !== "string" && typeof session !== "number") {
      throw new MalformedInput(`${at}[0], the session, must be a text or a number.`);
    }
    if (![0, 1, false, true].includes(shown as number)) throw new MalformedInput(`${at}[1] must be 0 or 1.`);
    return { session: String(session), isShown: Boolean(shown), seconds: numberOf(seconds, `${at}[2]`) };
  });
}

function numberOf(value: unknown, at: string): number {
  if (typeof value !== "number") throw new MalformedInput(`${at} must be a number.`);
  return value;
}

function listOf(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new MalformedInput(`${at} must be a list.`);
  if (value.length > MOST_NUMBERS) throw tooMany(at);
  return value;
}

function tooMany(at: string): MalformedInput {
  return new MalformedInput(
    `${at} has more than ${MOST_NUMBERS.toLocaleString("en")} values, the most that are taken.`,
  );
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
