/** Runs tests inside the extension host, and passes their results out of it by way of a file. */

import { appendFileSync } from "node:fs";

export interface HostTest {
  readonly name: string;
  run(): Promise<void>;
}

export interface HostTestResult {
  readonly name: string;
  readonly outcome: "passed" | "failed";
  readonly durationMs: number;
  /** The error with its stack; empty when it passed. */
  readonly detail: string;
}

const LIMIT_MS = 60_000;

/** One after the other. Writes each result to the file that `PAIRWISE_HOST_REPORT` names; throws at the end when one failed. */
export async function runHostTests(tests: readonly HostTest[]): Promise<void> {
  let failed = 0;
  for (const test of tests) {
    const started = performance.now();
    const error = await settle(test);
    if (error !== undefined) failed++;
    report({
      name: test.name,
      outcome: error === undefined ? "passed" : "failed",
      durationMs: Math.round(performance.now() - started),
      detail: error ?? "",
    });
  }
  if (failed > 0) throw new Error(`${failed} of ${tests.length} host tests failed`);
}

async function settle(test: HostTest): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`not done after ${LIMIT_MS / 1000} s`)), LIMIT_MS);
  });
  try {
    await Promise.race([test.run(), limit]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
  }
}

function report(result: HostTestResult): void {
  const file = process.env["PAIRWISE_HOST_REPORT"];
  if (file === undefined) throw new Error("PAIRWISE_HOST_REPORT does not name a file.");
  appendFileSync(file, `${JSON.stringify(result)}\n`);
}

/** Of the file that `runHostTests` wrote. */
export function parseHostReport(text: string): readonly HostTestResult[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as HostTestResult);
}
