/** Puts the parts together that count: what the editor does goes in, records go into the ledger. */

import * as vscode from "vscode";
import { ActiveTime } from "../productivity/activity/activeTime.ts";
import { ChangeOrigins } from "../productivity/activity/changeOrigin.ts";
import { CommitWatch, type RepositoryState } from "../productivity/activity/commitWatch.ts";
import { EditAggregates } from "../productivity/activity/editAggregates.ts";
import { FirstChanges } from "../productivity/activity/firstChanges.ts";
import { NewErrors } from "../productivity/activity/newErrors.ts";
import { Detector } from "../productivity/detector/detector.ts";
import type { AttributedChange, EditorEvent } from "../productivity/editorEvents.ts";
import type { Fact, GapRecord } from "../productivity/records.ts";
import type { Recording } from "./counting.ts";
import type { CountingState } from "./countingState.ts";
import { ErrorDiagnostics } from "./errorDiagnostics.ts";
import { FollowedAccepts } from "./followedAccepts.ts";
import { git } from "./gitApi.ts";
import { GitHeads } from "./gitCommits.ts";
import type { OwnLedger } from "./ownLedger.ts";
import type { ClockJump, SessionClock } from "./sessionClock.ts";
import { Soonest } from "./soonest.ts";
import { Stamping } from "./stamping.ts";

export interface RecorderNeeds {
  readonly own: OwnLedger;
  readonly clock: SessionClock;
  /** Of addresses and of lexemes, each of which comes again and again. */
  readonly hmacs: { readonly ofAddress: (text: string) => string; readonly ofLexeme: (text: string) => string };
  changed(): void;
  failed(error: unknown): void;
}

export class ProductivityRecorder implements Recording {
  readonly #needs: RecorderNeeds;
  readonly #stamping: Stamping;
  readonly #firstChanges = new FirstChanges((event) => this.#take(event));
  readonly #origins = new ChangeOrigins();
  readonly #detector: Detector;
  readonly #aggregates: EditAggregates;
  readonly #activeTime: ActiveTime;
  readonly #newErrors: NewErrors;
  readonly #commits = new CommitWatch();
  readonly #accepts: FollowedAccepts;
  readonly #timer: Soonest;
  readonly #watchers: readonly vscode.Disposable[];
  #isBroken = false;

  constructor(needs: RecorderNeeds) {
    this.#needs = needs;
    const { clock, hmacs } = needs;
    const hmac = hmacs.ofAddress;
    const { session, ledger, newId } = needs.own;
    const record = (fact: Fact): void => this.#record(fact);
    this.#stamping = new Stamping(session, hmac);
    this.#detector = new Detector({
      newId,
      record,
      attributed: (attributed) => this.#attributed(attributed),
      classify: (change) =>
        this.#accepts.isSavedUntitled(change.uri) ? { kind: "other" } : this.#origins.originOf(change),
    });
    this.#aggregates = new EditAggregates({ newId: () => newId("edit"), record });
    this.#activeTime = new ActiveTime({ project: () => this.#projectInFront(), record });
    this.#newErrors = new NewErrors({ record });
    this.#accepts = new FollowedAccepts({
      ledger,
      nowMs: () => clock.nowMs(),
      hmac,
      lexemeHmac: hmacs.ofLexeme,
      guarded: (work) => this.#guarded(work),
      record,
    });
    const parts = [
      this.#firstChanges,
      this.#detector,
      this.#aggregates,
      this.#activeTime,
      this.#newErrors,
      this.#accepts,
    ];
    this.#timer = new Soonest(
      parts,
      () => clock.nowMs(),
      () => this.#tick(),
    );
    const heads = new GitHeads({
      git,
      moved: (state) => this.#guarded(() => this.#headMoved(state)),
      closed: (root) => {
        this.#commits.removed(root);
        this.#accepts.repositoryClosed(root);
      },
    });
    this.#watchers = [
      this.#stamping,
      heads,
      needs.own.onDidDelete(() => this.#guarded(() => this.#accepts.forgetAll())),
      new ErrorDiagnostics(hmac, ({ uri, languageId, fingerprints }) =>
        this.#guarded(() => this.#newErrors.look(uri, languageId, fingerprints, clock.nowMs())),
      ),
      vscode.workspace.onDidRenameFiles(({ files }) =>
        this.#guarded(() => {
          for (const { oldUri, newUri } of files) this.#accepts.renamed(oldUri, newUri);
        }),
      ),
      vscode.workspace.onDidDeleteFiles(({ files }) =>
        this.#guarded(() => {
          for (const uri of files) this.#accepts.deleted(uri);
        }),
      ),
    ];
    heads.start().catch((error: unknown) => needs.failed(error));
  }

  get state(): CountingState {
    if (this.#isBroken) return { kind: "stopped", reason: "broken", detail: "" };
    const { state } = this.#needs.own.ledger;
    // Whoever looks while the file is being opened is told that it is counted: what happens meanwhile is kept for it.
    return state.kind === "stopped" ? state : { kind: "counting" };
  }

  heed(event: EditorEvent): void {
    this.#guarded(() => this.#firstChanges.heed(event));
  }

  jumped({ fromMs, toMs }: ClockJump): void {
    this.gap("clock-jump", fromMs, toMs, undefined);
  }

  missed(count: number, fromMs: number): void {
    this.gap("dropped", fromMs, this.#needs.clock.nowMs(), count);
  }

  gap(reason: GapRecord["reason"], fromMs: number, toMs: number, lost: number | undefined): void {
    this.#record({ kind: "gap", atMs: toMs, reason, fromMs, toMs, lost });
  }

  /** What goes on ends here, and is the ledger's, which writes it in the next second or when it is closed. */
  end(): Promise<void> {
    this.#timer.end();
    for (const watcher of this.#watchers) watcher.dispose();
    const atMs = this.#needs.clock.nowMs();
    this.#guarded(() => {
      this.#firstChanges.end();
      this.#detector.end(atMs);
      this.#accepts.end(atMs);
      this.#aggregates.end();
      this.#activeTime.end(atMs);
    });
    return Promise.resolve();
  }

  #take(event: EditorEvent): void {
    this.#origins.heed(event);
    this.#activeTime.heed(event);
    // Before who is told by it what a change was: of a document that is closed it tells the last ones.
    this.#detector.heed(event);
    this.#accepts.heed(event);
    if (event.kind === "closed") this.#newErrors.closed(event.uri);
  }

  #attributed(attributed: AttributedChange): void {
    this.#accepts.attributed(attributed, this.#aggregates.heed(attributed));
    this.#newErrors.heed(attributed);
  }

  #record(fact: Fact): void {
    this.#needs.own.ledger.append(this.#stamping.stamped(fact));
  }

  #tick(): void {
    this.#guarded(() => {
      const atMs = this.#needs.clock.nowMs();
      this.#firstChanges.tick(atMs);
      this.#detector.heed({ kind: "tick", atMs });
      this.#aggregates.tick(atMs);
      this.#activeTime.tick(atMs);
      this.#newErrors.tick(atMs);
      this.#accepts.tick(atMs);
    });
  }

  #headMoved(state: RepositoryState): void {
    // As git's dates are.
    const wallMs = Date.now();
    const aheadMs = this.#needs.clock.nowMs() - wallMs;
    const timesMs = this.#commits.look(state, wallMs).map(({ atMs }) => atMs + aheadMs);
    const project = this.#stamping.projectOf(state.root) || this.#needs.hmacs.ofAddress(state.root);
    this.#accepts.repositoryOpened(state.root, project);
    for (const atMs of timesMs) this.#record({ kind: "commit", atMs, project });
    if (timesMs.length > 0) this.#accepts.committed(state.root, timesMs);
  }

  #projectInFront(): string {
    const { document } = vscode.window.activeTextEditor ?? {};
    const [first] = vscode.workspace.workspaceFolders ?? [];
    const inFront = document && this.#stamping.projectOf(document.uri.toString());
    return inFront || (first ? this.#needs.hmacs.ofAddress(first.uri.toString()) : "");
  }

  /** A fault of ours must never reach the editor. After one nothing is counted: it would be wrong. */
  #guarded(work: () => void): void {
    if (this.#isBroken) return;
    try {
      work();
      this.#timer.arm();
    } catch (error) {
      this.#isBroken = true;
      this.#timer.end();
      this.#needs.failed(error);
      this.#needs.changed();
    }
  }
}
