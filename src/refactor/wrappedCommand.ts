/** The command that another one runs: `sudo -u root env A=1 nice -n 5 rm x` is `rm x`. */

export interface WrappedCommand {
  /** In lower case, without folders and `.exe`; empty where there is none. */
  readonly name: string;
  /** As it is written. */
  readonly written: string;
  /** Its arguments; those of git without the options before the subcommand. */
  readonly words: readonly string[];
  /** The names of those around it. */
  readonly through: readonly string[];
}

export function unwrapped(all: readonly string[]): WrappedCommand {
  let words = all;
  const through: string[] = [];
  for (let step = 0; step < MOST_WRAPPERS; step += 1) {
    const [written = "", ...rest] = words;
    const name = nameOf(written);
    if (ASSIGNMENT.test(written)) {
      words = rest;
      continue;
    }
    if (name === "git") return { name, written, words: behindOptions(rest, GIT), through };
    const two = `${name} ${rest[0] ?? ""}`;
    const wrapper = WRAPPERS.get(two) ?? WRAPPERS.get(name);
    // `command -v` only looks for it.
    const isQuery = (name === "command" || name === "sudo") && /^-[vVl]/.test(rest[0] ?? "");
    if (!wrapper || isQuery) return { name, written, words: rest, through };
    through.push(name);
    words = behindOptions(WRAPPERS.has(two) ? rest.slice(1) : rest, wrapper).slice(wrapper.operands);
  }
  return { name: "", written: "", words: [], through };
}

export function nameOf(word: string): string {
  const name = word.split(/[\\/]/).at(-1) ?? "";
  return name
    .replace(/^[@=]/, "")
    .replace(/\.(?:exe|cmd|bat|com)$/i, "")
    .toLowerCase();
}

interface Wrapper {
  /** How many arguments that are no options come before the command. */
  readonly operands: number;
  /** The options that take a value: letters, and long names. */
  readonly letters: string;
  readonly long: readonly string[];
}

function behindOptions(words: readonly string[], wrapper: Wrapper): readonly string[] {
  let at = 0;
  while (/^-./.test(words[at] ?? "")) {
    const word = words[at] ?? "";
    at += takesNext(word, wrapper) ? 2 : 1;
    if (word === "--") break;
  }
  return words.slice(at);
}

/** Whether the option's value is the next word: `-n 1` and `-0rn 1`, but not `-n1` and `--max-args=1`. */
function takesNext(option: string, { letters, long }: Wrapper): boolean {
  if (option.startsWith("--")) return long.includes(option.slice(2));
  const first = Array.from(option.slice(1)).findIndex((letter) => letters.includes(letter));
  return first !== -1 && first === option.length - 2;
}

/** Names, operands before the command, and the letters and long names of options that take a value. */
const TABLE: readonly (readonly [string, number?, string?, string?])[] = [
  [
    "and,or,not,begin,then,do,else,elif,if,while,until,!,&,coproc,call,builtin,nohup,setsid,busybox,toybox,winpty,catchsegv,entr,unbuffer",
  ],
  ["npm exec,npm x,pnpm exec,pnpm dlx,yarn dlx,yarn exec,bundle exec,poetry run,pipenv run", 0, "cp", "package"],
  ["npx,pnpx,bunx,uvx", 0, "cp", "package,call"],
  ["uv run", 0, "p", "with,python,package,directory"],
  ["sudo,gsudo", 0, "aCDghpRrTtUu", "user,group,host,prompt,chdir,chroot,role,type,other-user,command-timeout"],
  ["doas", 0, "Cu"],
  ["pkexec", 0, "", "user"],
  ["runuser", 0, "uggGcw", "user,group,supp-group,command,whitelist-environment"],
  ["env", 0, "uC", "unset,chdir"],
  ["command,exec", 0, "a"],
  ["time,gtime", 0, "fo", "format,output"],
  ["nice", 0, "n", "adjustment"],
  ["ionice", 0, "cnpPu", "class,classdata"],
  ["timeout,gtimeout", 1, "ks", "kill-after,signal"],
  ["stdbuf", 0, "ioe", "input,output,error"],
  ["taskset,chrt", 1, "TPD"],
  ["strace,ltrace", 0, "abeEIoOpPsSuUX"],
  ["caffeinate", 0, "tw"],
  ["watch", 0, "n", "interval"],
  ["xargs", 0, "adEIJLnPs", "arg-file,delimiter,max-lines,max-args,max-procs,max-chars,process-slot-var"],
  [
    "parallel",
    0,
    "aCdEIjLnNPsS",
    "arg-file,colsep,delimiter,jobs,max-args,sshlogin,delay,timeout,joblog,retries,results",
  ],
  ["chroot", 1, "", "userspec,groups"],
  ["flock", 1, "wE", "wait,timeout,conflict-exit-code"],
  ["nsenter,unshare", 0, "tSGRw", "target,setuid,setgid,root,wd"],
  [
    "systemd-run",
    0,
    "pEHMu",
    "unit,property,slice,description,setenv,uid,gid,machine,working-directory,on-calendar,on-active",
  ],
  ["ssh", 1, "BbcDEeFIiJLlmOopQRSWw"],
];
const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map(
  TABLE.flatMap(([names, operands = 0, letters = "", long = ""]) =>
    names.split(",").map((name) => [name, { operands, letters, long: long.split(",") }] as const),
  ),
);
const GIT: Wrapper = { operands: 0, letters: "Cc", long: ["git-dir", "work-tree", "namespace", "exec-path"] };
const ASSIGNMENT = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/;
const MOST_WRAPPERS = 8;
