import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { seeded } from "../../bench/replay/random.ts";
import { SyntaxTrees } from "../../src/context/syntax/syntaxTrees.ts";
import type { CursorSnapshot } from "../../src/context/snapshot.ts";
import { at } from "../support/carets.ts";
import { readWasm } from "../support/grammars.ts";

const languages = [
  ["typescript", "const a = 1;\n║"],
  ["typescriptreact", "const a = <b/>;\n║"],
  ["javascript", "const a = 1;\n║"],
  ["javascriptreact", "const a = <b/>;\n║"],
  ["python", "a = 1\n║"],
  ["go", "var a = 1\n║"],
  ["java", "int a = 1;\n║"],
  ["rust", "const A: i32 = 1;\n║"],
  ["c", "int a = 1;\n║"],
  ["cpp", "int a = 1;\n║"],
  ["csharp", "int a = 1;\n║"],
  ["php", "<?php\n$a = 1;\n║"],
  ["ruby", "a = 1\n║"],
  ["css", "a { b: c; }\n║"],
  ["shellscript", "a=1\n║"],
  ["powershell", "$a = 1\n║"],
] as const;

for (const [languageId, text] of languages) {
  test(`a caret in ${languageId} has its syntax`, async () => {
    const trees = new SyntaxTrees(readWasm);
    assert.ok(await trees.ready(languageId));
    const syntax = trees.at(at(text, { languageId }));
    assert.equal(syntax?.scope, "code");
    assert.equal(syntax?.shape, "block");
    trees.dispose();
  });
}

describe("loading", () => {
  test("a keystroke starts the load, once, and does not wait for it", async () => {
    const files: string[] = [];
    const trees = new SyntaxTrees((file) => {
      files.push(file);
      return readWasm(file);
    });
    assert.equal(trees.at(at("a();\n║")), undefined);
    assert.equal(trees.at(at("a();\nb║")), undefined);
    assert.ok(await trees.ready("typescript"));
    assert.equal(trees.at(at("a();\nb║"))?.shape, "line");
    assert.deepEqual(files, ["web-tree-sitter.wasm", "tree-sitter-typescript.wasm"]);
  });

  test("two languages of one grammar load it once", async () => {
    const files: string[] = [];
    const trees = new SyntaxTrees((file) => {
      files.push(file);
      return readWasm(file);
    });
    assert.deepEqual(await Promise.all(["c", "cpp"].map((languageId) => trees.ready(languageId))), [true, true]);
    assert.deepEqual(files, ["web-tree-sitter.wasm", "tree-sitter-cpp.wasm"]);
  });

  test("a grammar that can't be read leaves the keystrokes alone and is not read again", async () => {
    let reads = 0;
    const trees = new SyntaxTrees((file) => {
      if (file === "web-tree-sitter.wasm") return readWasm(file);
      reads += 1;
      return Promise.reject(new Error("There is no such file."));
    });
    assert.equal(trees.at(at("a();\n║")), undefined);
    assert.equal(await trees.ready("typescript"), false);
    assert.equal(trees.at(at("a();\n║")), undefined);
    assert.equal(await trees.ready("typescript"), false);
    assert.equal(reads, 1);
  });

  test("a file that is no grammar counts as none", async () => {
    const trees = new SyntaxTrees((file) =>
      file === "web-tree-sitter.wasm" ? readWasm(file) : Promise.resolve(new Uint8Array([0, 1, 2, 3])),
    );
    assert.equal(await trees.ready("python"), false);
    assert.equal(trees.at(at("║", { languageId: "python" })), undefined);
  });

  test("a language without a grammar loads nothing", async () => {
    const trees = new SyntaxTrees(() => assert.fail("Nothing is read."));
    assert.equal(trees.at(at("║", { languageId: "plaintext" })), undefined);
    assert.equal(trees.at(at("║", { languageId: "constructor" })), undefined);
    assert.equal(await trees.ready("plaintext"), false);
  });

  test("after the end there is no syntax, and what is still held fails no one", async () => {
    const trees = new SyntaxTrees(readWasm);
    assert.ok(await trees.ready("typescript"));
    const syntax = trees.at(at("a();\n║"));
    trees.dispose();
    assert.equal(trees.at(at("a();\n║")), undefined);
    assert.equal(syntax?.completeAt("b();\nc();\n"), undefined);
  });

  test("a load that ends after the end leaves nothing behind", async () => {
    const trees = new SyntaxTrees(readWasm);
    const ready = trees.ready("typescript");
    trees.dispose();
    await ready;
    assert.equal(trees.at(at("a();\n║")), undefined);
  });
});

describe("in long files", () => {
  const trees = new SyntaxTrees(readWasm);
  before(async () => assert.ok(await trees.ready("javascript")));

  /** As the editor cuts it: the end of what stands before the caret, from the start of a line if there is one. */
  function snapshot(text: string, offset: number, languageId = "javascript"): CursorSnapshot {
    const from = Math.max(0, offset - 16_000);
    const lineStart = text.indexOf("\n", from - 1) + 1;
    const start = from > 0 && lineStart > 0 && lineStart <= offset ? lineStart : from;
    const cut = `${text.slice(start, offset)}║${text.slice(offset, offset + 8_000)}`;
    return at(cut, { languageId, offset });
  }

  test("a caret in a line of 100,000 characters", () => {
    const line = "a(1);".repeat(20_000);
    const middle = snapshot(line, 50_002);
    assert.equal(middle.prefix.length, 16_000);
    assert.equal(trees.at(middle)?.scope, "code");
    assert.equal(trees.at(middle)?.shape, "line");
    const end = trees.at(snapshot(line, line.length));
    assert.equal(end?.scope, "code");
    assert.equal(trees.at(snapshot(`${line}"b`, line.length + 2))?.scope, "string");
  });

  test("a statement after a line of 100,000 characters", () => {
    const text = `${"a(1);".repeat(20_000)}\n`;
    const syntax = trees.at(snapshot(text, text.length));
    assert.equal(syntax?.shape, "block");
    assert.equal(syntax?.completeAt("if (b) {\n  c();\n}\nd();\n"), 17);
  });
});

describe("a parser that was used before answers like a new one", () => {
  const files: Readonly<Record<string, string>> = {
    typescript: `import { 甲 } from "./a";\n\n/** 说明 🛒 */\nexport class Cart {\n  total(items: Item[]): number {\n    return items.reduce((sum, { price }) => sum + price, 0);\n  }\n}\n\nexport function f(a: string) {\n  if (a) {\n    g(\`\${a} 🛒\`);\n  } else {\n    h(/["'\`]/);\n  }\n}\n`,
    python: `"""Module."""\nimport os\n\n\nclass Cart:\n    """总价."""\n\n    def total(self, items):\n        return sum(i.price for i in items)\n\n\ndef f(a):\n    if a:\n        return f"{a} 🛒"\n    return None\n`,
    go: 'package a\n\n// F 说明\nfunc F(a string) error {\n\tif err := g(a); err != nil {\n\t\treturn fmt.Errorf("a: %w", err)\n\t}\n\treturn nil\n}\n',
  };
  const characters = Array.from("abc(){}[]\"'`/*#;:,.=> \n\n\t1");
  const typed = characters.concat("if (a) {", "return ", "计", "🛒", "\n    ", "def f():", "// ", "\r\n");
  const braces = "if (c) {\n    d()\n}\nelse {\n    e()\n}\n\nf = 1\ng()\n}\n";
  const answers: Readonly<Record<string, string>> = {
    typescript: braces,
    go: braces,
    python: "if c:\n    d()\nelse:\n    e()\n\nf = 1\ng()\n",
  };

  for (const [languageId, text] of Object.entries(files)) {
    test(`while somebody types anything anywhere, ${languageId}`, async () => {
      const used = new SyntaxTrees(readWasm);
      assert.ok(await used.ready(languageId));
      const answer = answers[languageId] ?? "";
      const random = seeded(20_260_801);
      const pick = (count: number): number => Math.floor(random() * count);
      // More than one piece, so that it moves.
      let file = text.repeat(12);
      let caret = file.length >> 1;
      const seen = new Set<string>();
      for (let step = 0; step < 250; step += 1) {
        const action = random();
        if (action < 0.7) {
          const text = typed[pick(typed.length)] ?? "";
          file = file.slice(0, caret) + text + file.slice(caret);
          caret += text.length;
        } else if (action < 0.85) {
          const count = Math.min(caret, 1 + pick(4));
          file = file.slice(0, caret - count) + file.slice(caret);
          caret -= count;
        } else if (action < 0.97) caret = Math.max(0, Math.min(file.length, caret + pick(200) - 100));
        else caret = pick(file.length);
        const cursor = at(`${file.slice(0, caret)}║${file.slice(caret)}`, { languageId });
        const fresh = new SyntaxTrees(readWasm);
        assert.ok(await fresh.ready(languageId));
        const one = used.at(cursor);
        const other = fresh.at(cursor);
        const shown = `step ${step}: ${JSON.stringify(file.slice(Math.max(0, caret - 80), caret))}`;
        assert.equal(one?.scope, other?.scope, shown);
        assert.equal(one?.shape, other?.shape, shown);
        assert.equal(one?.completeAt(answer), other?.completeAt(answer), shown);
        seen.add(`${other?.scope} ${other?.shape} ${other?.completeAt(answer)}`);
        fresh.dispose();
      }
      used.dispose();
      // It would say nothing of a walk on which all carets are alike.
      assert.ok(seen.size >= 5, [...seen].join(", "));
    });
  }
});
