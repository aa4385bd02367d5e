/** What waits to be written, in memory: bounded, whatever becomes of the file. */

import type { GapRecord, LedgerRecord } from "../records.ts";
import { type Batch, type PendingChange, sinceDeletion } from "./batches.ts";

interface Lost {
  readonly count: number;
  /** Of the first and the last one. */
  readonly fromMs: number;
  readonly toMs: number;
}

export class Outbox {
  readonly #writer: string;
  #records: LedgerRecord[] = [];
  /** One for each accept: what was said of it last. */
  #pending = new Map<string, PendingChange>();
  #sent: Batch | undefined;
  #batches = 0;
  #lost: Lost | undefined;
  #put = 0;
  #settled = 0;
  #lostInAll = 0;

  /** @param writer different from that of any other outbox, ever */
  constructor(writer: string) {
    this.#writer = writer;
  }

  /** How many changes have been put into it, and how many of these are written or lost. */
  get put(): number {
    return this.#put;
  }
  get settled(): number {
    return this.#settled;
  }

  get lostInAll(): number {
    return this.#lostInAll;
  }

  /** The batch under way. It stays, and is sent again as it is, until it is known to be written. */
  get sent(): Batch | undefined {
    return this.#sent;
  }

  /** Waiting, without the batch under way. */
  get waiting(): number {
    return this.#records.length + this.#pending.size;
  }

  /** Now that something can be written: what had to go before, and records that were none. */
  addGaps(what: Pick<GapRecord, "atMs" | "session" | "reason"> & { readonly unfit: number }): void {
    const { atMs, session, reason, unfit } = what;
    const lost = this.#lost;
    this.#lost = undefined;
    const gap = { kind: "gap", atMs, session } as const;
    if (lost) this.add({ ...gap, reason, fromMs: lost.fromMs, toMs: lost.toMs, lost: lost.count });
    if (unfit > 0) this.add({ ...gap, reason: "dropped", fromMs: atMs, toMs: atMs, lost: unfit });
  }

  add(record: LedgerRecord): void {
    this.#put += 1;
    this.#records.push(record);
    if (this.#records.length > MOST_WAITING) this.#dropOldest();
  }

  change(change: PendingChange): void {
    const accept = acceptOf(change);
    const before = this.#pending.get(accept);
    if (!before) this.#put += 1;
    const isNew = before?.kind === "put" && change.kind !== "remove";
    this.#pending.set(accept, isNew ? { ...before, pending: change.pending, isLeft: change.kind === "leave" } : change);
  }

  /**
   * Undefined with nothing to send, or as long as one is under way.
   *
   * @param deletions of everything, that are known of: what was given before is not in it any more
   */
  next(isDurable: boolean, deletions: number): Batch | undefined {
    if (this.#sent || this.waiting === 0) return undefined;
    const records = this.#records.splice(0, MOST_RECORDS);
    const pending = Array.from(this.#pending.values());
    this.#pending.clear();
    this.#sent = { writer: this.#writer, number: (this.#batches += 1), records, pending, isDurable, deletions };
    return this.#sent;
  }

  /** False where it is not the one under way. */
  written(number: number): boolean {
    if (this.#sent?.number !== number) return false;
    this.#settled += sizeOf(this.#sent);
    this.#sent = undefined;
    return true;
  }

  /** The batch under way can't be written, whatever is tried: it is lost, also what was to be followed. */
  giveUp(): void {
    const { records, pending } = this.#sent ?? { records: [], pending: [] };
    this.#sent = undefined;
    const put = pending.flatMap((change) => (change.kind === "put" ? [{ atMs: change.sinceMs }] : []));
    this.#settled += pending.length - put.length;
    this.#lose([...records, ...put]);
  }

  /** What is in it now, each record and change by itself. */
  get held(): ReadonlySet<object> {
    const { records, pending } = this.#sent ?? { records: [], pending: [] };
    return new Set([...records, ...pending, ...this.#records, ...this.#pending.values()]);
  }

  /**
   * Everything was deleted then: what is from before is neither written nor missing.
   *
   * @param before is from before, whatever its time is
   */
  forget(deletedMs: number, before: ReadonlySet<object> = new Set()): void {
    const since = <Given extends Pick<Batch, "records" | "pending">>(given: Given): Given =>
      sinceDeletion(
        {
          ...given,
          records: given.records.filter((record) => !before.has(record)),
          pending: given.pending.filter((change) => !before.has(change)),
        },
        deletedMs,
      );
    const given = this.#sent && since(this.#sent);
    const { records, pending } = since({ records: this.#records, pending: Array.from(this.#pending.values()) });
    this.#settled += this.waiting - records.length - pending.length;
    if (this.#sent && given) this.#settled += sizeOf(this.#sent) - sizeOf(given);
    this.#sent = given;
    this.#records = [...records];
    this.#pending = new Map(pending.map((change) => [acceptOf(change), change]));
    if (this.#lost && this.#lost.toMs <= deletedMs) this.#lost = undefined;
  }

  /** All that is left, at the end, as it would have been sent. */
  rest(deletions: number): readonly Batch[] {
    const batches: Batch[] = [];
    for (let batch = this.#sent ?? this.next(true, deletions); batch; batch = this.next(true, deletions)) {
      batches.push(batch);
      this.#sent = undefined;
    }
    return batches;
  }

  #dropOldest(): void {
    this.#lose(this.#records.splice(0, DROPPED_AT_ONCE));
  }

  #lose(lost: readonly Pick<LedgerRecord, "atMs">[]): void {
    if (lost.length === 0) return;
    this.#settled += lost.length;
    this.#lostInAll += lost.length;
    const { count, fromMs, toMs } = this.#lost ?? { count: 0, fromMs: Infinity, toMs: -Infinity };
    this.#lost = {
      count: count + lost.length,
      fromMs: lost.reduce((least, { atMs }) => Math.min(least, atMs), fromMs),
      toMs: lost.reduce((most, { atMs }) => Math.max(most, atMs), toMs),
    };
  }
}

const acceptOf = (change: PendingChange): string => (change.kind === "remove" ? change.accept : change.pending.accept);

const sizeOf = ({ records, pending }: Pick<Batch, "records" | "pending">): number => records.length + pending.length;

/** Some hours of work, and some megabytes. */
export const MOST_WAITING = 20_000;
const DROPPED_AT_ONCE = 1_000;
/** A transaction of some ten milliseconds. */
const MOST_RECORDS = 1_000;
