import assert from "node:assert/strict";
import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  appendFile,
  copyFile,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { type Thread, withTurn } from "../../src/chat/conversation.ts";
import { type StoreBounds, type StoreEvent, ThreadStore } from "../../src/chat/store.ts";
import { FakeClock } from "../support/fakeClock.ts";
import { answer, conversation, picture, piece, question } from "../support/threads.ts";

const never = new AbortController().signal;

async function folder(context: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "pairwise-chat-"));
  context.after(() => rm(path, { recursive: true, force: true }));
  return join(path, "chat");
}

function opened(path: string | undefined, bounds?: StoreBounds, clock = new FakeClock()) {
  const store = new ThreadStore(path, clock, bounds);
  const events: StoreEvent[] = [];
  store.onDidHappen((event) => events.push(event));
  return { store, events, clock };
}

async function titles(store: ThreadStore): Promise<readonly string[]> {
  return (await store.list()).map(({ title }) => title);
}

const small: StoreBounds = { threads: 3, bytes: 10_000_000, threadBytes: 1_000_000 };

test("after a restart the threads are there, the one that changed last first", async (context) => {
  const path = await folder(context);
  const first = opened(path).store;
  assert.deepEqual(await first.list(), []);
  for (const [id, now] of [
    ["a", 10],
    ["b", 30],
    ["c", 20],
  ] as const)
    first.save(conversation(id, 2, now));
  await first.flush();
  const second = opened(path).store;
  assert.deepEqual(await titles(second), ["Title of b", "Title of c", "Title of a"]);
  assert.deepEqual(await second.open("b"), conversation("b", 2, 30));
  assert.equal(await second.open("../b"), undefined);
  assert.equal(await second.open("none"), undefined);
});

test("the list is read without the threads, and made again where its file is missing or wrong", async (context) => {
  const path = await folder(context);
  const first = opened(path).store;
  first.save(conversation("a", 2));
  await first.flush();
  const index = join(path, "index.json");
  const summary = { id: "a", title: "Title of a", createdAt: 5_000, changedAt: 5_001, turns: 4 };
  const { size, mtimeMs } = await stat(join(path, "a.jsonl"));
  await writeFile(
    index,
    JSON.stringify({ format: 1, threads: [{ ...summary, title: "As in the index", size, mtimeMs }] }),
  );
  assert.deepEqual(await titles(opened(path).store), ["As in the index"]);
  await appendFile(join(path, "a.jsonl"), "\n");
  assert.deepEqual(await titles(opened(path).store), ["Title of a"], "the file has changed");
  for (const text of ["{", '{"format":9}', '{"format":1,"threads":[{"id":"a"}]}']) {
    await writeFile(index, text);
    assert.deepEqual(await opened(path).store.list(), [{ ...summary, size: size + 1 }]);
  }
  await rm(index);
  assert.equal((await opened(path).store.list()).length, 1);
});

test("a thread in which nothing was asked leaves no file", async (context) => {
  const path = await folder(context);
  const { store } = opened(path);
  store.save({ ...conversation("a", 0), attachments: [picture(4)] });
  await store.flush();
  assert.deepEqual(await store.list(), []);
  store.save({ ...conversation("a", 0), draft: "Wh" });
  await store.flush();
  assert.equal((await opened(path).store.open("a"))?.draft, "Wh");
});

test("an answer that is being written is kept every two seconds, and at once when it ends", async (context) => {
  const path = await folder(context);
  const { store, clock } = opened(path);
  const tools: readonly never[] = [];
  const write = (text: string): void => {
    const running = { text, state: { kind: "running" }, tools, pieces: tools } as const;
    store.save(withTurn(thread, answer("a", "q0", running), 6_000));
  };
  const thread = conversation("t", 1);
  const kept = async (): Promise<string | undefined> => {
    const turn = (await opened(path).store.open("t"))?.turns.get("a");
    return turn && `${turn.text} ${turn.role === "answer" ? turn.state.kind : ""}`;
  };
  write("One");
  await store.list();
  await until(async () => (await kept()) === "One stopped");
  for (const text of ["One two", "One two three"]) write(text);
  await clock.pass(1_999);
  assert.equal(await kept(), "One stopped");
  await clock.pass(1);
  await until(async () => (await kept()) === "One two three stopped");
  store.save(withTurn(thread, answer("a", "q0", { text: "One two three four" }), 6_000));
  await until(async () => (await kept()) === "One two three four done");
  assert.match(await readFile(join(path, "t.jsonl"), "utf8"), /^\{"more":"a","at":3,"text":" two three"\}$/m);
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}

test("a thread cut at any byte opens with what was whole, and goes on", async (context) => {
  const path = await folder(context);
  const first = opened(path).store;
  const thread = conversation("t", 3);
  first.save(thread);
  await first.flush();
  const file = join(path, "t.jsonl");
  const whole = join(path, "whole");
  await copyFile(file, whole);
  const { size } = await stat(file);
  const header = (await readFile(file, "utf8")).indexOf("\n") + 1;
  for (let at = header; at <= size; at += 97) {
    await copyFile(whole, file);
    await truncate(file, at);
    const { store } = opened(path);
    const cut = await store.open("t");
    assert.ok(cut);
    for (const turn of cut.turns.values()) assert.deepEqual(turn, thread.turns.get(turn.id));
    const more = withTurn(cut, question("new", cut.tip), 9_000);
    store.save(more);
    await store.flush();
    const { store: later, events } = opened(path);
    assert.deepEqual(await later.open("t"), more);
    assert.deepEqual(events, []);
  }
});

/** A window that adds one turn after the other, and says which are kept. */
async function writer(path: string, name: string, turns: number): Promise<string> {
  const script = join(path, `../writer-${name}.mjs`);
  const modules = ["store", "conversation"].map((name) => join(import.meta.dirname, `../../src/chat/${name}.ts`));
  await writeFile(
    script,
    `import { ThreadStore } from ${JSON.stringify(modules[0])};
     import { emptyThread, withTurn } from ${JSON.stringify(modules[1])};
     const store = new ThreadStore(${JSON.stringify(path)}, { sleep: async () => {} }, { threads: 3, bytes: 1e8, threadBytes: 6e6 });
     const known = await store.open("t");
     let thread = known ?? { ...emptyThread("t", 1), title: "T" };
     const end = thread.turns.size + ${turns};
     for (let n = thread.turns.size; n < end; n += 1) {
       const text = n + " " + "x".repeat(20_000);
       const turn = { role: "question", id: "${name}" + n, parent: thread.tip, at: n, text, command: undefined, attachments: [], pieces: [] };
       thread = withTurn(thread, turn, n);
       // Soon out of date, so that the file is made anew now and then.
       store.save({ ...thread, draft: "y".repeat(60_000) + n });
       await store.flush();
       process.send(n);
     }
     process.disconnect();`,
  );
  return script;
}

test("half a line that is longer than what comes after it leaves nothing behind", async (context) => {
  const path = await folder(context);
  const first = opened(path).store;
  first.save(conversation("t", 1));
  await first.flush();
  const file = join(path, "t.jsonl");
  await appendFile(file, `{"turn":{"text":"${"x".repeat(200_000)}`);
  const { store } = opened(path);
  const thread = await store.open("t");
  assert.deepEqual(thread, conversation("t", 1));
  store.save({ ...thread, title: "Other" });
  await store.flush();
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
  assert.deepEqual(Object.keys(JSON.parse(lines.at(-1) ?? "")), ["head"]);
});

test("a process killed in the middle of writing loses no turn that was kept", { timeout: 60_000 }, async (context) => {
  const path = await folder(context);
  await opened(path).store.list();
  const script = await writer(path, "q", 1_000_000);
  let last = -1;
  for (const ms of [150, 30, 80, 45, 110, 60]) {
    const child = fork(script, { execArgv: ["--no-warnings"] });
    const exit = once(child, "exit");
    child.on("message", (n) => (last = Number(n)));
    await once(child, "message");
    await new Promise((resolve) => setTimeout(resolve, ms));
    child.kill("SIGKILL");
    await exit;
    const { store, events } = opened(path);
    const thread = await store.open("t");
    const turn = thread?.turns.get(`q${last}`);
    assert.equal(turn?.text, `${last} ${"x".repeat(20_000)}`, "the last one that was said to be kept is");
    assert.ok((await stat(join(path, "t.jsonl"))).size < 7_000_000, "and the thread stays bounded");
    assert.deepEqual(events, []);
    assert.deepEqual(
      (await readdir(path)).filter((name) => name.endsWith(".tmp")),
      [],
    );
  }
});

test("two windows that write the same thread both keep what they said", async (context) => {
  const path = await folder(context);
  const [one, other] = [opened(path).store, opened(path).store];
  one.save(conversation("t", 1));
  await one.flush();
  const [mine, theirs] = [await one.open("t"), await other.open("t")];
  assert.ok(mine && theirs);
  const added = (thread: Thread, name: string): Thread =>
    Array.from({ length: 30 }, (_, index) => `${name}${index}`).reduce(
      (now, id) => withTurn(now, question(id, now.tip, { text: "x".repeat(30_000) }), 9),
      thread,
    );
  for (let round = 0; round < 4; round += 1) {
    one.save(added(mine, `one${round}-`));
    other.save(added(theirs, `other${round}-`));
    await Promise.all([one.flush(), other.flush()]);
  }
  const ids = Array.from((await opened(path).store.open("t"))?.turns.keys() ?? []);
  assert.equal(ids.length, 2 + 2 * 4 * 30);
});

test(
  "nor do windows that are processes, while the file is made anew again and again",
  { timeout: 60_000 },
  async (context) => {
    const path = await folder(context);
    const scripts = await Promise.all(["one", "two", "three"].map((name) => writer(path, name, 15)));
    const exits = scripts.map((script) => once(fork(script, { execArgv: ["--no-warnings"] }), "exit"));
    assert.deepEqual(await Promise.all(exits), [
      [0, null],
      [0, null],
      [0, null],
    ]);
    const { store, events } = opened(path);
    const ids = Array.from((await store.open("t"))?.turns.keys() ?? []);
    for (const name of ["one", "two", "three"]) assert.equal(ids.filter((id) => id.startsWith(name)).length, 15);
    assert.deepEqual(events, []);
  },
);

test("a thread that one window removes while another has it open comes back whole when that one writes", async (context) => {
  const path = await folder(context);
  const [one, other] = [opened(path).store, opened(path).store];
  one.save(conversation("t", 2));
  await one.flush();
  const theirs = await other.open("t");
  assert.ok(theirs);
  await one.remove("t");
  one.save(conversation("t", 2));
  await one.flush();
  assert.deepEqual([await one.list(), await one.open("t"), await opened(path).store.list()], [[], undefined, []]);
  const more = withTurn(theirs, question("more", theirs.tip), 9_000);
  other.save(more);
  await other.flush();
  assert.deepEqual(await opened(path).store.open("t"), more);
});

test("of too many threads the oldest that are not open go, and it is told which", async (context) => {
  const path = await folder(context);
  const { store, events } = opened(path, small);
  for (const [id, now] of Object.entries({ a: 10, b: 20, c: 30, d: 40, e: 50 })) {
    store.save(conversation(id, 1, now));
    await store.flush();
    if (id !== "a") store.leave(id);
  }
  await store.flush();
  assert.deepEqual((await opened(path).store.list()).map(({ id }) => id).toSorted(), ["a", "d", "e"].toSorted());
  const gone = events.flatMap((event) => (event.kind === "dropped" ? event.threads.map(({ id }) => id) : []));
  assert.deepEqual(gone, ["b", "c"]);
});

test("of too much text the oldest threads go", async (context) => {
  const path = await folder(context);
  const { store, events } = opened(path, { threads: 200, bytes: 400_000, threadBytes: 1_000_000 });
  for (const [index, id] of ["a", "b", "c"].entries()) {
    store.save(conversation(id, 10, index * 100, () => "x".repeat(15_000)));
    store.leave(id);
    await store.flush();
  }
  assert.deepEqual(
    (await store.list()).map(({ id }) => id),
    ["c", "b"],
  );
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ["dropped"],
  );
});

test("of a thread that is too large the pictures of old turns go first, and what was said stays", async (context) => {
  const path = await folder(context);
  const { store, events } = opened(path, small);
  let thread = conversation("t", 1);
  for (let n = 0; n < 6; n += 1) {
    const rest = { attachments: [picture(300_000)], pieces: [piece("y".repeat(1_000))] };
    thread = withTurn(thread, question(`p${n}`, thread.tip, rest), 6_000 + n);
    thread = withTurn(thread, answer(`r${n}`, `p${n}`), 6_000 + n);
    store.save(thread);
    await store.flush();
  }
  const kept = await opened(path).store.open("t");
  assert.equal(kept?.turns.size, 14);
  const questions = Array.from(kept.turns.values()).filter((turn) => turn.role === "question");
  assert.ok(questions.every(({ id, pieces }) => !id.startsWith("p") || pieces[0]?.text.length === 1_000));
  assert.ok(questions.at(-1)?.attachments[0]?.picture);
  assert.ok(questions[1]?.attachments[0] && !questions[1].attachments[0].picture);
  assert.ok((await stat(join(path, "t.jsonl"))).size <= small.threadBytes);
  assert.ok(
    events.length > 0 &&
      events.every((event) => event.kind === "slimmed" && event.gone.pictures > 0 && event.gone.turns === 0),
  );
});

test("pictures that are too large together do not cost what was said, sent or not", async (context) => {
  for (const isSent of [true, false]) {
    const path = await folder(context);
    const { store, events } = opened(path, small);
    const said = conversation("t", 10);
    store.save(said);
    await store.flush();
    const attachments = [picture(900_000), { ...picture(900_000), id: "other" }];
    store.save(isSent ? withTurn(said, question("new", said.tip, { attachments }), 9_000) : { ...said, attachments });
    await store.flush();
    const kept = await opened(path).store.open("t");
    assert.equal(kept?.turns.size, isSent ? 21 : 20);
    for (const [id, { text }] of said.turns) assert.equal(kept.turns.get(id)?.text, text);
    assert.deepEqual(events, [{ kind: "slimmed", thread: "t", gone: { pictures: 2, pieces: 0, turns: 0 } }]);
  }
});

test("a file that is broken, or of a later version, is put aside and not removed", async (context) => {
  const path = await folder(context);
  const first = opened(path).store;
  first.save(conversation("good", 1));
  await first.flush();
  await writeFile(join(path, "bad.jsonl"), "what is this\n");
  await writeFile(join(path, "late.jsonl"), '{"format":2}\n');
  const { store, events } = opened(path);
  assert.deepEqual(await titles(store), ["Title of good"]);
  await store.flush();
  const asides = events.flatMap((event) => (event.kind === "set-aside" ? [event.aside] : []));
  assert.deepEqual(
    asides.toSorted((one, other) => (one.file < other.file ? -1 : 1)),
    [
      { file: "bad.jsonl.broken", why: "broken" },
      { file: "late.jsonl.newer", why: "newer" },
    ],
  );
  assert.equal(await readFile(join(path, "bad.jsonl.broken"), "utf8"), "what is this\n");
  await writeFile(join(path, "bad.jsonl"), "again\n");
  await opened(path).store.list();
  assert.ok((await readdir(path)).includes("bad.jsonl.broken-2"));
});

test("what a later version has written is there again when it is", async (context) => {
  const path = await folder(context);
  const first = opened(path).store;
  first.save(conversation("t", 1));
  await first.flush();
  await copyFile(join(path, "t.jsonl"), join(path, "kept.jsonl.newer"));
  await copyFile(join(path, "t.jsonl"), join(path, "u.jsonl.newer"));
  await writeFile(
    join(path, "u.jsonl.newer"),
    (await readFile(join(path, "t.jsonl"), "utf8")).replaceAll('"t"', '"u"'),
  );
  assert.deepEqual((await opened(path).store.list()).map(({ id }) => id).toSorted(), ["t", "u"]);
});

test("lines that nobody understands are kept in a copy when the file is made anew", async (context) => {
  const path = await folder(context);
  const first = opened(path).store;
  first.save(conversation("t", 1, 1, () => "x".repeat(400_000)));
  await first.flush();
  await appendFile(join(path, "t.jsonl"), '{"of":"tomorrow"}\n');
  const { store, events } = opened(path);
  const thread = await store.open("t");
  assert.ok(thread);
  for (const letter of "abcd") {
    store.save({ ...thread, draft: letter.repeat(600_000) });
    await store.flush();
  }
  assert.deepEqual(events, [{ kind: "set-aside", aside: { file: "t.jsonl.broken", why: "broken" } }]);
  assert.match(await readFile(join(path, "t.jsonl.broken"), "utf8"), /tomorrow/);
  assert.doesNotMatch(await readFile(join(path, "t.jsonl"), "utf8"), /tomorrow/);
});

test("where nothing can be written everything works in memory, which is told once, and kept when it can be again", async (context) => {
  const path = await folder(context);
  await writeFile(path, "a file where the folder should be");
  const { store, events, clock } = opened(path, small);
  for (const id of ["a", "b"]) store.save(conversation(id, 1));
  await store.flush();
  store.leave("a");
  await store.flush();
  assert.equal((await store.list()).length, 2);
  assert.deepEqual(await store.open("a"), conversation("a", 1));
  assert.deepEqual(
    (await store.search("title B", never)).map(({ id }) => id),
    ["b"],
  );
  assert.equal(events.length, 1);
  assert.ok(events[0]?.kind === "keeping" && events[0].keeping.kind === "memory" && events[0].keeping.code);
  await rm(path);
  await clock.pass(30_000);
  await until(() => Promise.resolve(store.keeping.kind === "disk"));
  await store.flush();
  assert.equal((await opened(path).store.list()).length, 2);
  assert.equal(events.length, 2);
});

test("a thread that is deleted while nothing can be written is not there again later", async (context) => {
  const path = await folder(context);
  const { store, clock } = opened(path);
  for (const id of ["a", "b"]) store.save(conversation(id, 1));
  await store.flush();
  await rename(path, `${path}-away`);
  await writeFile(path, "a file where the folder should be");
  await store.remove("a");
  assert.equal(store.keeping.kind, "memory");
  await rm(path);
  await rename(`${path}-away`, path);
  await clock.pass(30_000);
  await store.flush();
  assert.equal(store.keeping.kind, "disk");
  assert.deepEqual(await titles(opened(path).store), ["Title of b"]);
});

test("while nothing can be written, a piece of an answer costs no try to write the whole thread", async (context) => {
  const path = await folder(context);
  await writeFile(path, "a file where the folder should be");
  for (const folder of [undefined, path]) {
    const { store, clock } = opened(folder);
    let asked = 0;
    const thread = withTurn(conversation("t", 1), question("q", undefined), 9);
    const counted = (text: string): Thread => {
      const turn = answer("a", "q", { text, state: { kind: "running" } });
      return withTurn(
        thread,
        Object.defineProperty({ ...turn }, "at", { get: () => (asked += 1), enumerable: true }),
        9,
      );
    };
    store.save(counted("One"));
    await store.flush();
    asked = 0;
    for (let words = 0; words < 50; words += 1) store.save(counted("One two".repeat(words)));
    await clock.pass(2_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(asked, 0);
    await store.flush();
    assert.ok(asked > 0, "it is tried in the end");
  }
});

test(
  "a disk that is full leaves no lock behind that everybody waits for",
  { skip: process.platform === "win32" },
  async (context) => {
    const path = await folder(context);
    const modules = join(import.meta.dirname, "../../src/model/fileLock.ts");
    const script = `import { acquireFileLock } from ${JSON.stringify(modules)};
    await acquireFileLock(${JSON.stringify(join(path, "write.lock"))}).then(() => process.exit(1), () => {});`;
    const limited = ["-c", 'ulimit -f 0; exec "$0" "$@"', process.execPath, "--input-type=module", "-e", script];
    const { status, stderr } = spawnSync("bash", limited, { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    assert.deepEqual(await readdir(path), []);
  },
);

test("without a folder threads live as long as the window, and not too many of them", async () => {
  const { store, events } = opened(undefined, small);
  assert.deepEqual(store.keeping, { kind: "memory", code: undefined });
  for (const [id, now] of Object.entries({ a: 10, b: 20, c: 30, d: 40 })) {
    store.save(conversation(id, 1, now));
    store.leave(id);
  }
  await store.flush();
  assert.deepEqual(
    (await store.list()).map(({ id }) => id),
    ["d", "c", "b"],
  );
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ["dropped"],
  );
  await store.remove("c");
  assert.deepEqual(
    (await store.list()).map(({ id }) => id),
    ["d", "b"],
  );
});

test(
  "a disk that becomes full in the middle of a line loses nothing that was there",
  { skip: process.platform !== "linux" },
  async (context) => {
    const path = await folder(context);
    const { store } = opened(path);
    store.save(conversation("t", 3));
    await store.flush();
    const script = join(path, "..", "full.mjs");
    await writeFile(
      script,
      `import { ThreadStore } from ${JSON.stringify(join(import.meta.dirname, "../../src/chat/store.ts"))};
     const store = new ThreadStore(${JSON.stringify(path)}, { sleep: () => new Promise(() => {}) });
     const thread = await store.open("t");
     const long = { ...thread, draft: "x".repeat(200_000) };
     store.save(long);
     await store.flush();
     const again = await store.open("t");
     console.log(JSON.stringify([store.keeping, again === long]));`,
    );
    // In blocks of 1,024 bytes: what is longer can't be written.
    const limited = `trap '' XFSZ; ulimit -f 40; exec "$0" --no-warnings "$1"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", limited, process.execPath, script], { encoding: "utf8" });
    assert.equal(stdout.trim(), '[{"kind":"memory","code":"EFBIG"},true]', stderr);
    const { store: later, events } = opened(path);
    assert.deepEqual(await later.open("t"), conversation("t", 3));
    assert.deepEqual(events, []);
  },
);

test("threads are found by words of their title, questions and answers, however these are written", async (context) => {
  const path = await folder(context);
  const { store } = opened(path);
  store.save(conversation("a", 2, 10, (round) => (round === 1 ? "Why does the Warenkorb für CAFE\u0301 fail?" : "x")));
  store.save(conversation("b", 1, 20, () => "购物车的总价为什么不对？"));
  store.leave("b");
  await store.flush();
  const found = async (query: string) => (await store.search(query, never)).map(({ id }) => id);
  assert.deepEqual(await found("warenkorb café"), ["a"]);
  assert.deepEqual(await found("总价"), ["b"]);
  assert.deepEqual(await found("answer a0"), ["b", "a"]);
  assert.deepEqual(await found("warenkorb 总价"), []);
  assert.deepEqual(await found("  "), ["b", "a"]);
  const thread = await store.open("b");
  assert.ok(thread);
  store.save(withTurn(thread, question("n", thread.tip, { text: "quokka" }), 30));
  assert.deepEqual(await found("quokka"), ["b"]);
  await assert.rejects(store.search("x", AbortSignal.abort(new Error("enough"))), /enough/);
});
