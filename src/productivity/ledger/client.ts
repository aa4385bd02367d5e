/** The ledger, for the one who counts. What is given to it is written a second later at most, by a thread. */

import { randomUUID } from "node:crypto";
import type { LedgerRecord } from "../records.ts";
import { hasBegun, type PendingAccept, type PendingChange } from "./batches.ts";
import { BATCH_MS, MOST_CLAIMED, MOST_DEATHS, PATIENCE_MS, RETRY_MS, SENT_AT_ONCE } from "./clientLimits.ts";
import { Delay } from "./delay.ts";
import { LedgerExperiments } from "./experimentClient.ts";
import { type Failure, isFailure, orElse } from "./failure.ts";
import type { Answered, LedgerState, Questions, ReaderQuestions, Told } from "./messages.ts";
import { Flushes } from "./flushes.ts";
import { type LedgerOptions, taskOf } from "./ledgerOptions.ts";
import { LedgerQuestions } from "./ledgerQuestions.ts";
import { isSameState } from "./ledgerState.ts";
import { leaveBehind } from "./left.ts";
import { LedgerReader } from "./reader.ts";
import { KnownDeletions } from "./knownDeletions.ts";
import { Outbox } from "./outbox.ts";
import { WriterThread } from "./writerThread.ts";

/** Nothing of it ever throws or rejects: suggestions go on whatever becomes of the ledger. */
export class Ledger extends LedgerQuestions {
  readonly experiments: LedgerExperiments;
  readonly #options: LedgerOptions;
  readonly #outbox = new Outbox(randomUUID());
  readonly #reader: LedgerReader;
  readonly #writer: WriterThread;
  #state: LedgerState = { kind: "starting" };
  #deaths = 0;
  #timesMoved = 0;
  readonly #nextSend: Delay;
  readonly #nextTry: Delay;
  readonly #patience: Delay;
  readonly #flushes = new Flushes();
  #isDurableWished = false;
  readonly #deletions: KnownDeletions;
  /** What had been given when this window asked for a deletion that is under way. */
  #beforeDeletion: ReadonlySet<object> | undefined;
  /** Since something was written last. */
  #hasStopped = false;
  #hasEnded = false;

  constructor(options: LedgerOptions) {
    super((kind, ask) => this.#read(kind, ask));
    this.#options = options;
    this.#nextSend = new Delay(options.clock, BATCH_MS, () => this.#send());
    this.#nextTry = new Delay(options.clock, RETRY_MS, () => this.#retry());
    this.#patience = new Delay(options.clock, PATIENCE_MS, () => this.#stopped({ reason: "silent", detail: "" }));
    this.#deletions = new KnownDeletions(options.clock);
    this.#writer = new WriterThread({
      workerFile: options.workerFile,
      task: taskOf(options, "writer"),
      heard: (message) => this.#heard(message),
      died: (detail) => this.#died(detail),
    });
    this.#reader = new LedgerReader(options.workerFile, taskOf(options, "reader"), options.clock);
    this.experiments = new LedgerExperiments(this.#writer, (wish) => this.#read("blocks", wish));
    this.#writer.keepFor(options.retentionDays);
    this.#writer.start();
  }

  get state(): LedgerState {
    return this.#state;
  }

  /** An accept is sent at once, with all before it, and is safe from a power failure when it is written. */
  append(record: LedgerRecord): void {
    // What began before everything was deleted, such as the minute that went on, has gone with it; all else is newer, whatever its clock.
    if (this.#hasEnded || (hasBegun(record) && record.atMs <= this.#deletions.lastMs)) return;
    this.#outbox.add(record);
    this.#isDurableWished ||= record.kind === "accept";
    this.#sendSoon(this.#isDurableWished || this.#outbox.waiting >= SENT_AT_ONCE);
  }

  /** Follows an accept beyond the end of this window. Comes with the records that are given before it, in one transaction. */
  putPending(pending: PendingAccept): void {
    this.#change({ kind: "put", pending, sinceMs: this.#options.clock.nowMs() });
  }

  /** As `putPending`, for one that was put before, by whichever window: it is not put again after it was deleted. */
  renewPending(pending: PendingAccept): void {
    this.#change({ kind: "renew", pending });
  }

  /** As `renewPending`, for one that this window does not follow any more. */
  leavePending(pending: PendingAccept): void {
    this.#change({ kind: "leave", pending });
  }

  removePending(accept: string): void {
    this.#change({ kind: "remove", accept });
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
    return orElse(await this.#writer.ask("claimFile", { file, most }), []);
  }

  /** What no other window follows and should have been looked at, of any file. */
  async claimDue(dueMs: number, most = MOST_CLAIMED): Promise<readonly PendingAccept[]> {
    return orElse(await this.#writer.ask("claimDue", { dueMs, most }), []);
  }

  /** Undefined where it can't be read. */
  async today(): Promise<Questions["today"]["answer"] | undefined> {
    await this.#sent();
    return orElse<Questions["today"]["answer"] | undefined>(await this.#writer.ask("today", undefined), undefined);
  }

  /**
   * All rows of all windows, what waits here and in other windows, and files that were kept beside it. What happens afterwards is
   * counted. With a failure nothing is gone, and nothing that waits is.
   */
  async deleteAll(): Promise<boolean | Failure> {
    // By their order, too, for a clock that was set meanwhile: what is given from now on may happen after the deletion.
    this.#beforeDeletion = this.#outbox.held;
    const isGone = await this.#writer.ask("deleteAll", undefined);
    this.#beforeDeletion = undefined;
    return isGone;
  }

  /** Nobody waits for a report any more. Whoever asked for one hears that it was stopped, unless it is read beside something else. */
  stopReports(): void {
    this.#reader.stop("reportModel");
  }

  keepFor(days: number): void {
    this.#writer.keepFor(days);
  }

  /**
   * Writes what waits, as far as the time is enough, and ends; it takes no longer, whoever holds the file. What can't be written is
   * left beside the ledger, for the next window that opens it. Resolves with false then.
   */
  async close(withinMs: number): Promise<boolean> {
    const { clock, folder, session } = this.#options;
    const outOfTime = new Promise<boolean>((resolve) => clock.after(withinMs, () => resolve(false)));
    const isWritten = await Promise.race([this.flush(), outOfTime]);
    const wasEnded = this.#hasEnded;
    this.#hasEnded = true;
    for (const delay of [this.#nextSend, this.#nextTry, this.#patience]) delay.end();
    this.#reader.end();
    if (!wasEnded) {
      this.#outbox.addGaps({ atMs: clock.nowMs(), session, reason: "not-written", unfit: 0 });
      // Where it is on its way all the same it is there once: a batch has a number.
      leaveBehind(folder, session, this.#outbox.rest(this.#deletions.count));
    }
    await this.#writer.end(outOfTime);
    this.#flushes.fail();
    return isWritten;
  }

  /** What was given before is there when it is asked, and whether the file can be read is known; where it can't, that is no reason not to ask. */
  async #sent(): Promise<void> {
    if (this.#state.kind === "starting") await this.#writer.ask("today", undefined);
    if (this.#state.kind !== "stopped") await this.flush();
  }

  /** What is read of the file says of the counting, too, that it is over, or that the file has to be looked at. */
  async #read<Kind extends keyof ReaderQuestions>(kind: Kind, ask: Questions[Kind]["ask"]): Promise<Answered<Kind>> {
    await this.#sent();
    const answer = await this.#reader.ask(kind, ask);
    if (isFailure(answer) && answer.reason === "newer") this.#stopped(answer);
    return isFailure(answer) && answer.reason === "damaged" ? this.#looked(answer) : answer;
  }

  /** Whoever asked is told what becomes of the file now, and not that it stands there damaged. */
  async #looked(failure: Failure): Promise<Failure> {
    const before = this.#timesMoved;
    this.#writer.post({ kind: "look" });
    await this.#writer.ask("today", undefined);
    return this.#timesMoved > before ? { ...failure, reason: "moved" } : failure;
  }

  #change(change: PendingChange): void {
    if (!this.#hasEnded) this.#outbox.change(change);
    this.#sendSoon(false);
  }

  #sendSoon(isNow: boolean): void {
    if (this.#state.kind !== "counting" || this.#outbox.sent) return;
    if (isNow) this.#send();
    else this.#nextSend.begin();
  }

  #send(): void {
    this.#nextSend.end();
    if (!this.#writer.lives || this.#hasEnded) return;
    const batch = this.#outbox.sent ?? this.#outbox.next(this.#isDurableWished, this.#deletions.count);
    if (!batch) return;
    if (this.#outbox.waiting === 0) this.#isDurableWished = false;
    if (this.#writer.append(batch)) this.#patience.begin();
  }

  #heard(message: Told): void {
    switch (message.kind) {
      case "open":
        return this.#opened();
      case "deletions":
        return this.#deletions.heed(message.deletions) ? this.#forget() : undefined;
      case "stopped":
        return this.#stopped(message);
      case "appended":
        return this.#appended(message.number, message.unfit);
      case "notice":
        if (message.notice.kind === "moved-aside") this.#timesMoved += 1;
        return this.#options.onNotice(message.notice);
    }
  }

  /** A file that can be opened need not be one that can be written: of a batch that it could not take yet, the thread has to say so. */
  #opened(): void {
    if (this.#writer.hasBatch) return;
    if (this.#outbox.sent && this.#state.kind === "stopped") return this.#send();
    this.#set({ kind: "counting" });
    // One that was under way when the thread ended goes first.
    if (this.#outbox.sent || this.#isDurableWished) this.#send();
    else if (this.#outbox.waiting > 0) this.#sendSoon(false);
  }

  /** Everything was deleted, by this window or another one. */
  #forget(): void {
    this.#outbox.forget(this.#deletions.lastMs, this.#beforeDeletion);
    this.#flushes.settle(this.#outbox);
    this.#options.onDeleted?.();
  }

  #appended(number: number, unfit: number): void {
    if (!this.#outbox.written(number)) return;
    this.#patience.end();
    this.#deaths = 0;
    const { clock, session } = this.#options;
    this.#outbox.addGaps({ atMs: clock.nowMs(), session, reason: this.#hasStopped ? "not-written" : "dropped", unfit });
    this.#hasStopped = false;
    this.#set({ kind: "counting" });
    this.#flushes.settle(this.#outbox);
    if (this.#outbox.waiting > 0) this.#sendSoon(this.#isDurableWished || this.#outbox.waiting >= SENT_AT_ONCE);
  }

  #stopped({ reason, detail }: Failure): void {
    this.#patience.end();
    const sinceMs = this.#state.kind === "stopped" ? this.#state.sinceMs : this.#options.clock.nowMs();
    this.#hasStopped = true;
    this.#set({ kind: "stopped", sinceMs, reason, detail });
    this.#flushes.fail();
    this.#nextTry.begin();
  }

  #retry(): void {
    this.#nextTry.end();
    if (this.#hasEnded) return;
    if (!this.#writer.lives) this.#writer.start();
    else if (this.#outbox.sent || this.#outbox.waiting > 0) this.#send();
    else void this.#writer.ask("today", undefined).then((answer) => isFailure(answer) || this.#opened());
    this.#nextTry.begin();
  }

  /** It is started again, a minute later where that does not help; what it had not said it had written is sent again. */
  #died(detail: string): void {
    if (this.#hasEnded) return;
    if ((this.#deaths += 1) >= MOST_DEATHS) {
      // It may be the batch that ends it.
      this.#outbox.giveUp();
      this.#deaths = 0;
      this.#stopped({ reason: "ended", detail });
    } else {
      this.#set({ kind: "starting" });
      this.#writer.start();
    }
  }

  #set(state: LedgerState): void {
    const isSame = isSameState(this.#state, state);
    this.#state = state;
    if (state.kind === "counting") this.#nextTry.end();
    if (!isSame && !this.#hasEnded) this.#options.onState(state);
  }
}
