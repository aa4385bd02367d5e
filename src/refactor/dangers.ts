/** What a command may do that can't be undone, or that its user should know before. It finds what is known, not all there is. */

import { type SimpleCommand, simpleCommands, SUBSTITUTED } from "./shellWords.ts";

export type Danger =
  | "deletes"
  | "erases-disk"
  | "runs-download"
  | "rewrites-history"
  | "discards-changes"
  | "opens-permissions"
  | "drops-data"
  | "as-administrator"
  | "stops-machine"
  | "overwrites-system"
  | "sends-files"
  | "destroys-cloud"
  | "publishes"
  | "disguised";

export function dangersOf(line: string): readonly Danger[] {
  const found = new Set<Danger>();
  look(line, found, 0);
  return Array.from(found);
}

function look(line: string, found: Set<Danger>, depth: number): void {
  if (depth > DEEPEST) return;
  const commands = simpleCommands(line);
  for (const [index, command] of commands.entries()) {
    const { name, words, isAdministrator } = unwrapped(command.words);
    if (isAdministrator) found.add("as-administrator");
    if (OF_SYSTEM.test(command.writesTo))
      found.add(DEVICE.test(command.writesTo) ? "erases-disk" : "overwrites-system");
    const said = words.join(" ");
    for (const [danger, names, arguments_] of KNOWN)
      if (names.test(name) && (!arguments_ || arguments_.test(said))) found.add(danger);
    // A script may come in a word of its own: `bash -c '…'`, `eval …`, `xargs …`, `find -exec …`.
    const script = scriptIn(name, words);
    if (script !== undefined) look(script, found, depth + 1);
    if (isRunDownload(command, name, words, commands.slice(0, index), line)) found.add("runs-download");
    if (isDisguised(command.words[0] ?? "", name, words)) found.add("disguised");
  }
  if (FORK_BOMB.test(line)) found.add("stops-machine");
  if (SQL.test(line)) found.add("drops-data");
  if (DELETES_ALL.test(line) && !/\bwhere\b/i.test(line)) found.add("drops-data");
}

interface Unwrapped {
  /** In lower case, without folders and `.exe`. */
  readonly name: string;
  /** Its arguments. */
  readonly words: readonly string[];
  readonly isAdministrator: boolean;
}

/** What runs in the end: `sudo -u root env A=1 nice -n 5 rm x` is `rm x`. */
function unwrapped(all: readonly string[]): Unwrapped {
  let words = all;
  let isAdministrator = false;
  for (let step = 0; step < MOST_WRAPPERS; step += 1) {
    const [first = "", ...rest] = words;
    const name = nameOf(first);
    if (/^[A-Za-z_]\w*=/.test(first)) words = rest;
    else if (!WRAPPERS.test(name)) return { name, words: rest, isAdministrator };
    else {
      isAdministrator ||= ADMINISTRATOR.test(name);
      if (name === "su") return { name, words: rest, isAdministrator: true };
      let skip = 0;
      while (/^-|^[A-Za-z_]\w*=|^\d+[smhd]?$/.test(rest[skip] ?? ""))
        skip += /^-[ugCnIPLd]$/.test(rest[skip] ?? "") ? 2 : 1;
      words = rest.slice(skip);
    }
  }
  return { name: "", words, isAdministrator };
}

function nameOf(word: string): string {
  return (word.split(/[\\/]/).at(-1) ?? "").replace(/\.(?:exe|cmd|bat|com)$/i, "").toLowerCase();
}

function scriptIn(name: string, words: readonly string[]): string | undefined {
  if (SHELL.test(name)) {
    const at = words.findIndex((word) => /^(?:-\w*c|-command|-c|\/c|\/k)$/i.test(word));
    return at === -1 ? undefined : words.slice(at + 1).join(" ");
  }
  if (name === "ssh") return words.slice(words.findIndex((word) => !word.startsWith("-")) + 1).join(" ");
  if (/^(?:eval|iex|invoke-expression|xargs|parallel|watch)$/.test(name))
    return words.filter((word, at) => !(at === 0 && word.startsWith("-"))).join(" ");
  if (name === "find") {
    const at = words.findIndex((word) => /^-(?:exec|execdir|ok)$/.test(word));
    return at === -1 ? undefined : words.slice(at + 1).join(" ");
  }
  return undefined;
}

function isRunDownload(
  command: SimpleCommand,
  name: string,
  words: readonly string[],
  before: readonly SimpleCommand[],
  line: string,
): boolean {
  const isInterpreter =
    SHELL.test(name) || INTERPRETER.test(name) || /^(?:eval|iex|invoke-expression|source|\.)$/.test(name);
  if (!isInterpreter) return false;
  const isGiven = words.some((word) => word.includes(SUBSTITUTED)) && DOWNLOADS.test(line);
  const isFed =
    command.isPiped &&
    before.some((each) => DOWNLOADS.test(each.words.join(" ")) || DECODES.test(each.words.join(" ")));
  return isGiven || isFed || (/^(?:iex|invoke-expression)$/.test(name) && DOWNLOADS.test(line));
}

/** What is run is not what it is called, or is only known when it runs. */
function isDisguised(written: string, name: string, words: readonly string[]): boolean {
  if (/^\$|\$\{|\$\(/.test(written) && !/^\$env:/i.test(written)) return true;
  if (name === "eval" && words.length > 0) return true;
  return /^(?:powershell|pwsh)$/.test(name) && words.some((word) => /^-e(?:nc|ncodedcommand)?$/i.test(word));
}

const WRAPPERS =
  /^(?:sudo|doas|pkexec|su|gsudo|env|command|builtin|exec|nohup|nice|ionice|time|timeout|stdbuf|setsid|then|do|else|if|while|until|!|&)$/;
const ADMINISTRATOR = /^(?:sudo|doas|pkexec|su|gsudo)$/;
const SHELL = /^(?:ba|z|da|k|c|tc|fi)?sh$|^(?:cmd|powershell|pwsh)$/;
const INTERPRETER = /^(?:python[\d.]*|perl|ruby|node|php|deno|bun)$/;
const DOWNLOADS =
  /\b(?:curl|wget|fetch|iwr|irm|invoke-webrequest|invoke-restmethod|downloadstring|http|aria2c|nc|ncat)\b/i;
const DECODES = /\b(?:base64|xxd|openssl|certutil|rev|gunzip)\b/;
const DEVICE = /^(?:\/dev\/(?:sd|hd|vd|xvd|nvme|mmcblk|disk|mapper\/)|\\\\\.\\)/i;
const OF_SYSTEM =
  /^(?:\/dev\/(?:sd|hd|vd|xvd|nvme|mmcblk|disk|mapper\/)|\\\\\.\\|\/(?:etc|boot|usr|bin|sbin|lib|sys|proc)\/|~?\/?\.?(?:.*\/)?\.(?:ssh|bashrc|zshrc|profile|gitconfig|npmrc)\b|[A-Z]:[\\/]Windows)/i;
const FORK_BOMB = /\(\)\s*\{[^}]*\|[^}]*&\s*\}\s*;/;
const SQL =
  /\b(?:drop\s+(?:table|database|schema|index|view|user|keyspace|collection)|truncate\s+(?:table\s+)?["'`\w.]+\s*(?:;|["']|cascade|$)|dropDatabase\(|flush(?:all|db)\b)/i;
const DELETES_ALL = /\bdelete\s+from\s+["'`\w.]+/i;

/** What it may do, the command's name, and how its arguments are then. */
const KNOWN: readonly (readonly [Danger, RegExp, RegExp?])[] = [
  ["deletes", /^(?:rm|srm|shred|rimraf|unlink|del|erase|rd|remove-item|ri|clear-recyclebin|clear-content)$/],
  ["deletes", /^(?:npx|pnpm|yarn|bunx)$/, /(?:^| )(?:rimraf|del-cli)\b/],
  ["deletes", /^find$/, /(?:^| )-delete\b/],
  ["deletes", /^(?:rsync|robocopy)$/, /(?:^| )(?:--delete|--remove-source-files|\/mir|\/purge)/i],
  ["deletes", /^truncate$/, /(?:^| )(?:-s|--size)/],
  ["deletes", /^rmdir$/, /(?:^| )(?:\/s|-r)/i],
  ["erases-disk", /^(?:mkfs|mke2fs|wipefs|fdisk|sfdisk|cfdisk|gdisk|sgdisk|parted|diskpart|blkdiscard|mkswap)/],
  ["erases-disk", /^(?:dd|dcfldd)$/, /(?:^| )of=/],
  ["erases-disk", /^format$/, /(?:^| )[A-Za-z]:/],
  ["erases-disk", /^(?:format-volume|clear-disk|initialize-disk|remove-partition)$/],
  ["erases-disk", /^diskutil$/, /(?:^| )(?:erase|partition|zero)/i],
  [
    "rewrites-history",
    /^git$/,
    /(?:^| )push\b.*(?: --force\b| --force-with-lease| --mirror| --delete| -\w*[fd]\w*\b| \+\S| :\S)/,
  ],
  [
    "rewrites-history",
    /^git$/,
    /(?:^| )(?:filter-branch|filter-repo|reflog (?:expire|delete)|update-ref -d|gc .*--prune=now)/,
  ],
  [
    "discards-changes",
    /^git$/,
    /(?:^| )(?:reset\b.* --hard|clean\b.* -\w*[fxX]|checkout\b.*(?: -f\b| --force| --(?: |$)| \.(?: |$))|restore\b|stash (?:drop|clear)|branch\b.* -D|worktree remove.* -f|switch\b.*(?: -f\b| --discard-changes))/,
  ],
  [
    "opens-permissions",
    /^chmod$/,
    /(?:^| )(?:-\w*R\w*|--recursive)(?: |$)|(?:^| )0?[0-7]?[0-7]?[0-7][2367](?: |$)|(?:^| )(?:[augo]*[ao][augo]*)?\+\w*w|(?:^| )\+s|[au]\+\w*s/,
  ],
  ["opens-permissions", /^(?:chown|chgrp)$/, /(?:^| )(?:-\w*R\w*|--recursive)(?: |$)/],
  ["opens-permissions", /^(?:icacls|takeown|cacls)$/],
  ["opens-permissions", /^(?:set-executionpolicy|setenforce|visudo)$/],
  ["opens-permissions", /^(?:ufw|iptables|nft|netsh)$/, /(?:^| )(?:disable|-F|flush|--flush|reset|off)\b/],
  ["drops-data", /^(?:dropdb|dropuser)$/],
  [
    "drops-data",
    /^(?:rails|rake|prisma|npx|artisan|php|python[\d.]*|sequelize)$/,
    /\b(?:db:drop|db:reset|migrate reset|migrate:fresh|db:wipe|manage\.py flush|db push --force-reset)\b/,
  ],
  ["as-administrator", /^(?:runas)$/],
  ["as-administrator", /^start-process$/, /-verb\s+runas/i],
  ["stops-machine", /^(?:shutdown|reboot|halt|poweroff|restart-computer|stop-computer)$/],
  ["stops-machine", /^(?:init|telinit)$/, /^[06]$/],
  ["stops-machine", /^systemctl$/, /(?:^| )(?:poweroff|reboot|halt|stop|disable|mask|kexec|emergency)\b/],
  ["stops-machine", /^(?:killall|pkill|taskkill|stop-process)$/],
  ["stops-machine", /^kill$/, /(?:^| )-1(?: |$)/],
  ["overwrites-system", /^tee$/, /(?:^| )(?:\/(?:etc|boot|usr|bin|sbin|lib|sys|proc)\/|\/dev\/(?:sd|hd|vd|nvme))/],
  [
    "overwrites-system",
    /^(?:mv|cp|install|ln|sed)$/,
    /(?:^| )\/(?:etc|boot|usr|bin|sbin|lib)\/\S*$|(?:^| )\/dev\/null$/,
  ],
  ["overwrites-system", /^(?:crontab)$/, /(?:^| )-r\b/],
  ["overwrites-system", /^reg$/, /(?:^| )(?:delete|add|import)\b/i],
  ["sends-files", /^curl$/, /(?:^| )(?:-\w*[dFT]|--data\S*|--form\S*|--upload-file|-X ?(?:POST|PUT))(?:[ =].*)?[@<]?/],
  ["sends-files", /^wget$/, /(?:^| )--(?:post|body)-(?:file|data)/],
  ["sends-files", /^(?:nc|ncat|netcat|socat|telnet)$/],
  ["sends-files", /^(?:scp|sftp|rclone)$/],
  [
    "destroys-cloud",
    /^(?:terraform|tofu|pulumi|cdk|serverless|sls|vagrant)$/,
    /(?:^| )(?:destroy|remove|-auto-approve|--auto-approve)\b/,
  ],
  ["destroys-cloud", /^(?:kubectl|oc|helm)$/, /(?:^| )(?:delete|drain|uninstall|replace .*--force)\b/],
  [
    "destroys-cloud",
    /^(?:aws|gcloud|az|gsutil|s3cmd|heroku|fly|flyctl|doctl)$/,
    /(?:^| )(?:rm|rb|delete\S*|terminate\S*|destroy|purge|remove)(?: |:|$)|apps:destroy/,
  ],
  [
    "destroys-cloud",
    /^(?:docker|podman|nerdctl)$/,
    /(?:^| )(?:prune|rm|rmi|kill|down .*(?:-v|--volumes)|volume rm)(?: |$)/,
  ],
  ["destroys-cloud", /^docker-compose$/, /(?:^| )down\b.*(?:-v\b|--volumes)/],
  [
    "publishes",
    /^(?:npm|pnpm|yarn|cargo|gem|twine|poetry|vsce|dotnet|mvn|gh)$/,
    /(?:^| )(?:publish|unpublish|upload|yank|deploy|nuget push|release create|repo delete)\b/,
  ],
];
const MOST_WRAPPERS = 8;
const DEEPEST = 4;
