/** Puts the parts together that count: what the editor does goes in, records go into the ledger. */

import * as vscode from "vscode";
import { CommitWatch, type RepositoryState } from "../productivity/activity/commitWatch.ts";
import { CountedEvents } from "../productivity/countedEvents.ts";
import type { EditorEvent } from "../productivity/editorEvents.ts";
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
  readonly #counted: CountedEvents;
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
    this.#accepts = new FollowedAccepts({
      ledger,
      nowMs: () => clock.nowMs(),
      hmac,
      lexemeHmac: hmacs.ofLexeme,
      guarded: (work) => this.#guarded(work),
      record,
    });
    this.#counted = new CountedEvents({
      newId,
      record,
      project: () => this.#projectInFront(),
      followed: this.#accepts,
    });
    this.#timer = new Soonest(
      [this.#counted],
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
      needs.own.onDidDelete(() =>
        this.#guarded(() => {
          this.#accepts.forgetAll();
          this.#counted.trials.forgetAll();
        }),
      ),
      new ErrorDiagnostics(hmac, ({ uri, languageId, fingerprints }) =>
        this.#guarded(() => this.#counted.newErrors.look(uri, languageId, fingerprints, clock.nowMs())),
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
    this.#guarded(() => this.#counted.heed(event));
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
    this.#guarded(() => this.#counted.end(atMs));
    return Promise.resolve();
  }

  #record(fact: Fact): void {
    this.#needs.own.ledger.append(this.#stamping.stamped(fact));
  }

  #tick(): void {
    this.#guarded(() => this.#counted.tick(this.#needs.clock.nowMs()));
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
