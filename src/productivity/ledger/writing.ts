/** The thread that writes: opens the file, and again where something has become of it, and says what is wrong. */

import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { GapRecord } from "../records.ts";
import type { Batch } from "./batches.ts";
import type { LedgerClock } from "./clock.ts";
import { failureOf, isDamage, type Failure } from "./failure.ts";
import type { FromLedger, LedgerTask, Question, ToLedger } from "./messages.ts";
import { type Calendar, type FileId, idOf, isSameFile, openLedger } from "./opening.ts";
import { ledgerFileName } from "./fileName.ts";
import { BEAT_MS } from "./pendingAccepts.ts";
import { removeMovedAside } from "./removing.ts";
import { Retention } from "./retention.ts";
import { LedgerStore } from "./store.ts";
import { todayOf } from "./today.ts";

export interface WritingOptions {
  readonly task: LedgerTask;
  readonly clock: LedgerClock;
  readonly calendar: Calendar;
  readonly tell: (message: FromLedger) => void;
}

export class LedgerWriting {
  readonly #options: WritingOptions;
  readonly #file: string;
  readonly #retention: Retention;
  #open: { readonly store: LedgerStore; readonly id: FileId } | undefined;
  /** What could not be counted, to be written when it can. */
  #gaps: GapRecord[] = [];
  readonly #writer = randomUUID();
  #ownBatches = 0;
  #stopBeating: (() => void) | undefined;

  constructor(options: WritingOptions) {
    this.#options = options;
    this.#file = join(options.task.folder, ledgerFileName);
    this.#retention = new Retention({
      clock: options.clock,
      calendar: options.calendar,
      database: () => this.#open?.store.database,
      failed: (error) => this.#failed(error),
    });
  }

  /** Opens it; what is wrong is told. */
  start(): void {
    this.#try(() => this.#store());
  }

  heed(message: ToLedger): void {
    switch (message.kind) {
      case "append":
        return this.#append(message);
      case "keep":
        return this.#retention.keep(message.days);
      case "close":
        return this.close();
      default:
        return this.#answer(message);
    }
  }

  close(): void {
    this.#stopBeating?.();
    this.#retention.end();
    this.#shut();
  }

  #append(batch: Batch): void {
    this.#try(() => {
      const { clock, tell } = this.#options;
      const unfit = this.#written((store) => store.append(batch, clock.nowMs()));
      tell({ kind: "appended", number: batch.number, unfit });
    });
  }

  #answer(question: Question): void {
    const { tell } = this.#options;
    const { id } = question;
    try {
      tell({ kind: "answer", id, answer: this.#written((store) => this.#answerTo(question, store)) });
    } catch (error) {
      tell({ kind: "unanswered", id, ...this.#failed(error) });
    }
  }

  #answerTo(question: Question, store: LedgerStore): unknown {
    const { clock, calendar, task } = this.#options;
    const nowMs = clock.nowMs();
    switch (question.kind) {
      case "claimFile":
        return store.claims.ofFile(question.ask.file, question.ask.most, nowMs);
      case "claimDue":
        return store.claims.due(question.ask.dueMs, question.ask.most, nowMs);
      case "today":
        return todayOf(store.database, calendar.startOfDay(nowMs));
      case "deleteAll":
        removeMovedAside(task.folder);
        return store.deleteAll();
      default:
        throw new Error(`The thread that writes does not answer ${question.kind}.`);
    }
  }

  /**
   * With the file as it is now. Where it turns out to be damaged a new one is begun: first if it looks damaged as a whole, then
   * in any case.
   */
  #written<Result>(work: (store: LedgerStore) => Result): Result {
    for (let tries = 0; ; tries += 1) {
      const store = this.#store(tries > 1);
      try {
        const result = work(store);
        this.#afterwards(store);
        return result;
      } catch (error) {
        if (!isDamage(error) || tries > 1) throw error;
        this.#damaged = this.#open?.id;
        this.#shut();
      }
    }
  }

  #damaged: FileId | undefined;

  /** @throws a `Stopped` */
  #store(isSurelyDamaged = false): LedgerStore {
    const { task, clock, calendar, tell } = this.#options;
    if (this.#open && !isSameFile(this.#open.id, idOf(this.#file))) {
      tell({ kind: "notice", notice: { kind: "removed" } });
      this.#gaps.push(this.#gap("removed", this.#open.id.madeMs));
      this.#shut();
    }
    if (this.#open) return this.#open.store;
    const opened = openLedger(
      { ...task, calendar, nowMs: () => clock.nowMs() },
      isSurelyDamaged ? this.#damaged : undefined,
    );
    if (opened.kind === "stopped") throw new Stopped(opened);
    const { database, id, moved } = opened;
    if (moved) {
      tell({ kind: "notice", notice: { kind: "moved-aside", ...moved } });
      this.#gaps.push(this.#gap("damaged", moved.sinceMs));
    }
    try {
      this.#open = { store: new LedgerStore(database, task.session), id };
      this.#afterwards(this.#open.store);
    } catch (error) {
      // A table is not as it should be, or nothing can be written.
      if (!this.#open) database.close();
      this.#shut();
      throw error;
    }
    tell({ kind: "open" });
    this.#retention.start();
    return this.#open.store;
  }

  #afterwards(store: LedgerStore): void {
    const { clock } = this.#options;
    if (this.#gaps.length > 0) {
      const batch = { writer: this.#writer, pending: [], isDurable: false };
      store.append({ ...batch, number: (this.#ownBatches += 1), records: this.#gaps }, clock.nowMs());
      this.#gaps = [];
    }
    if (store.claims.isOwner) this.#stopBeating ??= clock.after(BEAT_MS, () => this.#beat());
  }

  #beat(): void {
    this.#stopBeating = undefined;
    this.#try(() => this.#written(({ claims }) => claims.beat(this.#options.clock.nowMs())));
  }

  #gap(reason: GapRecord["reason"], fromMs: number): GapRecord {
    const atMs = this.#options.clock.nowMs();
    return { kind: "gap", atMs, session: this.#options.task.session, reason, fromMs, toMs: atMs, lost: undefined };
  }

  #try(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#options.tell({ kind: "stopped", ...this.#failed(error) });
    }
  }

  /** The next try begins with opening it. */
  #failed(error: unknown): Failure {
    this.#shut();
    return error instanceof Stopped ? error.failure : failureOf(error);
  }

  #shut(): void {
    const open = this.#open;
    this.#open = undefined;
    try {
      open?.store.close();
    } catch {
      // What was claimed is anybody's a minute later; and a file that can't be closed is not used any more.
      return;
    }
  }
}

class Stopped extends Error {
  readonly failure: Failure;

  constructor({ reason, detail }: Failure) {
    super(reason);
    this.failure = { reason, detail };
  }
}
