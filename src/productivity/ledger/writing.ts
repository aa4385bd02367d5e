/** The thread that writes: opens the file, and again where something has become of it, and says what is wrong. */

import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { GapRecord } from "../records.ts";
import type { Batch, Deletions } from "./batches.ts";
import type { LedgerClock } from "./clock.ts";
import { Cleaning } from "./cleaning.ts";
import { experimentIn } from "./experimentRecords.ts";
import { assignSlot, changeExperiment, startExperiment } from "./experiments.ts";
import { failureOf, isDamage, isLocked, type Failure } from "./failure.ts";
import type { FromLedger, LedgerTask, Question, ToLedger } from "./messages.ts";
import { type Calendar, type FileId, idOf, isSameFile, movedName, openLedger } from "./opening.ts";
import { ledgerFileName } from "./fileName.ts";
import { takeUp } from "./left.ts";
import { pauseThread } from "./pausing.ts";
import { BEAT_MS } from "./pendingAccepts.ts";
import { Retention } from "./retention.ts";
import { refuseLater } from "./schema.ts";
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
  readonly #cleaning: Cleaning;
  #open: { readonly store: LedgerStore; readonly id: FileId } | undefined;
  /** What could not be counted, to be written when it can. */
  #gaps: GapRecord[] = [];
  readonly #writer = randomUUID();
  #ownBatches = 0;
  #stopBeating: (() => void) | undefined;

  constructor(options: WritingOptions) {
    this.#options = options;
    this.#cleaning = new Cleaning(options.task.folder, options.clock, () => this.#open?.store);
    this.#file = join(options.task.folder, ledgerFileName);
    this.#retention = new Retention({
      clock: options.clock,
      calendar: options.calendar,
      database: () => this.#open?.store.database,
      failed: (error) => {
        if (failureOf(error).reason !== "full") this.#failed(error);
      },
    });
  }

  /** Opens it; what is wrong is told. */
  start(): void {
    this.#try(() => this.#patiently(() => this.#store()));
  }

  heed(message: ToLedger): void {
    switch (message.kind) {
      case "append":
        return this.#append(message);
      case "keep":
        return this.#retention.keep(message.days);
      case "look":
        this.#isLooked = false;
        this.#shut();
        return this.start();
      case "close":
        return this.close();
      default:
        return this.#answer(message);
    }
  }

  close(): void {
    this.#stopBeating?.();
    this.#retention.end();
    this.#cleaning.end();
    this.#shut();
  }

  #append(batch: Batch): void {
    const { clock, tell } = this.#options;
    this.#try(() => {
      const unfit = this.#written((store) => store.append(batch, clock.nowMs()));
      tell({ kind: "appended", number: batch.number, unfit });
    }, batch.number);
  }

  #answer(question: Question): void {
    const { tell } = this.#options;
    const { id } = question;
    try {
      tell({ kind: "answer", id, answer: this.#written((store) => this.#answerTo(question, store)) });
    } catch (error) {
      const failure = this.#failed(error);
      // From now on nothing else will be said, either.
      if (failure.reason === "newer") tell({ kind: "stopped", ...failure });
      tell({ kind: "unanswered", id, ...failure });
    }
  }

  #answerTo(question: Question, store: LedgerStore): unknown {
    const { clock, calendar, task } = this.#options;
    const nowMs = clock.nowMs();
    const { session } = task;
    switch (question.kind) {
      case "claimFile":
        return store.claims.ofFile(question.ask.file, question.ask.most, nowMs);
      case "claimDue":
        return store.claims.due(question.ask.dueMs, question.ask.most, nowMs);
      case "today":
        refuseLater(store.database);
        return todayOf(store.database, calendar.startOfDay(nowMs));
      case "assignSlot":
        return assignSlot(store, question.ask.slot, { ...question.ask, session });
      case "experimentState":
        refuseLater(store.database);
        return experimentIn(store.database)?.state;
      case "startExperiment":
        return startExperiment(store, question.ask.wish, { ...question.ask, session });
      case "changeExperiment":
        return changeExperiment(store, question.ask.change, { ...question.ask, session });
      case "deleteAll": {
        const isCopied = !store.deleteAll(nowMs);
        this.#gaps = [];
        return this.#cleaning.begin(isCopied);
      }
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
      const store = this.#patiently(() => this.#store(tries > 1));
      try {
        const result = this.#patiently(() => work(store));
        this.#patiently(() => this.#afterwards(store));
        return result;
      } catch (error) {
        if (!isDamage(error) || tries > 1) throw error;
        this.#damaged = this.#open?.id;
        this.#isLooked = false;
        this.#shut();
      }
    }
  }

  /** Again and again while another process holds the file. SQLite itself waits so shortly that the thread can be ended meanwhile. */
  #patiently<Result>(work: () => Result): Result {
    const { clock, task } = this.#options;
    const fromMs = clock.nowMs();
    for (;;) {
      try {
        return work();
      } catch (error) {
        const locked = error instanceof Stopped ? error.failure.reason === "locked" : isLocked(error);
        if (!locked || Math.abs(clock.nowMs() - fromMs) >= task.busyMs) throw error;
        pauseThread(PAUSE_MS);
      }
    }
  }

  #damaged: FileId | undefined;
  /** The file that this thread had open last, also while it is shut. */
  #last: FileId | undefined;
  /** That file was found whole, or made, by this thread: it is not read through again without a reason. */
  #isLooked = false;

  /** @throws a `Stopped` */
  #store(isSurelyDamaged = false): LedgerStore {
    const { task, clock, calendar, tell } = this.#options;
    if (this.#open && !isSameFile(this.#open.id, idOf(this.#file))) {
      // At once: when it is shut, the next file may get its number.
      this.#replaced(this.#open.id);
      this.#last = undefined;
      this.#shut();
    }
    if (this.#open) return this.#open.store;
    const opened = openLedger(
      { ...task, busyMs: Math.min(task.busyMs, BUSY_STEP_MS), calendar, nowMs: () => clock.nowMs() },
      { whole: this.#isLooked ? this.#last : undefined, damaged: isSurelyDamaged ? this.#damaged : undefined },
    );
    if (opened.kind === "stopped") throw new Stopped(opened);
    const { database, id, moved } = opened;
    if (moved) {
      tell({ kind: "notice", notice: { kind: "moved-aside", ...moved } });
      this.#gaps.push(this.#gap("damaged", moved.sinceMs));
    } else if (this.#last && !isSameFile(this.#last, id)) this.#replaced(this.#last);
    this.#last = id;
    this.#isLooked = true;
    try {
      const store = new LedgerStore(database, task.session);
      this.#open = { store, id };
      this.#told = undefined;
      takeUp(task.folder, store, clock.nowMs(), (lost) => this.#gaps.push({ ...this.#gap("not-written"), lost }));
      this.#afterwards(store);
    } catch (error) {
      // A table is not as it should be, or nothing can be written.
      if (!this.#open) database.close();
      // In one that is full, what is old can still be removed; what is left beside it, and gaps, wait for that.
      if (failureOf(error).reason !== "full" || !this.#open) {
        this.#shut();
        throw error;
      }
    }
    tell({ kind: "open" });
    this.#retention.start();
    return this.#open.store;
  }

  /** Another one has its place, by whoever. */
  #replaced(before: FileId): void {
    const { task, tell } = this.#options;
    const movedTo = movedName(task.folder, before);
    if (movedTo === undefined) {
      tell({ kind: "notice", notice: { kind: "removed" } });
      this.#gaps.push(this.#gap("removed", before.madeMs));
    } else {
      // The window that has done so has written down the gap.
      const moved = { file: ledgerFileName, movedTo, sinceMs: before.madeMs };
      tell({ kind: "notice", notice: { kind: "moved-aside", ...moved } });
    }
  }

  #told: Deletions | undefined;

  #afterwards(store: LedgerStore): void {
    const { clock, tell } = this.#options;
    const { deletions } = store;
    if (deletions.count !== this.#told?.count) tell({ kind: "deletions", deletions });
    this.#told = deletions;
    if (this.#gaps.length > 0) {
      const batch = { writer: this.#writer, pending: [], isDurable: false, deletions: deletions.count };
      store.append({ ...batch, number: (this.#ownBatches += 1), records: this.#gaps }, clock.nowMs());
      this.#gaps = [];
    }
    if (store.claims.isOwner) this.#stopBeating ??= clock.after(BEAT_MS, () => this.#beat());
  }

  #beat(): void {
    this.#stopBeating = undefined;
    this.#try(() => this.#written(({ claims }) => claims.beat(this.#options.clock.nowMs())));
  }

  #gap(reason: GapRecord["reason"], fromMs?: number): GapRecord {
    const atMs = this.#options.clock.nowMs();
    const { session } = this.#options.task;
    return { kind: "gap", atMs, session, reason, fromMs: fromMs ?? atMs, toMs: atMs, lost: undefined };
  }

  #try(work: () => void, batch?: number): void {
    try {
      work();
    } catch (error) {
      this.#options.tell({ kind: "stopped", ...(batch !== undefined && { batch }), ...this.#failed(error) });
    }
  }

  /** The next try begins with opening it, but for a file that is full: what is old in it is removed, and then there is room. */
  #failed(error: unknown): Failure {
    const failure = error instanceof Stopped ? error.failure : failureOf(error);
    if (failure.reason === "damaged") this.#isLooked = false;
    if (failure.reason === "full" && this.#open) this.#retention.start();
    else this.#shut();
    return failure;
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

/** In which neither the thread nor the process can be ended. */
const BUSY_STEP_MS = 200;
const PAUSE_MS = 5;

class Stopped extends Error {
  readonly failure: Failure;

  constructor({ reason, detail }: Failure) {
    super(reason);
    this.failure = { reason, detail };
  }
}
