/** Messages for commits, pull requests and explanations, in real repositories of git and with a server that is a script. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as vscode from "vscode";
import { explainCommit, writePullRequest } from "../../src/extension/sourceControlDocuments.ts";
import { chosenRepository } from "../../src/extension/sourceControlRepository.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { eventually } from "./editor.ts";
import { withMessages } from "./refactorRig.ts";
import { answering, inRepository, openRepository, picking, shownText } from "./sourceControlRig.ts";

const MESSAGE = "fix(cart): count items once\n\nThey were counted twice.";

export const sourceControlTests: readonly HostTest[] = [
  inRepository(
    "a message for what is staged is written into the input box, and nothing of other, ignored or secret files is sent",
    {
      "cart.ts": "export const count = 2;\n",
      "other.ts": "one\n",
      ".env": "TOKEN=before\n",
      ".gitignore": "hidden.ts\n",
      "hidden.ts": "before\n",
    },
    answering(`Here is a commit message:\n\n\`\`\`\n${MESSAGE}\n\`\`\`\n`),
    async ({ repository, commits, git, write, asked }) => {
      write("cart.ts", "export const count = 1;\n");
      write(".env", "TOKEN=zebraAfter\n");
      write("hidden.ts", "zebraHidden\n");
      write("package-lock.json", `{ ${'"zebraLock": 1,\n'.repeat(2_000)} "z": 1 }\n`);
      git("add", "-f", ".");
      write("other.ts", "zebraUnstaged\n");
      await commits.write(repository);
      assert.equal(repository.inputBox.value, MESSAGE);
      assert.match(asked(), /cart\.ts \(changed, \+1 -1\)/);
      assert.match(asked(), /\+export const count = 1/);
      assert.match(asked(), /package-lock\.json \(new, \+\d+ -0\): not shown, a lock file/);
      assert.match(asked(), /Types in use: fix.*Scopes in use: cart/);
      assert.doesNotMatch(asked(), /zebra|\.env|hidden\.ts/);
    },
  ),
  inRepository(
    "where nothing is staged the message is about the working tree, with new files; what stood in the box is a wish",
    { "cart.ts": "export const count = 2;\n" },
    answering(MESSAGE),
    async ({ repository, commits, write, asked, server }) => {
      write("cart.ts", "export const count = 1;\n");
      write("fresh.ts", "export const fresh = 1;\n");
      repository.inputBox.value = "mention the voucher";
      await commits.write(repository);
      assert.equal(repository.inputBox.value, MESSAGE);
      assert.match(asked(), /count = 1/);
      assert.match(asked(), /fresh\.ts \(new, \+1 -0\)\\n\+export const fresh = 1;/);
      assert.match(asked(), /follow it:\\nmention the voucher/);
      await commits.write(repository);
      assert.equal(server.asked.length, 2);
      assert.match(asked(), /follow it:\\nmention the voucher/, "what was written is no wish");
      assert.doesNotMatch(asked(), /They were counted twice/);
    },
  ),
  inRepository(
    "before the first commit a message can be written",
    {},
    answering("Add the cart"),
    async ({ repository, commits, write, git, asked }) => {
      write("cart.ts", "export const count = 1;\n");
      git("add", ".");
      await commits.write(repository);
      assert.equal(repository.inputBox.value, "Add the cart");
      assert.match(asked(), /cart\.ts \(new, \+1 -0\)/);
    },
  ),
  inRepository(
    "what stood in the box comes back where the model refuses, breaks off or is not there",
    { "cart.ts": "one\n" },
    (_, count) =>
      count === 0
        ? { pieces: ["I'm sorry, ", "I can't see a diff."] }
        : count === 1
          ? { pieces: ["fix(cart): count items", " once and for all", " times"], delayMs: 150, breaks: true }
          : { pieces: [], refusal: { status: 401, message: "no" } },
    async ({ repository, commits, write }) => {
      write("cart.ts", "two\n");
      repository.inputBox.value = "my wish";
      await withMessages(undefined, async (told) => {
        await commits.write(repository);
        assert.match(told[0] ?? "", /did not answer with a commit message/);
        assert.equal(repository.inputBox.value, "my wish");
        for (const count of [2, 3]) {
          await commits.write(repository);
          assert.equal(repository.inputBox.value, "my wish");
          await eventually("a warning", () => (told.length >= count ? true : undefined));
        }
      });
    },
  ),
  inRepository(
    "what the user types while a message is written stays",
    { "cart.ts": "one\n" },
    () => ({ pieces: Array.from("fix(cart): count the items once and no more"), delayMs: 30 }),
    async ({ repository, commits, write }) => {
      write("cart.ts", "two\n");
      const writing = commits.write(repository);
      await eventually("a part of it", () => (repository.inputBox.value.startsWith("fix(cart)") ? true : undefined));
      repository.inputBox.value = "mine";
      await writing;
      assert.equal(repository.inputBox.value, "mine");
    },
  ),
  inRepository(
    "who types while a message is written keeps that, what was written and what was wished for, and is told",
    { "cart.ts": "one\n" },
    () => ({ pieces: Array.from("fix(cart): count the items once and no more"), delayMs: 60 }),
    async ({ repository, commits, write, server }) => {
      write("cart.ts", "two\n");
      await withMessages(undefined, async (told, said) => {
        repository.inputBox.value = "mention the voucher";
        const writing = commits.write(repository);
        await eventually("a part of it", () => repository.inputBox.value.startsWith("fix(cart)") || undefined);
        const typed = `${repository.inputBox.value}, and mine`;
        repository.inputBox.value = typed;
        await writing;
        assert.equal(repository.inputBox.value, `mention the voucher\n\n${typed}`);
        assert.match(said.join(), /^You typed into the box, so nothing more is written there/);
        assert.deepEqual(told, []);
        await eventually("an answer that nobody waits for", () => server.aborted === 1 || undefined);
      });
    },
  ),
  inRepository(
    "nothing is asked where nothing has changed, only secrets have, or there are conflicts",
    { "cart.ts": "one\n", ".env": "TOKEN=1\n" },
    answering(MESSAGE),
    async ({ repository, commits, write, git, server }) => {
      await withMessages(undefined, async (told) => {
        await commits.write(repository);
        assert.match(told.at(-1) ?? "", /Nothing has changed/);
        write(".env", "TOKEN=2\n");
        await commits.write(repository);
        assert.match(told.at(-1) ?? "", /Only ignored or secret files/);
        git("checkout", "-q", ".env");
        git("checkout", "-q", "-b", "side");
        write("cart.ts", "side\n");
        git("commit", "-qam", "side");
        git("checkout", "-q", "main");
        write("cart.ts", "main\n");
        git("commit", "-qam", "main");
        // The editor does not know of it yet.
        assert.throws(() => git("merge", "side"));
        await commits.write(repository);
        assert.match(told.at(-1) ?? "", /Files with conflicts: 1/);
      });
      assert.equal(server.asked.length, 0);
    },
  ),
  inRepository(
    "where git shows changes by another program that is said, and no message is written about something else",
    { "cart.ts": "one\n" },
    answering(MESSAGE),
    async ({ repository, commits, write, git, server }) => {
      write("cart.ts", "two\n");
      git("add", ".");
      write("fresh.ts", "fresh\n");
      git("config", "diff.external", "echo");
      await withMessages(undefined, async (told) => {
        await commits.write(repository);
        assert.match(told.at(-1) ?? "", /could not be done: git has another program show what has changed/);
      });
      assert.equal(server.asked.length, 0);
      git("config", "--unset", "diff.external");
      git("config", "color.ui", "always");
      await commits.write(repository);
      assert.equal(repository.inputBox.value, MESSAGE);
    },
  ),
  inRepository(
    "comments of a template are no wish, whatever character git begins them with",
    { "cart.ts": "one\n" },
    answering(MESSAGE),
    async ({ repository, commits, write, git, asked }) => {
      write("cart.ts", "two\n");
      git("config", "core.commentChar", ";");
      repository.inputBox.value = "; zebra?\n#12 the voucher\n";
      await commits.write(repository);
      assert.match(asked(), /follow it:\\n#12 the voucher\\n/);
      assert.doesNotMatch(asked(), /zebra/);
    },
  ),
  inRepository(
    "of thousands of new files some hundred are read and the others named; lines that end with CRLF are one line each",
    { "cart.ts": "one\n" },
    answering(MESSAGE),
    async ({ repository, commits, write, asked }) => {
      write("a.ts", "one\r\ntwo\r\n");
      for (let file = 0; file < 1_200; file += 1) write(`f${file}.txt`, "zebra\n");
      await commits.write(repository);
      assert.equal(repository.inputBox.value, MESSAGE);
      assert.match(asked(), /a\.ts \(new, \+2 -0\)\\n\+one\\n\+two\\n/);
      assert.equal(asked().match(/\+zebra/g)?.length, 499);
      assert.match(asked(), /f\d+\.txt \(new\): not shown, one of very many new files\\n[^]*and \d+ more files/);
    },
    { facts: { contextTokens: 100_000, answerTokens: 500 } },
  ),
  inRepository(
    "changes that do not fit are read in parts, and the message is about all of them",
    { "cart.ts": "one\n" },
    (text) => ({ pieces: [text.includes("Write the commit message") ? MESSAGE : "It adds zebra lines."] }),
    async ({ repository, commits, write, asked, server }) => {
      for (const name of ["a", "b", "c"])
        write(
          `${name}.ts`,
          Array.from({ length: 150 }, (_, line) => `export const ${name}${line} = ${line};\n`).join(""),
        );
      await commits.write(repository);
      assert.equal(repository.inputBox.value, MESSAGE);
      assert.ok(server.asked.length >= 4, String(server.asked.length));
      assert.match(asked(), /a\.ts[^]*It adds zebra lines[^]*c\.ts/);
      assert.doesNotMatch(asked(), /a149/);
    },
    { facts: { contextTokens: 3_000, answerTokens: 500 } },
  ),
  inRepository(
    "a pull request tells what the branch has that its base has not, in a new document",
    { "cart.ts": "one\n", ".env": "TOKEN=1\n" },
    answering("# Count items once\n\nThey were counted twice.\n\n- `cart.ts`"),
    async ({ repository, needs, write, git, asked }) => {
      git("checkout", "-q", "-b", "feature/count");
      write("cart.ts", "two\n");
      write("new name.ts", "zebraNew\n");
      write(".env", "TOKEN=zebraSecret\n");
      git("add", "-f", ".");
      git("commit", "-q", "-m", "fix(cart): count once\n\nWith a body.");
      git("checkout", "-q", "main");
      write("cart.ts", "zebraMain\n");
      git("commit", "-qam", "later on main");
      git("checkout", "-q", "feature/count");
      await repository.status();
      await writePullRequest(repository, needs);
      assert.equal(await shownText(), "# Count items once\n\nThey were counted twice.\n\n- `cart.ts`\n");
      assert.match(asked(), /The branch feature\/count is to go into main/);
      assert.match(asked(), /- fix\(cart\): count once\\n {2}\\n {2}With a body/);
      assert.match(asked(), /-one\\n\+two/);
      assert.match(asked(), /new name\.ts \(new, \+1 -0\)\\n@@[^@]*@@\\n\+zebraNew/);
      assert.doesNotMatch(asked(), /zebraMain|zebraSecret|later on main/);
    },
  ),
  inRepository(
    "without commits of its own a branch has no pull request, also where no branch is checked out",
    { "cart.ts": "one\n" },
    answering("# Count on\n\nText"),
    async ({ repository, needs, git, write, server }) => {
      await withMessages(undefined, async (told) => {
        await writePullRequest(repository, needs);
        assert.match(told.at(-1) ?? "", /no other branch/);
        git("checkout", "-q", "--detach");
        await repository.status();
        await writePullRequest(repository, needs);
        assert.match(told.at(-1) ?? "", /no commits that main has not/);
        assert.equal(server.asked.length, 0);
        write("cart.ts", "two\n");
        git("commit", "-qam", "detached");
        await repository.status();
        await writePullRequest(repository, needs);
        assert.match(await shownText(), /^# Count on/);
      });
    },
  ),
  inRepository(
    "a commit is explained in a new document: the last, the first of all, and a merge",
    { "cart.ts": "one\n", "old.ts": "zebraOld\n" },
    answering("It counts once."),
    async ({ repository, needs, write, git, asked }) => {
      git("checkout", "-q", "-b", "side");
      write("side.ts", "zebraSide\n");
      git("add", ".");
      git("commit", "-q", "-m", "side work");
      git("checkout", "-q", "main");
      write("cart.ts", "two\n");
      git("commit", "-qam", "second (main)");
      git("merge", "-q", "--no-ff", "-m", "merged it", "side");
      const explained = async (words: string): Promise<string> => {
        await picking(words, () => explainCommit(repository, needs));
        const text = await shownText();
        await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
        return text;
      };
      const hash = git("rev-parse", "HEAD~1").trim();
      assert.equal(await explained("second"), `# second (main)\n\n\`${hash}\`\n\nIt counts once.\n`);
      assert.match(asked(), /second \(main\)[^]*-one\\n\+two/);
      assert.doesNotMatch(asked(), /zebra/);
      assert.match(await explained("show prices"), /^# fix\(cart\): show prices/);
      assert.match(asked(), /old\.ts \(new, \+1 -0\)[^]*\+zebraOld/);
      assert.match(await explained("merged it"), /^# merged it/);
      assert.match(asked(), /\+zebraSide/);
      assert.doesNotMatch(asked(), /\+two/);
    },
  ),
  inRepository(
    "of several repositories the one of the menu is meant, else the one of the file in front",
    { "cart.ts": "one\n", "inner/deep.ts": "one\n" },
    answering(MESSAGE),
    async ({ repository, folder }) => {
      execFileSync("git", ["init", "-q"], { cwd: folder.uri("inner").fsPath });
      const inner = await openRepository({ ...folder, path: folder.uri("inner").fsPath });
      assert.equal((await chosenRepository({ rootUri: repository.rootUri }))?.rootUri.path, repository.rootUri.path);
      assert.equal((await chosenRepository({ rootUri: inner.rootUri }))?.rootUri.path, inner.rootUri.path);
      await vscode.window.showTextDocument(folder.uri("inner/deep.ts"));
      assert.equal((await chosenRepository(undefined))?.rootUri.path, inner.rootUri.path);
      await vscode.window.showTextDocument(folder.uri("cart.ts"));
      assert.equal((await chosenRepository(undefined))?.rootUri.path, repository.rootUri.path);
    },
  ),
];
