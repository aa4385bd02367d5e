import assert from "node:assert/strict";
import { test } from "node:test";
import { outlineReader } from "../../src/context/syntax/fileOutlines.ts";
import { editOf } from "../../src/edit/editOf.ts";
import { readWasm } from "../support/grammars.ts";

const languages = ["java", "go", "typescript", "python", "shellscript"];
const readOutline = await outlineReader(readWasm, languages, () => performance.now());

function outcomeOf(languageId: string, marked: string, block: string, wish = "") {
  const [before = "", asked = "", behind = ""] = marked.split("┃");
  const file = {
    text: before + asked + behind,
    languageId,
    path: "a",
    selection: { from: before.length, to: before.length + asked.length },
    isAsked: true,
    wish,
  };
  return editOf(file, { language: languageId, text: block }, readOutline);
}

/** What the file is when the marked lines were asked about. */
function applied(languageId: string, marked: string, block: string): string {
  const outcome = outcomeOf(languageId, marked, block);
  assert.equal(outcome.kind, "applied", JSON.stringify(outcome));
  return outcome.kind === "applied" ? outcome.applied.text : "";
}

const TYPESCRIPT =
  "class Cart {\n  one(): number {\n    return 1;\n  }\n\n┃  // twice one\n┃\n  three(): number {\n    return 3;\n  }\n}\n";
const METHOD = "  two(): number {\n    return 1;\n  }\n";

test("what is written for a comment stands where the comment does, and the comment is there once", () => {
  assert.equal(
    applied("typescript", TYPESCRIPT, `  // twice one\n${METHOD}`),
    TYPESCRIPT.replace(/┃[^┃]*┃/, `  // twice one\n${METHOD}`),
  );
  assert.equal(
    applied(
      "go",
      "package a\n\nfunc one() int {\n\treturn 1\n}\n\n┃// two is two.\n┃\nfunc three() {}\n",
      "// two is two.\nfunc two() int {\n\treturn 1\n}\n",
    ),
    "package a\n\nfunc one() int {\n\treturn 1\n}\n\n// two is two.\nfunc two() int {\n\treturn 1\n}\n\nfunc three() {}\n",
  );
});

test("an answer without the comment that asked for it takes its place, also where it ends like the code above", () => {
  assert.equal(applied("typescript", TYPESCRIPT, METHOD), TYPESCRIPT.replace(/┃[^┃]*┃/, METHOD));
});

test("a variable of a function that was asked about alone does not become a field of the class", () => {
  const java =
    "class Cart {\n    private int count;\n\n    void add() {\n┃        final var count = 1;\n┃        use(count);\n    }\n}\n";
  assert.equal(
    applied("java", java, "        final int count = 1;\n"),
    java.replace(/┃[^┃]*┃/, "        final int count = 1;\n"),
  );
});

test("an answer with the whole function replaces it, though a line of it was asked about", () => {
  const python = "def one():\n┃    a = 1\n┃    return a\n\n\ndef two():\n    return 2\n";
  assert.equal(
    applied("python", python, "def one():\n    a: int = 1\n    return a\n"),
    "def one():\n    a: int = 1\n    return a\n\n\ndef two():\n    return 2\n",
  );
});

test("a comment with code below it was asked about as that code", () => {
  const python = "def one():\n    return 1\n\n\n┃# two\ndef two():\n    return 2\n┃";
  assert.equal(
    applied("python", python, "# two\ndef two() -> int:\n    return 2\n"),
    "def one():\n    return 1\n\n\n# two\ndef two() -> int:\n    return 2\n",
  );
});

/** The answer takes the place of what was selected, to the letter. */
function isReplaced(languageId: string, marked: string, answer: string): void {
  assert.equal(
    applied(languageId, marked, answer),
    marked.replace(/┃[^┃]*┃/, () => answer),
  );
}

/** Whatever the answer is indented by, it has the selection's indentation afterwards: that of the last answer. */
function isReplacedBy(languageId: string, marked: string, answers: readonly string[]): void {
  for (const answer of answers)
    assert.equal(
      applied(languageId, marked, answer),
      marked.replace(/┃[^┃]*┃/, () => answers.at(-1) ?? ""),
    );
}

test("statements that were selected become those of the answer: changed, deleted, in another order", () => {
  const first = "// first\n";
  isReplaced("typescript", `${first}┃connect(1);\nconst port = 80;\n┃last();\n`, "connect(2);\nconst port = 8080;\n");
  isReplaced(
    "typescript",
    `${first}┃start('a');\nlog('x');\nconst n = 1;\nfinish();\n┃last();\n`,
    "const n = 1;\nfinish();\n",
  );
  isReplaced(
    "python",
    "# first\n┃print('start')\nx = load()\nprint(x)\n┃last()\n",
    "print('begin')\nx = load()\nprint(x + 1)\n",
  );
  isReplaced(
    "python",
    "# first\n┃items = []\nfor i in range(3):\n    items.append(i)\ntotal = sum(items)\n┃last()\n",
    "items = list(range(3))\ntotal = sum(items)\n",
  );
  isReplaced(
    "python",
    "def f():\n┃    print('start')\n    x = load()\n    print(x)\n┃    last()\n",
    "    x = load()\n    print(x + 1)\n",
  );
  isReplaced("shellscript", "# first\n┃echo one\nrm -f x\necho two\n┃\n# last\n", "echo first\necho two\n");
  isReplaced(
    "java",
    "class A {\n  void f() {\n┃    one();\n    int n = 2;\n    use(n);\n┃    last();\n  }\n}\n",
    "    int n = 3;\n    one();\n    use(n);\n",
  );
});

test("a variable that stands inside of a block now is not lost", () => {
  isReplaced(
    "typescript",
    "// first\n┃run();\nconst n = load();\nshow(n);\n┃last();\n",
    "try {\n  run();\n  const n = load();\n  show(n);\n} catch (error) {\n  report(error);\n}\n",
  );
});

test("a variable that is gone is, unless that was asked for", () => {
  const marked = "┃const n = 1;\nconst m = n + 1;\nuse(m);\n┃const other = () => {\n  const n = 2;\n};\n";
  const answer = "const m = 2;\nuse(m);\n";
  const lost = outcomeOf("typescript", marked, answer);
  assert.deepEqual(lost.kind === "refused" && lost.refusal, { reason: "symbols-lost", names: ["n"] });
  assert.equal(outcomeOf("typescript", marked, answer, "inline n").kind, "applied");
});

test("an import that is new stands with the others, and where the selected code is the first, above it", () => {
  assert.equal(
    applied("python", "import a\n\nx = 1\n┃send(x)\n┃last()\n", "import json\n\nsend(json.dumps(x))\n"),
    "import a\nimport json\n\nx = 1\nsend(json.dumps(x))\nlast()\n",
  );
  isReplaced(
    "python",
    "#!/usr/bin/env python\n┃for i in range(3):\n    send(i)\ncount = 3\n┃last()\n",
    "import asyncio\nfor i in range(4):\n    send(i)\ncount = 4\n",
  );
});

test("all of a short file, where nothing was selected, becomes the answer or gets what it says of a name", () => {
  assert.equal(applied("python", "┃print('hi')\nx = 1\n┃", "print('hello')\nx = 2"), "print('hello')\nx = 2\n");
  assert.equal(applied("python", "┃print('hi')\nx = 1\n┃", "x = 2"), "print('hi')\nx = 2\n");
  assert.equal(applied("python", "┃print('hi')\n┃", "print('hello')"), "print('hello')\n");
  assert.equal(applied("python", "┃print('hi')\nshow()\n┃", "print('hello, you')"), "print('hello, you')\n");
});

test("code from around what was selected is put where it belongs, and not twice", () => {
  const marked = "first();\nif (a) {\n┃  one();\n  two();\n┃}\nlast();\n";
  const whole = "first();\nif (a) {\n  one(1);\n  two();\n}\nlast();\n";
  assert.equal(applied("typescript", marked, "if (a) {\n  one(1);\n  two();\n}"), whole);
  assert.equal(applied("typescript", marked, whole), whole);
});

test("a function of the selection that the answer leaves out stays, and is named", () => {
  const marked =
    "// first\n┃function one() {\n  return 1;\n}\n\nfunction two() {\n  return 2;\n}\n\nrun(one);\n┃last();\n";
  const outcome = outcomeOf("typescript", marked, "function one() {\n  return 11;\n}\n");
  assert.equal(outcome.kind === "applied" && outcome.applied.text, marked.replaceAll("┃", "").replace("1;", "11;"));
  assert.deepEqual(outcome.kind === "applied" && outcome.applied.notes, [
    { kind: "kept", what: "definition", name: "two" },
  ]);
});

const FUNCTION =
  'export async function write(uri: string): Promise<string[]> {\n  const document = await open(uri);\n  const mark = document.eol === CRLF ? "a" : "b";\n  return document.lines(mark);\n}\n';

test("a variable that is the only line given of a function stands in the function, and not beside it", () => {
  const line = '  const mark = document.end === CRLF ? "a" : "b";\n';
  assert.equal(
    applied("typescript", `┃${FUNCTION}┃\nfunction other() {}\n`, line.trimStart()),
    `${FUNCTION.replace(/ {2}const mark.*\n/, line)}\nfunction other() {}\n`,
  );
});

test("variables of a function that fit nowhere in it are refused, and do not become those of the file", () => {
  const outcome = outcomeOf(
    "typescript",
    `┃${FUNCTION}┃\nfunction other() {}\n`,
    "const document = await open(uri);\nconst mark = markOf(document);\n",
  );
  assert(outcome.kind === "refused" && outcome.refusal.reason === "no-place", JSON.stringify(outcome));
});

test("a long function below the selection that the answer repeats is there once", () => {
  const body = Array.from({ length: 70 }, (_, at) => `        use(${at})\n`).join("");
  const [head, one, two] = ["def outer():\n", "    def one():\n        use(1)\n", `    def two():\n${body}`];
  const answer = `    log()\n${one}${two}`;
  assert.equal(
    applied("python", `${head}    start()\n┃${one}┃${two}    one()\n`, answer),
    `${head}    start()\n${answer}    one()\n`,
  );
});

test("a class that is given for its selected method keeps the comment above it", () => {
  const text =
    "/** A cart. */\nexport class Cart {\n  #count = 0;\n\n  /** One more. */\n┃  add(): void {\n    this.#count += 1;\n  }\n┃}\n";
  const answer =
    "export class Cart {\n  #count = 0;\n\n  /** One more. */\n  add(): void {\n    this.#count += 2;\n  }\n}\n";
  assert.equal(applied("typescript", text, answer), `/** A cart. */\n${answer}`);
});

test("code around a text of several lines that begins at the margin is indented as it was, and the text is not", () => {
  isReplacedBy("typescript", "function f() {\n┃  const s = `\nzero\n`;\n  use(s);\n┃}\n", [
    "const s = `\nzero\n`;\nuse(s, 1);\n",
    "  const s = `\nzero\n`;\n  use(s, 1);\n",
  ]);
  isReplacedBy("shellscript", "f() {\n┃  cat <<EOF\nzero\nEOF\n  ls\n┃}\n", [
    "cat <<EOF\nzero\nEOF\nls -l\n",
    "  cat <<EOF\nzero\nEOF\n  ls -l\n",
  ]);
});

test("comments alone stand above the definition that was selected, in the place of those that are there", () => {
  const code = "  m() {\n    return 1;\n  }\n";
  const file = (comment: string): string => `class A {\n${comment}${code}}\n`;
  assert.equal(applied("typescript", file("").replace(code, `┃${code}┃`), "/** One. */"), file("  /** One. */\n"));
  const marked = file("  // old\n").replace(/ {2}\/\/ old[^]*?\n {2}\}\n/, "┃$&┃");
  assert.equal(applied("typescript", marked, "/** One. */"), file("  /** One. */\n"));
});

test("an answer of nothing deletes what was selected; a definition where that was asked for", () => {
  const marked = "one();\n\n┃two();\n┃\nthree();\n";
  assert.equal(applied("typescript", marked, ""), "one();\n\nthree();\n");
  const definition = "┃function f() {}\n┃\nlast();\n";
  assert.equal(outcomeOf("typescript", definition, "", "shorter").kind, "refused");
  const outcome = outcomeOf("typescript", definition, "", "delete this");
  assert.equal(outcome.kind === "applied" && outcome.applied.text, "last();\n");
});

test("new code for an empty line stands there, apart from what is around it, and a changed definition in its own place", () => {
  const marked = "const a = 1;\n┃\n┃function f() {\n  return a;\n}\n";
  const text = marked.replaceAll("┃", "");
  const added = "function g() {\n  return 2;\n}";
  assert.equal(applied("typescript", marked, added), `const a = 1;\n\n${added}\n\nfunction f() {\n  return a;\n}\n`);
  assert.equal(applied("typescript", marked, "use(a);"), text.replace("\n\n", "\nuse(a);\n"));
  assert.equal(applied("typescript", marked, "function f() {\n  return a + 1;\n}"), text.replace("a;", "a + 1;"));
});

test("new lines for an empty line of a function, and a new method for one of a class, stand at the caret", () => {
  const at = (languageId: string, marked: string, block: string) => {
    const [before = "", behind = ""] = marked.split("┃");
    const text = before + behind;
    const file = { text, languageId, path: "a", selection: { from: 0, to: text.length }, isAsked: true };
    const outcome = editOf({ ...file, caret: before.length }, { language: languageId, text: block }, readOutline);
    return outcome.kind === "applied" ? outcome.applied.text : outcome.refusal.reason;
  };
  const python = "def f(a):\n    b = a\n┃\n    return b\n\n\nlast()\n";
  assert.equal(at("python", python, "log(b)"), python.replace("┃", "    log(b)"));
  const whole = "def f(a):\n    b = a + 1\n    return b";
  assert.equal(at("python", python, whole), python.replace(/def[^]*?return b/, whole));
  const typescript = "class A {\n  one() {\n    return 1;\n  }\n┃\n  two() {\n    return 2;\n  }\n}\n";
  const method = "  new() {\n    return 3;\n  }";
  assert.equal(at("typescript", typescript, method), typescript.replace("┃", `\n${method}\n`));
});

test("what is to go by the wish goes: a selected function or method by its name, and what this and both stand for", () => {
  const pair = "// x\n┃function one() {\n  return 1;\n}\n\nfunction two() {\n  return 2;\n}\n┃\nlast();\n";
  const became = (marked: string, answer: string, wish: string): string => {
    const outcome = outcomeOf("typescript", marked, answer, wish);
    return outcome.kind === "applied" ? outcome.applied.text : outcome.refusal.reason;
  };
  const one = "function one() {\n  return 1;\n}\n";
  assert.equal(became(pair, one, "remove the function two"), pair.replace(/┃[^┃]*┃/, one));
  const both = "function both() {\n  return 3;\n}\n";
  assert.equal(became(pair, both, "merge both into one function"), pair.replace(/┃[^┃]*┃/, both));
  const type = "// x\n┃class A {\n  one() {\n    return 1;\n  }\n\n  two() {\n    return 2;\n  }\n}\n┃last();\n";
  const rest = "class A {\n  one() {\n    return 1;\n  }\n}\n";
  assert.equal(became(type, rest, "删除方法 two"), type.replace(/┃[^┃]*┃/, rest));
  assert.equal(became(type, rest, "shorter"), "unchanged");
});

test("a function with an example of its use behind it keeps its comment", () => {
  const there = "/** One. */\nfunction one() {\n  return 1;\n}\n";
  const answer = "function one() {\n  return 2;\n}\n\n// Example usage\nconsole.log(one());\n";
  const rest = "\nfunction two() {\n  return one();\n}\n";
  assert.equal(applied("typescript", `┃${there}┃${rest}`, answer), `/** One. */\n${answer}${rest}`);
});

test("a line that is to be there twice is, also above one that is the same", () => {
  isReplaced("typescript", "a();\n┃b();\n┃b();\nc();\n", "b();\nb();\n");
  isReplaced("yaml", "list:\n┃  - a\n┃  - a\n  - b\n", "  - a\n  - a\n");
});

test("a selection from inside one function to inside the next becomes the answer", () => {
  isReplaced(
    "typescript",
    "function f() {\n  one();\n┃  two();\n}\n\nfunction g() {\n  three();\n┃  four();\n}\n",
    "  two();\n  more();\n}\n\nfunction g() {\n  three(3);\n",
  );
});

test("what this stands for is what is selected, and not the function that begins right below", () => {
  const marked = "function zero() {}\n┃function one() {}\n┃function two() {}\nlast();\n";
  const outcome = outcomeOf("typescript", marked, "function zero() {}\nlast();\n", "delete this");
  assert.deepEqual(outcome.kind === "refused" && outcome.refusal, { reason: "symbols-lost", names: ["two"] });
});
