/** What was accepted is followed in the documents that are open, and beyond the window's end by way of the ledger. */

import * as vscode from "vscode";
import { isFailure } from "../productivity/ledger/failure.ts";
import type { AttributedChange, EditorEvent, Instant } from "../productivity/editorEvents.ts";
import type { PendingAccept } from "../productivity/ledger/batches.ts";
import type { Ledger } from "../productivity/ledger/client.ts";
import type { Fact } from "../productivity/records.ts";
import type { StoredAccept } from "../productivity/survival/keeping.ts";
import { SurvivalTracker } from "../productivity/survival/tracker.ts";
import { isOnDisk } from "./fileOnDisk.ts";
import { FileStates } from "./fileStates.ts";
import { SavedUntitled } from "./savedUntitled.ts";

export interface FollowingNeeds {
  readonly ledger: Pick<
    Ledger,
    "claimDue" | "claimFile" | "lastEvents" | "leavePending" | "putPending" | "removePending" | "renewPending"
  >;
  readonly nowMs: () => Instant;
  readonly hmac: (address: string) => string;
  readonly lexemeHmac: (lexeme: string) => string;
  /** A fault in what comes later ends the counting like any other. */
  readonly guarded: (work: () => void) => void;
  readonly record: (fact: Fact) => void;
}

export class FollowedAccepts {
  readonly #needs: FollowingNeeds;
  readonly #tracker: SurvivalTracker;
  /** Documents for which the ledger was asked since they were opened. */
  readonly #claimed = new Set<string>();
  /** Accepts that the ledger has, unless somebody has deleted them since. Those that are followed, of which there are so many at most. */
  readonly #kept = new Set<string>();
  readonly #savedUntitled = new SavedUntitled(textOf);
  /** Repositories that are open, with the project that their commits are recorded under. */
  readonly #repositories = new Map<string, string>();
  /** While accepts of files that nobody has opened are looked through: their files' hashes instead of addresses. */
  #isExpiring = false;
  #lookMs: Instant;
  #looks = 0;
  #hasEnded = false;
  /** How often everything was deleted: what was asked for before it is gone. */
  #deletions = 0;

  constructor(needs: FollowingNeeds) {
    this.#needs = needs;
    const { ledger, hmac, lexemeHmac, record, nowMs, guarded } = needs;
    const files = new FileStates({
      nowMs,
      isOnDisk,
      known: (uri) => {
        if (!this.#hasEnded) guarded(() => this.#tracker.fileKnown(uri, nowMs()));
      },
    });
    this.#lookMs = needs.nowMs() + FIRST_LOOKS_AFTER_MS[0];
    this.#tracker = new SurvivalTracker({
      hmac: (text) => Number.parseInt(lexemeHmac(text).slice(0, LEXEME_DIGITS), 16),
      saltOf: hmac,
      textOf,
      fileOf: (uri) => files.of(uri),
      record,
      keep: (stored) => {
        if (this.#isExpiring) return ledger.leavePending(pendingOf(stored, stored.uri));
        // Where counting is switched on again in this window, it is claimed like that of any other.
        if (this.#hasEnded) return this.#leave(stored);
        if (this.#kept.has(stored.accept)) ledger.renewPending(pendingOf(stored, hmac(stored.uri)));
        else ledger.putPending(pendingOf(stored, hmac(stored.uri)));
        this.#kept.add(stored.accept);
      },
      release: (accept) => {
        this.#kept.delete(accept);
        ledger.removePending(accept);
      },
    });
  }

  get nextDueMs(): Instant {
    return Math.min(this.#lookMs, this.#tracker.nextDueMs ?? Infinity);
  }

  /** Where documents come and go; of changes only that which makes a file of an untitled document. */
  heed(event: EditorEvent): void {
    const became = this.#savedUntitled.became(event, openAddresses);
    if (became) this.#tracker.renamed(became.from, became.to, event.atMs);
    else if (event.kind === "opened") {
      this.#savedUntitled.opened(event.uri);
      this.#tracker.opened(event.uri, event.atMs);
    } else if (event.kind === "saved") this.#tracker.saved(event.uri, event.atMs);
    else if (event.kind === "active" && event.uri !== undefined) void this.#claim(event.uri);
    else if (event.kind === "closed") {
      // With another language it is told to be closed and opened, and stays in front.
      if (!isOpen(event.uri)) this.#claimed.delete(event.uri);
      this.#tracker.closed(event.uri, event.atMs);
    }
  }

  /** What happens in the untitled document from then on, VS Code does: it takes the text away that is the file's by now. */
  isSavedUntitled(uri: string): boolean {
    return this.#savedUntitled.fileOf(uri) !== undefined;
  }

  /** `edit` is the `edit` record's that counts the change. */
  attributed(attributed: AttributedChange, edit: string): void {
    const { change, origin } = attributed;
    const uri = this.#savedUntitled.fileOf(change.uri);
    // What is told of late is in the file's text by now.
    const there = uri === undefined ? attributed : { change: { ...change, uri, version: TOLD_LATE_VERSION }, origin };
    this.#tracker.heed(there, edit);
  }

  /** A file, or a folder with files in it. */
  renamed(from: vscode.Uri, to: vscode.Uri): void {
    const nowMs = this.#needs.nowMs();
    for (const [old, behind] of this.#within(from)) {
      const renamed = isCell(old) ? cellIn(to, from, old) : to.toString() + behind;
      this.#tracker.renamed(old, renamed, nowMs);
    }
    void this.#claimAgain(from.toString(), to.toString());
  }

  deleted(uri: vscode.Uri): void {
    for (const [deleted] of this.#within(uri)) this.#tracker.deleted(deleted, this.#needs.nowMs());
  }

  /** In the repository with that folder, at these times, ascending. */
  committed(root: string, timesMs: readonly Instant[]): void {
    this.#tracker.committed({ root, isIn: isWithin(root) }, timesMs, this.#needs.nowMs());
  }

  /** A repository is open here, whose commits the ledger has under that project. */
  repositoryOpened(root: string, project: string): void {
    if (this.#repositories.has(root)) return;
    this.#repositories.set(root, project);
    if (this.#repositories.size > MOST_REPOSITORIES) this.repositoryClosed([...this.#repositories.keys()][0] ?? "");
    if (this.#kept.size > 0) void this.#recallCommits();
  }

  repositoryClosed(root: string): void {
    this.#repositories.delete(root);
  }

  /** Everything in the ledger was deleted: of what was accepted before it nothing is recorded any more. */
  forgetAll(): void {
    this.#deletions += 1;
    this.#kept.clear();
    this.#tracker.forgetAll();
  }

  tick(nowMs: Instant): void {
    this.#tracker.tick(nowMs);
    if (nowMs < this.#lookMs) return;
    this.#looks += 1;
    this.#lookMs = nowMs + (FIRST_LOOKS_AFTER_MS[this.#looks] ?? LOOK_MS);
    void this.#expire(nowMs);
    // A window that is loaded anew may begin before it has ended, and what one that has crashed had followed is given to nobody
    // else for a minute.
    for (const uri of this.#claimed) void this.#claimAgain(uri);
  }

  end(atMs: Instant): void {
    this.#hasEnded = true;
    this.#tracker.end(atMs);
  }

  /** One that the ledger may not have yet is in it first. */
  #leave(stored: StoredAccept): void {
    const { ledger, hmac } = this.#needs;
    const pending = pendingOf(stored, hmac(stored.uri));
    if (!this.#kept.has(stored.accept)) ledger.putPending(pending);
    ledger.leavePending(pending);
  }

  /** A document that is opened in the background, such as for a search, is nobody's yet. */
  async #claim(uri: string): Promise<void> {
    if (this.#claimed.has(uri)) return;
    this.#claimed.add(uri);
    await this.#claimAgain(uri);
  }

  /** @param renamed the address that the file has now */
  async #claimAgain(uri: string, renamed?: string): Promise<void> {
    const { ledger, hmac, nowMs, guarded } = this.#needs;
    const deletions = this.#deletions;
    const found = await ledger.claimFile(hmac(uri));
    if (found.length === 0 || this.#hasEnded || deletions !== this.#deletions) return;
    for (const { accept } of found) this.#kept.add(accept);
    guarded(() => {
      this.#tracker.resume(uri, found, nowMs());
      if (renamed !== undefined) this.#tracker.renamed(uri, renamed, nowMs());
    });
    await this.#recallCommits();
  }

  /**
   * Commits that this or another window has seen while nobody had the file open, whose accepts waited in the ledger. Where several
   * repositories are in one workspace folder the ledger does not say which one it was: there only what is seen from now on counts.
   */
  async #recallCommits(): Promise<void> {
    const roots = [...this.#repositories];
    if (roots.length === 0) return;
    const deletions = this.#deletions;
    const commits = await this.#needs.ledger.lastEvents(MOST_COMMITS, ["commit"]);
    if (isFailure(commits) || this.#hasEnded || deletions !== this.#deletions) return;
    this.#needs.guarded(() => {
      for (const [root, project] of roots) {
        if ([...this.#repositories.values()].filter((other) => other === project).length > 1) continue;
        const own = commits.filter((commit) => commit.kind === "commit" && commit.project === project);
        const timesMs = own.map(({ atMs }) => atMs).toReversed();
        if (timesMs.length > 0) this.#tracker.committed({ root, isIn: isWithin(root) }, timesMs, this.#needs.nowMs());
      }
    });
  }

  /** What windows that have ended had followed, and nobody has opened since. */
  async #expire(nowMs: Instant): Promise<void> {
    const deletions = this.#deletions;
    const found = await this.#needs.ledger.claimDue(nowMs);
    if (found.length === 0 || this.#hasEnded || deletions !== this.#deletions) return;
    this.#needs.guarded(() => {
      this.#isExpiring = true;
      try {
        this.#tracker.expire(
          found.map(({ file, ...stored }) => ({ ...stored, uri: file })),
          nowMs,
        );
      } finally {
        this.#isExpiring = false;
      }
    });
  }

  /**
   * Addresses that are it, or are in it, with what stands behind it in them; also of documents that are closed: VS Code may close
   * them before it tells of the renaming. A notebook's cells are in it.
   */
  #within(uri: vscode.Uri): readonly (readonly [uri: string, behind: string])[] {
    const address = uri.toString();
    const known = new Set([...this.#claimed, ...this.#tracker.addresses, address]);
    return Array.from(known)
      .filter((each) => (isCell(each) ? isCellIn(uri, each) : each === address || each.startsWith(`${address}/`)))
      .map((each) => [each, each.slice(address.length)]);
  }
}

function pendingOf({ accept, dueMs, value }: StoredAccept, file: string): PendingAccept {
  return { accept, dueMs, value, file };
}

function textOf(uri: string): { readonly text: string; readonly version: number } | undefined {
  const document = documentOf(uri);
  return document && { text: document.getText(), version: document.version };
}

function documentOf(uri: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
}

const isOpen = (uri: string): boolean => documentOf(uri) !== undefined;

const openAddresses = (): readonly string[] => vscode.workspace.textDocuments.map(({ uri }) => uri.toString());

/** Its address is the notebook's with another scheme, and with a fragment that tells the cell. */
function isCell(uri: string): boolean {
  return uri.startsWith("vscode-notebook-cell:");
}

function isCellIn({ path }: vscode.Uri, cell: string): boolean {
  const { path: own } = vscode.Uri.parse(cell);
  return own === path || own.startsWith(`${path}/`);
}

function cellIn(to: vscode.Uri, from: vscode.Uri, cell: string): string {
  const parsed = vscode.Uri.parse(cell);
  return parsed.with({ path: to.path + parsed.path.slice(from.path.length) }).toString();
}

function isWithin(root: string): (uri: string) => boolean {
  const folder = `${vscode.Uri.parse(root).path.replace(/\/$/u, "")}/`;
  return (uri) => vscode.Uri.parse(uri).path.startsWith(folder);
}

/** Earlier than any. */
const TOLD_LATE_VERSION = -1;
/** As many as `CommitWatch` knows. */
const MOST_REPOSITORIES = 64;
/** Some weeks of somebody who commits often. */
const MOST_COMMITS = 1_000;
/** Of 32 bits. */
const LEXEME_DIGITS = 8;
/** One after the other; the last one is behind the lease of a window that has crashed just before. */
const FIRST_LOOKS_AFTER_MS = [2_000, 5_000, 15_000, 43_000] as const;
const LOOK_MS = 600_000;
