/** The ledger, for the one who counts. What is given to it is written a second later at most, by a thread. */

import { randomUUID } from "node:crypto";
import { Worker } from "node:worker_threads";
import type { LedgerRecord, RecordKind } from "../records.ts";
import type { PendingAccept } from "./batches.ts";
import type { Exported, ExportWish } from "./exporting.ts";
import type { Failure } from "./failure.ts";
import {
  isSameState,
  type FromLedger,
  type LedgerState,
  type LedgerTask,
  type Questions,
  type WriterQuestions,
} from "./messages.ts";
import { Flushes } from "./flushes.ts";
import type { LedgerOptions } from "./ledgerOptions.ts";
import { LedgerReader } from "./reader.ts";
import { Outbox } from "./outbox.ts";
import { Asked } from "./questions.ts";
import type { Report, ReportWish } from "./report.ts";
import type { Today } from "./today.ts";

/** Nothing of it ever throws or rejects: suggestions go on whatever becomes of the ledger. */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #task: LedgerTask;
  readonly #outbox: Outbox;
  readonly #asked = new Asked();
  readonly #reader: LedgerReader;
  #worker: Worker | undefined;
  #state: LedgerState = { kind: "starting" };
  #retentionDays: number;
  #deaths = 0;
  #cancelSend: (() => void) | undefined;
  #cancelRetry: (() => void) | undefined;
  #cancelPatience: (() => void) | undefined;
  readonly #flushes = new Flushes();
  #isDurableWished = false;
  /** Since something was written last. */
  #hasStopped = false;
  #hasEnded = false;

  constructor(options: LedgerOptions) {
    const { folder, session, mostBytes = MOST_BYTES, busyMs = BUSY_MS } = options;
    this.#options = options;
    this.#task = { role: "writer", folder, session, mostBytes, busyMs };
    this.#retentionDays = options.retentionDays;
    this.#outbox = new Outbox(randomUUID());
    this.#reader = new LedgerReader(options.workerFile, { ...this.#task, role: "reader" }, options.clock);
    this.#start();
  }

  get state(): LedgerState {
    return this.#state;
  }

  /** An accept is sent at once, with all before it, and is safe from a power failure when it is written. */
  append(record: LedgerRecord): void {
    if (this.#hasEnded) return;
    this.#outbox.add(record);
    this.#isDurableWished ||= record.kind === "accept";
    this.#sendSoon(this.#isDurableWished || this.#outbox.waiting >= SENT_AT_ONCE);
  }

  /** Follows an accept beyond the end of this window. Comes with the records that are given before it, in one transaction. */
  putPending(pending: PendingAccept): void {
    if (this.#hasEnded) return;
    this.#outbox.change({ kind: "put", pending });
    this.#sendSoon(false);
  }

  /** As `putPending`, for one that was put before, by whichever window: it is not put again after it was deleted. */
  renewPending(pending: PendingAccept): void {
    if (this.#hasEnded) return;
    this.#outbox.change({ kind: "renew", pending });
    this.#sendSoon(false);
  }

  /** As `putPending`, for one that this window does not follow any more. */
  leavePending(pending: PendingAccept): void {
    if (this.#hasEnded) return;
    this.#outbox.change({ kind: "leave", pending });
    this.#sendSoon(false);
  }

  removePending(accept: string): void {
    if (this.#hasEnded) return;
    this.#outbox.change({ kind: "remove", accept });
    this.#sendSoon(false);
  }

  /**
   * Resolves when all that waits is on the disk, where neither a kill of the process nor a power failure takes it; with false
   * where it can't be written for now, or some of it had to go meanwhile for want of room.
   */
  flush(): Promise<boolean> {
    if (this.#hasEnded) return Promise.resolve(false);
    if (this.#outbox.settled >= this.#outbox.put) return Promise.resolve(true);
    const isWritten = this.#flushes.wait(this.#outbox);
    this.#isDurableWished = true;
    // Where it has stopped, this tries again at once.
    if (this.#state.kind === "stopped") this.#retry();
    else this.#sendSoon(true);
    return isWritten;
  }

  /** What no other window follows, of a file that is open here; this window does from now on. Empty where that can't be known. */
  async claimFile(file: string, most = MOST_CLAIMED): Promise<readonly PendingAccept[]> {
    return this.#answer(await this.#ask("claimFile", { file, most }), []);
  }

  /** What no other window follows and should have been looked at, of any file. */
  async claimDue(dueMs: number, most = MOST_CLAIMED): Promise<readonly PendingAccept[]> {
    return this.#answer(await this.#ask("claimDue", { dueMs, most }), []);
  }

  /** Undefined where it can't be read. */
  async today(): Promise<Today | undefined> {
    await this.#sent();
    return this.#answer<Today | undefined>(await this.#ask("today", undefined), undefined);
  }

  async report(wish: ReportWish): Promise<Report | Failure> {
    await this.#sent();
    return this.#reader.ask("report", wish);
  }

  /** The newest first, of all kinds or of these. */
  async lastEvents(count: number, kinds?: readonly RecordKind[]): Promise<readonly LedgerRecord[] | Failure> {
    await this.#sent();
    return this.#reader.ask("lastEvents", { count, kinds });
  }

  async exportTo(wish: ExportWish): Promise<Exported | Failure> {
    await this.#sent();
    return this.#reader.ask("export", wish);
  }

  /** All rows of all windows, what waits here, and files that were moved aside. What others write afterwards is counted again. */
  async deleteAll(): Promise<boolean | Failure> {
    this.#outbox.clear();
    this.#flushes.settle(this.#outbox);
    return this.#ask("deleteAll", undefined);
  }

  keepFor(days: number): void {
    this.#retentionDays = days;
    this.#worker?.postMessage({ kind: "keep", days });
  }

  /** Writes what waits, as far as the time is enough, and ends. Resolves with false where something was left. */
  async close(withinMs: number): Promise<boolean> {
    const { clock } = this.#options;
    const outOfTime = new Promise<boolean>((resolve) => clock.after(withinMs, () => resolve(false)));
    const isWritten = await Promise.race([this.flush(), outOfTime]);
    this.#hasEnded = true;
    for (const cancel of [this.#cancelSend, this.#cancelRetry, this.#cancelPatience]) cancel?.();
    this.#reader.end();
    const worker = this.#worker;
    this.#worker = undefined;
    if (worker) {
      const over = new Promise<boolean>((resolve) => worker.once("exit", () => resolve(true)));
      worker.postMessage({ kind: "close" });
      await Promise.race([over, outOfTime]);
      await worker.terminate();
    }
    this.#asked.fail({ reason: "ended", detail: "closed" });
    this.#flushes.fail();
    return isWritten;
  }

  /** What was given before is there when it is asked; where it can't be written, that is no reason not to ask. */
  async #sent(): Promise<void> {
    if (this.#state.kind !== "stopped") await this.flush();
  }

  #ask<Kind extends keyof WriterQuestions>(
    kind: Kind,
    ask: Questions[Kind]["ask"],
  ): Promise<Questions[Kind]["answer"] | Failure> {
    const worker = this.#worker;
    if (!worker) return Promise.resolve({ reason: "ended", detail: "no thread" });
    return this.#asked.ask(worker, kind, ask);
  }

  #answer<Answer>(answer: Answer | Failure, otherwise: Answer): Answer {
    return typeof answer === "object" && answer !== null && "reason" in answer ? otherwise : answer;
  }

  #sendSoon(isNow: boolean): void {
    if (this.#state.kind !== "counting" || this.#outbox.sent) return;
    if (isNow) this.#send();
    else this.#cancelSend ??= this.#options.clock.after(BATCH_MS, () => this.#send());
  }

  #send(): void {
    this.#cancelSend?.();
    this.#cancelSend = undefined;
    if (!this.#worker || this.#hasEnded) return;
    const batch = this.#outbox.sent ?? this.#outbox.next(this.#isDurableWished);
    if (!batch) return;
    if (this.#outbox.waiting === 0) this.#isDurableWished = false;
    this.#worker.postMessage({ kind: "append", ...batch });
    this.#cancelPatience ??= this.#options.clock.after(PATIENCE_MS, () => {
      this.#cancelPatience = undefined;
      this.#stopped({ reason: "silent", detail: "" });
    });
  }

  #start(): void {
    if (this.#hasEnded) return;
    const worker = new Worker(this.#options.workerFile, { workerData: this.#task });
    worker.on("message", (message: FromLedger) => {
      if (this.#worker === worker) this.#heard(message);
    });
    worker.on("error", (error) => this.#died(worker, error.name));
    worker.on("exit", (code) => this.#died(worker, `exit ${code}`));
    this.#worker = worker;
    worker.postMessage({ kind: "keep", days: this.#retentionDays });
  }

  #heard(message: FromLedger): void {
    switch (message.kind) {
      case "open":
        this.#set({ kind: "counting" });
        // One that was under way when the thread ended or the file was lost goes first.
        if (this.#outbox.sent || this.#isDurableWished) return this.#send();
        return this.#outbox.waiting > 0 ? this.#sendSoon(false) : undefined;
      case "stopped":
        return this.#stopped(message);
      case "appended":
        return this.#appended(message.number, message.unfit);
      case "notice":
        return this.#options.onNotice(message.notice);
      default:
        this.#asked.heard(message);
    }
  }

  #appended(number: number, unfit: number): void {
    this.#cancelPatience?.();
    this.#cancelPatience = undefined;
    this.#deaths = 0;
    if (!this.#outbox.written(number)) return;
    const { clock, session } = this.#options;
    this.#outbox.addGaps({ atMs: clock.nowMs(), session, reason: this.#hasStopped ? "not-written" : "dropped", unfit });
    this.#hasStopped = false;
    this.#set({ kind: "counting" });
    this.#flushes.settle(this.#outbox);
    if (this.#outbox.waiting > 0) this.#sendSoon(this.#isDurableWished || this.#outbox.waiting >= SENT_AT_ONCE);
  }

  #stopped({ reason, detail }: Failure): void {
    this.#cancelPatience?.();
    this.#cancelPatience = undefined;
    const sinceMs = this.#state.kind === "stopped" ? this.#state.sinceMs : this.#options.clock.nowMs();
    this.#hasStopped = true;
    this.#set({ kind: "stopped", sinceMs, reason, detail });
    this.#flushes.fail();
    this.#cancelRetry ??= this.#options.clock.after(RETRY_MS, () => this.#retry());
  }

  #retry(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    if (this.#hasEnded) return;
    // A thread that opens its file says so; one that has it open is told by what it writes.
    if (!this.#worker) this.#start();
    else if (this.#outbox.sent || this.#outbox.waiting > 0) this.#send();
    else void this.#ask("today", undefined);
    this.#cancelRetry ??= this.#options.clock.after(RETRY_MS, () => this.#retry());
  }

  /** It is started again, a minute later where that does not help; what it had not said it had written is sent again. */
  #died(worker: Worker, detail: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#asked.fail({ reason: "ended", detail });
    if (this.#hasEnded) return;
    this.#deaths += 1;
    if (this.#deaths >= MOST_DEATHS) {
      // It may be the batch that ends it.
      this.#outbox.giveUp();
      this.#deaths = 0;
      this.#stopped({ reason: "ended", detail });
    } else {
      this.#set({ kind: "starting" });
      this.#start();
    }
  }

  #set(state: LedgerState): void {
    const isSame = isSameState(this.#state, state);
    this.#state = state;
    if (state.kind === "counting") {
      this.#cancelRetry?.();
      this.#cancelRetry = undefined;
    }
    if (!isSame && !this.#hasEnded) this.#options.onState(state);
  }
}

const BATCH_MS = 1_000;
const SENT_AT_ONCE = 500;
const RETRY_MS = 60_000;
/** Longer than it waits for other processes, and reads a file that is as large as it may be. */
const PATIENCE_MS = 60_000;
const BUSY_MS = 5_000;
const MOST_DEATHS = 3;
const MOST_CLAIMED = 500;
/** Ten times what a busy half-year takes. */
const MOST_BYTES = 1_073_741_824;
