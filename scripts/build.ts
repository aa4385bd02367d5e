import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root, SetUpError } from "./toolchain.mjs";

/** Builds dist/; takes a second. */
export function build(kind: "development" | "production"): void {
  const args = [join(root, "esbuild.mjs"), ...(kind === "production" ? ["--production"] : [])];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new SetUpError("The extension could not be built; what is above says why.");
}
