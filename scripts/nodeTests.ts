/** Runs files of node:test: failures are shown at once and in full, a file that passes is one line. */

import { relative } from "node:path";
import { run } from "node:test";
import type { EventData } from "node:test";
import { inspect } from "node:util";
import { root } from "./toolchain.mjs";

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

type Tally = { -readonly [Key in keyof Counts]: Counts[Key] };

export interface NodeTestOptions {
  readonly files: readonly string[];
  /** What a file prints is shown in any case, not only when it fails. */
  readonly verbose: boolean;
  readonly signal: AbortSignal;
  /** Of a file, in milliseconds, where it may take longer than others. */
  readonly limitMs?: number;
}

/** A file that takes longer has hung. */
const FILE_LIMIT_MS = 300_000;

export async function runNodeTests({
  files,
  verbose,
  signal,
  limitMs = FILE_LIMIT_MS,
}: NodeTestOptions): Promise<Counts> {
  const counts: Tally = { passed: 0, failed: 0, skipped: 0 };
  // One after the other: files with the real model in them would share the processor and time each other out.
  for (const file of files)
    await runFile(file, verbose, AbortSignal.any([signal, AbortSignal.timeout(limitMs)]), counts);
  return counts;
}

async function runFile(file: string, verbose: boolean, signal: AbortSignal, counts: Tally): Promise<void> {
  let output = "";
  // What `timeout` limits is the tests, not a process that stays after them.
  const events = run({ files: [file], signal });
  for await (const { type, data } of events) {
    switch (type) {
      case "test:pass":
        if (isWholeFile(data)) {
          // node:test counts a file without tests as a test that passed.
          counts.failed++;
          console.log(`✗ ${inRoot(data.file)} contains no test`);
        } else if (data.details.type === "suite") break;
        else if (data.skip !== undefined || data.todo !== undefined) counts.skipped++;
        else counts.passed++;
        break;
      case "test:fail":
        if (data.details.type === "suite") break;
        if (data.todo !== undefined) {
          counts.skipped++;
          break;
        }
        counts.failed++;
        showFailure(data, output);
        break;
      case "test:stdout":
      case "test:stderr":
        if (verbose) process.stdout.write(data.message);
        else output = (output + data.message).slice(-OUTPUT_CHARS);
        break;
      case "test:diagnostic":
        if (data.file !== undefined) console.log(`    ${data.message}`);
        break;
      case "test:summary":
        if (data.file !== undefined) {
          const { passed, tests } = data.counts;
          const mark = data.success ? "✓" : "✗";
          console.log(`${mark} ${inRoot(data.file)} (${passed} of ${tests}, ${seconds(data.duration_ms)})`);
        }
        break;
      default:
    }
  }
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

const OUTPUT_CHARS = 10_000;

function showFailure(data: EventData.TestFail, output: string): void {
  const { error } = data.details;
  const place = data.line === undefined ? "" : `:${data.line}`;
  console.log(`✗ ${data.name}\n  ${inRoot(data.file)}${place}`);
  console.log(indent(inspect(error.cause ?? error, { depth: 6 })));
  if (output !== "") console.log(`  The file printed:\n${indent(output.trimEnd())}`);
}

function isWholeFile({ name, file, nesting }: EventData.TestPass): boolean {
  return nesting === 0 && file !== undefined && name === file;
}

function inRoot(file: string | undefined): string {
  return file === undefined ? "" : relative(root, file);
}

function indent(text: string): string {
  return text.replace(/^/gm, "    ");
}
