#!/usr/bin/env node
/** `pairwise-report`: what the report computes, without the editor. */
import { text } from "node:stream/consumers";
import { estimate, type Printed } from "./estimate.ts";

const usage = `pairwise-report estimate NAME < input.json
  one estimator's result as JSON, for any numbers

pairwise-report estimate --help
  the names, their inputs and the fields of their results
`;

async function run([command, ...args]: readonly string[]): Promise<Printed> {
  if (command === "estimate") return estimate(args, () => text(process.stdin));
  if (command === "--help" || command === "-h") return { exitCode: 0, output: usage, errors: "" };
  const reason = command === undefined ? "" : `There is no "${command}".\n\n`;
  return { exitCode: 2, output: "", errors: `${reason}${usage}` };
}

async function main() {
  const { exitCode, output, errors } = await run(process.argv.slice(2));
  process.stdout.write(output);
  process.stderr.write(errors);
  process.exitCode = exitCode;
}

void main();
