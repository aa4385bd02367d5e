/** Whether the files of open documents are still there: VS Code keeps a document open whose file git or a terminal has taken away. */

import type { FileState } from "../productivity/survival/looking.ts";

interface FileStatesNeeds {
  readonly nowMs: () => number;
  /** `undefined` for what can't be gone. */
  readonly isOnDisk: (uri: string) => Promise<boolean> | undefined;
  /** Is told of each address for which the answer was `asking`. */
  readonly known: (uri: string) => void;
}

export class FileStates {
  readonly #needs: FileStatesNeeds;
  /** Those that were asked for last. */
  readonly #asked = new Map<string, { state: FileState; atMs: number }>();

  constructor(needs: FileStatesNeeds) {
    this.#needs = needs;
  }

  of(uri: string): FileState {
    const asked = this.#asked.get(uri);
    if (asked && (asked.state === "asking" || this.#needs.nowMs() - asked.atMs < FRESH_MS)) return asked.state;
    const answer = this.#needs.isOnDisk(uri);
    if (!answer) return "there";
    void this.#ask(uri, answer);
    return "asking";
  }

  async #ask(uri: string, answer: Promise<boolean>): Promise<void> {
    const asked: { state: FileState; atMs: number } = { state: "asking", atMs: 0 };
    this.#asked.delete(uri);
    this.#asked.set(uri, asked);
    if (this.#asked.size > MOST_KEPT) this.#asked.delete(this.#asked.keys().next().value ?? "");
    asked.state = await stateOf(answer);
    asked.atMs = this.#needs.nowMs();
    this.#needs.known(uri);
  }
}

/** A file system that does not answer, or not with yes or no, takes no file away. */
async function stateOf(answer: Promise<boolean>): Promise<FileState> {
  let timer: NodeJS.Timeout | undefined;
  const outOfTime = new Promise<FileState>((resolve) => {
    timer = setTimeout(() => resolve("there"), LONGEST_MS);
  });
  const told = answer.then(
    (isThere): FileState => (isThere ? "there" : "gone"),
    (): FileState => "there",
  );
  try {
    return await Promise.race([told, outOfTime]);
  } finally {
    clearTimeout(timer);
  }
}

/** The checks of one moment are one question. */
const FRESH_MS = 2_000;
const LONGEST_MS = 5_000;
const MOST_KEPT = 500;
