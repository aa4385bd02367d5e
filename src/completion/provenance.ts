/** What a prompt about a caret is made of, for the record of what was sent. */

import type { Piece } from "../context/pieces.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";
import { estimateTokens } from "../context/tokens.ts";
import type { FileWindow } from "../context/window.ts";
import type { Provenance, Stretch } from "../model/provenance.ts";

/** `before` and `after` are what the prompt has of the window, empty where it has nothing; `otherWeight` as in `tokens.ts`. */
export function provenanceOf(
  { path, folder, prefix, offset }: CursorSnapshot,
  window: FileWindow,
  pieces: readonly Piece[],
  { before, after }: { readonly before: string; readonly after: string },
  otherWeight: number,
): Provenance {
  // Where the snapshot does not begin with the file, nothing here knows how many lines come before it.
  const lineAt = (length: number): number | undefined =>
    offset === prefix.length ? prefix.slice(0, length).split("\n").length - 1 : undefined;
  const stretch = (of: Omit<Stretch, "tokens">): Stretch => ({ ...of, tokens: estimateTokens(of.text, otherWeight) });
  return {
    stretches: [
      ...pieces.map((piece) =>
        stretch({
          source: piece.source,
          text: piece.text,
          path: piece.path,
          folder: piece.folder,
          line: piece.line,
          reason: piece.reason,
        }),
      ),
      stretch({ source: "before", text: before, path, folder, line: lineAt(prefix.length - window.prefix.length) }),
      stretch({ source: "after", text: after, path, folder, line: lineAt(prefix.length) }),
    ].filter(({ text }) => text !== ""),
    redactions: [],
  };
}
