import assert from "node:assert/strict";
import { test } from "node:test";
import { SavedUntitled } from "../../src/extension/savedUntitled.ts";
import { change, type Circumstances } from "../support/editorChanges.ts";

const UNTITLED = "untitled:Untitled-1";
const FILE = "file:///zoo/wombats.ts";
const TEXT = "const wombats = [];\n";

/** These documents are open, with these texts. */
function among(texts: Readonly<Record<string, string>>) {
  const saved = new SavedUntitled((uri) => (uri in texts ? { text: texts[uri] ?? "" } : undefined));
  /** VS Code writes that text into the new file, whose editor is not in front yet. */
  const written = (uri: string, text: string, more: Circumstances = {}) =>
    saved.became(change([{ offset: 0, length: 0, text }], { uri, isActive: false, ...more }), () => Object.keys(texts));
  return { saved, written };
}

test("the file that its whole text is written into is what an untitled document has become, dirty or not", () => {
  for (const isDirty of [true, false]) {
    const { saved, written } = among({ [UNTITLED]: TEXT, [FILE]: TEXT });
    assert.deepEqual(written(FILE, TEXT, { isDirty }), { from: UNTITLED, to: FILE });
    assert.equal(saved.fileOf(UNTITLED), FILE);
    assert.equal(saved.fileOf(FILE), undefined);
  }
});

test("what somebody pastes into the file in front, or Pairwise writes, hands nothing over", () => {
  const { written } = among({ [UNTITLED]: TEXT, [FILE]: TEXT });
  assert.equal(written(FILE, TEXT, { isActive: true }), undefined);
  assert.equal(written(FILE, TEXT, { isOwn: true }), undefined);
});

test("another text, a part of it, or a file that has more is another document", () => {
  assert.equal(among({ [UNTITLED]: TEXT, [FILE]: "let x;" }).written(FILE, "let x;"), undefined);
  assert.equal(among({ [UNTITLED]: TEXT, [FILE]: "const" }).written(FILE, "const"), undefined);
  assert.equal(among({ [UNTITLED]: TEXT, [FILE]: `${TEXT}more` }).written(FILE, TEXT), undefined);
  assert.equal(
    among({ [UNTITLED]: TEXT, "untitled:Untitled-2": TEXT }).written("untitled:Untitled-2", TEXT),
    undefined,
  );
});

test("of two untitled documents with one text each becomes one file", () => {
  const other = "file:///zoo/bears.ts";
  const { written } = among({ [UNTITLED]: TEXT, "untitled:Untitled-2": TEXT, [FILE]: TEXT, [other]: TEXT });
  assert.deepEqual(written(FILE, TEXT), { from: UNTITLED, to: FILE });
  assert.deepEqual(written(other, TEXT), { from: "untitled:Untitled-2", to: other });
});

test("an untitled document that gets the address later is another one", () => {
  const { saved, written } = among({ [UNTITLED]: TEXT, [FILE]: TEXT });
  written(FILE, TEXT);
  saved.opened(UNTITLED);
  assert.equal(saved.fileOf(UNTITLED), undefined);
});
