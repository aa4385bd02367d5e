/** The pieces of an answer on their way between the processes: columns take half the time of objects, and half the room. */

import type { Piece, PieceReason } from "../context/pieces.ts";

/** Each column has a value for each piece. An array or object that is in it several times is sent once, unlike a string. */
export interface PackedPieces {
  /** Each path once; `files` has their places here. */
  readonly paths: readonly string[];
  readonly files: Int32Array;
  /** What follows the path in it: ids of the index begin with that. */
  readonly ids: readonly string[];
  readonly sources: readonly Piece["source"][];
  readonly lines: Int32Array;
  readonly texts: readonly string[];
  readonly heads: readonly (readonly string[])[];
  readonly values: Float64Array;
  readonly reasons: readonly PieceReason[];
}

export function packed(pieces: readonly Piece[]): PackedPieces {
  const places = new Map<string, number>();
  const placeOf = ({ path = "" }: Piece): number => {
    const place = places.get(path) ?? places.size;
    places.set(path, place);
    return place;
  };
  const files = Int32Array.from(pieces, placeOf);
  return {
    paths: Array.from(places.keys()),
    files,
    ids: pieces.map(({ id, path = "" }) => id.slice(path.length)),
    sources: pieces.map(({ source }) => source),
    lines: Int32Array.from(pieces, ({ line = 0 }) => line),
    texts: pieces.map(({ text }) => text),
    heads: pieces.map(({ heads = [] }) => heads),
    values: Float64Array.from(pieces, ({ value }) => value),
    reasons: pieces.map(({ reason }) => reason),
  };
}

export function unpacked({
  paths,
  files,
  ids,
  sources,
  lines,
  texts,
  heads,
  values,
  reasons,
}: PackedPieces): readonly Piece[] {
  return reasons.map((reason, at) => {
    const path = paths[files[at] ?? 0] ?? "";
    return {
      id: path + (ids[at] ?? ""),
      source: sources[at] ?? "map",
      path,
      line: lines[at] ?? 0,
      heads: heads[at] ?? [],
      text: texts[at] ?? "",
      value: values[at] ?? 0,
      reason,
    };
  });
}
