import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { test } from "node:test";
import type { GitCommit, WatchedGit, WatchedRepository } from "../../src/extension/gitApi.ts";
import { GitHeads } from "../../src/extension/gitCommits.ts";
import type { RepositoryState } from "../../src/productivity/activity/commitWatch.ts";

const AT = new Date("2026-11-29T12:00:00Z");

class Listeners<Event> {
  readonly all = new Set<(event: Event) => unknown>();
  readonly on = (listener: (event: Event) => unknown): { dispose(): void } => {
    this.all.add(listener);
    return { dispose: () => this.all.delete(listener) };
  };

  tell(event: Event): void {
    for (const listener of this.all) listener(event);
  }
}

/** A repository whose git answers when it is let. */
class Repository {
  readonly changed = new Listeners<void>();
  readonly state: {
    HEAD: WatchedRepository["state"]["HEAD"];
    readonly onDidChange: WatchedRepository["state"]["onDidChange"];
  };
  readonly api: WatchedRepository;
  readonly waiting: ((commits: readonly GitCommit[]) => void)[] = [];
  emails = ["", " Keeper@zoo.example\n"];

  constructor(commit: string | undefined) {
    this.state = { HEAD: commit === undefined ? undefined : { commit }, onDidChange: this.changed.on as never };
    this.api = {
      rootUri: { toString: () => "file:///zoo" } as WatchedRepository["rootUri"],
      state: this.state,
      log: () => new Promise((resolve) => this.waiting.push(resolve)),
      getConfig: () => Promise.resolve(this.emails[0] ?? ""),
      getGlobalConfig: () => Promise.resolve(this.emails[1] ?? ""),
    };
  }

  head(commit: string, more: object = {}): void {
    this.state.HEAD = { commit, ...more };
    this.changed.tell();
  }

  async answer(...hashes: readonly string[]): Promise<void> {
    const commits = hashes.map((hash) => ({ hash, message: "", parents: ["p"], authorDate: AT, commitDate: AT }));
    this.waiting.shift()?.(commits);
    await setImmediate();
  }
}

async function watching(repository: Repository) {
  const moved: RepositoryState[] = [];
  const closed: string[] = [];
  const closing = new Listeners<Pick<WatchedRepository, "rootUri">>();
  const api: WatchedGit = {
    repositories: [repository.api],
    onDidOpenRepository: new Listeners<WatchedRepository>().on as never,
    onDidCloseRepository: closing.on as never,
  };
  const heads = new GitHeads({
    git: () => Promise.resolve(api),
    moved: (state) => moved.push(state),
    closed: (root) => closed.push(root),
  });
  await heads.start();
  await setImmediate();
  return { heads, moved, closed, closing };
}

test("the first head is told at once, and each other one with what git says of it", async () => {
  const repository = new Repository("a");
  const { moved } = await watching(repository);
  assert.deepEqual(
    moved.map(({ head, log }) => [head, log]),
    [["a", []]],
  );
  repository.changed.tell();
  repository.head("b", { upstream: {}, ahead: 2 });
  await repository.answer("b", "a");
  const log = ["b", "a"].map((hash) => ({
    hash,
    parents: ["p"],
    authoredAtMs: AT.getTime(),
    committedAtMs: AT.getTime(),
    email: undefined,
  }));
  assert.deepEqual(moved[1], {
    root: "file:///zoo",
    head: "b",
    log,
    emails: ["keeper@zoo.example"],
    ahead: 2,
    isRebasing: false,
  });
  assert.equal(moved.length, 2);
});

test("a head that is another one again before git has answered is not told, the next one is", async () => {
  const repository = new Repository("a");
  const { moved } = await watching(repository);
  repository.head("b");
  repository.head("c");
  await repository.answer("b", "a");
  await repository.answer("c", "b", "a");
  assert.deepEqual(
    moved.map(({ head }) => head),
    ["a", "c"],
  );
  assert.equal(moved[1]?.log.length, 3);
});

test("where git fails, the head is told all the same", async () => {
  const repository = new Repository("a");
  const { moved } = await watching(repository);
  Object.assign(repository.api, {
    log: () => Promise.reject(new Error("no git")),
    getConfig: () => Promise.reject(new Error("no git")),
    getGlobalConfig: () => Promise.reject(new Error("no git")),
  });
  repository.head("b");
  await setImmediate();
  assert.deepEqual([moved[1]?.head, moved[1]?.log, moved[1]?.emails], ["b", [], []]);
});

test("the address that is set in the repository comes before the user's", async () => {
  const repository = new Repository("a");
  const { moved } = await watching(repository);
  repository.emails = ["work@zoo.example", "keeper@zoo.example"];
  repository.head("b");
  await repository.answer("b");
  assert.deepEqual(moved[1]?.emails, ["work@zoo.example"]);
});

test("a head that is not known yet is not told", async () => {
  const repository = new Repository(undefined);
  const { moved } = await watching(repository);
  repository.changed.tell();
  assert.deepEqual(moved, []);
});

test("what git answers of a repository that was closed meanwhile, or after the end, is told to nobody", async () => {
  const repository = new Repository("a");
  const { heads, moved, closed, closing } = await watching(repository);
  repository.head("b");
  closing.tell(repository.api);
  await repository.answer("b");
  assert.deepEqual([moved.length, closed, repository.changed.all.size], [1, ["file:///zoo"], 0]);
  heads.dispose();
  assert.equal(closing.all.size, 0);
  const other = new Repository("a");
  const later = await watching(other);
  other.head("b");
  later.heads.dispose();
  await other.answer("b");
  assert.equal(later.moved.length, 1);
});
