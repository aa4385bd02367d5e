import type * as vscode from "vscode";
import type { Attachment } from "../chat/conversation.ts";
import { headOfLines } from "../chat/cutting.ts";
import { readChanges } from "./chatContextChanges.ts";
import { readCodebase } from "./chatContextCodebase.ts";
import { readFile, readSelection } from "./chatContextFiles.ts";
import { readFolder } from "./chatContextFolder.ts";
import { readProblems } from "./chatContextProblems.ts";
import { type FileGate, type ReadAttachment, Reading } from "./chatContextReading.ts";
import { readSymbol } from "./chatContextSymbol.ts";
import { readTerminal } from "./chatContextTerminal.ts";
import type { Repositories } from "./repositories.ts";
import { TerminalOutput } from "./terminalOutput.ts";

export interface ReadOptions {
  /** What is asked: the code base is searched for it. */
  readonly question: string;
  /** Of each attachment, in UTF-16 code units; what goes into the prompt is chosen later. */
  readonly mostChars: number;
  readonly signal: AbortSignal;
  /** In place of the usual limits of each. */
  readonly timeLimitMs?: number;
  /** Which files may be read, where those are fewer than usual. */
  readonly files?: FileGate;
}

type Sources = Pick<Repositories, "search" | "ask" | "states" | "isStopped">;

/** Reads what is attached to a question when it is sent. */
export class ChatContext implements vscode.Disposable {
  readonly #ignored: FileGate;
  readonly #repositories: Sources;
  readonly #terminals: TerminalOutput;

  /** @param terminals what they have written; without it, from now on. It is disposed with this. */
  constructor(ignored: FileGate, repositories: Sources, terminals = new TerminalOutput()) {
    this.#terminals = terminals;
    this.#ignored = ignored;
    this.#repositories = repositories;
  }

  /** In the order of the attachments. Never rejects; what was read until the time is over, or the signal aborts, counts. */
  read(attachments: readonly Attachment[], options: ReadOptions): Promise<readonly ReadAttachment[]> {
    return Promise.all(attachments.map((attachment) => this.#read(attachment, options)));
  }

  dispose(): void {
    this.#terminals.dispose();
  }

  async #read(attachment: Attachment, options: ReadOptions): Promise<ReadAttachment> {
    const own = new AbortController();
    const signal = AbortSignal.any([own.signal, options.signal]);
    const reading = new Reading(attachment, options.mostChars, signal);
    const ending = Promise.withResolvers<"ended">();
    const end = (): void => ending.resolve("ended");
    const timer = setTimeout(end, options.timeLimitMs ?? timeLimitOf(attachment));
    options.signal.addEventListener("abort", end, { once: true });
    if (options.signal.aborted) end();
    try {
      const outcome = await Promise.race([this.#source(reading, options), ending.promise]);
      return reading.close(outcome === "ended" ? "time" : undefined);
    } catch {
      return reading.close("failed");
    } finally {
      clearTimeout(timer);
      options.signal.removeEventListener("abort", end);
      own.abort();
    }
  }

  async #source(reading: Reading, { question, files = this.#ignored }: ReadOptions): Promise<void> {
    switch (reading.attachment.kind) {
      case "selection":
        return readSelection(reading, files);
      case "file":
        return readFile(reading, files);
      case "folder":
        return readFolder(reading, files, this.#repositories);
      case "symbol":
        return readSymbol(reading, files);
      case "problems":
        return readProblems(reading, files);
      case "changes":
        return readChanges(reading, files);
      case "terminal":
        return readTerminal(reading, this.#terminals);
      case "codebase":
        return readCodebase(reading, question, files, this.#repositories);
      case "text":
        return readText(reading);
      case "picture":
        // It goes beside the text, to a model that sees.
        return;
    }
  }
}

function readText(reading: Reading): void {
  const { label, text: pasted = "" } = reading.attachment;
  const { text, isCut } = headOfLines(pasted, reading.room);
  if (text.trim() === "") return reading.leave("empty");
  reading.add({ label, text, cut: isCut });
  if (isCut) reading.leave("cut");
}

/** A search may wait for an index that begins, a folder has many files. */
function timeLimitOf({ kind }: Attachment): number {
  return kind === "codebase" || kind === "folder" || kind === "changes" ? LONG_MS : SHORT_MS;
}

const SHORT_MS = 3_000;
const LONG_MS = 8_000;
