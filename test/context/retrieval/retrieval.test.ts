import assert from "node:assert/strict";
import { test } from "node:test";
import { noFacts } from "../../../src/context/index/facts.ts";
import { chunksOf } from "../../../src/context/retrieval/chunks.ts";
import { fuse } from "../../../src/context/retrieval/fusion.ts";
import { searchWords } from "../../../src/context/retrieval/searchWords.ts";

test("a name is found by its parts, however it joins them", () => {
  assert.deepEqual(
    [...searchWords("parseHTMLDocument parse_html $x a")],
    ["parsehtmldocument", "parse", "html", "document", "parse_html", "parse", "html", "$x"],
  );
});

test("Chinese is found by its characters and by two that follow each other, also beside a name", () => {
  assert.deepEqual([...searchWords("用户登录 getUser")].slice(0, 7), ["用", "户", "用户", "登", "户登", "录", "登录"]);
  assert.ok([...searchWords("get用户")].includes("用户"));
});

const definition = (name: string, line: number) => ({
  name,
  kind: "function" as const,
  line,
  endLine: line + 9,
  signature: `function ${name}()`,
  parent: -1,
  exported: true,
});

test("a file is cut before definitions, with the comments above them, and nothing is left out", () => {
  const lines = Array.from({ length: 120 }, (_, index) => `line${index}`);
  lines[39] = "// about the second one";
  const facts = { ...noFacts("typescript"), definitions: [definition("firstOne", 10), definition("secondOne", 40)] };
  const chunks = chunksOf(lines.join("\r\n"), facts);
  assert.deepEqual(
    chunks.map(({ line, endLine }) => [line, endLine]),
    [
      [0, 39],
      [39, 99],
      [99, 120],
    ],
  );
  assert.match(chunks[0]?.names ?? "", /firstone/);
  assert.match(chunks[1]?.words ?? "", /second/);
});

test("what two ways of looking find comes before what one alone puts first", () => {
  assert.deepEqual(
    fuse([
      ["a", "b", "c"],
      ["b", "d"],
    ]),
    ["b", "a", "d", "c"],
  );
  assert.deepEqual(fuse([["a", "b"], []]), ["a", "b"]);
});
