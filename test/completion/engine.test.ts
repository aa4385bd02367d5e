import assert from "node:assert/strict";
import { test } from "node:test";
import { CompletionEngine, type CompletionBackend, type CompletionEvent } from "../../src/completion/engine.ts";
import type { CompletionOptions } from "../../src/completion/options.ts";
import type { Outcome, Trigger } from "../../src/completion/suggestion.ts";
import type { SyntaxSource } from "../../src/context/caretSyntax.ts";
import type { CursorSnapshot } from "../../src/context/snapshot.ts";
import { ModelError, type Prompt } from "../../src/model/model.ts";
import { at } from "../support/carets.ts";
import { FakeClock, settled } from "../support/fakeClock.ts";
import { alwaysSays, ScriptedModel } from "../support/scriptedModel.ts";

/** A call that never settles is a failed test, and not one that hangs. */
const settles = { timeout: 10_000 };
const noDelay = { rate: 0, minMs: 0, maxMs: 0 };

/** An engine in front of a model, with everything a test wants to look at. */
function bench(model: ScriptedModel, options: Partial<CompletionOptions> = {}, more: Partial<Bench> = {}) {
  const clock = new FakeClock();
  const events: CompletionEvent[] = [];
  const engine = new CompletionEngine({
    backend: more.backend ?? (() => ({ model, format: more.format ?? "qwen2.5-coder", host: "localhost" })),
    clock,
    options: () => ({ timeLimitMs: 2_000, maxLines: 8, lingerMs: 200, delay: noDelay, alternatives: 1, ...options }),
    ...(more.isCurrent ? { isCurrent: more.isCurrent } : {}),
    ...(more.syntax ? { syntax: more.syntax } : {}),
    onEvent: (event) => events.push(event),
  });
  const ask = (cursor: CursorSnapshot, trigger: Trigger = "automatic", signal = new AbortController().signal) =>
    engine.complete(cursor, trigger, signal);
  return { engine, clock, events, ask };
}

interface Bench {
  readonly backend: () => Promise<CompletionBackend> | CompletionBackend;
  readonly format: CompletionBackend["format"];
  readonly isCurrent: (cursor: CursorSnapshot) => boolean;
  readonly syntax: SyntaxSource;
}

/** What the user would see: the text, and where it came from. */
function shown(outcome: Outcome): string {
  if (outcome.kind === "offered") return `${outcome.origin}: ${outcome.suggestions[0]?.insertText}`;
  if (outcome.kind === "dropped") return `dropped: ${outcome.reason}`;
  return outcome.kind === "failed" ? `failed: ${outcome.failure.kind}` : outcome.kind;
}

test("offers what the model writes", settles, async () => {
  const { ask } = bench(alwaysSays("a + b;"));
  assert.deepEqual(await ask(at("const sum = ║\n")), {
    kind: "offered",
    suggestions: [{ id: "s1", insertText: "a + b;", replaceBefore: 0, replaceAfter: 0 }],
    origin: "model",
    usage: { promptTokens: 10, cachedTokens: undefined, outputTokens: undefined, firstTokenMs: undefined },
  });
});

test("serves typing along from what is shown, without a word to the model", settles, async () => {
  const model = alwaysSays("return total;");
  const { ask, clock } = bench(model);
  const suggestion = "return total;";
  await ask(at("  ║\n}"));
  for (let typed = 1; typed < suggestion.length; typed += 1) {
    const outcome = await ask(at(`  ${suggestion.slice(0, typed)}║\n}`));
    assert.equal(shown(outcome), `typed-through: ${suggestion.slice(typed)}`);
  }
  assert.equal(model.streams.length, 1);
  assert.equal(clock.sleeping, 0);
});

test("goes on with what was asked for by hand where nothing comes by itself, and asks nobody", settles, async () => {
  const model = alwaysSays("return total;");
  const { engine, ask } = bench(model);
  assert.equal(shown(engine.goOn(at("  ║\n}"))), "cancelled");
  await ask(at("  ║\n}"), "manual");
  assert.equal(shown(engine.goOn(at("  ret║\n}"))), "typed-through: urn total;");
  assert.equal(shown(engine.goOn(at("  return ║\n}"))), "typed-through: total;");
  assert.equal(shown(engine.goOn(at("  return x║\n}"))), "cancelled");
  assert.equal(model.streams.length, 1);
});

test("serves typing along where the editor closes a bracket by itself", settles, async () => {
  const model = alwaysSays("log(user.id);");
  const { ask } = bench(model);
  await ask(at("  ║\n"));
  const outcome = await ask(at("  log(║)\n"));
  assert.deepEqual(outcome.kind === "offered" && outcome.suggestions[0], {
    id: "s1",
    insertText: "user.id);",
    replaceBefore: 0,
    replaceAfter: 1,
  });
  assert.equal(shown(await ask(at("  log(user.id)║\n"))), "typed-through: ;");
});

test("serves typing along in a file with Windows line ends", settles, async () => {
  const model = alwaysSays("if (a) {\n    b();\n  }");
  const { ask } = bench(model);
  await ask(at("{\r\n  ║\r\n}"));
  assert.equal(shown(await ask(at("{\r\n  if (a) {\r\n    ║\r\n}"))), "typed-through: b();\n  }");
});

test("serves the rest after a word of the suggestion was accepted", settles, async () => {
  const model = alwaysSays("first + second;");
  const { ask } = bench(model);
  await ask(at("x = ║\n"));
  assert.equal(shown(await ask(at("x = first║\n"))), "typed-through:  + second;");
  assert.equal(model.streams.length, 1);
});

test("serves an earlier place from the cache after something else was shown", settles, async () => {
  const model = new ScriptedModel((stream) => stream.say(stream.prompt.includes("one") ? "1 + 1;" : "2 + 2;").done());
  const { ask } = bench(model);
  await ask(at("one = ║\n"));
  await ask(at("two = ║\n"));
  assert.equal(shown(await ask(at("one = ║\n"))), "cache: 1 + 1;");
  assert.equal(shown(await ask(at("one = 1║\n"))), "typed-through:  + 1;");
  assert.equal(model.streams.length, 2);
});

test("asks again when the text after the caret has changed, though the text before it has not", settles, async () => {
  const model = alwaysSays("call();");
  const { ask } = bench(model);
  await ask(at("  ║\nfirst();\n"));
  assert.equal(shown(await ask(at("  ║\nsecond();\n"))), "model: call();");
  assert.equal(model.streams.length, 2);
});

test("holds what is remembered to the text around the caret as it is now", settles, async () => {
  const model = alwaysSays("one(two)");
  const { ask } = bench(model);
  await ask(at("call(║\n"));
  // The bracket was opened and closed by the editor since; the remembered text must not close it again.
  const outcome = await ask(at("call(one(║)\n"));
  assert.equal(shown(outcome), "typed-through: two");
});

test("does not serve a document's suggestion in another document", settles, async () => {
  const model = alwaysSays("a + b;");
  const { ask } = bench(model);
  await ask(at("x = ║\n"));
  await ask(at("x = ║\n", { uri: "file:///project/b.ts" }));
  assert.equal(model.streams.length, 2);
});

test("joins a request under way that agrees with what was typed since, and shows what remains", settles, async () => {
  const model = new ScriptedModel();
  const { ask } = bench(model);
  const first = ask(at("x = ║\n"));
  await settled();
  model.last.say("user");
  await settled();
  const second = ask(at("x = us║\n"));
  model.last.say(".name;").done();
  assert.equal(shown(await first), "cancelled");
  assert.equal(shown(await second), "joined: er.name;");
  assert.equal(model.streams.length, 1);
  assert.equal(model.last.signal.aborted, false);
});

test("stops a request that has already written something else than was typed, and asks anew", settles, async () => {
  const model = new ScriptedModel();
  const { ask } = bench(model);
  const first = ask(at("x = ║\n"));
  await settled();
  model.last.say("user");
  await settled();
  const second = ask(at("x = q║\n"));
  await settled();
  assert.equal(model.streams[0]?.signal.aborted, true);
  model.last.say("uery;").done();
  assert.deepEqual([shown(await first), shown(await second)], ["cancelled", "model: uery;"]);
});

test(
  "leaves a joined request as soon as it writes something else, and asks anew without another pause",
  settles,
  async () => {
    const model = new ScriptedModel();
    const { ask } = bench(model);
    void ask(at("x = ║\n"));
    await settled();
    const second = ask(at("x = q║\n"));
    await settled();
    assert.equal(model.streams.length, 1);
    model.last.say("user");
    await settled();
    assert.equal(model.streams.length, 2);
    assert.equal(model.streams[0]?.signal.aborted, true);
    model.last.say("uery;").done();
    assert.equal(shown(await second), "model: uery;");
  },
);

test(
  "after joining in vain, every other keystroke waits for the request before it, and not each makes one",
  settles,
  async () => {
    const model = new ScriptedModel();
    const { ask, clock } = bench(model);
    void ask(at("x = ║\n"));
    await clock.pass(100);
    void ask(at("x = q║\n"));
    await settled();
    model.last.say("user");
    await clock.pass(100);
    assert.equal(model.streams.length, 2);
    void ask(at("x = qu║\n"));
    await clock.pass(100);
    assert.equal(model.streams.length, 2);
    const last = ask(at("x = que║\n"));
    await settled();
    assert.equal(model.streams.length, 3);
    model.last.say("ry;").done();
    assert.equal(shown(await last), "model: ry;");
  },
);

test(
  "after joining in vain, a request that has written nothing is waited for as long as the next key would take",
  settles,
  async () => {
    const model = new ScriptedModel();
    const { ask, clock } = bench(model);
    void ask(at("x = ║\n"));
    await clock.pass(100);
    void ask(at("x = q║\n"));
    await settled();
    model.last.say("user");
    await clock.pass(100);
    const last = ask(at("x = qu║\n"));
    await clock.pass(124);
    assert.equal(model.streams.length, 2);
    await clock.pass(1);
    assert.equal(model.streams.length, 3);
    model.last.say("ery;").done();
    assert.equal(shown(await last), "model: ery;");
  },
);

test("after a pause a request that has written nothing is trusted again", settles, async () => {
  const model = new ScriptedModel();
  const { ask, clock } = bench(model, { timeLimitMs: 10_000, lingerMs: 10_000 });
  void ask(at("x = ║\n"));
  await clock.pass(100);
  void ask(at("x = q║\n"));
  await settled();
  model.last.say("user");
  await clock.pass(2_000);
  void ask(at("x = qu║\n"));
  await clock.pass(500);
  const last = ask(at("x = que║\n"));
  await clock.pass(500);
  assert.equal(model.streams.length, 2);
  model.last.say("uery;").done();
  assert.equal(shown(await last), "joined: ry;");
});

test("asks anew when all that a joined request wrote has been typed meanwhile", settles, async () => {
  const model = new ScriptedModel();
  const { ask } = bench(model);
  void ask(at("x = ║\n"));
  await settled();
  const second = ask(at("x = ab║\n"));
  model.last.say("ab").done();
  await settled();
  assert.equal(model.streams.length, 2);
  model.last.say(" + cd;").done();
  assert.equal(shown(await second), "model:  + cd;");
});

test(
  "keeps a request alive for a moment after its call was cancelled, for the next keystroke to join",
  settles,
  async () => {
    const model = new ScriptedModel();
    const { ask, clock } = bench(model);
    const controller = new AbortController();
    const first = ask(at("x = ║\n"), "automatic", controller.signal);
    await settled();
    controller.abort();
    assert.equal(shown(await first), "cancelled");
    await clock.pass(100);
    assert.equal(model.last.signal.aborted, false);
    const second = ask(at("x = u║\n"));
    await clock.pass(500);
    model.last.say("user;").done();
    assert.equal(shown(await second), "joined: ser;");
  },
);

test("stops the model soon after a call was cancelled and nobody came back", settles, async () => {
  const model = new ScriptedModel();
  const { ask, clock } = bench(model);
  const controller = new AbortController();
  const first = ask(at("x = ║\n"), "automatic", controller.signal);
  await settled();
  controller.abort();
  await first;
  await clock.pass(200);
  assert.equal(model.last.signal.aborted, true);
});

test("settles a call as cancelled at once when it is aborted in mid-stream", settles, async () => {
  const model = new ScriptedModel();
  const { ask } = bench(model);
  const controller = new AbortController();
  const outcome = ask(at("x = ║\n"), "automatic", controller.signal);
  await settled();
  model.last.say("us");
  await settled();
  controller.abort();
  assert.equal(shown(await outcome), "cancelled");
});

test("does not ask the model for a call that was cancelled before it began", settles, async () => {
  const model = alwaysSays("a + b;");
  const { ask } = bench(model);
  assert.equal(shown(await ask(at("x = ║\n"), "automatic", AbortSignal.abort())), "cancelled");
  assert.equal(model.streams.length, 0);
});

test(
  "settles a call that is still waiting for a pause in typing as cancelled when a newer one comes",
  settles,
  async () => {
    const model = alwaysSays("a + b;");
    const { ask, clock } = bench(model, { delay: { rate: 0, minMs: 100, maxMs: 100 } });
    const first = ask(at("x = ║\n"));
    await clock.pass(50);
    const second = ask(at("x = 1║\n"));
    assert.equal(shown(await first), "cancelled");
    await clock.pass(50);
    assert.equal(model.streams.length, 0);
    await clock.pass(50);
    assert.equal(shown(await second), "model: a + b;");
    assert.equal(model.streams.length, 1);
  },
);

test("does not let a request by key wait for a pause in typing", settles, async () => {
  const { ask, clock } = bench(alwaysSays("a + b;"), { delay: { rate: 0, minMs: 100, maxMs: 100 } });
  assert.equal(shown(await ask(at("x = ║\n"), "manual")), "model: a + b;");
  assert.equal(clock.now(), 0);
});

test("has at most one request under way", settles, async () => {
  const model = new ScriptedModel();
  const { ask } = bench(model);
  const calls = ["a", "b", "c"].map((name) => ask(at(`${name} = ║\n`)));
  await settled();
  const running = model.streams.filter(({ signal }) => !signal.aborted);
  assert.equal(running.length, 1);
  running[0]?.say("1 + 1;").done();
  assert.deepEqual((await Promise.all(calls)).map(shown), ["cancelled", "cancelled", "model: 1 + 1;"]);
});

test("settles within the time limit when the model never answers", settles, async () => {
  const model = new ScriptedModel();
  const { ask, clock } = bench(model);
  const outcome = ask(at("x = ║\n"));
  await clock.pass(2_000);
  assert.deepEqual(await outcome, {
    kind: "failed",
    failure: { kind: "timed-out", host: "localhost", limitMs: 2_000 },
  });
  assert.equal(model.last.signal.aborted, true);
});

test("settles within the time limit when the model does not even hear that it is stopped", settles, async () => {
  const model = new ScriptedModel(undefined, { deaf: true });
  const { ask, clock } = bench(model);
  const outcome = ask(at("x = ║\n"));
  await clock.pass(2_000);
  assert.equal(shown(await outcome), "failed: timed-out");
});

test("offers the lines that had arrived when the time was up, and not the half one", settles, async () => {
  const model = new ScriptedModel();
  const { ask, clock } = bench(model);
  const outcome = ask(at("{\n  ║\n}"));
  await settled();
  model.last.say("first();\n", "  second();\n  thi");
  await clock.pass(2_000);
  assert.equal(shown(await outcome), "model: first();\n  second();");
});

test("counts the wait for a pause into the time limit", settles, async () => {
  const model = new ScriptedModel();
  const { ask, clock } = bench(model, { delay: { rate: 0, minMs: 400, maxMs: 400 } });
  const outcome = ask(at("x = ║\n"));
  await clock.pass(2_000);
  assert.equal(shown(await outcome), "failed: timed-out");
});

test("says that the model is not ready when it does not become so in time", settles, async () => {
  const { ask, clock } = bench(new ScriptedModel(), {}, { backend: () => new Promise(() => {}) });
  const outcome = ask(at("x = ║\n"));
  await clock.pass(2_000);
  assert.equal(shown(await outcome), "dropped: model-not-ready");
});

test("a model that is still being loaded when the time is up is not ready, and has not failed", settles, async () => {
  const model = new ScriptedModel();
  let ready = false;
  const backend = () => ({ model, format: "qwen2.5-coder", host: "localhost", ready: () => ready }) as const;
  const { ask, clock } = bench(model, {}, { backend });
  const loading = ask(at("x = ║\n"));
  await clock.pass(2_000);
  assert.equal(shown(await loading), "dropped: model-not-ready");
  const loaded = ask(at("x = ║\n"));
  await clock.pass(1_000);
  ready = true;
  await clock.pass(1_000);
  assert.equal(shown(await loaded), "failed: timed-out");
});

test("offers what a model has written in time, whatever it says of being ready", settles, async () => {
  const model = new ScriptedModel();
  const backend = () => ({ model, format: "qwen2.5-coder", ready: () => false }) as const;
  const { ask, clock } = bench(model, {}, { backend });
  const outcome = ask(at("{\n  ║\n}"));
  await settled();
  model.last.say("first();\n", "  sec");
  await clock.pass(2_000);
  assert.equal(shown(await outcome), "model: first();");
});

test("says why when there is no model to ask, and when the model fails", settles, async (t) => {
  const missing = new ModelError({ kind: "model-file-missing", path: "model.gguf" });
  await t.test("the back-end rejects", async () => {
    const { ask } = bench(new ScriptedModel(), {}, { backend: () => Promise.reject(missing) });
    assert.deepEqual(await ask(at("x = ║\n")), { kind: "failed", failure: missing.failure });
  });
  await t.test("the back-end throws", async () => {
    const { ask } = bench(
      new ScriptedModel(),
      {},
      {
        backend: () => {
          throw missing;
        },
      },
    );
    assert.deepEqual(await ask(at("x = ║\n")), { kind: "failed", failure: missing.failure });
  });
  await t.test("the stream throws", async () => {
    const model = new ScriptedModel((stream) =>
      stream.say("us").fail(new ModelError({ kind: "engine-stopped", detail: "" })),
    );
    const { ask } = bench(model);
    assert.equal(shown(await ask(at("x = ║\n"))), "failed: engine-stopped");
  });
  await t.test("and the next call works again", async () => {
    const model = new ScriptedModel((stream) =>
      model.streams.length === 1
        ? stream.fail(new ModelError({ kind: "engine-stopped", detail: "" }))
        : stream.say("a + b;").done(),
    );
    const { ask } = bench(model);
    await ask(at("x = ║\n"));
    assert.equal(shown(await ask(at("x = ║\n"))), "model: a + b;");
  });
});

test("tells a fault of the program from a failure of the model, and logs its name alone", settles, async (t) => {
  const bug = new TypeError("secretName is not a function");
  await t.test("in the model", async () => {
    const model = new ScriptedModel((stream) => stream.fail(bug));
    const { ask, events } = bench(model);
    assert.deepEqual(await ask(at("x = ║\n")), { kind: "broken", error: bug });
    const settled = events.find(({ kind }) => kind === "settled");
    assert.deepEqual(settled, {
      kind: "settled",
      trigger: "automatic",
      outcome: { kind: "broken", error: "TypeError" },
      afterMs: 0,
    });
  });
  await t.test("outside of it, and the next call is answered", async () => {
    let broken = true;
    const isCurrent = () => {
      if (broken) throw bug;
      return true;
    };
    const { ask } = bench(alwaysSays("a + b;"), {}, { isCurrent });
    assert.deepEqual(await ask(at("x = ║\n")), { kind: "broken", error: bug });
    broken = false;
    assert.equal(shown(await ask(at("x = ║\n"))), "cache: a + b;");
  });
});

test("asks once more about less when the prompt is too long, and remembers it", settles, async () => {
  const limit = 2_048;
  // Text of which each character is a token.
  const model = new ScriptedModel((stream) => {
    const tokens = stream.prompt.length;
    if (tokens + stream.request.maxTokens <= limit) stream.say("a + b;").done();
    else stream.fail(new ModelError({ kind: "prompt-too-long", tokens, limit }));
  });
  const { ask, events } = bench(model, {}, { backend: () => ({ model, format: "granite", contextTokens: limit }) });
  const file = "1234567\n".repeat(1_000);
  assert.equal(shown(await ask(at(`${file}x = ║\n${file}`))), "model: a + b;");
  assert.equal(model.streams.length, 2);
  assert.deepEqual(
    events.flatMap((event) => (event.kind === "requested" ? [event.again] : [])),
    [false, true],
  );
  assert.equal(shown(await ask(at(`${file}y = ║\n${file}`))), "model: a + b;");
  assert.equal(model.streams.length, 3);
});

test("says that the prompt is too long when less of the file is so, too", settles, async () => {
  const failure = { kind: "prompt-too-long", tokens: 5_000, limit: 2_048 } as const;
  const model = new ScriptedModel((stream) => stream.fail(new ModelError(failure)));
  const { ask } = bench(model);
  assert.deepEqual(await ask(at(`${"1234567\n".repeat(1_000)}x = ║\n`)), { kind: "failed", failure });
  assert.equal(model.streams.length, 2);
});

test("stops the model at the first complete line inside a line", settles, async () => {
  const model = new ScriptedModel((stream) => stream.say("a + b;", "\nmore", " and", " more"));
  const { ask } = bench(model);
  assert.equal(shown(await ask(at("x = ║\n"))), "model: a + b;");
  await settled();
  assert.equal(model.last.left, true);
});

test("drops a suggestion when the document has changed in the meantime", settles, async () => {
  let version = 1;
  const model = new ScriptedModel();
  const { ask } = bench(model, {}, { isCurrent: (cursor) => cursor.version === version });
  const outcome = ask(at("x = ║\n"));
  await settled();
  version = 2;
  model.last.say("a + b;").done();
  assert.equal(shown(await outcome), "dropped: stale");
});

test("drops a remembered suggestion too when the document has changed", settles, async () => {
  let current = true;
  const model = alwaysSays("a + b;");
  const { ask } = bench(model, {}, { isCurrent: () => current });
  await ask(at("x = ║\n"));
  current = false;
  assert.equal(shown(await ask(at("x = ║\n"))), "dropped: stale");
  assert.equal(model.streams.length, 1);
});

test("does not bring back a dismissed suggestion, nor ask for it", settles, async () => {
  const model = alwaysSays("a + b;");
  const { ask, engine } = bench(model);
  const outcome = await ask(at("x = ║\n"));
  assert.equal(outcome.kind, "offered");
  engine.dismiss("s1");
  assert.equal(shown(await ask(at("x = ║\n"))), "dropped: dismissed");
  assert.equal(shown(await ask(at("x = a║\n"))), "dropped: dismissed");
  assert.equal(model.streams.length, 1);
});

test("brings a dismissed suggestion when it is asked for by key, and elsewhere", settles, async () => {
  const { ask, engine } = bench(alwaysSays("a + b;"));
  await ask(at("x = ║\n"));
  engine.dismiss("s1");
  assert.equal(shown(await ask(at("x = ║\n"), "manual")), "cache: a + b;");
  assert.equal(shown(await ask(at("y = ║\n"))), "model: a + b;");
});

test("extends the item selected in the suggest widget", settles, async () => {
  const model = alwaysSays(".log(value);");
  const { ask } = bench(model);
  const outcome = await ask(at("  cons║\n", { selectedCompletion: { text: "console", replaces: 4 } }));
  assert.deepEqual(outcome.kind === "offered" && outcome.suggestions, [
    { id: "s1", insertText: "console.log(value);", replaceBefore: 4, replaceAfter: 0 },
  ]);
  assert.match(model.last.prompt, /  console<\|fim_suffix\|>/);
});

test(
  "keeps what is shown when the suggest widget selects an item that agrees with it, and not when it does not",
  settles,
  async () => {
    const model = new ScriptedModel((stream) =>
      stream.say(model.streams.length === 1 ? "sole.log(1);" : "tinue;").done(),
    );
    const { ask } = bench(model);
    await ask(at("  con║\n"));
    const agreeing = await ask(at("  con║\n", { selectedCompletion: { text: "console", replaces: 3 } }));
    assert.equal(shown(agreeing), "typed-through: console.log(1);");
    const other = await ask(at("  con║\n", { selectedCompletion: { text: "const", replaces: 3 } }));
    assert.equal(shown(other), "model: consttinue;");
  },
);

test(
  "asks the small model once more by plain continuation when it writes nothing on an empty line",
  settles,
  async () => {
    const model = new ScriptedModel((stream) =>
      (model.streams.length === 1 ? stream : stream.say("    return a + b\n\n")).done(),
    );
    const { ask, events } = bench(model, {}, { format: "smollm2-fim" });
    const outcome = await ask(at("def add(a, b):\n    ║\n", { languageId: "python", path: "a.py" }));
    assert.equal(shown(outcome), "model: return a + b");
    assert.match(
      model.streams[0]?.prompt ?? "",
      /^<file_sep>a\.py\n<issue_start>\n<issue_comment>def add\(a, b\):\n    $/,
    );
    assert.match(model.last.prompt, /def add\(a, b\):\n$/);
    assert.deepEqual(
      events.filter(({ kind }) => kind === "requested").map((event) => "again" in event && event.again),
      [false, true],
    );
  },
);

test("settles both of these questions within one time limit", settles, async () => {
  const model = new ScriptedModel((stream) => {
    if (model.streams.length === 1) stream.done();
  });
  const { ask, clock } = bench(model, {}, { format: "smollm2-fim" });
  const outcome = ask(at("def add(a, b):\n    ║\n"));
  await clock.pass(2_000);
  assert.equal(model.streams.length, 2);
  assert.equal(shown(await outcome), "failed: timed-out");
});

test("asks no other model, and at no other place, a second time", settles, async () => {
  const silent = new ScriptedModel((stream) => stream.done());
  assert.equal(shown(await bench(silent).ask(at("def add(a, b):\n    ║\n"))), "dropped: empty");
  assert.equal(silent.streams.length, 1);
  assert.equal(shown(await bench(silent, {}, { format: "smollm2-fim" }).ask(at("x = ║\n"))), "dropped: empty");
  assert.equal(silent.streams.length, 2);
});

test("tells the log what happened in figures and kinds, and not a word of code", settles, async () => {
  const { ask, events } = bench(alwaysSays("secretName;"));
  await ask(at("const secretPrefix = ║\n"));
  await settled();
  assert.deepEqual(events.map(({ kind }) => kind).toSorted(), ["finished", "first-text", "requested", "settled"]);
  assert.doesNotMatch(JSON.stringify(events), /secret/);
});

test("forgets everything when another model takes over", settles, async () => {
  const model = alwaysSays("a + b;");
  const { ask, engine } = bench(model);
  await ask(at("x = ║\n"));
  engine.clear();
  assert.equal(shown(await ask(at("x = ║\n"))), "model: a + b;");
});

test(
  "a burst of keystrokes that the model agrees with makes one request and is answered while typing goes on",
  settles,
  async () => {
    const text = "const user = 1;";
    const model = new ScriptedModel();
    const { ask, clock } = bench(model);
    const outcomes: Promise<Outcome>[] = [];
    for (let typed = 0; typed < 12; typed += 1) {
      outcomes.push(ask(at(`${text.slice(0, typed)}║\nlet z;`)));
      await settled();
      if (typed === 2) model.last.say(text).done();
      await clock.pass(120);
    }
    const seen = (await Promise.all(outcomes)).map(shown);
    assert.equal(model.streams.length, 1);
    assert.deepEqual(seen.slice(0, 4), [
      "cancelled",
      "cancelled",
      "joined: nst user = 1;",
      "typed-through: st user = 1;",
    ]);
  },
);

test(
  "a burst of keystrokes that the model disagrees with is answered one answer's time after the last of them",
  settles,
  async () => {
    const typed = "const users = 1;".slice(0, 12);
    const clock = new FakeClock();
    const model = new ScriptedModel((stream) => {
      void clock.sleep(300, stream.signal).then(() => stream.say("anything else;").done());
    });
    const engine = new CompletionEngine({
      backend: () => ({ model, format: "qwen2.5-coder" }),
      clock,
      options: () => ({}),
    });
    let last = engine.complete(at("║\nlet z;"), "automatic", new AbortController().signal);
    for (let count = 1; count <= typed.length; count += 1) {
      await clock.pass(120);
      last = engine.complete(at(`${typed.slice(0, count)}║\nlet z;`), "automatic", new AbortController().signal);
    }
    const lastKeyAt = clock.now();
    const answeredAt = last.then(() => clock.now());
    await clock.pass(1_000);
    assert.equal(shown(await last), "model: anything else;");
    assert.equal((await answeredAt) - lastKeyAt, 300);
  },
);

test(
  "asked by hand, the first suggestion comes at once, and the same call gives the others when they are there",
  settles,
  async () => {
    const model = new ScriptedModel();
    const { ask, events } = bench(model, { alternatives: 3 });
    const first = ask(at("x = ║\n"), "manual");
    await settled();
    assert.deepEqual(
      model.streams.map(({ request }) => request.temperature > 0),
      [false, true, true],
    );
    model.streams[0]?.say("one;").done();
    assert.equal(shown(await first), "model: one;");
    model.streams[1]?.say("two;").done();
    model.streams[2]?.say("three;").done();
    await settled();
    assert.deepEqual(events.at(-1), { kind: "alternatives", count: 3 });
    const again = await ask(at("x = ║\n"), "manual");
    assert.deepEqual(again.kind === "offered" && again.suggestions.map(({ insertText }) => insertText), [
      "one;",
      "two;",
      "three;",
    ]);
    assert.equal(model.streams.length, 3);
  },
);

test(
  "an alternative that says the same is none, and one that was typed along with is served like the first",
  settles,
  async () => {
    const model = new ScriptedModel();
    const { ask } = bench(model, { alternatives: 3 });
    void ask(at("x = ║\n"), "manual");
    await settled();
    for (const [index, text] of ["one;", "one;", "other;"].entries()) model.streams[index]?.say(text).done();
    await settled();
    const all = await ask(at("x = ║\n"), "manual");
    assert.deepEqual(all.kind === "offered" && all.suggestions.map(({ insertText }) => insertText), ["one;", "other;"]);
    assert.equal(shown(await ask(at("x = ot║\n"))), "typed-through: her;");
  },
);

test("alternatives end when somebody types something else", settles, async () => {
  const model = new ScriptedModel();
  const { ask } = bench(model, { alternatives: 2 });
  void ask(at("x = ║\n"), "manual");
  await settled();
  void ask(at("y║\n"));
  await settled();
  assert.ok(model.streams[1]?.signal.aborted);
});

test(
  "after an accepted suggestion the next one is under way before the editor asks, where the model is local",
  settles,
  async () => {
    for (const [speculate, local, asked] of [
      ["local", true, 1],
      ["local", false, 0],
      ["always", false, 1],
      ["never", true, 0],
    ] as const) {
      const model = new ScriptedModel();
      const { engine, ask } = bench(model, { speculate }, { backend: () => ({ model, format: "granite", local }) });
      engine.accepted(at("x = 1;\n║\n"));
      await settled();
      assert.equal(model.streams.length, asked, speculate);
      const call = ask(at("x = 1;\n║\n"));
      await settled();
      assert.equal(model.streams.length, 1);
      model.last.say("y = 2;").done();
      assert.equal(shown(await call), asked === 1 ? "joined: y = 2;" : "model: y = 2;");
    }
  },
);

test("a request made ahead ends when the editor does not ask", settles, async () => {
  const model = new ScriptedModel();
  const { engine, clock } = bench(model, {}, { backend: () => ({ model, format: "granite", local: true }) });
  engine.accepted(at("x = 1;\n║\n"));
  await clock.pass(1_000);
  assert.ok(model.last.signal.aborted);
  assert.equal(clock.sleeping, 0);
});

test(
  "a caret at rest warms the model with what a request there would show it, and a request ends that",
  settles,
  async () => {
    const model = new ScriptedModel();
    const warmed: { readonly prompt: string; readonly signal: AbortSignal }[] = [];
    const warm = async (prompt: Prompt, signal: AbortSignal): Promise<void> => {
      warmed.push({ prompt: JSON.stringify(prompt), signal });
      await new Promise(() => {});
    };
    const { engine, ask } = bench(model, {}, { backend: () => ({ model, format: "granite", warm }) });
    engine.rest(at("f();\n║\n"));
    await settled();
    void ask(at("f();\n║\n"));
    await settled();
    assert.deepEqual(
      warmed.map(({ prompt }) => prompt),
      [JSON.stringify(model.last.request.prompt)],
    );
    assert.ok(warmed[0]?.signal.aborted);
  },
);

test("in quiet mode a suggestion comes after a pause of a second", settles, async () => {
  const model = alwaysSays("a + b;");
  const { ask, clock } = bench(model, { quiet: true });
  const call = ask(at("x = ║\n"));
  await clock.pass(999);
  assert.equal(model.streams.length, 0);
  await clock.pass(1);
  assert.equal(shown(await call), "model: a + b;");
});

test("in a comment or a string nothing is asked where the user does not want it, except by hand", settles, async () => {
  for (const [scope, reason] of [
    ["comment", "in-comment"],
    ["string", "in-string"],
  ] as const) {
    const model = alwaysSays("a + b;");
    let loaded = false;
    const syntax = {
      at: () => (loaded ? ({ scope, shape: "line", completeAt: () => undefined } as const) : undefined),
      ready: async () => (loaded = true),
    };
    const { ask } = bench(model, { scopes: { comments: false, strings: false } }, { syntax });
    assert.equal(shown(await ask(at("x ║\n"))), `dropped: ${reason}`);
    assert.equal(model.streams.length, 0);
    assert.equal(shown(await ask(at("x ║\n"), "manual")), "model: a + b;");
  }
});

test(
  "after a dismissed suggestion the next ones come later, and after an accepted one sooner again",
  settles,
  async () => {
    const model = alwaysSays("a + b;");
    const { ask, engine, clock } = bench(model, { delay: { rate: 0, minMs: 0, maxMs: 300 } });
    void ask(at("x = ║\n"));
    await clock.pass(300);
    engine.dismiss("s1");
    void ask(at("yy = ║\n"));
    await clock.pass(74);
    assert.equal(model.streams.length, 1);
    await clock.pass(1_000);
    assert.equal(model.streams.length, 2);
    for (let accepted = 0; accepted < 3; accepted += 1) engine.accepted(undefined);
    await clock.pass(5_000);
    void ask(at("zz = ║\n"));
    await settled();
    assert.equal(model.streams.length, 3);
  },
);

/** How often it was told that there is more to choose from. */
function told(events: readonly CompletionEvent[]): number {
  return events.filter(({ kind }) => kind === "alternatives").length;
}

test("nothing is told of alternatives that nobody can choose from", settles, async () => {
  for (const [first, others, then] of [
    // The same again.
    ["one;", "one;", undefined],
    // The first one was dropped, and with it the others.
    ["", "two;", undefined],
    // Somebody has typed on.
    ["one;", "two;", at("y║\n")],
  ] as const) {
    const model = new ScriptedModel();
    const { ask, events } = bench(model, { alternatives: 3 });
    void ask(at("x = ║\n"), "manual");
    await settled();
    model.streams[0]?.say(first).done();
    await settled();
    if (then) void ask(then);
    for (const stream of model.streams.slice(1, 3)) stream.say(others).done();
    await settled();
    assert.equal(told(events), 0, JSON.stringify([first, others]));
  }
});

test("asked by hand twice in a row, there is still something to choose from", settles, async () => {
  const model = new ScriptedModel();
  const { ask, events } = bench(model, { alternatives: 2 });
  void ask(at("x = ║\n"), "manual");
  await settled();
  const second = ask(at("x = ║\n"), "manual");
  await settled();
  model.streams[0]?.say("one;").done();
  assert.equal(shown(await second), "joined: one;");
  model.streams[1]?.say("two;").done();
  await settled();
  assert.equal(told(events), 1);
});

test("alternatives end soon after the call by hand was cancelled, where no other comes", settles, async () => {
  const model = new ScriptedModel();
  const { ask, clock } = bench(model, { alternatives: 3 });
  const cancel = new AbortController();
  void ask(at("x = ║\n"), "manual", cancel.signal);
  await settled();
  cancel.abort();
  await clock.pass(200);
  assert.deepEqual(
    model.streams.map(({ signal }) => signal.aborted),
    [true, true, true],
  );
  assert.equal(clock.sleeping, 0);
});

test("the lines that had arrived in time are cleaned for the place that they were written for", settles, async () => {
  const model = new ScriptedModel();
  const { ask, clock } = bench(model);
  void ask(at("  ║\n}"));
  await clock.pass(100);
  const joined = ask(at("  return║\n}"));
  await settled();
  model.last.say("return (\n    a +\n");
  await clock.pass(2_000);
  assert.match(shown(await joined), /^joined:  \(/);
});

test(
  "in quiet mode neither what was asked ahead nor a request under way is shown before the pause",
  settles,
  async () => {
    const model = new ScriptedModel();
    const { engine, ask, clock } = bench(
      model,
      { quiet: true, lingerMs: 5_000 },
      { backend: () => ({ model, format: "granite", local: true }) },
    );
    engine.accepted(at("x = 1;\n║\n"));
    await settled();
    model.last.say("y = 2;").done();
    const call = ask(at("x = 1;\n║\n"));
    let settledAt = -1;
    void call.then(() => (settledAt = clock.now()));
    await clock.pass(999);
    assert.equal(settledAt, -1);
    await clock.pass(1);
    assert.equal(shown(await call), "cache: y = 2;");
  },
);

test("a joined request that ends in what was dismissed is not asked again", settles, async () => {
  const model = new ScriptedModel();
  const { ask, engine } = bench(model);
  void ask(at("x = ║\n"));
  await settled();
  model.last.say("ab;").done();
  await settled();
  engine.dismiss("s1");
  engine.clear();
  void ask(at("x = ║\n"));
  await settled();
  const joined = ask(at("x = a║\n"));
  await settled();
  model.last.say("ab;").done();
  assert.equal(shown(await joined), "dropped: dismissed");
  assert.equal(model.streams.length, 2);
});

test("nothing is asked ahead where the editor has asked already", settles, async () => {
  const model = new ScriptedModel();
  const { engine, ask } = bench(model, {}, { backend: () => ({ model, format: "granite", local: true }) });
  const call = ask(at("x = 1;\n║\n"));
  await settled();
  engine.accepted(at("x = 1;\n║\n"));
  await settled();
  assert.equal(model.streams.length, 1);
  model.last.say("y = 2;").done();
  assert.equal(shown(await call), "model: y = 2;");
});

test("a blank that the line has already does not make a request that was joined wrong", settles, async () => {
  const model = new ScriptedModel();
  const { ask } = bench(model);
  void ask(at("  ║\n}"));
  await settled();
  const joined = ask(at("  r║\n}"));
  await settled();
  model.last.say(" return a;").done();
  assert.equal(shown(await joined), "joined: eturn a;");
  assert.equal(model.streams.length, 1);
});

test("a model that does not hear the abort writes nothing into what is remembered", settles, async () => {
  const model = new ScriptedModel(undefined, { deaf: true });
  const { engine, ask } = bench(model);
  void ask(at("x = ║\n"));
  await settled();
  engine.clear();
  model.last.say("old;").done();
  await settled();
  void ask(at("x = ║\n"));
  await settled();
  assert.equal(model.streams.length, 2);
});

test("a grammar that is never read does not hold a call for longer than its time", settles, async () => {
  const model = new ScriptedModel();
  const syntax = { at: () => undefined, ready: () => new Promise<boolean>(() => {}) };
  const { ask, clock } = bench(model, { scopes: { comments: false, strings: true }, timeLimitMs: 500 }, { syntax });
  const call = ask(at("x = ║\n"));
  await clock.pass(500);
  await clock.pass(500);
  assert.equal((await call).kind, "failed");
  assert.equal(clock.sleeping, 0);
});

test("the grammar looks at the caret while the model has not answered yet, and once only", settles, async () => {
  const model = new ScriptedModel();
  let looks = 0;
  const syntax: SyntaxSource = {
    at: () => {
      looks += 1;
      return { scope: "code", shape: "line", completeAt: () => undefined };
    },
    ready: async () => true,
  };
  const { ask, clock } = bench(model, {}, { syntax });
  const call = ask(at("const sum = ║\n"));
  await settled();
  assert.deepEqual([model.streams.length, looks], [1, 0]);
  await clock.pass(20);
  assert.equal(looks, 1);
  model.last.say("a + b;").done();
  assert.equal(shown(await call), "model: a + b;");
  assert.equal(looks, 1);
  assert.equal(clock.sleeping, 0);
});

test("a grammar that was still being loaded is asked again when the model answers", settles, async () => {
  const model = new ScriptedModel();
  let isLoaded = false;
  const block = { scope: "code", shape: "block", completeAt: () => undefined } as const;
  const syntax: SyntaxSource = { at: () => (isLoaded ? block : undefined), ready: async () => isLoaded };
  const { ask, clock } = bench(model, {}, { syntax });
  const call = ask(at("const sum = ║\n"));
  await clock.pass(20);
  isLoaded = true;
  model.last.say("a +\n  b;").done();
  assert.equal(shown(await call), "model: a +\n  b;");
});

test("in a comment nothing is joined or remembered either, where the user does not want it", settles, async () => {
  const model = new ScriptedModel();
  const syntax: SyntaxSource = {
    at: ({ prefix }) => ({
      scope: prefix.includes("//") ? "comment" : "code",
      shape: "line",
      completeAt: () => undefined,
    }),
    ready: async () => true,
  };
  const { ask } = bench(model, { scopes: { comments: false, strings: true } }, { syntax });
  void ask(at("x; ║\n"));
  await settled();
  const joined = ask(at("x; //║\n"));
  await settled();
  model.last.say("// And so on.").done();
  assert.equal(shown(await joined), "dropped: in-comment");
});

test("a warm-up that was ended early leaves a request the window that it would have had", settles, async () => {
  const model = new ScriptedModel();
  const warm = () => new Promise<void>(() => {});
  const text = "const total = items.length;\n".repeat(300);
  const place = at(`${text}║\n`);
  const charsAsked = async (rest: boolean): Promise<number> => {
    const { engine, ask, events, clock } = bench(model, {}, { backend: () => ({ model, format: "granite", warm }) });
    // What the model reads: 280 tokens a second.
    for (const [more, cachedTokens, firstTokenMs] of [
      ["a", 999, 40],
      ["b", 0, 3_600],
    ] as const) {
      void ask(at(`${more}${text}║\n`));
      await settled();
      Object.assign(model.last.usage, { promptTokens: 1_000, cachedTokens, firstTokenMs });
      model.last.say("x;").done();
      await settled();
    }
    if (rest) engine.rest(place);
    await clock.pass(100);
    void ask(place);
    await settled();
    const asked = events.findLast((event) => event.kind === "requested");
    return asked?.kind === "requested" ? asked.promptChars : 0;
  };
  assert.equal(await charsAsked(true), await charsAsked(false));
});
