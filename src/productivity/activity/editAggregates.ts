import type { AttributedChange, Instant } from "../editorEvents.ts";
import type { EditRecord, Fact } from "../records.ts";
import { countsOf } from "./changeCounts.ts";
import { LONG_CHARS } from "./changeOrigin.ts";

/** They begin at full multiples of it, so that none reaches over the end of a minute or of half an hour. */
const AGGREGATE_MS = 10_000;
/** Files with changes in the same ten seconds. One more ends the oldest one's early, and nothing is lost. */
const MOST_FILES = 64;

type Counts = { -readonly [Name in keyof EditRecord as EditRecord[Name] extends number ? Name : never]: number };
type Aggregate = Omit<Counts, "atMs"> & {
  readonly edit: string;
  readonly uri: string;
  readonly language: string;
  readonly fromMs: Instant;
};

/** Adds up the changes of each file by where they came from. Nothing of their text is kept. */
export class EditAggregates {
  readonly #newId: () => string;
  readonly #record: (fact: Fact) => void;
  /** In the order in which they began. */
  readonly #open = new Map<string, Aggregate>();

  /** @param options.newId of an `edit` record: never the same twice in a session */
  constructor(options: { readonly newId: () => string; readonly record: (fact: Fact) => void }) {
    this.#newId = options.newId;
    this.#record = options.record;
  }

  /** When the next aggregate is complete, if any is open. */
  get nextDueMs(): Instant | undefined {
    const first: Aggregate | undefined = this.#open.values().next().value;
    return first && first.fromMs + AGGREGATE_MS;
  }

  /** Counts it, and returns the `edit` of the record in which it will be. In the order of the changes. */
  heed(attributed: AttributedChange): string {
    const { change } = attributed;
    const fromMs = Math.floor(change.atMs / AGGREGATE_MS) * AGGREGATE_MS;
    this.#end((aggregate) => aggregate.fromMs < fromMs);
    const { uri, languageId } = change;
    let aggregate = this.#open.get(uri);
    if (aggregate && aggregate.language !== languageId) {
      this.#end((other) => other === aggregate);
      aggregate = undefined;
    }
    if (!aggregate) {
      if (this.#open.size >= MOST_FILES) {
        const oldest = this.#open.values().next().value;
        this.#end((other) => other === oldest);
      }
      aggregate = { ...noEdits(), edit: this.#newId(), uri, language: languageId, fromMs };
      this.#open.set(uri, aggregate);
    }
    count(aggregate, attributed);
    return aggregate.edit;
  }

  tick(nowMs: Instant): void {
    this.#end((aggregate) => aggregate.fromMs + AGGREGATE_MS <= nowMs);
  }

  /** The window ends: what is open is written down as it is. */
  end(): void {
    this.#end(() => true);
  }

  #end(isComplete: (aggregate: Aggregate) => boolean): void {
    for (const aggregate of this.#open.values()) {
      if (!isComplete(aggregate)) continue;
      this.#open.delete(aggregate.uri);
      const { fromMs, ...counts } = aggregate;
      this.#record({ kind: "edit", atMs: fromMs, ...counts });
    }
  }
}

/** Of an aggregate in which nothing has happened yet. */
export function noEdits(): Omit<Counts, "atMs"> {
  return {
    typedChars: 0,
    aiChars: 0,
    deletedChars: 0,
    pasteChars: 0,
    longPasteChars: 0,
    bulkChars: 0,
    formatterChars: 0,
    diskChars: 0,
    ownChars: 0,
    otherChars: 0,
    undos: 0,
    redos: 0,
    changes: 0,
  };
}

function count(aggregate: Aggregate, attributed: AttributedChange): void {
  const { insertedChars, removedChars } = countsOf(attributed);
  aggregate.changes += 1;
  switch (attributed.origin.kind) {
    case "typed": {
      aggregate.typedChars += insertedChars;
      // A composition ends with fewer characters than keys, perhaps when it is over already: only what is left of it was written.
      // A closing bracket that moves its line to the left begins with white space.
      const isShorter = insertedChars === 0 && attributed.change.edits.every((edit) => /^\S/u.test(edit.text));
      const taken = isShorter ? Math.min(removedChars, aggregate.typedChars) : 0;
      aggregate.typedChars -= taken;
      aggregate.deletedChars += removedChars - taken;
      return;
    }
    case "completed":
      aggregate.typedChars += insertedChars;
      aggregate.deletedChars += removedChars;
      return;
    case "deleted":
      aggregate.deletedChars += removedChars;
      return;
    case "paste":
      aggregate.deletedChars += removedChars;
      if (insertedChars > LONG_CHARS) aggregate.longPasteChars += insertedChars;
      else aggregate.pasteChars += insertedChars;
      return;
    case "undo":
      aggregate.undos += 1;
      return;
    case "redo":
      aggregate.redos += 1;
      return;
    case "ai":
      aggregate.aiChars += insertedChars;
      return;
    case "bulk":
      aggregate.bulkChars += insertedChars;
      return;
    case "formatter":
      aggregate.formatterChars += insertedChars;
      return;
    case "disk":
      aggregate.diskChars += insertedChars;
      return;
    case "own":
      aggregate.ownChars += insertedChars;
      return;
    case "other":
      aggregate.otherChars += insertedChars;
      return;
  }
}
