/** Messages for commits, in real repositories of git and with a server that is a script. */

import assert from "node:assert/strict";
import type { GitRepository } from "../../src/extension/gitApi.ts";
import { CommitMessages } from "../../src/extension/sourceControlCommit.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { eventually } from "./editor.ts";
import { withMessages } from "./refactorRig.ts";
import { answering, inRepository } from "./sourceControlRig.ts";

const MESSAGE = "fix(cart): count items once\n\nThey were counted twice.";

/** A repository that answers as git with other settings of the user does. */
function withOwn(repository: GitRepository, own: Partial<GitRepository>): GitRepository {
  return new Proxy(repository, {
    get: (target, key) => {
      if (key in own) return Reflect.get(own, key);
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

export const commitMessageTests: readonly HostTest[] = [
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
    "who commits while a message is written has an empty box then, and not what was wished for",
    { "cart.ts": "one\n" },
    () => ({ pieces: Array.from("fix(cart): count the items once and no more"), delayMs: 60 }),
    async ({ repository, commits, write, git }) => {
      write("cart.ts", "two\n");
      await withMessages(undefined, async (_, said) => {
        repository.inputBox.value = "mention the voucher";
        const writing = commits.write(repository);
        await eventually("a part of it", () => repository.inputBox.value.startsWith("fix(cart)") || undefined);
        git("commit", "-qam", "Count once");
        repository.inputBox.value = "";
        await writing;
        assert.equal(repository.inputBox.value, "");
        assert.deepEqual(said, []);
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
        assert.match(told.at(-1) ?? "", /could not be done: git does not show what has changed as it usually does/);
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
    "nothing of an ignored file is sent, whatever git is set to write before paths",
    { "cart.ts": "one\n", "src/hidden.ts": "one\n", ".pairwiseignore": "/src/hidden.ts\n" },
    answering(MESSAGE),
    async (rig) => {
      const { repository, needs, write, git, asked } = rig;
      const prefixes = ["--src-prefix=before/x/", "--dst-prefix=after/x/"];
      const diff = async (isStaged: boolean) => git("diff", ...(isStaged ? ["--cached"] : []), ...prefixes);
      const set = withOwn(repository, { diff });
      write("cart.ts", "two\n");
      write("src/hidden.ts", "zebra\n");
      for (const isStaged of [false, true]) {
        if (isStaged) git("add", ".");
        await new CommitMessages(needs).write(set);
        assert.match(asked(), /cart\.ts \(changed, \+1 -1\)/);
        assert.doesNotMatch(asked(), /zebra|hidden/);
      }
    },
  ),
  inRepository(
    "comments of a template are no wish where the user has set the character for all repositories",
    { "cart.ts": "one\n" },
    answering(MESSAGE),
    async ({ repository, needs, write, asked }) => {
      const getGlobalConfig = async (key: string): Promise<string> => (key === "core.commentChar" ? ";" : "");
      write("cart.ts", "two\n");
      repository.inputBox.value = "; zebra?\n#12 the voucher\n";
      await new CommitMessages(needs).write(withOwn(repository, { getGlobalConfig }));
      assert.match(asked(), /follow it:\\n#12 the voucher\\n/);
      assert.doesNotMatch(asked(), /zebra/);
    },
  ),
];
