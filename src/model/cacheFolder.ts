import { homedir } from "node:os";
import { posix, win32 } from "node:path";

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/**
 * The folder for what is fetched once for all windows and clones: the platform's own cache folder, or `PAIRWISE_CACHE`.
 * Models live in its sub-folder `models`.
 */
export function cacheFolder(
  { env, platform, home }: Surroundings = { env: process.env, platform: process.platform, home: homedir() },
): string {
  const own = env["PAIRWISE_CACHE"];
  if (own) return own;
  if (platform === "win32") {
    return win32.join(env["LOCALAPPDATA"] || win32.join(home, "AppData", "Local"), "pairwise", "Cache");
  }
  if (platform === "darwin") return posix.join(home, "Library", "Caches", "pairwise");
  // The specification of XDG says: a path that is not absolute is to be ignored.
  const xdg = env["XDG_CACHE_HOME"];
  return posix.join(xdg && posix.isAbsolute(xdg) ? xdg : posix.join(home, ".cache"), "pairwise");
}
