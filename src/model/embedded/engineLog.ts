import { appendFileSync, readFileSync, statSync, writeFileSync } from "node:fs";

const MAX_BYTES = 256 * 1024;
const KEPT_BYTES = 64 * 1024;
const KEPT_LINES = 40;

/** A bounded log file. It never throws: a full disk is no reason to stop. It has no text of prompts or answers. */
export class EngineLog {
  readonly #file: string;
  #recent: string[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  write(text: string): void {
    const line = text.trim();
    if (line === "") return;
    this.#recent = [...this.#recent, line].slice(-KEPT_LINES);
    try {
      shorten(this.#file);
      appendFileSync(this.#file, `${new Date().toISOString()} ${line}\n`, { mode: 0o600 });
    } catch {
      // Nowhere left to say it.
    }
  }

  /** The last line that names an error. */
  lastError(): string {
    return this.#recent.findLast((line) => /error|fail|unknown|invalid|unable/iu.test(line)) ?? "";
  }

  forget(): void {
    this.#recent = [];
  }
}

/** The end of a log, for people; empty when there is none. */
export function logTail(file: string, chars: number): string {
  try {
    return readFileSync(file, "utf8").trim().slice(-chars);
  } catch {
    return "";
  }
}

function shorten(file: string): void {
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > MAX_BYTES) writeFileSync(file, readFileSync(file).subarray(bytes - KEPT_BYTES), { mode: 0o600 });
}
