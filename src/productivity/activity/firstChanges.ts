import type { ChangeEvent, EditorEvent, Instant } from "../editorEvents.ts";

/**
 * VS Code says of the first change of a document that was just opened or saved that it leaves the document as it is on the disk,
 * and says right behind it that this is not so. Without that second word the change is one that was read from the disk. So such a
 * change waits for it, and what happens meanwhile waits behind it: everything is passed on in its order, with its own time.
 */
export class FirstChanges {
  readonly #pass: (event: EditorEvent) => void;
  #first: ChangeEvent | undefined;
  #untilMs: Instant = 0;
  #isLate = false;
  #behind: EditorEvent[] = [];

  constructor(pass: (event: EditorEvent) => void) {
    this.#pass = pass;
  }

  get nextDueMs(): Instant | undefined {
    return this.#first && this.#untilMs;
  }

  heed(event: EditorEvent): void {
    const first = this.#first;
    if (first === undefined) {
      if (!mayBeFirst(event)) return this.#pass(event);
      this.#first = event;
      this.#untilMs = event.atMs + WAITS_MS;
      this.#isLate = false;
    } else if (event.kind === "dirtied" && event.uri === first.uri) this.#release({ ...first, isDirty: true });
    else {
      this.#behind.push(event);
      if (this.#behind.length >= MOST_BEHIND) this.#release(first);
    }
  }

  tick(nowMs: Instant): void {
    while (this.#first && this.#untilMs <= nowMs) {
      if (!this.#isLate && nowMs - this.#untilMs > HELD_UP_MS) {
        // Somebody has held the extension host up, and what the editor has sent meanwhile comes now.
        this.#isLate = true;
        this.#untilMs = nowMs + WAITS_MS;
        return;
      }
      this.#release(this.#first);
    }
  }

  end(): void {
    while (this.#first) this.#release(this.#first);
  }

  #release(first: ChangeEvent): void {
    this.#first = undefined;
    this.#pass(first);
    for (const event of this.#behind.splice(0)) this.heed(event);
  }
}

function mayBeFirst(event: EditorEvent): event is ChangeEvent {
  if (event.kind !== "change") return false;
  const { isDirty, isSaving, isOwn, reason } = event;
  return !isDirty && !isSaving && !isOwn && reason === undefined;
}

/** It comes within a millisecond, unless the extension host is busy. */
const WAITS_MS = 50;
const HELD_UP_MS = 100;
const MOST_BEHIND = 64;
