import assert from "node:assert/strict";
import { test } from "node:test";
import * as preset from "@secretlint/secretlint-rule-preset-recommend";
import { array, assert as check, asyncProperty, constantFrom, integer, oneof, property, string } from "fast-check";
import { valuesOfEnv } from "../../../src/context/gates/envValues.ts";
import { Redactor } from "../../../src/context/gates/redactor.ts";
import { secretFinder } from "../../../src/context/gates/secretRules.ts";
import { madeUp } from "../../support/secrets.ts";

const find = secretFinder(preset);
const redactor = () => new Redactor(find, "t3st");

for (const [kind, { secret, line }] of Object.entries(madeUp)) {
  test(`${kind}: nothing of it is left, and the line is itself again when it comes back`, () => {
    const gate = redactor();
    const text = `const before = 1;\n${line}\nconst after = 2;\n`;
    const { texts, redactions } = gate.redact([text]);
    for (const part of secret.split("\n")) assert.ok(!texts[0]?.includes(part), texts[0]);
    assert.equal(redactions.length, 1);
    assert.equal(gate.restore(texts[0] ?? ""), text);
    assert.match(texts[0] ?? "", /const before = 1;\n[^]*SECRET_t3st_000[^]*\nconst after = 2;\n/);
  });

  test(`${kind}: with the caret inside, neither half is left`, () => {
    const gate = redactor();
    const middle = line.indexOf(secret) + Math.floor(secret.length / 2);
    const { texts } = gate.redact([line.slice(0, middle), line.slice(middle)]);
    for (const half of [
      line.slice(line.indexOf(secret), middle),
      line.slice(middle, line.indexOf(secret) + secret.length),
    ]) {
      assert.ok(!texts.join("\0").includes(half), texts.join("|"));
    }
  });
}

test("a private key is found by its start, its end, and the lines between them", () => {
  const { line } = madeUp["private key"] ?? { line: "" };
  const lines = line.split("\n");
  for (const cut of [lines.slice(0, 3), lines.slice(2), lines.slice(1, 5)]) {
    const { texts } = redactor().redact([`x = 1;\n${cut.join("\n")}`]);
    for (const body of cut.filter((each) => /^\w{60,}/.test(each))) assert.ok(!texts[0]?.includes(body), texts[0]);
  }
});

test("the same secret has the same placeholder everywhere, another one another", () => {
  const gate = redactor();
  const { line } = madeUp["GitHub token"] ?? { line: "" };
  const { line: other } = madeUp["Slack token"] ?? { line: "" };
  const [one] = gate.redact([line]).texts;
  const [two] = gate.redact([`${other}\n${line}`]).texts;
  assert.equal(two?.split("\n")[1], one);
  assert.notEqual(two?.split("\n")[0], one);
});

test("values of .env files are secrets wherever they stand, plain words are not", () => {
  const gate = redactor();
  gate.know(valuesOfEnv('# c\nexport A="quoted value 9z"\nB=plain4value # why\nMODE=production\nPORT=8080\nEMPTY=\n'));
  const { texts } = gate.redact(["f('plain4value', 'quoted value 9z', 'production', 8080)"]);
  assert.equal(texts[0], "f('SECRET_t3st_000', 'SECRET_t3st_001', 'production', 8080)");
});

test("what only looks like a secret stays: examples, variables, hashes in code, long names", () => {
  const lines = [
    'password = "your-password-1"',
    "token: process.env.TOKEN1234",
    "const apiKey = getApiKey(options1);",
    "API_KEY=${OTHER_KEY_9}",
    'integrity: "sha512-short"',
    "const aVeryLongNameThatGoesOnAndOn1 = anotherVeryLongNameThatGoesOnAndOn2;",
    "token: '0x5C221E77624690fff6dd741493D735a17716c26B'",
    "import { useTokenFromContext2 } from './tokens2';",
  ];
  assert.deepEqual(redactor().redact([lines.join("\n")]).redactions, []);
});

const code = oneof(
  string({ maxLength: 20 }),
  constantFrom(...Object.values(madeUp).map(({ line }) => line)),
  constantFrom("\n", " ", "SECRET_", "SECRET_t3st_", "SECRET_t3st_000", "key = ", '"'),
);

test("whatever the text: what leaves, put back, is the text", () => {
  check(
    property(array(code, { maxLength: 12 }), integer({ min: 0, max: 400 }), (parts, cut) => {
      const text = parts.join("").replaceAll(/SECRET_t3st_[a-z0-9]{3}/g, "");
      const gate = redactor();
      const { texts } = gate.redact([text.slice(0, cut), text.slice(cut)]);
      assert.equal(gate.restore(texts.join("")), text);
      assert.deepEqual(gate.redact(texts).texts, texts);
    }),
    { numRuns: 500 },
  );
});

test("an answer in pieces, cut anywhere, is put back as a whole one is", async () => {
  const gate = redactor();
  const { line } = madeUp["GitHub token"] ?? { line: "" };
  const [sent = ""] = gate.redact([line]).texts;
  async function* cutUp(text: string, sizes: readonly number[]): AsyncGenerator<string> {
    let at = 0;
    for (let index = 0; at < text.length; index += 1) {
      const size = sizes[index % sizes.length] ?? 1;
      yield text.slice(at, at + size);
      at += size;
    }
  }
  await check(
    asyncProperty(
      array(constantFrom(sent, "SECRET_", "SECRET_t3st_00", "x", "\n"), { maxLength: 6 }),
      array(integer({ min: 1, max: 9 }), { minLength: 1 }),
      async (parts, sizes) => {
        let whole = "";
        for await (const piece of gate.restoring(cutUp(parts.join(""), sizes))) whole += piece;
        assert.equal(whole, gate.restore(parts.join("")));
      },
    ),
  );
});
