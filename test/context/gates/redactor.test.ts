import assert from "node:assert/strict";
import { test } from "node:test";
import * as preset from "@secretlint/secretlint-rule-preset-recommend";
import {
  array,
  assert as check,
  asyncProperty,
  constantFrom,
  integer,
  nat,
  oneof,
  property,
  record,
  string,
} from "fast-check";
import { valuesOfEnv } from "../../../src/context/gates/envValues.ts";
import { Redactor } from "../../../src/context/gates/redactor.ts";
import { secretFinder } from "../../../src/context/gates/secretRules.ts";
import { keyLines, madeUp } from "../../support/secrets.ts";

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

for (const [form, lines] of Object.entries(keyLines)) {
  test(`a private key ${form} is found whole, by its start, by its end, and by lines from between`, () => {
    for (const [first, last] of [
      [0, lines.length],
      [0, 3],
      [2, lines.length],
      [1, 5],
    ] as const) {
      const cut = lines.slice(first, last);
      for (const text of [`${cut.join("\n")}${last === lines.length ? "\nx = 1;\n" : ""}`, cut.join("\n")]) {
        const gate = redactor();
        const { texts, redactions } = gate.redact([first === 0 ? `x = 1;\n${text}` : text]);
        assert.ok(!/\w{40}/.test(texts.join("")), texts[0]);
        assert.deepEqual(
          redactions.map(({ rule, count }) => ({ rule, count })),
          [{ rule: "privatekey", count: 1 }],
        );
      }
    }
  });
}

test("a private key in JSON is found, whole and cut at both ends", () => {
  const { line } = madeUp["private key"] ?? { line: "" };
  const json = JSON.stringify({ type: "service_account", private_key: `${line}\n`, client: "c" });
  const [whole = ""] = redactor().redact([json]).texts;
  assert.match(whole, /^\{"type":"service_account","private_key":"SECRET_t3st_000\\n","client":"c"\}$/);
  for (const cut of [json.slice(0, 180), json.slice(90), json.slice(90, 300)]) {
    assert.ok(!/\w{20}/.test(redactor().redact([cut]).texts.join("")), cut);
  }
});

test("a certificate, data in base 64 and the mere words of a mark are no private key", () => {
  const { secret } = madeUp["private key"] ?? { secret: "" };
  const mark = (word: string, what: string) => `-----${word} ${what}-----`;
  const data = `${"QUJD".repeat(19)}\n`.repeat(30);
  for (const text of [
    `a\n${mark("BEGIN", "CERTIFICATE")}\n${secret}\n${mark("END", "CERTIFICATE")}\n`,
    `${secret}\n${mark("END", "CERTIFICATE")}\n`,
    `const image =\n${data};\nend();\n`,
    `START = b"${mark("BEGIN", "OPENSSH PRIVATE KEY")}"\nEND = b"${mark("END", "OPENSSH PRIVATE KEY")}"\n`,
    `if (line === "${mark("BEGIN", "PRIVATE KEY")}") return read(line);`,
  ]) {
    assert.deepEqual(redactor().redact([text]).redactions, [], text);
  }
});

test("a token that is cut off at the end of a text is found by its start", () => {
  for (const kind of ["GitHub token", "Slack token", "OpenAI key", "Anthropic key", "JWT"]) {
    const { secret = "", line = "" } = madeUp[kind] ?? {};
    const { texts } = redactor().redact([line.slice(0, line.indexOf(secret) + 24)]);
    assert.ok(!texts[0]?.includes(secret.slice(0, 20)), `${kind}: ${texts[0]}`);
  }
});

test("of an address only the password is replaced", () => {
  const { texts } = redactor().redact([madeUp["database's address"]?.line ?? ""]);
  assert.equal(texts[0], 'const url = "postgres://shop:SECRET_t3st_000@db.internal/shop";');
});

test("a long token in a line that is longer still is found to its end", () => {
  const { secret = "" } = madeUp["JWT"] ?? {};
  const token = secret.replace(/\.[^.]*$/, `${"aB3dE5fG7".repeat(150)}.${"hI9jK1lM3".repeat(20)}`);
  for (const before of [0, 650, 1_190, 1_900]) {
    const { texts } = redactor().redact([`${"a(b);".repeat(before / 5)}x = "${token}";${"c(d);".repeat(400)}`]);
    assert.ok(!/B3dE5fG|I9jK1lM/.test(texts[0] ?? ""), `after ${before}`);
  }
});

test("a text that is one long line is looked through in all its length, whatever is in it", () => {
  const { secret = "", line = "" } = madeUp["GitHub token"] ?? {};
  const filling = "a(b,c);".repeat(600);
  const { texts } = redactor().redact([`${filling}${line}${filling}${line}${filling}`]);
  assert.equal(texts[0]?.split("SECRET_t3st_000").length, 3);
  assert.ok(!texts[0]?.includes(secret));
  // Each of these would keep a careless pattern busy for minutes.
  for (const piece of [
    "QUJD",
    "eyJ",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9 \n",
    "Private-Lines: 1\n",
    "dp.pt.",
    "sk-",
    "a://b:",
    "-----BEGIN PRIVATE KEY-----\n",
    "password",
    "A",
    "'\"",
  ]) {
    assert.ok(redactor().redact([piece.repeat(50_000 / piece.length)]).texts[0] !== undefined);
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

test("a short value of a .env file is found also where it is all of its line", () => {
  const gate = redactor();
  gate.know(valuesOfEnv("DB_PASSWORD=hunt3r\nAPI_TOKEN=ab12cd7\n"));
  const { texts } = gate.redact(["login(\n`hunt3r`,\nhunt3r\r\nab12cd7\n);"]);
  assert.equal(texts[0], "login(\n`SECRET_t3st_000`,\nSECRET_t3st_000\r\nSECRET_t3st_001\n);");
});

test("a value in the line after its name is found, however short the name", () => {
  const value = "k9XvQ2mR7pLw4TzB8sYd";
  for (const name of ["token:", "secret=", "pwd = (", "pwd =", "pwd:\r", '"pwd":', "f(pwd,", "secret = ("]) {
    const { texts } = redactor().redact([`const a = 1;\n${name}\n  '${value}'\nend();`]);
    assert.equal(texts[0], `const a = 1;\n${name}\n  'SECRET_t3st_000'\nend();`);
  }
});

test("of a .env file, what is a secret by its name or by its looks is looked for", () => {
  const { secret: token = "" } = madeUp["GitHub token"] ?? {};
  const env = [
    "DB_PASSWORD=letmeinplease",
    `CI=${token}`,
    "DATABASE_URL=postgres://shop:0pen5esame@db/shop",
    "PUBLIC_URL=https://shop2.internal/v2",
    "NODE_ENV=production",
    "API_KEY=${OTHER}",
    "ADMIN=root@shop1.internal",
    "DEBUG_TOKEN=true",
    "SHOP_NAME=unusual-value-77",
  ];
  assert.deepEqual(valuesOfEnv(env.join("\n")), ["letmeinplease", token, "0pen5esame", "unusual-value-77"]);
  const gate = redactor();
  gate.know(valuesOfEnv(env.join("\n")));
  assert.equal(gate.redact(["login('letmeinplease')"]).texts[0], "login('SECRET_t3st_000')");
  gate.know([]);
  assert.equal(gate.redact(["login('letmeinplease')"]).texts[0], "login('letmeinplease')");
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
    'const FLOW_PASSWORD_REQUIRED = "FlowPasswordRequiredResultV2";',
    "const TOKEN_PATH = '/metadata/identity/oauth2/token';",
    "SHA256_TOKEN_TO_REFRESH: 'token_sha256_to_refresh',",
    "const SUBJECT_TOKEN = 'urn:openai:params:oauth:token-type:x509';",
    "netrc_auth = get_netrc_auth(original_url1)",
    "password = hashlib.sha256(value1).hexdigest()",
    "public UserPassword2Reset resetPassword(UserToken2 token2) {",
    '<div class="sk-folding-cube1 sk-three-bounce2-container"></div>',
    "url = 'https://user:password@host/', other = `https://${user}:${password}@host/`",
    "account_id = 123456789012",
    'title: "Password must have 8 characters", tokenType: "Bearer2Token9x8"',
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

test("a secret whose end is only seen when its neighbour is hidden is hidden as well", () => {
  const text = `machine api.internal login bob password gX7kLs2#kcQA}${madeUp["private key"]?.line}`;
  const gate = redactor();
  const { texts } = gate.redact([text]);
  assert.ok(!texts.join("").includes("gX7kLs2"), texts.join(""));
  assert.equal(gate.restore(texts.join("")), text);
});

test("a value of an .env file that is a part of what placeholders are called leaves them whole", () => {
  const gate = redactor();
  gate.know(["SECRET", "t3st_0"]);
  const text = `${madeUp["GitHub token"]?.line ?? ""}\nSECRET`;
  const { texts } = gate.redact([text]);
  assert.equal(gate.restore(texts.join("")), text);
  assert.deepEqual(gate.redact(texts).texts, texts);
});

test("only placeholders that the model was shown are put back: it may count on by itself", async () => {
  const gate = redactor();
  const [one = "", two = ""] = ["GitHub token", "Slack token"].map(
    (kind) => gate.redact([madeUp[kind]?.line ?? ""]).redactions[0]?.placeholder,
  );
  async function* answer(): AsyncGenerator<string> {
    yield `${one}, ${two}`;
  }
  let whole = "";
  for await (const piece of gate.restoring(answer(), new Set([one]))) whole += piece;
  assert.equal(whole, `${madeUp["GitHub token"]?.secret}, ${two}`);
});

test("a placeholder that the model writes twice, or in other letters, is put back; one that is cut off is not shown", async () => {
  const gate = redactor();
  const { secret = "", line = "" } = madeUp["GitHub token"] ?? {};
  const placeholder = gate.redact([line]).redactions[0]?.placeholder ?? "";
  const answered = async (text: string) => {
    async function* pieces(): AsyncGenerator<string> {
      for (const letter of text) yield letter;
    }
    let whole = "";
    for await (const piece of gate.restoring(pieces())) whole += piece;
    return whole;
  };
  assert.equal(await answered(`${placeholder}${placeholder}`), secret + secret);
  assert.equal(
    await answered(`f(${placeholder.toLowerCase()}, ${placeholder.toUpperCase()})`),
    `f(${secret}, ${secret})`,
  );
  assert.equal(await answered(`x = "${placeholder.slice(0, -1)}`), 'x = "');
  assert.equal(await answered("const SECRET_"), "const SECRET_");
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
      array(constantFrom(sent, "SECRET_", "SECRET_t3st_00", "x", "\n"), { maxLength: 6 }).map((parts) => [
        ...parts,
        "\n",
      ]),
      array(integer({ min: 1, max: 9 }), { minLength: 1 }),
      async (parts, sizes) => {
        let whole = "";
        for await (const piece of gate.restoring(cutUp(parts.join(""), sizes))) whole += piece;
        assert.equal(whole, gate.restore(parts.join("")));
      },
    ),
  );
});

test("what was clean before hides no secret: a text is redacted as if it were the first, wherever it was changed", () => {
  const plain = Array.from({ length: 40 }, (_, index) => `const value${index} = compute(items[${index}], options);`);
  const secrets = Object.values(madeUp).map(({ line }) => line);
  const anyLine = oneof(
    { weight: 3, arbitrary: constantFrom(...plain, "", "}") },
    { weight: 1, arbitrary: constantFrom(...secrets, "password:", "-----BEGIN PRIVATE KEY-----") },
  );
  const edit = record({ at: nat(60), removed: nat(2), added: array(anyLine, { maxLength: 2 }), cut: nat(40) });
  const plainly = (text: string): string => text.replaceAll(/SECRET_t3st_\w{3}/g, "SECRET");
  check(
    property(array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
      const warm = new Redactor(find, "t3st");
      let lines: readonly string[] = plain;
      for (const { at, removed, added, cut } of edits) {
        lines = lines.toSpliced(Math.min(at, lines.length), removed, ...added);
        const text = lines.join("\n");
        const texts = [text.slice(0, Math.max(0, text.length - cut)), "\nend();\n"];
        const [first, fresh] = [warm, new Redactor(find, "t3st")].map((redactor) =>
          redactor.redact(texts).texts.map(plainly),
        );
        assert.deepEqual(first, fresh);
      }
    }),
  );
});
