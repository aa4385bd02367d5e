import assert from "node:assert/strict";
import { test } from "node:test";
import {
  commandMessages,
  type SuggestedCommand,
  suggestedCommands as suggestedFor,
} from "../../src/refactor/terminalCommand.ts";

const suggestedCommands = (reply: string, isCut: boolean): readonly SuggestedCommand[] =>
  suggestedFor(reply, isCut, "bash");

function only(reply: string): SuggestedCommand {
  const all = suggestedCommands(reply, false);
  assert.equal(all.length, 1, JSON.stringify(all));
  assert.ok(all[0]);
  return all[0];
}

const block = (command: string): string => `\`\`\`bash\n${command}\n\`\`\`\nDoes it.\n`;
const refusal = (command: string): string | undefined => only(block(command)).refused;

test("the model is told the platform, the shell, the folder and what is in it, and the wish", () => {
  const [system, user] = commandMessages({
    wish: "run the tests",
    platform: "Linux",
    shell: "fish",
    folder: "shop",
    files: ["package.json", "pnpm-lock.yaml"],
    language: "German",
  });
  assert.match(system?.content ?? "", /one command, on one line.* up to three .*Explain in German\./s);
  assert.equal(
    user?.content,
    "Platform: Linux\nShell: fish\nFolder: shop\nIn it: package.json, pnpm-lock.yaml\nWanted: run the tests",
  );
});

test("the command of the block is suggested, with the sentence below it", () => {
  const { command, explanation, dangers, refused } = only(
    "Sure:\n\n```bash\ndu -sh * | sort -h\n```\n\nLists **sizes**.\n",
  );
  assert.deepEqual([command, explanation, dangers, refused], ["du -sh * | sort -h", "Lists sizes.", [], undefined]);
});

test("the sentence above counts where none is below, and a comment in the block where there is neither", () => {
  assert.equal(only("This lists all files:\n```\nls -a\n```").explanation, "This lists all files:");
  const { command, explanation } = only("```sh\n# all files\nls -a\n```");
  assert.deepEqual([command, explanation], ["ls -a", "all files"]);
});

test("alternatives come in their order, each with its own sentence, the same one once, four at most", () => {
  const reply = ["a", "b", "a", "c", "d", "e"].map((name) => `\`\`\`\nrun ${name}\n\`\`\`\nRuns ${name}.\n`).join("\n");
  const all = suggestedCommands(reply, false).map(({ command, explanation }) => `${command}: ${explanation}`);
  assert.deepEqual(all, ["run a: Runs a.", "run b: Runs b.", "run c: Runs c.", "run d: Runs d."]);
});

test("blocks in a list, with prompts in them, and without any fence are read as well", () => {
  assert.deepEqual(
    suggestedCommands("1. ```sh\n   ls\n   ```\n   Lists.\n2. ```sh\n   dir\n   ```\n   Lists too.", false).map(
      ({ command, explanation }) => [command, explanation],
    ),
    [
      ["ls", "Lists."],
      ["dir", "Lists too."],
    ],
  );
  assert.equal(only("```console\n$ npm test\n12 passed\n```").command, "npm test");
  assert.equal(only("Use `git status -s` for that.").command, "git status -s");
  assert.equal(only("git status -s").command, "git status -s");
});

test("where the model talks and writes no command there is none", () => {
  for (const reply of ["", "I can't help with that.", "Which folder do you mean?", "```\n\n```", "```\n# nothing\n```"])
    assert.deepEqual(suggestedCommands(reply, false), [], reply);
});

test("a command that the end of the answer cuts is not suggested: it may be another one", () => {
  assert.deepEqual(suggestedCommands("```sh\nrm -rf /", true), []);
  assert.deepEqual(suggestedCommands("rm -rf /", true), []);
  assert.equal(suggestedCommands("```sh\nls\n```\nLists.\n```sh\nrm -rf /", true).length, 1);
});

test("lines that a shell reads as one are one; in quotes they are not", () => {
  assert.equal(only(block("docker run \\\n  -it \\\n  node")).command, "docker run -it node");
  assert.equal(refusal("echo 'a \\\n b'"), "several");
});

const hidden: Readonly<Record<string, string>> = {
  "a zero-width space": "ls\u200b -la",
  "a right-to-left override": "echo \u202Eflr- mr",
  "an isolate": "ls \u2066-la\u2069",
  Escape: "ls \u001b[8mrm -rf ~\u001b[0m",
  "Ctrl+C": "ls\u0003",
  "Enter alone": "ls\rrm -rf ~",
  "a line separator": "ls\u2028rm -rf ~",
  "a next line": "ls\u0085rm -rf ~",
  "a tag character": "ls \u{E0072}\u{E006D}",
  "a Hangul filler": "ls \u3164",
  "a variation selector": "ls\uFE0F",
  "a byte order mark": "\uFEFFls",
  "a soft hyphen": "l\u00ADs",
  Backspace: "ls x\b\b\b",
  Delete: "ls\u007F",
  "a null": "ls\u0000",
};
for (const [name, command] of Object.entries(hidden))
  test(`a command with ${name} in it is not for the terminal, and what is hidden is shown`, () => {
    const { refused, command: shown } = only(block(command));
    assert.equal(refused, "hidden");
    assert.match(shown, /\\u\{[0-9a-f]+\}/);
    assert.doesNotMatch(shown, /\p{C}|\p{Default_Ignorable_Code_Point}/u);
  });

test("letters that look like others are refused, names in another script are not", () => {
  assert.equal(refusal("sud\u043E ls"), "look-alike");
  assert.equal(refusal("ls \uFF0Ddir"), "look-alike");
  assert.equal(refusal("cat a\u2215b"), "look-alike");
  assert.equal(refusal("Remove\u2013Item x"), "look-alike");
  assert.equal(refusal("rm \u2014rf x"), "look-alike");
  assert.equal(refusal("\u0441\u043E\u0440\u0443 a b"), "look-alike");
  assert.equal(refusal("ls && sudo \u0441\u0440 a b"), "look-alike");
  assert.equal(refusal("./\u0441\u043E\u0440\u0443.sh"), undefined);
  assert.equal(refusal("./тест x && echo сору"), undefined);
  assert.equal(refusal('git commit -m "a \u2013 b"'), undefined);
  assert.equal(refusal("cat Отчёт.txt 报告.md naïve.txt"), undefined);
});

test("several lines are refused, shown with where each ends, and warned of for what any of them does", () => {
  const { refused, command, dangers } = only(block("ls\nrm -rf ~"));
  assert.deepEqual([refused, command, dangers], ["several", "ls ⏎ rm -rf ~", ["deletes"]]);
  assert.equal(refusal("cat > x <<EOF\nrm\nEOF"), "several");
  assert.equal(refusal("for f in *; do\n  rm $f\ndone"), "several");
});

test("what is too long to be seen is refused: behind many spaces, or at the end of a long line", () => {
  assert.equal(refusal(`ls${" ".repeat(300)}; rm -rf ~`), "long");
  const { refused, command } = only(block(`echo ${"a".repeat(500)}; rm -rf ~`));
  assert.equal(refused, "long");
  assert.ok(command.length <= 200);
});

test("the no-break space of a model is a space", () => {
  assert.equal(only(block("ls\u00A0-la")).command, "ls -la");
});

test("how many commands run, and what is to be filled in, is told", () => {
  const { steps, blanks } = only(block("git checkout <branch> && npm test | tail; echo '<a>'"));
  assert.deepEqual([steps, blanks], [3, ["<branch>", "<a>"]]);
});

test("an explanation has nothing hidden in it and an end", () => {
  const { explanation } = only(`\`\`\`\nls\n\`\`\`\nLists\u202E\u001b[31m ${"all ".repeat(200)}`);
  assert.ok(explanation.startsWith("Lists"));
  assert.ok(explanation.length <= 300);
  assert.doesNotMatch(explanation, /\p{C}/u);
});

test("what a random reply suggests is one line that can be seen, or refused", () => {
  const bits = [
    "```",
    "\n",
    "ls",
    " -la",
    "\u202E",
    "'",
    '"',
    "$(",
    ")",
    "\\",
    "\r",
    "rm -rf /",
    "`",
    "|",
    "\t",
    "<<EOF",
    "#",
    "é",
  ];
  let seed = 7;
  const next = (): string => bits[(seed = (seed * 48_271) % 2_147_483_647) % bits.length] ?? "";
  for (let round = 0; round < 3_000; round += 1) {
    const reply = Array.from({ length: 4 + (round % 12) }, next).join("");
    for (const { command, refused } of suggestedCommands(reply, round % 5 === 0)) {
      assert.doesNotMatch(command, /[\p{C}\u2028\u2029]/u, JSON.stringify(reply));
      if (!refused) assert.ok(command.trim() !== "");
    }
  }
});
