import { join } from "node:path";
import { build } from "esbuild";

/** The command line as it is shipped, in one file. */
export async function buildReport(program: string): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, "../../src/report/commandLine.ts")],
    bundle: true,
    platform: "node",
    target: "node22.15",
    format: "cjs",
    outfile: program,
    logLevel: "silent",
  });
}
