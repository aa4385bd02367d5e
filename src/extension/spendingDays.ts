import { appendFileSync, mkdirSync } from "node:fs";
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Account } from "../model/cost.ts";
import type { Use } from "./meteredLog.ts";

/** What one feature had from one model. */
export interface SpendingRow extends Account, Use {
  /** As requests name their purpose; of another version of Pairwise it may be one that this one does not know. */
  readonly feature: string;
}

export interface SpendingDay {
  /** As in 2026-05-03. */
  readonly day: string;
  readonly rows: readonly SpendingRow[];
}

/**
 * Tokens by day, feature and model, counted by all windows together: each appends lines of JSON to the day's file, which
 * several processes may do at once without losing one. Nothing but names and numbers is written.
 */
export class SpendingDays {
  readonly #folder: string;
  readonly #now: () => Date;
  /** What the file of the day had when it was last read, of all windows. */
  #known: DayFile = { day: "", rows: new Rows(), isWarned: false };
  /** Of this window and not in the file yet. */
  #unwritten = new Map<string, Rows>();
  /** On its way into the file. */
  #leaving = new Map<string, Rows>();
  #warning = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(folder: string, now: () => Date) {
    this.#folder = folder;
    this.#now = now;
  }

  /** Reads what was counted today, and lets go of what is too old. Never rejects. */
  async open(): Promise<void> {
    await this.#readNext();
    await this.#sweep().catch(() => undefined);
  }

  add(feature: string, account: Account, use: Use): void {
    const day = dayOf(this.#now());
    const rows = this.#unwritten.get(day) ?? new Rows();
    this.#unwritten.set(day, rows);
    rows.add({ feature, reference: account.reference, host: account.host, ...use });
  }

  /** Of this window to the moment, of others as of the last time that something was written. */
  get today(): readonly SpendingRow[] {
    const day = dayOf(this.#now());
    const all = new Rows();
    if (this.#known.day === day) all.addAll(this.#known.rows);
    all.addAll(this.#leaving.get(day));
    all.addAll(this.#unwritten.get(day));
    return all.list;
  }

  get hasUnwritten(): boolean {
    return this.#unwritten.size > 0 || this.#warning;
  }

  /** Some window has warned today. */
  get isWarned(): boolean {
    return this.#warning || (this.#known.day === dayOf(this.#now()) && this.#known.isWarned);
  }

  warned(): void {
    this.#warning = true;
  }

  /** Rejects where the folder can't be written; what was to be written is kept for the next time. */
  write(): Promise<void> {
    const work = this.#writing.then(() => this.#write());
    this.#writing = work.catch(() => undefined);
    return work;
  }

  /** For when the window closes, and nobody waits any more. */
  writeAtOnce(): void {
    if (!this.hasUnwritten) return;
    mkdirSync(this.#folder, { recursive: true });
    for (const [day, lines] of this.#lines(this.#unwritten)) appendFileSync(this.#file(day), lines);
    this.#unwritten = new Map();
    this.#warning = false;
  }

  /** The latest first, today's with what is not written yet. */
  async days(): Promise<readonly SpendingDay[]> {
    const today = dayOf(this.#now());
    const earlier = (await this.#names()).filter((day) => day !== today).toReversed();
    const read = await Promise.all(
      earlier.map(async (day) => ({ day, rows: parseDay(await this.#text(day)).rows.list })),
    );
    await this.#readNext();
    return [{ day: today, rows: this.today }, ...read].filter(({ day, rows }) => day === today || rows.length > 0);
  }

  async #write(): Promise<void> {
    const leaving = this.#unwritten;
    const texts = this.#lines(leaving);
    const wasWarning = this.#warning;
    this.#leaving = leaving;
    this.#unwritten = new Map();
    try {
      await mkdir(this.#folder, { recursive: true });
      for (const [day, lines] of texts) await appendFile(this.#file(day), lines);
    } catch (error) {
      for (const [day, rows] of this.#unwritten) {
        const kept = leaving.get(day) ?? new Rows();
        leaving.set(day, kept);
        kept.addAll(rows);
      }
      this.#unwritten = leaving;
      this.#leaving = new Map();
      throw error;
    }
    await this.#read(() => {
      this.#leaving = new Map();
      if (wasWarning) this.#warning = false;
    });
  }

  /** Not while something is written, which would count twice then. */
  #readNext(): Promise<void> {
    return (this.#writing = this.#writing.then(() => this.#read()));
  }

  #lines(unwritten: ReadonlyMap<string, Rows>): ReadonlyMap<string, string> {
    const today = dayOf(this.#now());
    const days = new Set([...unwritten.keys(), ...(this.#warning ? [today] : [])]);
    return new Map(
      [...days].map((day) => {
        const rows = (unwritten.get(day)?.list ?? []).map(lineOf);
        const lines = this.#warning && day === today ? [...rows, WARNED] : rows;
        // Before each line and not behind it: one that a crash has cut takes no other with it.
        return [day, lines.map((line) => `\n${line}`).join("")];
      }),
    );
  }

  /** `then` happens in the moment in which what was read counts. */
  async #read(then: () => void = () => undefined): Promise<void> {
    const day = dayOf(this.#now());
    const text = await this.#text(day);
    this.#known = { day, ...parseDay(text) };
    then();
  }

  async #text(day: string): Promise<string> {
    return readFile(this.#file(day), "utf8").catch(() => "");
  }

  #file(day: string): string {
    return join(this.#folder, `${day}${EXTENSION}`);
  }

  /** The days that there are files of, the earliest first. */
  async #names(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const days = names.filter((name) => name.endsWith(EXTENSION)).map((name) => name.slice(0, -EXTENSION.length));
    return days.filter((day) => /^\d{4}-\d\d-\d\d$/.test(day)).toSorted();
  }

  /**
   * Files of more than 90 days ago go. Those of days that no window writes to any more become short: several windows
   * may do that at once, since each writes the same.
   */
  async #sweep(): Promise<void> {
    const now = this.#now();
    const oldest = dayOf(daysBefore(now, DAYS_KEPT - 1));
    const yesterday = dayOf(daysBefore(now, 1));
    for (const day of await this.#names()) {
      if (day < oldest) await rm(this.#file(day), { force: true });
      else if (day < yesterday) await this.#shorten(day);
    }
  }

  async #shorten(day: string): Promise<void> {
    const text = await this.#text(day);
    const short = parseDay(text).rows.list.map((row) => `\n${lineOf(row)}`);
    if (text.split("\n").length < 4 * short.length + 4) return;
    const draft = `${this.#file(day)}.${process.pid}`;
    await writeFile(draft, short.join(""));
    await rename(draft, this.#file(day)).catch(() => rm(draft, { force: true }));
  }
}

interface DayFile {
  readonly day: string;
  readonly rows: Rows;
  readonly isWarned: boolean;
}

/** One for each feature and model. */
class Rows {
  readonly #rows = new Map<string, SpendingRow>();

  get list(): readonly SpendingRow[] {
    return [...this.#rows.values()];
  }

  add(row: SpendingRow): void {
    const key = JSON.stringify([row.feature, row.reference, row.host]);
    const known = this.#rows.get(key);
    this.#rows.set(key, known ? { ...row, ...sumOf(known, row) } : row);
  }

  addAll(other: Rows | undefined): void {
    for (const row of other?.list ?? []) this.add(row);
  }
}

function sumOf(one: Use, other: Use): Use {
  return {
    requests: one.requests + other.requests,
    input: one.input + other.input,
    cached: one.cached + other.cached,
    output: one.output + other.output,
    estimated: one.estimated + other.estimated,
  };
}

/** The user's day, not the one in Greenwich. */
function dayOf(date: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function daysBefore(date: Date, days: number): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - days);
}

function lineOf({ feature, reference, host, requests, input, cached, output, estimated }: SpendingRow): string {
  return JSON.stringify({ feature, reference, host, requests, input, cached, output, estimated });
}

/** What is no line of ours is passed over. */
function parseDay(text: string): Omit<DayFile, "day"> {
  const rows = new Rows();
  const lines = text.split("\n");
  for (const line of lines) {
    const row = parseLine(line);
    if (row) rows.add(row);
  }
  return { rows, isWarned: lines.includes(WARNED) };
}

function parseLine(line: string): SpendingRow | undefined {
  try {
    const row = JSON.parse(line) as SpendingRow;
    const { feature, reference, host, requests, input, cached, output, estimated } = row;
    const isNamed = [feature, reference, host].every((each) => typeof each === "string");
    const isCounted = [requests, input, cached, output, estimated].every((each) => Number.isFinite(each));
    return isNamed && isCounted ? row : undefined;
  } catch {
    return undefined;
  }
}

const WARNED = JSON.stringify({ warned: true });
const EXTENSION = ".jsonl";
const DAYS_KEPT = 90;
