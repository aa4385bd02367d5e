import type * as vscode from "vscode";
import type { CompletionOptions } from "../completion/options.ts";
import { setting } from "./settings.ts";

/** What of the engine's options the user has in hand, as it applies to `document`. */
export function completionOptions(document: vscode.TextDocument | undefined): Partial<CompletionOptions> {
  return {
    timeLimitMs: setting("suggestions.timeLimitSeconds") * 1000,
    quiet: setting("suggestions.quiet", document),
    scopes: {
      comments: setting("suggestions.inComments", document),
      strings: setting("suggestions.inStrings", document),
    },
    alternatives: setting("suggestions.alternatives"),
    speculate: setting("suggestions.speculate"),
    mostPieceTokens: setting("context.maxTokens"),
  };
}
