import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { dropAlreadyThere } from "../../../src/completion/filters/alreadyThere.ts";
import { cutControlTokens } from "../../../src/completion/filters/controlTokens.ts";
import { cutCommentEnd } from "../../../src/completion/filters/commentEnd.ts";
import { dropEmpty } from "../../../src/completion/filters/empty.ts";
import { dropTooShort } from "../../../src/completion/filters/tooShort.ts";
import type { Filter } from "../../../src/completion/filters/filter.ts";
import { fixIndentation } from "../../../src/completion/filters/indentation.ts";
import { clean, fit, fitRest } from "../../../src/completion/filters/pipeline.ts";
import { dropProse } from "../../../src/completion/filters/prose.ts";
import { dropRepeatedPrefix } from "../../../src/completion/filters/repeatsPrefix.ts";
import { dropRepeatedSuffix } from "../../../src/completion/filters/repeatsSuffix.ts";
import { cutRepetition } from "../../../src/completion/filters/repetition.ts";
import { trimTrailingSpace } from "../../../src/completion/filters/trailingSpace.ts";
import { cutUnbalanced } from "../../../src/completion/filters/unbalanced.ts";
import { unfence } from "../../../src/completion/filters/unfence.ts";
import { placeOnLine } from "../../../src/completion/placement.ts";
import { offered } from "../../../src/completion/suggestion.ts";
import { at } from "../../support/carets.ts";

/** Pieces of code and of what models write around it; put together at random they make what no model writes, too. */
const piece = fc.constantFrom(
  ..."( ) [ ] { } \" ' ` ; , :".split(" "),
  ..."\n|\n  |\n    |\n\t|\n\n| ".split("|"),
  ..."a|b|foo|return x;|if (a) {|} else {|});|f(a, b)|function f() {|const x = 5;|def f(self):|=> {|a.b.c".split("|"),
  ..."import os|import { a } from 'b';|// a comment here|# why it is so|/*|*/|'text ('|\"it's\"".split("|"),
  ..."```ts\n|```|<|endoftext|>|</s>|Sure, here is the code:|This function takes two numbers and adds them.".split("|"),
  "变量",
  "<|fim_middle|>",
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
const cursor = fc
  .record({
    before: text,
    after: text,
    languageId: fc.constantFrom("typescript", "python", "markdown", "shellscript", "go"),
    indentUnit: fc.constantFrom("  ", "    ", "\t"),
  })
  .map(({ before, after, ...more }) => at(`${before}║${after}`, more));

const filters: readonly Filter[] = [
  cutControlTokens,
  unfence,
  dropProse,
  dropRepeatedPrefix,
  fixIndentation,
  cutRepetition,
  dropRepeatedSuffix,
  cutUnbalanced,
  dropAlreadyThere,
  trimTrailingSpace,
  cutCommentEnd,
  dropEmpty,
  dropTooShort,
];
const stages: Readonly<Record<string, Filter>> = Object.fromEntries(filters.map((filter) => [filter.name, filter]));

for (const [name, filter] of Object.entries({ ...stages, clean, fit, fitRest })) {
  test(`given its own answer, ${name} changes nothing`, () => {
    fc.assert(
      fc.property(text, cursor, (said, caret) => {
        const once = filter(said, caret);
        if (once.kind === "offered") assert.deepEqual(filter(once.insertText, caret), once);
      }),
      { seed: 5, numRuns: 2_000 },
    );
  });
}

const shown: readonly (readonly [what: string, document: string, text: string])[] = [
  ["a word before the editor's bracket", "log(║)\n", "user.id"],
  ["a body whose class ends below", "class A {\n  clear() {║\n}\n", "\n    a();\n    b();\n  }"],
  [
    "statements, of which some come further down",
    "{\n  ║\n  c();\n  a();\n  b();\n}\n",
    "open();\n  a();\n  b();\n  close();",
  ],
  ["a call in the arguments of another", "  foo(║\n  );\n", "bar((a) => {\n    b(a);\n  })"],
];
for (const [what, document, text] of shown) {
  test(`what is shown stays at each key that agrees with it: ${what}`, () => {
    assert.deepEqual(fit(text, at(document)), offered(text));
    for (let typed = 1; typed < text.length; typed += 1) {
      const rest = text.slice(typed);
      const caret = at(document.replace("║", () => `${text.slice(0, typed)}║`));
      assert.deepEqual(fitRest(rest, caret), offered(rest));
      assert.deepEqual(placeOnLine(rest, caret, 1), { text: rest, replaceAfter: 0 });
    }
  });
}
