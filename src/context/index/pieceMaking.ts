/** What is shown of a definition. */

import { hashOf } from "../../text/hash.ts";
import type { Piece, PieceReason, SourceName } from "../pieces.ts";
import type { DefinitionList } from "./definitionList.ts";
import type { FileTable } from "./fileTable.ts";
import type { Weighed, Why } from "./weighed.ts";

/** Makes the pieces of one answer. What several have is one object in all of them, and sent once. */
export class PieceMaking {
  readonly #table: Pick<FileTable, "get" | "names">;
  readonly #candidates: Weighed;
  readonly #heads = new Map<DefinitionList, Map<number, readonly string[]>>();
  readonly #reasons = new Map<string, PieceReason>();

  constructor(table: Pick<FileTable, "get" | "names">, candidates: Weighed) {
    this.#table = table;
    this.#candidates = candidates;
  }

  /** Of a candidate's place. */
  piece(place: number): Piece | undefined {
    const file = this.#table.get(this.#candidates.file(place));
    if (!file) return undefined;
    const { definitions, path } = file;
    const { names } = this.#table;
    const index = this.#candidates.index(place);
    const why = this.#candidates.why(place);
    const parent = definitions.parent(index);
    const heads = this.#headsOf(definitions, parent);
    const signature = definitions.signature(index);
    const line = definitions.line(index);
    const name = names.nameOf(file.defined[index] ?? -1);
    const owner = parent === -1 ? "" : names.nameOf(file.defined[parent] ?? -1);
    return {
      // Of the signature a number, since ids go back and forth between the processes.
      id: path + ID_SEPARATOR + line + ID_SEPARATOR + name + ID_SEPARATOR + hashOf(signature).toString(36),
      source: sources[why],
      path,
      line,
      heads,
      text: INDENT.repeat(heads.length) + signature,
      value: this.#candidates.chance(place),
      reason: this.#reasonOf(why, why === "used" ? name : why === "type" ? owner : why === "imported" ? path : ""),
    };
  }

  #reasonOf(why: Why, name: string): PieceReason {
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

const sources: Readonly<Record<Why, SourceName>> = {
  own: "outline",
  used: "definitions",
  type: "definitions",
  imported: "imports",
  sibling: "imports",
  related: "map",
};

/** `name` is what is used, its owner, or the path of what is imported. */
function reasonOf(why: Why, name: string): PieceReason {
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
