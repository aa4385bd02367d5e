/** Words of a command that may be a command themselves, where nothing is known of how it takes them. */

import type { WrappedCommand } from "./wrappedCommand.ts";

/** Without texts that are only kept or shown: messages, titles, what is looked for. */
export function argumentsOf(name: string, words: readonly string[]): readonly string[] {
  const isText = (word: string | undefined): boolean =>
    word !== undefined &&
    (TEXT_OPTION.test(word) ||
      (WITH_MESSAGES.test(name) && /^-[a-z]*m$|^-[SG]/.test(word)) ||
      (TEST_RUNNERS.test(name) && /^-[kgt]$/.test(word)));
  return words.filter(
    (word, at) =>
      !(isText(words[at - 1]) && !words[at - 1]?.includes("=")) && !(isText(word) && /=|^-[SG]./.test(word)),
  );
}

/** @param all the words of the command with what is around it; the first one is no code */
export function possibleCode({ name, words }: WrappedCommand, all: readonly string[]): readonly string[] {
  const own = argumentsOf(name, all);
  if (PACKAGES.test(name)) return own.filter((word) => /\s/.test(word));
  const hands = name !== "git" || GIT_RUNS.test(words[0] ?? "");
  return own.flatMap((word, at) => {
    // `alias x='rm y'`, `git -c alias.x='!rm y'`
    const value = word.replace(/^(?:[\w.-]+=)+/, "");
    const isVerb = HAVE_VERBS.test(name) && all.length - words.length + 1 >= at && !/\s/.test(value);
    if ((at === 0 && value === word) || (!hands && !value.startsWith("!")) || isVerb) return [];
    return [value.replace(/^:?!\s*/, "")];
  });
}

/** Those that destroy, and that nothing else is called. */
export function isSureName(name: string): boolean {
  return SURE_NAMES.test(name);
}

const SURE_NAMES = /^(?:rm|srm|shred|rimraf|del|erase|remove-item|wipefs|mkfs(?:\.\w+)?)$/;
/** In a code or a text that is run: `system("rm -rf x")`, `['rm', '-rf']`. */
export const SURE_NAMES_IN_TEXT =
  /(?:^|[\s"'`;|&({![/])(?:rm|srm|shred|rimraf|del|remove-item)(?=["'`]?(?:\s|,)\s*["'`]?\S)/im;
const TEXT_OPTION = /^--(?:message|title|body|notes|description|grep|author|format|pretty)(?:=|$)/;
const WITH_MESSAGES = /^(?:git|gh|glab|hg|svn|jj)$/;
const TEST_RUNNERS = /^(?:pytest|jest|vitest|mocha|ava|playwright)$/;
/** What they are given are names of packages. */
const PACKAGES =
  /^(?:npm|pnpm|yarn|bun|pip[\d.]*|pipx|uv|poetry|cargo|gem|go|brew|apt|apt-get|apt-cache|dnf|yum|zypper|pacman|apk|snap|flatpak|port|choco|winget|scoop|conda|mamba)$/;
/** Their own verbs are called so: `docker rm`, `aws s3 rm`, `ip link del`. */
const HAVE_VERBS =
  /^(?:docker|podman|nerdctl|aws|gsutil|gcloud|az|heroku|fly|flyctl|helm|nmcli|ip|redis-cli|lxc|glab|gh)$/;
const GIT_RUNS = /^(?:bisect|rebase|submodule|filter-branch|difftool|mergetool)$/;
