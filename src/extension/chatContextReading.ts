import type * as vscode from "vscode";
import type { Attachment, UsedPiece } from "../chat/conversation.ts";
import { estimateTokens, otherWeights } from "../context/tokens.ts";
import { pathOf } from "./convert.ts";

/** Why something was not read, or not all of it. */
export type NotReadReason =
  /** By an ignore file, a setting or as a file of secrets. */
  | "ignored"
  | "too-large"
  | "binary"
  | "not-text"
  | "gone"
  | "empty"
  | "cut"
  | "time"
  | "no-git"
  | "no-repository"
  | "no-changes"
  | "no-problems"
  | "no-shell-integration"
  | "no-commands"
  /** VS Code has lost what a command wrote. */
  | "unheard"
  | "no-index"
  /** It is still being made. */
  | "indexing"
  | "nothing-found"
  | "failed";

export interface NotRead {
  readonly reason: NotReadReason;
  /** Of the file, relative to its folder, or its name where it is in none; `undefined` for the attachment as a whole. Nothing ignored is named. */
  readonly path: string | undefined;
  /** How many files, commands or problems; `undefined` where it is one, or nobody knows. */
  readonly count: number | undefined;
}

/** What an attachment was read as, when a question was sent. */
export interface ReadAttachment {
  readonly attachment: Attachment;
  readonly pieces: readonly UsedPiece[];
  /** Empty where all was read. */
  readonly notRead: readonly NotRead[];
}

export interface PieceText {
  readonly label: string;
  readonly uri?: vscode.Uri | undefined;
  readonly line?: number | undefined;
  readonly text: string;
  readonly cut?: boolean;
}

/** Gathers what a source reads. Once it is closed nothing is added any more: what is there by then counts. */
export class Reading {
  readonly attachment: Attachment;
  /** Also aborts when the time is over. */
  readonly signal: AbortSignal;
  readonly #pieces: UsedPiece[] = [];
  readonly #notRead: NotRead[] = [];
  #room: number;
  #isClosed = false;

  /** @param mostChars UTF-16 code units of all pieces together. */
  constructor(attachment: Attachment, mostChars: number, signal: AbortSignal) {
    this.attachment = attachment;
    this.signal = signal;
    this.#room = mostChars;
  }

  /** Left, in UTF-16 code units. */
  get room(): number {
    return this.#room;
  }

  get isClosed(): boolean {
    return this.#isClosed || this.signal.aborted;
  }

  add({ label, uri, line, text, cut = false }: PieceText): void {
    if (this.isClosed) return;
    this.#room -= text.length;
    this.#pieces.push({
      kind: this.attachment.kind,
      label,
      uri: uri?.toString(),
      path: uri && pathOf(uri),
      line,
      text,
      tokens: Math.ceil(estimateTokens(text, otherWeights.largeVocabulary)),
      cut,
    });
  }

  leave(reason: NotReadReason, path?: string, count?: number): void {
    if (!this.isClosed) this.#notRead.push({ reason, path, count });
  }

  /** @param last Why it ends before its source has; `undefined` where it does not. */
  close(last?: NotReadReason): ReadAttachment {
    if (last !== undefined && !this.#isClosed) this.#notRead.push({ reason: last, path: undefined, count: undefined });
    this.#isClosed = true;
    return { attachment: this.attachment, pieces: this.#pieces.slice(), notRead: this.#notRead.slice() };
  }
}

/** What a source may ask about files. */
export interface FileGate {
  /** Waits where the ignore files are not read yet. */
  look(file: { readonly uri: vscode.Uri }): Promise<boolean>;
}
