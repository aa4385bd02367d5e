/** Pull requests, explanations of commits, and which repository is meant: in real repositories of git and with a server that is a script. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as vscode from "vscode";
import { explainCommit, writePullRequest } from "../../src/extension/sourceControlDocuments.ts";
import { chosenRepository } from "../../src/extension/sourceControlRepository.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { withMessages } from "./refactorRig.ts";
import { answering, inRepository, openRepository, picking, shownText } from "./sourceControlRig.ts";

export const sourceControlDocumentTests: readonly HostTest[] = [
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
    answering(""),
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
