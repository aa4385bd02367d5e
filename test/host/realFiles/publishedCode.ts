/** What is tried on files of a published package, and what a good model would answer. `test/fixtures/refactor` has the files. */

/** Code as it stands in one of the files, once, and as the model has it. */
export type Change = readonly [before: string, after: string];

type EditId = "docs" | "simplify" | "optimize" | "extract" | "types" | "errors" | "implement";

export interface PublishedCode {
  /** As it is listed where code is translated to it. */
  readonly language: string;
  readonly languageId: string;
  readonly fence: string;
  /** Where the test has them, and their names among the fixtures. */
  readonly files: Readonly<Record<string, string>>;
  /** What the package has beside them, as far as it matters. */
  readonly beside: Readonly<Record<string, string>>;
  /** One after the other, each undone before the next one. */
  readonly edits: readonly (readonly [id: EditId, before: string, after: string])[];
  /** `mark` is what the language's service would mark, and is gone when it is fixed. */
  readonly fix: { readonly change: Change; readonly mark: string; readonly message: string };
  /** The comment is written behind that code, and asks for the other. */
  readonly implement: { readonly behind: string; readonly comment: string; readonly code: string };
  readonly explain: string;
  readonly tests: NewTests | { readonly inFile: Change };
  readonly translate: { readonly code: string; readonly to: "Python" | "TypeScript"; readonly result: string };
  readonly review: {
    readonly path: string;
    readonly answer: string;
    /** Lines from 1, in their order. */
    readonly found: readonly (readonly [line: number, severity: string, text: string])[];
  };
  /** The first file that has the old name declares it; the new one has nothing else of that name. */
  readonly rename: { readonly declared: string; readonly old: string; readonly name: string; readonly answer: string };
}

export interface NewTests {
  readonly from: string;
  readonly to: string;
  readonly framework: string;
  readonly text: string;
}

/** Both with the same around them. */
export function both([before, after]: Change, around: (part: string) => string): Change {
  return [around(before), around(after)];
}
