import { randomBytes } from "node:crypto";
import { linkSync, rmSync, writeFileSync } from "node:fs";

/**
 * Makes a file that nobody but the user can read, of which nobody ever sees half. False when it is there already: of several
 * that try at once one makes it.
 */
export function createWhole(file: string, content: string): boolean {
  const draft = `${file}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EEXIST") return false;
    // File systems without hard links.
    try {
      writeFileSync(file, content, { mode: 0o600, flag: "wx" });
      return true;
    } catch (second) {
      if ((second as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw second;
    }
  } finally {
    rmSync(draft, { force: true });
  }
}
