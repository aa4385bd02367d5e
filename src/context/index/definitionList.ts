/** The definitions of one file, put together: an index has hundreds of thousands, and an object for each would be its largest part. */

import type { Definition } from "./facts.ts";

export class DefinitionList {
  readonly #signatures: string;
  /** `FIELDS` numbers for each. Small arrays cost more than what is in them, so there is one. */
  readonly #fields: Int32Array;

  constructor(definitions: readonly Definition[]) {
    this.#signatures = definitions.map(({ signature }) => signature).join("");
    this.#fields = new Int32Array(definitions.length * FIELDS);
    let end = 0;
    for (const [index, { signature, line, parent, exported }] of definitions.entries()) {
      end += signature.length;
      this.#fields.set([end, line, parent, exported ? 1 : 0], index * FIELDS);
    }
  }

  get length(): number {
    return this.#fields.length / FIELDS;
  }

  signature(index: number): string {
    return this.#signatures.slice(this.#end(index - 1), this.#end(index));
  }

  signatureLength(index: number): number {
    return this.#end(index) - this.#end(index - 1);
  }

  line(index: number): number {
    return this.#fields[index * FIELDS + 1] ?? 0;
  }

  /** -1 at the top level. */
  parent(index: number): number {
    return this.#fields[index * FIELDS + 2] ?? -1;
  }

  isExported(index: number): boolean {
    return this.#fields[index * FIELDS + 3] === 1;
  }

  /** Of a signature in `#signatures`; where the next one begins. */
  #end(index: number): number {
    return this.#fields[index * FIELDS] ?? 0;
  }
}

/** The end of its signature, its line, its parent, and whether it is exported. */
const FIELDS = 4;
