/** What suggestions make of an answer, for a hole that is no place in a document. */

import { clean } from "../completion/filters/pipeline.ts";
import type { Hole } from "../model/hole.ts";

/** Empty where a suggestion would be dropped. */
export function cleanAnswer(answer: string, { path, languageId, prefix, suffix }: Hole): string {
  const cursor = { uri: "", path, languageId, version: 0, offset: prefix.length, prefix, suffix };
  const suggestion = clean(answer, { ...cursor, indentUnit: "    ", selectedCompletion: undefined });
  return suggestion.kind === "dropped" ? "" : suggestion.insertText;
}
