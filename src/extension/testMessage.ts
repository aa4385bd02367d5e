/** What the test explorer tells of a test that failed. */

import * as vscode from "vscode";
import { type Failure, failuresIn } from "../refactor/failure.ts";
import type { Place } from "../refactor/stackFrames.ts";
import { terminalText } from "../text/terminalText.ts";

export interface TestFailure {
  readonly failure: Failure;
  /** Where it failed, and where the test is, as the test's extension says. */
  readonly known: readonly vscode.Location[];
}

/** What menus on a test's message hand over. */
interface MessageArgument {
  readonly test?: vscode.TestItem;
  readonly message: vscode.TestMessage;
}

export function testMessageIn(chosen: unknown): MessageArgument | undefined {
  if (typeof chosen !== "object" || chosen === null || !("message" in chosen)) return undefined;
  const { message } = chosen;
  const isMessage = typeof message === "object" && message !== null && "message" in message;
  return isMessage ? (chosen as MessageArgument) : undefined;
}

export function failureOfMessage({ test, message }: MessageArgument): TestFailure {
  const { message: words, expectedOutput, actualOutput, location, stackTrace = [] } = message;
  const said = terminalText(typeof words === "string" ? words : words.value);
  const text = [
    said,
    expectedOutput !== undefined && `Expected: ${expectedOutput}`,
    actualOutput !== undefined && `Actual: ${actualOutput}`,
    ...stackTrace.map(({ label, uri, position }) => {
      const line = position === undefined ? "" : `:${position.line + 1}`;
      return `at ${label}${uri ? ` (${vscode.workspace.asRelativePath(uri, false)}${line})` : ""}`;
    }),
  ];
  const framed = stackTrace.flatMap(({ label, uri, position }): Place[] =>
    uri && position ? [{ path: uri.fsPath.replaceAll("\\", "/"), line: position.line, name: label }] : [],
  );
  const printed = failuresIn(said).flatMap(({ places }) => places);
  const failure: Failure = {
    name: test && nameOf(test),
    text: text.filter((part) => typeof part === "string").join("\n"),
    places: [...framed, ...printed],
  };
  const of = test?.uri && test.range ? [new vscode.Location(test.uri, test.range)] : [];
  return { failure, known: [...(location ? [location] : []), ...of] };
}

/** With the suites that it is in, without the file. */
function nameOf(test: vscode.TestItem): string {
  const names: string[] = [];
  for (let item: vscode.TestItem | undefined = test; item && item.range; item = item.parent) names.unshift(item.label);
  return names.length > 0 ? names.join(" > ") : test.label;
}
