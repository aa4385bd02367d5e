import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { ChangeOrigins } from "../../../src/productivity/activity/changeOrigin.ts";
import type { ChangeEvent } from "../../../src/productivity/editorEvents.ts";
import { change, changed, edited, type Circumstances } from "../../support/editorChanges.ts";

function originOf(event: ChangeEvent): string {
  return new ChangeOrigins().originOf(event).kind;
}

function becomes(before: string, after: string, circumstances?: Circumstances): string {
  return originOf(changed(before, after, circumstances));
}

describe("what is typed", () => {
  const cases: readonly (readonly [what: string, before: string, after: string])[] = [
    ["a letter", "let x║;", "let xy;"],
    ["a letter over a selection", "let «value»;", "let v;"],
    ["a bracket with the one that the editor adds", "f║", "f()"],
    ["a quote with the one that the editor adds", "x = ║", 'x = ""'],
    ["the start of a comment with its end", "/*║", "/** */"],
    ["a line break with its indentation", "if (a) {║", "if (a) {\n    "],
    ["a line break between brackets", "{║}", "{\n    \n}"],
    ["a line break in a file with Windows' line breaks", "{║}", "{\r\n\t\r\n}"],
    ["a line break that continues a comment", "/**\n * a║", "/**\n * a\n * "],
    ["a line break that continues a comment of lines", "/// a║", "/// a\n/// "],
    ["a tab", "║x", "\tx"],
    ["a tab of spaces", "║x", "    x"],
    ["a closing tag", "<div>║", "<div></div>"],
    ["an emoji of several code units", "// ║", "// 👩‍💻"],
    ["two letters in one event, as fast keys make them", "ad║", "addr"],
    ["a Chinese character", "// ║", "// 价"],
  ];
  for (const [what, before, after] of cases) {
    test(what, () => assert.equal(becomes(before, after), "typed"));
  }

  test("a closing bracket over the one that the editor has added", () => {
    assert.equal(originOf(edited("f(║)", [{ offset: 2, length: 1, text: ")" }])), "typed");
  });

  test("a closing bracket that moves its line to the left", () => {
    const event = edited("{\n        ║", [{ offset: 2, length: 8, text: "    }" }]);
    assert.equal(originOf(event), "typed");
  });

  test("a line break that takes the white space behind the caret with it", () => {
    assert.equal(originOf(edited("{║   }", [{ offset: 1, length: 3, text: "\n  " }])), "typed");
  });

  test("a line break while the editor trims the line that is left", () => {
    const edits = [
      { offset: 2, length: 4, text: "" },
      { offset: 8, length: 0, text: "\n    " },
    ];
    assert.equal(originOf(edited("{\n    \nx║", edits)), "typed");
  });

  test("a line below, away from the caret", () => {
    assert.equal(originOf(edited("a║bc", [{ offset: 3, length: 0, text: "\n" }])), "typed");
  });

  test("the same key at several carets", () => {
    const edits = [1, 3, 5].map((offset) => ({ offset, length: 0, text: "x" }));
    assert.equal(originOf(edited("a║\nb║\nc║", edits)), "typed");
    // The primary caret may be the last one.
    const selectionsBefore = [5, 1, 3].map((at) => ({ from: at, to: at }));
    assert.equal(originOf(change(edits, { selectionsBefore })), "typed");
  });

  test("brackets around a selection", () => {
    const edits = [
      { offset: 4, length: 0, text: "(" },
      { offset: 9, length: 0, text: ")" },
    ];
    assert.equal(originOf(edited("let «value»;", edits)), "typed");
    // While the white space of a line that was left goes.
    const trimmed = [...edits, { offset: 12, length: 4, text: "" }];
    assert.equal(originOf(edited("let «value»;\n    ", trimmed)), "typed");
  });

  test("a key that is faster than the event of the caret", () => {
    const origins = new ChangeOrigins();
    const selectionsBefore = [{ from: 3, to: 3 }];
    const kinds = ["p", "r", "(", "i"].map((text, at) => {
      const key = text === "(" ? "()" : text;
      return origins.originOf(change([{ offset: 3 + at, length: 0, text: key }], { version: 2 + at, selectionsBefore }))
        .kind;
    });
    assert.deepEqual(kinds, ["typed", "typed", "typed", "typed"]);
    const later = change([{ offset: 7, length: 0, text: "x" }], { version: 9, selectionsBefore });
    assert.equal(origins.originOf(later).kind, "other");
  });

  test("the first key, before anything is known of carets", () => {
    assert.equal(originOf(change([{ offset: 3, length: 0, text: "x" }])), "typed");
    assert.equal(originOf(change([{ offset: 3, length: 1, text: "" }])), "deleted");
    assert.equal(originOf(change([{ offset: 3, length: 0, text: "longer text" }])), "other");
  });

  test("the steps of a composition, and the last one, which comes when it is over", () => {
    const origins = new ChangeOrigins();
    const steps: readonly (readonly [length: number, text: string, isComposing: boolean])[] = [
      [0, "n", true],
      [1, "ni", true],
      [2, "ni'hao", true],
      [6, "你好世界", false],
    ];
    const kinds = steps.map(([length, text, isComposing], index) => {
      const selectionsBefore = [{ from: length, to: length }];
      const event = change([{ offset: 0, length, text }], { isComposing, version: index + 2, selectionsBefore });
      return origins.originOf(event).kind;
    });
    assert.deepEqual(kinds, ["typed", "typed", "typed", "typed"]);
  });
});

describe("what is deleted", () => {
  test("by Backspace, Delete, a word, a selection, and a line around the caret", () => {
    assert.equal(becomes("ab║c", "ac"), "deleted");
    assert.equal(becomes("ab║c", "ab"), "deleted");
    assert.equal(becomes("let value║;", "let ;"), "deleted");
    assert.equal(becomes("let «value»;", "let ;"), "deleted");
    assert.equal(originOf(edited("a\nb║b\nc", [{ offset: 2, length: 3, text: "" }])), "deleted");
  });

  test("a pair of brackets around the caret, at several carets", () => {
    const edits = [0, 3].map((offset) => ({ offset, length: 2, text: "" }));
    assert.equal(originOf(edited("(║)\n(║)", edits)), "deleted");
  });
});

describe("what comes at once at the caret", () => {
  test("text is a paste, short and long", () => {
    assert.equal(becomes("x = ║;", "x = a + b;"), "paste");
    assert.equal(becomes("«old text»", "some other text"), "paste");
    assert.equal(becomes("║", "const a = 1;\n".repeat(40)), "paste");
  });

  test("different lines at several carets are a paste", () => {
    const edits = [
      { offset: 0, length: 0, text: "first line" },
      { offset: 1, length: 0, text: "second line" },
    ];
    assert.equal(originOf(edited("║\n║", edits)), "paste");
  });

  test("a completion from the editor's list, or a snippet, is the user's, and told from what is typed", () => {
    assert.equal(becomes("items.for║", "items.forEach"), "completed");
    assert.equal(originOf(edited("items.fo║", [{ offset: 6, length: 2, text: "forEach" }])), "completed");
    assert.equal(originOf(edited("items.║", [{ offset: 6, length: 0, text: "forEach" }])), "completed");
    assert.equal(
      originOf(edited("for║", [{ offset: 0, length: 3, text: "for (const x of y) {\n\t\n}" }])),
      "completed",
    );
  });

  test("what is longer than any snippet is not taken for a completion", () => {
    const long = (text: string) => originOf(edited("for║", [{ offset: 0, length: 3, text }]));
    assert.deepEqual([long("a b;\n".repeat(40)), long("a b;\n".repeat(41))], ["completed", "other"]);
  });

  test("where another provider suggests it may be an accept of its", () => {
    const origins = new ChangeOrigins();
    const asked = {
      kind: "asked",
      atMs: 0,
      uri: "file:///a.ts",
      ask: 1,
      languageId: "typescript",
      version: 1,
      offset: 0,
    } as const;
    const paste = changed("x = ║;", "x = a + b;");
    origins.heed({ ...asked, trigger: "automatic", others: true });
    assert.equal(origins.originOf(paste).kind, "other");
    assert.equal(origins.originOf({ ...paste, uri: "file:///b.ts" }).kind, "paste");
    assert.equal(origins.originOf(changed("x║", "xy")).kind, "typed");
    assert.equal(origins.originOf(changed("items.for║", "items.forEach")).kind, "other");
    origins.heed({ ...asked, trigger: "automatic", others: false });
    assert.equal(origins.originOf(paste).kind, "paste");
  });
});

describe("what nobody wrote by hand", () => {
  test("undo and redo, whatever they look like and lead to", () => {
    assert.equal(becomes("ab║", "a", { reason: "undo" }), "undo");
    assert.equal(becomes("a║", "ab", { reason: "redo" }), "redo");
    // Back at what was saved the document isn't dirty.
    assert.equal(becomes("ab║", "a", { reason: "undo", isDirty: false }), "undo");
  });

  test("Pairwise's own edits", () => {
    assert.equal(becomes("a║", "ab", { isOwn: true }), "own");
    assert.equal(becomes("a║", "ab", { isOwn: true, reason: "undo" }), "undo");
    assert.equal(becomes("a║", "a\nb\n", { isOwn: true, isActive: false, isDirty: false }), "own");
  });

  test("a file that is read anew from the disk", () => {
    assert.equal(becomes("first\nsecond\n║", "first\n2nd\n", { isDirty: false }), "disk");
    assert.equal(becomes("first\n", "header\nfirst\n", { isDirty: false, isActive: false }), "disk");
    // The caret is at the start of a file where nobody has moved it.
    assert.equal(becomes("║first\n", "header\nfirst\n", { isDirty: false }), "disk");
  });

  test("a stash or another branch that changes what stands at the caret is nobody's key", () => {
    assert.equal(becomes("let x║;", "let xy;", { isDirty: false }), "disk");
    assert.equal(becomes("let x║;", "let ;", { isDirty: false }), "disk");
    assert.equal(becomes("const «value»;", "const ;", { isDirty: false }), "disk");
  });

  test("what no formatter writes is typed also while a save goes on", () => {
    for (const [before, after] of [
      ["a ║", "a ="],
      ["a║", "a."],
      ["a║", "ab"],
    ] as const)
      assert.equal(becomes(before, after, { isSaving: true }), "typed");
    assert.equal(becomes("a║", "a;", { isSaving: true }), "formatter");
  });

  test("an auto-saved document is dirty after every key, and its keys are typed", () => {
    assert.equal(becomes("let x║;", "let xy;", { isDirty: true }), "typed");
    assert.equal(becomes("let x║;", "let xy;", { isSaving: true }), "typed");
  });

  test("what is changed while saving is the formatter's, also at the caret", () => {
    assert.equal(becomes("a=1║", "a = 1;", { isSaving: true }), "formatter");
    assert.equal(becomes("a║", "a\n", { isSaving: true }), "formatter");
    assert.equal(becomes("import b\nimport a\n║", "import a\nimport b\n", { isSaving: true }), "formatter");
  });

  test("white space, quotes and brackets in several places are a formatter's", () => {
    const edits = [
      { offset: 5, length: 0, text: " " },
      { offset: 9, length: 1, text: '"' },
      { offset: 20, length: 0, text: ";\n    " },
    ];
    assert.equal(originOf(edited("║", edits)), "formatter");
  });

  test("the same word in a few places is a command's, in many places bulk", () => {
    const renamed = (places: number) =>
      Array.from({ length: places }, (_, place) => ({ offset: 10 + 20 * place, length: 3, text: "total" }));
    assert.equal(originOf(edited("║", renamed(3))), "other");
    assert.equal(originOf(edited("║", renamed(40))), "bulk");
  });

  test("a large piece away from the caret is bulk, a small one another extension's", () => {
    assert.equal(originOf(edited("║", [{ offset: 900, length: 0, text: "x = 1;\n".repeat(50) }])), "bulk");
    assert.equal(originOf(edited("║", [{ offset: 900, length: 0, text: "import a;\n" }])), "other");
    assert.equal(originOf(edited("║", [{ offset: 0, length: 5_000, text: "y" }])), "bulk");
  });

  test("comments that are switched on, and lines that are moved, are a command's", () => {
    const commented = [0, 8].map((offset) => ({ offset, length: 0, text: "// " }));
    assert.equal(originOf(edited("aa«aa\nbbbb\n»", commented)), "other");
    const moved = [
      { offset: 0, length: 0, text: "second\n" },
      { offset: 6, length: 7, text: "" },
    ];
    assert.equal(originOf(edited("first\nsec║ond\n", moved)), "other");
  });

  test("what is dragged to another place is neither typed nor deleted", () => {
    const dragged = [
      { offset: 0, length: 3, text: "" },
      { offset: 10, length: 0, text: "abc" },
    ];
    assert.equal(originOf(edited("«abc» defghijk", dragged)), "other");
  });

  test("nobody types into a document that is not in front, or without the focus", () => {
    assert.equal(becomes("a║", "ab", { isActive: false }), "other");
    const origins = new ChangeOrigins();
    origins.heed({ kind: "focus", atMs: 0, isFocused: false });
    assert.equal(origins.originOf(changed("a║", "ab")).kind, "other");
    origins.heed({ kind: "focus", atMs: 1, isFocused: true });
    assert.equal(origins.originOf(changed("a║", "ab")).kind, "typed");
  });
});

test("whatever comes, every change has an origin, and only undo is undo", () => {
  const edit = fc.record({
    offset: fc.nat(50),
    length: fc.nat(9),
    text: fc.string({ maxLength: 12, unit: "grapheme" }),
  });
  const events = fc.record({
    edits: fc
      .array(edit, { minLength: 1, maxLength: 12 })
      .map((edits) => edits.toSorted((a, b) => a.offset - b.offset)),
    reason: fc.constantFrom("undo" as const, "redo" as const, undefined),
    isDirty: fc.boolean(),
    isSaving: fc.boolean(),
    isComposing: fc.boolean(),
    isOwn: fc.boolean(),
    isActive: fc.boolean(),
    version: fc.nat(3),
    selectionsBefore: fc.option(
      fc.array(
        fc.tuple(fc.nat(50), fc.nat(9)).map(([from, length]) => ({ from, to: from + length })),
        { maxLength: 4 },
      ),
      { nil: undefined },
    ),
  });
  fc.assert(
    fc.property(fc.array(events, { maxLength: 20 }), (all) => {
      const origins = new ChangeOrigins();
      for (const { edits, ...circumstances } of all) {
        const { kind } = origins.originOf(change(edits, circumstances));
        assert.equal(kind === "undo" || kind === "redo" ? kind : undefined, circumstances.reason);
        if (!circumstances.isActive) assert.ok(!["typed", "deleted", "paste", "bulk"].includes(kind), kind);
      }
    }),
  );
});
