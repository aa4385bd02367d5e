import assert from "node:assert/strict";
import { test } from "node:test";
import { reviewOf } from "../../src/refactor/reviewFindings.ts";
import type { ReviewedFile } from "../../src/refactor/reviewPlaces.ts";

const CART = `import { tax } from "./tax";

export function total(items: Item[]): number {
  let sum = 0;
  for (let i = 0; i <= items.length; i++) {
    sum += items[i].price;
  }
  return sum;
}

export function rate(country: string): number {
  const found = tax[country];
  if (found = undefined) return 0;
  return found.rate;
}

export async function save(cart: Cart): Promise<void> {
  fetch("/save", { method: "POST", body: JSON.stringify(cart) });
  let sum = 0;
}
`;

const file = (path: string, text: string, from = 0, to = text.split("\n").length): ReviewedFile => ({
  path,
  lines: text.split("\n"),
  from,
  to,
});
const cart = [file("src/cart.ts", CART)];
/** Lines from 1, as they are shown. */
const read = (reply: string, files = cart) =>
  reviewOf(reply, files).findings.map(({ severity, line, text }) => [
    severity,
    line === undefined ? 0 : line + 1,
    text,
  ]);

test("findings stand at the lines that they quote", () => {
  const reply = `- **high** 5 \`for (let i = 0; i <= items.length; i++) {\`: reads past the end; use \`<\`.
- **medium** 18 \`fetch("/save", { method: "POST", body: JSON.stringify(cart) });\`: the promise is lost; await it.
- **low** 11 \`rate\`: says too little.`;
  assert.deepEqual(read(reply), [
    ["high", 5, "reads past the end; use `<`."],
    ["medium", 18, "the promise is lost; await it."],
    ["low", 11, "`rate`: says too little."],
  ]);
});

test("a wrong number does not move a finding away from the line that it quotes", () => {
  for (const number of ["1", "7", "20", "400", "99999999", "0", "-3"])
    assert.equal(read(`- **high** ${number} \`if (found = undefined) return 0;\`: assigns.`)[0]?.[1], 13, number);
});

test("of lines that are the same the number tells which one is meant", () => {
  assert.equal(read("- **low** 19 `let sum = 0;`: unused")[0]?.[1], 19);
  assert.equal(read("- **low** 3 `let sum = 0;`: unused")[0]?.[1], 4);
  assert.equal(read("- **low** `let sum = 0;`: unused")[0]?.[1], 4);
});

test("quotes may be cut, of several lines, spaced otherwise, or a little wrong", () => {
  for (const quote of [
    "for (let i = 0; …",
    "for (let i = 0; i <= items.length; i++) { sum += items[i].price; }",
    "for (let i = 0;  i <= items.length;  i++) {",
    "for (let i=0; i<=items.length; i++) {",
    "i <= items.length",
    "5| for (let i = 0; i <= items.length; i++) {",
    "+  for (let i = 0; i <= items.length; i++) {",
  ])
    assert.equal(read(`- **high** \`${quote}\`: wrong`)[0]?.[1], 5, quote);
});

test("the forms that models write severities in are all read", () => {
  for (const line of [
    "**high** `if (found = undefined) return 0;`: assigns",
    "- high: `if (found = undefined) return 0;`: assigns",
    "1. **High** – `if (found = undefined) return 0;`: assigns",
    "1.**High**: `if (found = undefined) return 0;`: assigns",
    "* [HIGH] `if (found = undefined) return 0;`: assigns",
    "- (high) Line 13: `if (found = undefined) return 0;` assigns",
    "🔴 **High**: `if (found = undefined) return 0;`: assigns",
    "- **Critical** line 13 `if (found = undefined) return 0;`: assigns",
    "- **Severity: high** `if (found = undefined) return 0;`: assigns",
    "### High: `if (found = undefined) return 0;` assigns",
    "- **高** 第 13 行 `if (found = undefined) return 0;`：赋值",
    "- 严重：`if (found = undefined) return 0;` 赋值",
    "- `if (found = undefined) return 0;` (high): assigns",
    "| high | 13 | `if (found = undefined) return 0;` | assigns |",
    "> **high** `if (found = undefined) return 0;`: assigns",
    "## High\n\n- `if (found = undefined) return 0;`: assigns",
    "**High severity**\n1. `if (found = undefined) return 0;`: assigns",
    "- **high**, `if (found = undefined) return 0;`, assigns",
  ]) {
    const [first, ...others] = read(line);
    assert.deepEqual([first?.[0], first?.[1], others.length], ["high", 13, 0], line);
  }
});

test("what belongs to a finding stays with it, code included, and what follows all of them does not", () => {
  const reply = `Here is what I found:

- **high** \`if (found = undefined) return 0;\`: assigns.
  Write this:
  \`\`\`ts
  - **low** \`return sum;\` is no finding
  \`\`\`
- **low** \`return sum;\`: fine

Overall this is good code. High praise!`;
  const found = read(reply);
  assert.deepEqual(
    found.map(([severity, line]) => [severity, line]),
    [
      ["high", 13],
      ["low", 8],
    ],
  );
  assert.match(String(found[0]?.[2]), /^assigns\.\n {2}Write this:\n {2}```ts\n/);
  assert.equal(found[1]?.[2], "fine");
});

test("what can't be placed is told all the same, with what it says of its place", () => {
  for (const line of [
    "- **high** 12: something is wrong",
    "- **high** `nowhere.in(thisFile, at, all)`: wrong",
    "- **high** everything is wrong",
    "- **high** 12 ``: wrong",
    "- **high** `{`: wrong",
    "- **high** Line 7: wrong",
  ])
    assert.deepEqual(read(line)[0]?.slice(0, 2), ["high", 0], line);
  assert.match(String(read("- **high** 12: something")[0]?.[2]), /12/);
});

test("a number counts where what stands there is named", () => {
  assert.equal(read("- **medium** Line 12: found may be undefined in `tax`")[0]?.[1], 12);
  assert.equal(read("- **low** 17: `save()` has no error handling")[0]?.[1], 17);
});

test("prose is no finding", () => {
  for (const reply of [
    "High cohesion is good here.",
    "The low level functions are fine.",
    "",
    "```ts\n- **high** x\n```",
    "The risk is not high: all is well",
    "highlight: x",
  ])
    assert.deepEqual(read(reply), [], reply);
});

test("that nothing was found is told apart from an answer that says nothing", () => {
  const clean = (reply: string): boolean => reviewOf(reply, cart).isClean;
  for (const reply of [
    "I found no issues.",
    "No problems found.",
    "Nothing to report.",
    "I did not find any bugs in this code.",
    "没有发现问题。",
    "未发现明显的缺陷。",
    "LGTM",
    "The code has no bugs.",
  ])
    assert.equal(clean(reply), true, reply);
  for (const reply of ["", "Sure! Here is the code.", "```ts\nx\n```", "I can't help with that."])
    assert.equal(clean(reply), false, reply);
  assert.equal(clean("- **high** `return sum;`: no bug found"), false);
});

test("of several files the one that is named counts, else the only one that has the line", () => {
  const files = [
    file("src/cart.ts", CART),
    file("src/tax.ts", "export const tax = {};\n"),
    file("lib/tax.ts", "let a = 1;\n"),
  ];
  const where = (reply: string) => reviewOf(reply, files).findings.map(({ file, line }) => [file, line])[0];
  assert.deepEqual(where("- **high** src/tax.ts:1 `export const tax = {};`: empty"), [1, 0]);
  assert.deepEqual(where("- **high** `lib/tax.ts` 1 `let a = 1;`: unused"), [2, 0]);
  assert.deepEqual(where("- **high** cart.ts `return found.rate;`: fails"), [0, 13]);
  assert.deepEqual(where("- **high** `return found.rate;`: fails"), [0, 13]);
  assert.deepEqual(where("- **high** notcart.ts `nothing here`: fails"), [0, undefined]);
  assert.deepEqual(where("- **high** tax.ts `nothing here`: fails"), [0, undefined]);
});

test("a quote that stands outside of what was to be reviewed, too, is meant inside of it", () => {
  assert.equal(read("- **low** `let sum = 0;`: unused", [file("a.ts", CART, 16, 20)])[0]?.[1], 19);
});

test("a hostile reply is read, and neither grows without bounds nor hides anything", () => {
  const hostile = [
    "- **high** ".repeat(20_000),
    "`".repeat(100_000),
    `- **high** \`${"a ".repeat(50_000)}\`: x`,
    "**".repeat(50_000),
    `- **low** \`return sum;\`: ${"\u202Eevil\u0007 ".repeat(2_000)}`,
    "- **low** x\n".repeat(3_000),
    Array.from({ length: 3_000 }, (_, index) => `- **low** \`const z${index} = ${index};\`: x`).join("\n"),
  ].join("\n");
  const { findings } = reviewOf(hostile, cart);
  assert.ok(findings.length <= 100);
  assert.ok(findings.every(({ text }) => text.length <= 4_001 && !/(?!\n)[\p{Cc}\p{Cf}]/u.test(text)));
});

test("an item in a row with findings that says not how bad it is belongs to none of them, and is told as unread", () => {
  const reply = `- **high** 5 \`for (let i = 0; i <= items.length; i++) {\`: reads past the end.
  - write \`<\`
- nonsense line
  and more of it
- **low** 8 \`return sum;\`: fine`;
  assert.deepEqual(read(reply), [
    ["high", 5, "reads past the end.\n  - write `<`"],
    ["low", 8, "fine"],
  ]);
  assert.deepEqual(reviewOf(reply, cart).unread, ["- nonsense line"]);
  const plain = "**high** 5 `for (let i = 0; i <= items.length; i++) {`: reads past the end.\n- write `<`";
  assert.deepEqual(read(plain), [["high", 5, "reads past the end.\n- write `<`"]]);
  const numbered = "1. **high** `return sum;`: a\n2. nothing\n3. **low** `return sum;`: b";
  assert.deepEqual(
    read(numbered).map(([, , text]) => text),
    ["a", "b"],
  );
});
