#!/usr/bin/env node
/** `pairwise-report`: what the report computes, without the editor. */
import { text } from "node:stream/consumers";
import packageJson from "../../package.json" with { type: "json" };
import { estimate, type Printed } from "./estimate.ts";
import { team } from "./team.ts";
import { blocksHelp, reportHelp, teamHelp } from "./reportHelp.ts";

const usage = `${reportHelp}
${blocksHelp}
${teamHelp}
pairwise-report estimate NAME < input.json
  one estimator's result as JSON, for any numbers

pairwise-report estimate --help
  the names, their inputs and the fields of their results

pairwise-report --version

To read a ledger it takes Node 22.15 or newer.
`;

async function run(args: readonly string[]): Promise<Printed> {
  const [command, ...more] = args;
  // Wherever they stand, as everywhere; `estimate` has a help of its own.
  if (args.includes("--version")) return { exitCode: 0, output: `${packageJson.version}\n`, errors: "" };
  if (command === "estimate") return estimate(more, () => text(process.stdin));
  if (args.includes("--help") || args.includes("-h")) return { exitCode: 0, output: usage, errors: "" };
  if (command === undefined) return { exitCode: 2, output: "", errors: usage };
  if (command === "team") return team(more, Date.now());
  // With it comes SQLite, of which Node warns that it is new.
  if (command === "blocks") return (await import("./blocks.ts")).blocks(more, Date.now());
  const { report } = await import("./report.ts");
  return report(args, { nowMs: Date.now(), environment: process.env });
}

async function main() {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", ({ code }: NodeJS.ErrnoException) => {
      // Whoever reads it has read enough, as `head` has.
      if (code === "EPIPE") return;
      process.exitCode = NO_FILE;
      if (stream === process.stdout) process.stderr.write(`The standard output can't be written (${code}).\n`);
    });
  }
  const { exitCode, output, errors } = await run(process.argv.slice(2)).catch(withoutSqlite);
  process.exitCode = exitCode;
  process.stdout.write(output);
  process.stderr.write(errors);
}

/** @throws whatever else it is */
function withoutSqlite(error: unknown): Printed {
  const { code } = error as { readonly code?: unknown };
  if (code !== "ERR_UNKNOWN_BUILTIN_MODULE") throw error;
  const errors = `To read a ledger it takes Node ${LEAST_NODE} or newer; this is ${process.versions.node}. VS Code's own will do: run its program
with the variable ELECTRON_RUN_AS_NODE=1 in the place of node.
`;
  return { exitCode: NO_FILE, output: "", errors };
}

const NO_FILE = 4;
/** The first that opens SQLite without a flag and by an address. */
const LEAST_NODE = "22.15";

void main();
