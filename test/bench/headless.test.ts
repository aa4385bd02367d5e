import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";

const script = join(import.meta.dirname, "../../bench/headless.ts");
const settles = { timeout: 30_000 };
const folder = mkdtempSync(join(tmpdir(), "pairwise-headless-test-"));
after(() => rmSync(folder, { recursive: true }));

type Reply = Readonly<Record<string, any>>; // oxlint-disable-line typescript/no-explicit-any

/** A program of its own, as a script talks to it. */
async function withProgram(use: (program: Program) => Promise<void>): Promise<void> {
  const program = new Program();
  try {
    await use(program);
  } finally {
    program.child.kill();
  }
}

class Program {
  readonly child = spawn(process.execPath, [script], { stdio: ["pipe", "pipe", "inherit"] });
  readonly #lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  #count = 0;

  write(line: string): void {
    this.child.stdin.write(`${line}\n`);
  }

  async read(): Promise<Reply> {
    const { value } = await this.#lines.next();
    return JSON.parse(String(value)) as Reply;
  }

  /** The reply, which must be the next line, and no error. */
  async send(message: object): Promise<Reply> {
    this.#count += 1;
    this.write(JSON.stringify({ id: this.#count, ...message }));
    const reply = await this.read();
    assert.equal(reply["error"], undefined);
    assert.equal(reply["id"], this.#count);
    return reply;
  }

  async open(text: string): Promise<void> {
    await this.send({ do: "open", path: "a.ts", text: text.replace("║", "") });
    await this.send({ do: "caret", offset: text.indexOf("║") });
  }
}

test("a suggestion is asked for, shown, taken in parts and as a whole", settles, () =>
  withProgram(async (program) => {
    await program.open("const sum = ║\n");
    await program.send({ do: "answer", text: "first + second;\n" });
    const { outcome, requests } = await program.send({ do: "ask" });
    assert.equal(outcome.origin, "model");
    assert.equal(outcome.suggestions[0].insertText, "first + second;");
    assert.equal(requests.length, 1);
    assert.match(requests[0].prompt.parts.map((part: Reply) => part["text"]).join(""), /const sum = /);

    assert.equal((await program.send({ do: "accept", part: "word" }))["inserted"], "first");
    const next = await program.send({ do: "ask" });
    assert.equal(next["outcome"].origin, "typed-through");
    assert.deepEqual(next["requests"], []);
    await program.send({ do: "accept" });
    assert.equal((await program.send({ do: "text" }))["text"], "const sum = first + second;\n");
  }),
);

test("a key that types what is shown leaves the rest, and another one hides it", settles, () =>
  withProgram(async (program) => {
    await program.open("return ║\n");
    await program.send({ do: "answer", text: "total;" });
    await program.send({ do: "ask" });
    const followed = await program.send({ do: "change", changes: [{ offset: 7, length: 0, text: "t" }] });
    assert.equal(followed["followed"], true);
    assert.equal(followed["shown"].insertText, "otal;");
    const other = await program.send({ do: "change", changes: [{ offset: 8, length: 0, text: "x" }] });
    assert.equal(other["followed"], false);
    assert.equal(other["shown"], null);
  }),
);

test("an ask that is cancelled settles, and leaves no stream open", settles, () =>
  withProgram(async (program) => {
    await program.open("return ║\n");
    await program.send({ do: "settings", options: { lingerMs: 0 } });
    await program.send({ do: "answer", text: "never;", afterMs: 60_000 });
    program.write('{"id":"ask","do":"ask"}');
    // The request is on its way once the model's stream is open.
    while ((await program.send({ do: "stats" }))["counters"].openStreams !== 1);
    program.write('{"id":"cancel","do":"cancel","ask":"ask"}');
    const replies = [await program.read(), await program.read()];
    assert.equal(replies.find(({ id }) => id === "cancel")?.["cancelled"], true);
    assert.equal(replies.find(({ id }) => id === "ask")?.["outcome"].kind, "cancelled");
    while ((await program.send({ do: "stats" }))["counters"].openStreams !== 0);
    const { counters } = await program.send({ do: "stats" });
    assert.equal(counters.ended.aborted, 1);
    assert.equal(counters.cancelled, 1);
  }),
);

test("a drop says its reason, and is counted by it", settles, () =>
  withProgram(async (program) => {
    await program.open("na║me = 1;\n");
    assert.deepEqual((await program.send({ do: "ask" }))["outcome"], { kind: "dropped", reason: "middle-of-word" });
    assert.deepEqual((await program.send({ do: "stats" }))["counters"].dropped, { "middle-of-word": 1 });
  }),
);

test("a document is read from the folder, and keeps its line breaks", settles, () =>
  withProgram(async (program) => {
    writeFileSync(join(folder, "crlf.py"), "def f():\r\n    \r\n");
    await program.send({ do: "folder", path: folder });
    assert.equal((await program.send({ do: "open", path: "crlf.py" }))["languageId"], "python");
    await program.send({ do: "caret", offset: 14 });
    await program.send({ do: "answer", text: "first = 1\n    return first\n" });
    await program.send({ do: "ask" });
    await program.send({ do: "accept" });
    assert.equal((await program.send({ do: "text" }))["text"], "def f():\r\n    first = 1\r\n    return first\r\n");
  }),
);

test("what is no message is answered by what is wrong with it, and ends nothing", settles, () =>
  withProgram(async (program) => {
    const errors: readonly (readonly [line: string, id: unknown, error: RegExp])[] = [
      ["{", null, /not JSON/],
      ["[]", null, /message\.id/],
      ['{"id":1}', 1, /message\.do must be one of folder, open/],
      ['{"id":2,"do":"ask","triger":"manual"}', 2, /no field triger/],
      ['{"id":3,"do":"ask","trigger":"now"}', 3, /message\.trigger must be one of automatic, manual/],
      ['{"id":4,"do":"ask"}', 4, /no document is open/],
      ['{"id":5,"do":"open","path":"a.ts"}', 5, /message\.text/],
      ['{"id":6,"do":"close","path":"a.ts"}', 6, /a\.ts is not open/],
      ['{"id":7,"do":"settings","options":{"maxLines":-1}}', 7, /message\.options\.maxLines/],
      ['{"id":8,"do":"settings","model":{"kind":"openai","name":"m"}}', 8, /message\.model\.baseUrl/],
    ];
    for (const [line, id, error] of errors) {
      program.write(line);
      const reply = await program.read();
      assert.equal(reply["id"], id);
      assert.match(String(reply["error"]), error);
    }
    await program.open("ab║");
    program.write('{"id":9,"do":"change","changes":[{"offset":1,"length":2,"text":""}]}');
    assert.match(String((await program.read())["error"]), /behind the end/);
    program.write('{"id":10,"do":"change","changes":[],"version":1}');
    assert.match(String((await program.read())["error"]), /version must be greater than 1/);
    assert.equal((await program.send({ do: "text" }))["text"], "ab");
  }),
);

test("it ends when told to, and when nobody can tell it any more", settles, async () => {
  for (const end of [
    (program: Program) => program.write('{"id":1,"do":"quit"}'),
    (program: Program) => program.child.stdin.end(),
  ]) {
    const program = new Program();
    end(program);
    assert.deepEqual(await once(program.child, "exit"), [0, null]);
  }
});
