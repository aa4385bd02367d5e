/** ClickHouse as a library: half a gigabyte in the cache folder, for those who ask for it. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, installOnce, runNpm } from "./toolchain.mjs";

/** ClickHouse 26.7. Its libraries exist for Linux and macOS. */
export const CHDB_VERSION = "3.4.0";

const folder = (): string => join(cacheFolder(), `chdb-${CHDB_VERSION}`);
const libraryIn = (installed: string): string => join(installed, "node_modules", "chdb");

/** Fetches it where it is not there yet; answers with the folder of the package. */
export async function ensureClickHouse(): Promise<string> {
  const installed = await installOnce({
    folder: folder(),
    title: "Fetching ClickHouse as a library",
    megabytes: 600,
    fill: async (temporary) => {
      await runNpm(["install", "--no-save", "--prefix", temporary, `chdb@${CHDB_VERSION}`], { cwd: temporary });
    },
  });
  return libraryIn(installed);
}

/** Undefined where nobody has fetched it. */
export const findClickHouse = (): string | undefined =>
  existsSync(libraryIn(folder())) ? libraryIn(folder()) : undefined;
