/** The facts of a text as lines that can be read. */

import { FactExtractor } from "../../../../src/context/index/extraction/extractor.ts";
import type { FileFacts } from "../../../../src/context/index/facts.ts";
import { readWasm } from "../../../support/grammars.ts";

export const extractor = new FactExtractor(readWasm, () => performance.now());

/** A line for each definition: how deep, the kind, the signature; exported ones with a star. */
export async function outlineOf(languageId: string, text: string): Promise<readonly string[]> {
  const { definitions } = await extractor.extract(text, languageId);
  const depth = (index: number): number => (index === -1 ? 0 : 1 + depth(definitions[index]?.parent ?? -1));
  return definitions.map(
    ({ kind, signature, parent, exported }) =>
      `${"  ".repeat(depth(parent))}${kind}${exported ? "*" : ""} ${signature}`,
  );
}

/** A line for each import: the specifier, the names, and an arrow where they are handed on. */
export async function importsOf(languageId: string, text: string): Promise<readonly string[]> {
  const { imports }: Pick<FileFacts, "imports"> = await extractor.extract(text, languageId);
  return imports.map(({ specifier, names, reexports }) => `${specifier}: ${names.join(", ")}${reexports ? " →" : ""}`);
}
