/** A small repository of real git in a folder of its own. */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface GitFolder extends Disposable {
  readonly path: string;
  /** What it prints. */
  git(...args: readonly string[]): string;
  write(name: string, content: string | Uint8Array): void;
  commitAll(message: string): void;
}

/** @param config further settings of git, such as `diff.noprefix=true` */
export function gitFolder(...config: readonly string[]): GitFolder {
  const path = mkdtempSync(join(tmpdir(), "pairwise-git-"));
  const settings = ["user.name=A", "user.email=a@example.org", "core.autocrlf=false", "init.defaultBranch=main"];
  const given = [...settings, "protocol.file.allow=always", ...config].flatMap((setting) => ["-c", setting]);
  const git = (...args: readonly string[]): string =>
    execFileSync("git", [...given, ...args], { cwd: path, encoding: "utf8", stdio: "pipe", maxBuffer: 100_000_000 });
  git("init", "-q");
  const write = (name: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  };
  return {
    path,
    git,
    write,
    commitAll: (message) => {
      git("add", "-A");
      git("commit", "-q", "--allow-empty", "-m", message);
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
