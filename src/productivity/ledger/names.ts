/** Texts that come often, as numbers. */

import type { DatabaseSync, StatementSync } from "node:sqlite";

export const DAY_MS = 86_400_000;

/** Longer than any name, kind or HMAC: nothing else gets in, whatever a caller thinks a name is. */
const MOST_NAME_CHARS = 128;

/** For a connection that writes. What it remembers holds as long as nobody has deleted everything: `forget` then. */
export class WrittenNames {
  readonly #put: StatementSync;
  readonly #known = new Map<string, { readonly id: number; readonly day: number }>();

  constructor(database: DatabaseSync) {
    // A name that was removed as too old, and that this connection has remembered, comes back with another number: its day was
    // an earlier one, so it is asked for anew.
    this.#put = database.prepare(
      "INSERT INTO names (text, day) VALUES (?, ?) ON CONFLICT (text) DO UPDATE SET day = max(day, excluded.day) RETURNING id",
    );
  }

  /** Within a transaction. `atMs` is that of the record: a name stays as long as the youngest record that has it. */
  numberOf(name: string, atMs: number): number {
    const text = name.slice(0, MOST_NAME_CHARS);
    const day = Math.floor(atMs / DAY_MS);
    const known = this.#known.get(text);
    if (known && known.day >= day) return known.id;
    const id = Number(this.#put.get(text, day)?.["id"]);
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    this.#known.set(text, { id, day });
    return id;
  }

  forget(): void {
    this.#known.clear();
  }
}

/** For a connection that reads, within one question. */
export class ReadNames {
  readonly #get: StatementSync;
  readonly #known = new Map<number, string>();

  constructor(database: DatabaseSync) {
    this.#get = database.prepare("SELECT text FROM names WHERE id = ?");
  }

  textOf(id: number): string {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const text = String(this.#get.get(id)?.["text"] ?? "");
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    this.#known.set(id, text);
    return text;
  }
}

const MOST_REMEMBERED = 20_000;
