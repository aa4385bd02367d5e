/** How likely a model finds a text after a prompt, where its back-end can tell. */

import type { RawPrompt } from "./model.ts";
import type { Provenance } from "./provenance.ts";

export interface ScoreRequest {
  readonly prompt: RawPrompt;
  /** May begin inside a word that the prompt ends in. */
  readonly continuation: string;
  /** Of the prompt, told for the record of what was sent; no back-end gets it. */
  readonly provenance?: Provenance;
}

export interface Score {
  /** Natural logarithm, the sum over the continuation's tokens; never positive. */
  readonly logProbability: number;
  /** Tokens of the continuation that were scored. */
  readonly tokens: number;
  /** There are more of them: a server is asked about the first 48 alone, and the probability is theirs. */
  readonly isStartOnly?: true;
}
