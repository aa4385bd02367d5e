import type { CompletionOptions } from "../../src/completion/options.ts";
import { defaults } from "../../src/extension/contributions.ts";

/** The engine's options where the user has changed no setting. */
export const shippedOptions = {
  timeLimitMs: defaults["suggestions.timeLimitSeconds"] * 1000,
  quiet: defaults["suggestions.quiet"],
  scopes: { comments: defaults["suggestions.inComments"], strings: defaults["suggestions.inStrings"] },
  alternatives: defaults["suggestions.alternatives"],
  speculate: defaults["suggestions.speculate"],
  mostPieceTokens: defaults["context.maxTokens"],
} satisfies Partial<CompletionOptions>;
