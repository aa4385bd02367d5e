/** The definitions of one file, put together: an index has hundreds of thousands, and an object for each would be its largest part. */

import type { Definition } from "./facts.ts";

export class DefinitionList {
  readonly #signatures: string;
  /** Of each signature's first character in `#signatures`, and of the end. */
  readonly #starts: Int32Array;
  readonly #lines: Int32Array;
  readonly #parents: Int16Array;
  readonly #exported: Uint8Array;

  constructor(definitions: readonly Definition[]) {
    this.#starts = new Int32Array(definitions.length + 1);
    for (const [index, { signature }] of definitions.entries()) {
      this.#starts[index + 1] = (this.#starts[index] ?? 0) + signature.length;
    }
    this.#signatures = definitions.map(({ signature }) => signature).join("");
    this.#lines = Int32Array.from(definitions, ({ line }) => line);
    this.#parents = Int16Array.from(definitions, ({ parent }) => parent);
    this.#exported = Uint8Array.from(definitions, ({ exported }) => (exported ? 1 : 0));
  }

  get length(): number {
    return this.#lines.length;
  }

  signature(index: number): string {
    return this.#signatures.slice(this.#starts[index], this.#starts[index + 1]);
  }

  signatureLength(index: number): number {
    return (this.#starts[index + 1] ?? 0) - (this.#starts[index] ?? 0);
  }

  line(index: number): number {
    return this.#lines[index] ?? 0;
  }

  /** -1 at the top level. */
  parent(index: number): number {
    return this.#parents[index] ?? -1;
  }

  isExported(index: number): boolean {
    return this.#exported[index] === 1;
  }
}
