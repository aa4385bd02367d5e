/** What is shown of a definition. */

import { hashOf } from "../../text/hash.ts";
import type { Piece, PieceReason, SourceName } from "../pieces.ts";
import type { Candidate } from "./candidates.ts";
import type { DefinitionList } from "./definitionList.ts";
import type { NameTable } from "./nameTable.ts";

/** Makes the pieces of one answer. What several have is one object in all of them, and sent once. */
export class PieceMaking {
  readonly #names: NameTable;
  readonly #heads = new Map<DefinitionList, Map<number, readonly string[]>>();
  readonly #reasons = new Map<string, PieceReason>();

  constructor(names: NameTable) {
    this.#names = names;
  }

  piece({ file, index, why }: Candidate, value: number): Piece {
    const { definitions, path } = file;
    const parent = definitions.parent(index);
    const heads = this.#headsOf(definitions, parent);
    const signature = definitions.signature(index);
    const line = definitions.line(index);
    const name = this.#names.nameOf(file.defined[index] ?? -1);
    const owner = parent === -1 ? "" : this.#names.nameOf(file.defined[parent] ?? -1);
    return {
      // Of the signature a number, since ids go back and forth between the processes.
      id: path + ID_SEPARATOR + line + ID_SEPARATOR + name + ID_SEPARATOR + hashOf(signature).toString(36),
      source: sources[why],
      path,
      line,
      heads,
      text: INDENT.repeat(heads.length) + signature,
      value,
      reason: this.#reasonOf(why, why === "used" ? name : why === "type" ? owner : why === "imported" ? path : ""),
    };
  }

  #reasonOf(why: Candidate["why"], name: string): PieceReason {
    const key = why + ID_SEPARATOR + name;
    const known = this.#reasons.get(key);
    if (known) return known;
    const reason = reasonOf(why, name);
    this.#reasons.set(key, reason);
    return reason;
  }

  #headsOf(definitions: DefinitionList, parent: number): readonly string[] {
    if (parent === -1) return NO_HEADS;
    const ofFile = this.#heads.get(definitions) ?? new Map<number, readonly string[]>();
    this.#heads.set(definitions, ofFile);
    const known = ofFile.get(parent);
    if (known) return known;
    const above = this.#headsOf(definitions, definitions.parent(parent));
    const heads = [...above, INDENT.repeat(above.length) + definitions.signature(parent)];
    ofFile.set(parent, heads);
    return heads;
  }
}

const sources: Readonly<Record<Candidate["why"], SourceName>> = {
  own: "outline",
  used: "definitions",
  type: "definitions",
  imported: "imports",
  sibling: "imports",
  related: "map",
};

/** `name` is what is used, its owner, or the path of what is imported. */
function reasonOf(why: Candidate["why"], name: string): PieceReason {
  switch (why) {
    case "own":
      return { kind: "same-file" };
    case "used":
    case "type":
      return { kind: why, name };
    case "imported":
      return { kind: "imported", specifier: name };
    case "sibling":
    case "related":
      return { kind: why };
  }
}

export const ID_SEPARATOR = "\0";
const NO_HEADS: readonly string[] = [];
const INDENT = "  ";
