/** What a model is told of a test that fails, to mend the code that it is about. */

import { shortened } from "./longOutput.ts";

export interface Excerpt {
  /** Relative to its workspace folder, with `/`. */
  readonly path: string;
  /** Of its first line, from 0. */
  readonly line: number;
  readonly text: string;
}

export interface FailureStory {
  readonly name: string | undefined;
  /** What was printed of it. */
  readonly output: string;
  /** Lines in the file that is changed, from 0, where it failed first, or went through. */
  readonly lines: readonly number[];
  /** The test's code; absent where it is what is changed. */
  readonly test: Excerpt | undefined;
  /** Code of other files that it went through. */
  readonly others: readonly Excerpt[];
  /** The user has chosen the test itself. */
  readonly changesTest: boolean;
}

/** @param most UTF-16 code units, about: the output and the excerpts share them */
export function failureInstruction(story: FailureStory, most: number): string {
  const { name, output, lines, test, others, changesTest } = story;
  const excerpts = [test, ...others].filter((each) => each !== undefined);
  const share = Math.floor(most / (excerpts.length + 1));
  const parts = [
    changesTest
      ? "This test fails, and it is the test that is wrong. Correct the test. Do not delete it, skip it, or weaken what it checks."
      : "A test fails. Change this code so that the test passes, without special cases for the test. The test itself stays as it is.",
    name !== undefined && `Failing test: ${name}`,
    lines.length > 0 && `In this file it goes through line ${lines.map((line) => line + 1).join(", then ")}.`,
    `What was printed:\n${quoted(shortened(output.trim(), share))}`,
    ...excerpts.map((excerpt) => {
      const what = excerpt === test ? "The test" : "Code that it went through";
      return `${what}, ${excerpt.path} from line ${excerpt.line + 1}:\n${quoted(shortened(excerpt.text, share))}`;
    }),
  ];
  return parts.filter((part) => typeof part === "string").join("\n\n");
}

/** In a fence that is longer than any in it. */
function quoted(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
