/** What a prompt about a caret is made of, for the record of what was sent. */

import type { Piece } from "../context/pieces.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";
import { estimateTokens } from "../context/tokens.ts";
import type { FileWindow } from "../context/window.ts";
import type { Prompt } from "../model/model.ts";
import type { Provenance, Stretch } from "../model/provenance.ts";
import { PROMPT_FILE, repositoryPromptPath } from "../model/prompts/promptKinds.ts";
import type { PromptOverride } from "../model/prompts/promptInUse.ts";

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

/** What a prompt has of the file that it is written by, up to its last message, which has the user's text in it. */
export function promptFileStretch(
  prompt: Prompt,
  { owner }: PromptOverride,
  { folder }: CursorSnapshot,
  otherWeight: number,
): Stretch | undefined {
  if (prompt.kind !== "chat") return undefined;
  const text = prompt.messages
    .slice(0, -1)
    .map(({ content }) => content)
    .join("");
  // The user's own is in no workspace.
  const place = owner === "repository" ? { path: repositoryPromptPath("suggestion"), folder } : { path: undefined };
  const tokens = estimateTokens(text, otherWeight);
  return { source: PROMPT_FILE, text, ...place, line: undefined, tokens, reason: { kind: `prompt-${owner}` } };
}
