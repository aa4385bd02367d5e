/** Which tests an output says have failed, and at which places in code. */

import { terminalText } from "../text/terminalText.ts";
import { framesIn, type Place } from "./stackFrames.ts";

export interface Failure {
  /** As the runner writes it; absent where it can't be told. */
  readonly name: string | undefined;
  /** What was printed of it, without colours. */
  readonly text: string;
  /** The one where it failed first, its callers behind it; of all files that are named, also foreign ones. */
  readonly places: readonly Place[];
}

/** Of Node's test runner, Jest, Vitest, Mocha, pytest, unittest, go test, cargo test and JUnit, in the order of the output. */
export function failuresIn(output: string): readonly Failure[] {
  const lines = terminalText(output).split("\n");
  const sections: Section[] = [];
  let open: Section | undefined;
  for (let row = 0; row < lines.length; row += 1) {
    const line = lines[row] ?? "";
    const name = headerIn(lines, row);
    const above = lines[row - 1] ?? "";
    // Node says in the line above where a test stands.
    if (name !== undefined) sections.push((open = { name, lines: TEST_AT.test(above) ? [above] : [] }));
    else if (END.test(line)) open = undefined;
    open?.lines.push(line);
  }
  const found = sections.map(failureOf).filter(({ text, places }) => places.length > 0 && !SUITE.test(text));
  if (found.length > 0) return merged(found);
  const whole = failureOf({ name: undefined, lines });
  return whole.places.length > 0 ? [whole] : [];
}

/** Whether a file has tests, by what it and its folders are called. With `/`. */
export function isTestPath(path: string): boolean {
  return (
    /(?:^|\/)(?:tests?|__tests__|specs?|e2e)\//i.test(path) ||
    /(?:[._-](?:test|tests|spec|e2e)\.[cm]?[jt]sx?|(?:^|\/)test_[^/]*\.py|_tests?\.(?:py|go|rs|exs?|rb)|_spec\.rb|(?:Tests?|IT|Spec)\.(?:java|kt|cs|scala|groovy|swift))$/.test(
      path,
    )
  );
}

interface Section {
  readonly name: string | undefined;
  readonly lines: string[];
}

function failureOf({ name, lines }: Section): Failure {
  const text = lines.join("\n").trimEnd();
  return { name, text, places: framesIn(text) };
}

/** A test is told of twice where the runner says first where it stands, or in a list and then in full. */
function merged(all: readonly Failure[]): readonly Failure[] {
  const byName = new Map<string, Failure>();
  for (const failure of all) {
    const key = failure.name ?? "";
    const before = byName.get(key);
    if (!before || failure.places.length > before.places.length) byName.set(key, failure);
  }
  return Array.from(byName.values());
}

function headerIn(lines: readonly string[], row: number): string | undefined {
  const line = lines[row] ?? "";
  for (const header of HEADERS) {
    const name = header.exec(line)?.groups?.["name"]?.trim();
    if (name !== undefined && name !== "") return name;
  }
  return mochaName(lines, row);
}

/** Its name has a line for each suite, and ends with a colon. */
function mochaName(lines: readonly string[], row: number): string | undefined {
  const [, depth = "", first] = /^(\s{2,})\d+\) (.+)$/.exec(lines[row] ?? "") ?? [];
  if (first === undefined) return undefined;
  const parts = [first];
  for (let next = row + 1; !parts.at(-1)?.endsWith(":"); next += 1) {
    const line = lines[next] ?? "";
    if (parts.length > MOST_SUITES || !/^\s+\S/.test(line) || line.search(/\S/) <= depth.length) return undefined;
    parts.push(line.trim());
  }
  return parts.join(" ").slice(0, -1);
}

const HEADERS: readonly RegExp[] = [
  // Node's test runner, as it is read and as TAP.
  /^\s*✖ (?<name>.+?) \(\d[\d.]*ms\)/u,
  /^\s*not ok \d+ (?:- )?(?<name>.+?)(?: #.*)?$/,
  // Jest.
  /^\s{1,4}● (?<name>.+)$/u,
  // Vitest.
  /^\s*FAIL\s+(?<name>\S+ > .+)$/,
  // pytest, unittest.
  /^_{3,} (?<name>.+?) _{3,}$/,
  /^(?:FAIL|ERROR): (?<name>\w.*)$/,
  // go test.
  /^\s*--- FAIL: (?<name>\S+) \(\d/,
  // cargo test.
  /^---- (?<name>.+) stdout ----$/,
  // JUnit's own console, Maven, Gradle.
  /^\s+JUnit [^:]+:(?<name>.+)$/,
  /^\[ERROR\]\s+(?<name>[\w.$]+(?:\(.*?\))?) .*<<< (?:FAILURE|ERROR)!/,
  /^(?<name>\S+ > .+) FAILED$/,
];

/** What follows is of no test. */
const END =
  /^(?:test at |✖ failing tests|=+ (?:short test summary|warnings summary|\d+ (?:failed|passed))|Test Suites:|Test run finished|Ran \d+ tests?\b|failures:$|test result:|\[INFO\]|\s*Test Files {2}|FAIL\t|ok {2}\t)/u;
const TEST_AT = /^test at \S/;
/** Of which a test has failed that is told of by itself. */
const SUITE = /^\s*failureType: 'subtestsFailed'/m;
const MOST_SUITES = 10;
