/** What was accepted is followed in the documents that are open, and beyond the window's end by way of the ledger. */

import * as vscode from "vscode";
import type { AttributedChange, EditorEvent, Instant } from "../productivity/editorEvents.ts";
import type { PendingAccept } from "../productivity/ledger/batches.ts";
import type { Ledger } from "../productivity/ledger/client.ts";
import type { Fact } from "../productivity/records.ts";
import { type StoredAccept, SurvivalTracker } from "../productivity/survival/tracker.ts";

export interface FollowingNeeds {
  readonly ledger: Pick<
    Ledger,
    "claimDue" | "claimFile" | "leavePending" | "putPending" | "removePending" | "renewPending"
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
  /** Accepts that the ledger has, unless somebody has deleted them since. */
  readonly #kept = new Set<string>();
  /** While accepts of files that nobody has opened are looked through: their files' hashes instead of addresses. */
  #isExpiring = false;
  #lookMs: Instant;
  #hasEnded = false;

  constructor(needs: FollowingNeeds) {
    this.#needs = needs;
    const { ledger, hmac, lexemeHmac, record } = needs;
    this.#lookMs = needs.nowMs() + FIRST_LOOK_MS;
    this.#tracker = new SurvivalTracker({
      hmac: (text) => Number.parseInt(lexemeHmac(text).slice(0, LEXEME_DIGITS), 16),
      textOf,
      record,
      keep: (stored) => {
        if (this.#isExpiring) ledger.leavePending(pendingOf(stored, stored.uri));
        else if (this.#kept.has(stored.accept)) ledger.renewPending(pendingOf(stored, hmac(stored.uri)));
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

  /** Only where documents come and go. */
  heed(event: EditorEvent): void {
    if (event.kind === "opened") this.#tracker.opened(event.uri, event.atMs);
    else if (event.kind === "saved") this.#tracker.saved(event.uri, event.atMs);
    else if (event.kind === "active" && event.uri !== undefined) void this.#claim(event.uri);
    else if (event.kind === "closed") {
      this.#claimed.delete(event.uri);
      this.#tracker.closed(event.uri, event.atMs);
    }
  }

  /** `edit` is the `edit` record's that counts the change. */
  attributed(attributed: AttributedChange, edit: string): void {
    this.#tracker.heed(attributed, edit);
  }

  /** A file, or a folder with files in it. */
  renamed(from: vscode.Uri, to: vscode.Uri): void {
    for (const [old, renamed] of this.#within(from)) this.#tracker.renamed(old, to.toString() + renamed);
  }

  deleted(uri: vscode.Uri): void {
    for (const [deleted] of this.#within(uri)) this.#tracker.deleted(deleted, this.#needs.nowMs());
  }

  /** In the repository with that folder. */
  committed(root: string): void {
    const folder = `${vscode.Uri.parse(root).path}/`;
    this.#tracker.committed((uri) => vscode.Uri.parse(uri).path.startsWith(folder), this.#needs.nowMs());
  }

  tick(nowMs: Instant): void {
    this.#tracker.tick(nowMs);
    if (nowMs < this.#lookMs) return;
    this.#lookMs = nowMs + LOOK_MS;
    void this.#expire(nowMs);
    // What a window that has crashed had followed is given to nobody else for a minute.
    for (const uri of this.#claimed) void this.#claimAgain(uri);
  }

  end(atMs: Instant): void {
    this.#hasEnded = true;
    this.#tracker.end(atMs);
  }

  /** A document that is opened in the background, such as for a search, is nobody's yet. */
  async #claim(uri: string): Promise<void> {
    if (this.#claimed.has(uri)) return;
    this.#claimed.add(uri);
    await this.#claimAgain(uri);
  }

  async #claimAgain(uri: string): Promise<void> {
    const { ledger, hmac, nowMs, guarded } = this.#needs;
    const found = await ledger.claimFile(hmac(uri));
    if (found.length === 0 || this.#hasEnded) return;
    for (const { accept } of found) this.#kept.add(accept);
    guarded(() => this.#tracker.resume(uri, found, nowMs()));
  }

  /** What windows that have ended had followed, and nobody has opened since. */
  async #expire(nowMs: Instant): Promise<void> {
    const found = await this.#needs.ledger.claimDue(nowMs);
    if (found.length === 0 || this.#hasEnded) return;
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

  /** Addresses that are it, or are in it, with what stands behind it in them. */
  #within(uri: vscode.Uri): readonly (readonly [uri: string, behind: string])[] {
    const address = uri.toString();
    const known = new Set([...this.#claimed, address]);
    return Array.from(known)
      .filter((each) => each === address || each.startsWith(`${address}/`))
      .map((each) => [each, each.slice(address.length)]);
  }
}

function pendingOf({ accept, dueMs, value }: StoredAccept, file: string): PendingAccept {
  return { accept, dueMs, value, file };
}

function textOf(uri: string): { readonly text: string; readonly version: number } | undefined {
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
  return document && { text: document.getText(), version: document.version };
}

/** Of 32 bits. */
const LEXEME_DIGITS = 8;
/** Behind the lease of a window that has crashed just before. */
const FIRST_LOOK_MS = 65_000;
const LOOK_MS = 600_000;
