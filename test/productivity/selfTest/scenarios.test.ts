import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CompletionEngine } from "../../../src/completion/engine.ts";
import { nextLine, nextWord } from "../../../src/completion/nextPart.ts";
import { canRun, formatted, type Sample, waitingMs } from "../../../src/productivity/selfTest/sample.ts";
import { samples } from "../../../src/productivity/selfTest/scenarios.ts";
import { at } from "../../support/carets.ts";
import { FakeClock } from "../../support/fakeClock.ts";
import { ScriptedModel } from "../../support/scriptedModel.ts";

const every = samples(100);
const named = (name: string) => every.filter((sample) => sample.scenario === name);
const suggested = ({ steps }: Sample) => steps.find((step) => step.do === "suggest")?.choices[0] ?? "";

test("each scenario has at least twenty different samples, but for the two that take seconds each", () => {
  const names = [...new Set(every.map((sample) => sample.scenario))];
  assert.ok(names.length >= 29);
  for (const name of names) {
    const texts = new Set(named(name).map((sample) => sample.document + suggested(sample)));
    assert.equal(texts.size, named(name).length, `${name} has the same text twice`);
    assert.ok(texts.size >= (["accept-late", "reload"].includes(name) ? 2 : 20), `${name}: ${texts.size}`);
  }
});

test("as few of each as are wanted are taken from all over the texts", () => {
  const few = samples(3);
  assert.ok(few.filter((sample) => sample.scenario === "accept").length === 3);
  assert.equal(
    new Set(few.filter((sample) => sample.scenario === "accept").map((sample) => sample.languageId)).size,
    3,
  );
  assert.deepEqual(samples(0), []);
});

test("from inside of the editor no window is loaded anew; keys cover all but snippets", () => {
  const missing = (runner: "keys" | "commands") => [
    ...new Set(every.filter((sample) => !canRun(runner, sample)).map((sample) => sample.scenario)),
  ];
  assert.deepEqual(missing("commands"), ["reload"]);
  assert.deepEqual(missing("keys"), ["snippet"]);
});

test("the editor indents as the text does", () => {
  for (const { indentUnit } of every) assert.ok(["  ", "    ", "\t"].includes(indentUnit), JSON.stringify(indentUnit));
});

test("most samples take no time but the editor's own", () => {
  assert.equal(
    named("accept").reduce((sum, sample) => sum + waitingMs(sample), 0),
    0,
  );
  assert.ok(named("accept-late").every((sample) => waitingMs(sample) > 10_000));
});

test("the formatter changes what was accepted, and changes nothing the second time", () => {
  for (const sample of named("format-on-save")) {
    const before = sample.document.replaceAll("║", () => suggested(sample));
    assert.notEqual(sample.documentAfter, before);
    assert.equal(formatted(sample.documentAfter), sample.documentAfter);
    assert.equal(sample.documentAfter.replaceAll(/\s/gu, ""), before.replaceAll(/\s/gu, ""));
  }
});

describe("what is true of a sample is what its steps make, played in a plain text", () => {
  for (const sample of every) {
    const first = sample === named(sample.scenario)[0];
    // One name for each scenario: the list of tests stays readable.
    if (!first) continue;
    test(sample.scenario, () => {
      for (const each of named(sample.scenario)) assert.deepEqual(played(each), expectedOf(each), JSON.stringify(each));
    });
  }
});

describe("the engine offers the suggestions as they are, so that a scripted model can stand behind it", () => {
  const documents = new Map(
    named("accept")
      .concat(named("type-bracket-then-accept"))
      .map((sample) => [sample.document, sample]),
  );
  for (const sample of documents.values()) {
    test(`${sample.languageId}: ${suggested(sample).split("\n")[0]}`, async () => {
      const clock = new FakeClock();
      // The prompt ends before white space at its end, which a model then says first.
      const space = /[ \t]*$/u.exec(sample.document.split("║")[0]!)![0];
      const model = new ScriptedModel((stream) => stream.say(space + suggested(sample)).done());
      const engine = new CompletionEngine({
        backend: () => ({ model, format: "continuation" }),
        clock,
        options: () => ({}),
      });
      const asked = engine.complete(
        at(sample.document, { languageId: sample.languageId, indentUnit: sample.indentUnit }),
        "manual",
        new AbortController().signal,
      );
      await clock.pass(5_000);
      const outcome = await asked;
      engine.stop();
      const offered = outcome.kind === "offered" ? outcome.suggestions[0]?.insertText : JSON.stringify(outcome);
      assert.equal(offered, suggested(sample));
    });
  }
});

interface Played {
  readonly document: string;
  readonly accepts: readonly (readonly [part: string, chars: number])[];
}

function expectedOf({ documentAfter, truth }: Sample): Played {
  return { document: documentAfter, accepts: truth.accepts.map(({ part, chars }) => [part, chars]) };
}

/** The steps by the simplest editor: a text, a caret, and a suggestion of which some is left. */
function played(sample: Sample): Played {
  const { languageId } = sample;
  let choices: readonly string[] = [];
  let left = "";
  let inserted = "";
  let undone = "";
  let isFormatted = false;
  /** A bracket that the editor has added behind the caret. */
  let closing = "";
  const accepts: (readonly [string, number])[] = [];
  const take = (part: string, text: string) => {
    // At the end of what is left the closing bracket is replaced by the same one.
    const replaced = text === left ? closing.length : 0;
    accepts.push([part, text.length - replaced]);
    undone = inserted;
    inserted += text;
    left = left.slice(text.length);
    if (replaced > 0) closing = "";
  };
  const type = (text: string) => {
    left = left.startsWith(text) ? left.slice(text.length) : "";
    inserted += text;
  };
  for (const step of sample.steps) {
    if (step.do === "suggest") [left = ""] = choices = step.choices;
    else if (step.do === "see") assert.notEqual(left, "", "something is left to be seen");
    else if (step.do === "type") {
      assert.ok(!step.text.includes("\n"));
      if (step.text === "(") closing = ")";
      type(step.text);
    } else if (step.do === "compose") {
      assert.match(step.keys, /^[a-z]+$/u);
      type(step.text);
    } else if (step.do === "paste") type(step.text);
    else if (step.do === "snippet") type(step.text.replaceAll(/\$\{\d:(\w+)\}/gu, "$1"));
    else if (step.do === "accept") take("full", left);
    else if (step.do === "acceptWord") take("word", nextWord(left, languageId));
    else if (step.do === "acceptLine") take("line", nextLine(left));
    else if (step.do === "editorsWord") take("word", editorsWord(left));
    else if (step.do === "editorsLine") take("line", left.slice(0, left.indexOf("\n") + 1));
    else if (step.do === "nextChoice") left = choices[1] ?? "";
    else if (step.do === "undo") inserted = undone;
    else if (step.do === "save") isFormatted = true;
    else if (step.do === "escape" || step.do === "move") left = "";
  }
  const document = sample.document.replaceAll("║", () => inserted + closing);
  return { document: isFormatted ? formatted(document) : document, accepts };
}

/** What VS Code's command takes: the name at the start, or what is before the first one, up to the end of a first white space. */
function editorsWord(text: string): string {
  const name = /[\p{L}\p{N}_]+/u.exec(text);
  const end = name?.index === 0 ? name[0].length : (name?.index ?? text.length);
  const space = /\s+/u.exec(text);
  return text.slice(0, space ? Math.min(end, space.index + space[0].length) : end);
}
