import { appendFile, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

export type Counted = "offered" | "accepted";

export interface Today {
  readonly offered: number;
  readonly accepted: number;
}

/**
 * How many suggestions were offered and accepted today, by all windows together: each event appends
 * one character to the day's file, which several processes may do at once without losing one.
 * Nothing but these characters is written. Files of other days are removed at the first count.
 */
export class Tally {
  readonly #folder: string;
  readonly #now: () => Date;
  #swept = false;

  constructor(folder: string, now: () => Date) {
    this.#folder = folder;
    this.#now = now;
  }

  /** Rejects where the folder can't be written. */
  async count(what: Counted): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    if (!this.#swept) {
      this.#swept = true;
      await this.#removeOtherDays();
    }
    await appendFile(this.#file(), what === "offered" ? "o" : "a");
  }

  async today(): Promise<Today> {
    const marks = await readFile(this.#file(), "latin1").catch(() => "");
    const accepted = marks.split("a").length - 1;
    const offered = marks.split("o").length - 1;
    return { offered, accepted };
  }

  #file(): string {
    return join(this.#folder, this.#name());
  }

  /** The user's day, not the one in Greenwich. */
  #name(): string {
    const now = this.#now();
    return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}.tally`;
  }

  async #removeOtherDays(): Promise<void> {
    const others = (await readdir(this.#folder)).filter((name) => name.endsWith(".tally") && name !== this.#name());
    await Promise.all(others.map((name) => rm(join(this.#folder, name), { force: true })));
  }
}

function twoDigits(part: number): string {
  return String(part).padStart(2, "0");
}
