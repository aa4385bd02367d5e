/** What the index keeps of one file. Data that survives JSON. */

/** Counts up when extraction gives something else for the same text; an index of another version is made anew. */
export const FACTS_VERSION = 2;

export type DefinitionKind =
  | "function"
  | "method"
  | "class"
  | "interface"
  | "type"
  | "enum"
  | "enum-member"
  | "variable"
  | "property"
  | "module";

export interface Definition {
  readonly name: string;
  readonly kind: DefinitionKind;
  /** From 0, where its code begins; a comment above does not count. */
  readonly line: number;
  /** From 0, the last line of its body. */
  readonly endLine: number;
  /**
   * The code that declares it, as it stands in the file but for white space: one line, with no body, long value, comment,
   * decorator or outer indentation, at most `MOST_SIGNATURE_CHARS` UTF-16 code units.
   */
  readonly signature: string;
  /** The place in the file's `definitions` of what it is a member of, always before it; -1 at the top level. */
  readonly parent: number;
  /** Other files can name it. */
  readonly exported: boolean;
}

export const MOST_SIGNATURE_CHARS = 240;

export interface Import {
  /** As written, without quotes: `./cart`, `..models.user`, `lodash/fp`, `java.util.List`. */
  readonly specifier: string;
  /** As the other module calls them; `*` for all, `default` for a default export. Empty where it is imported for its effects. */
  readonly names: readonly string[];
  /** Names are handed on: `export … from`. */
  readonly reexports: boolean;
}

export interface FileFacts {
  readonly languageId: string;
  /** In the order of the file. A member follows what it is a member of. */
  readonly definitions: readonly Definition[];
  readonly imports: readonly Import[];
  /** Each name that stands in the code (not in comments and strings), once, with how often; no keywords, no names of one character. */
  readonly identifiers: readonly (readonly [name: string, count: number])[];
}

/** What a file is to the index where nothing can be read of it. */
export const noFacts = (languageId: string): FileFacts => ({
  languageId,
  definitions: [],
  imports: [],
  identifiers: [],
});
