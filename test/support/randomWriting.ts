/** Documents, answers, and what a writer does, drawn at random. */

import * as fc from "fast-check";
import type { CompletionBackend } from "../../src/completion/request.ts";
import type { Trigger } from "../../src/completion/suggestion.ts";
import type { ModelScript } from "./modelScripts.ts";
import type { DocumentText } from "./simulatedEditor.ts";

const typescript: DocumentText = {
  path: "src/sum.ts",
  languageId: "typescript",
  indentUnit: "  ",
  text: "import { log } from './log';\n\nexport function sum(values: number[]) {\n  let total = 0;\n  for (const value of values) {\n    total += value;\n  }\n  return total;\n}\n\nlog(`sum: ${sum([1, 2])}`);\n",
};
const python: DocumentText = {
  path: "area.py",
  languageId: "python",
  indentUnit: "    ",
  text: 'import math\n\n\ndef area(radius):\n    """The area (of a circle)."""\n    return math.pi * radius ** 2\n\n\nif __name__ == "__main__":\n    print(area(2))\n',
};
const go: DocumentText = {
  path: "main.go",
  languageId: "go",
  indentUnit: "\t",
  text: "package main\r\n\r\nfunc load(path string) error {\r\n\tfile, err := open(path)\r\n\tif err != nil {\r\n\t\treturn err\r\n\t}\r\n\tdefer file.Close()\r\n\treturn nil\r\n}\r\n",
};
const chinese: DocumentText = {
  path: "计算.js",
  languageId: "javascript",
  indentUnit: "  ",
  text: "// 计算总价（含税）\r\nconst 税率 = 0.13;\r\nfunction 总价(价格) {\r\n  const 结果 = 价格 * (1 + 税率);\r\n  return 结果; // 😀\r\n}\r\n",
};
const markdown: DocumentText = {
  path: "README.md",
  languageId: "markdown",
  indentUnit: "  ",
  text: "# Sum\n\n1) Install it.\n2) Run it (twice).\n\n```sh\nnpm start\n```\n",
};
const documents = [typescript, python, go, chinese, markdown] as const;

export type Action =
  | { readonly kind: "type"; readonly text: string }
  | { readonly kind: "typeAlong"; readonly chars: number }
  | { readonly kind: "bracket"; readonly bracket: string }
  | {
      readonly kind:
        | "backspace"
        | "deleteLine"
        | "undo"
        | "accept"
        | "acceptWord"
        | "dismiss"
        | "rest"
        | "clear"
        | "stop";
    }
  | { readonly kind: "move"; readonly to: number }
  | { readonly kind: "switch"; readonly to: number }
  | { readonly kind: "ask"; readonly trigger: Trigger; readonly item: boolean; readonly aborted: boolean }
  | { readonly kind: "cancel" }
  | { readonly kind: "pass"; readonly ms: number };

const code = [
  "return total;",
  "a + b;",
  "total = total + 1;\n  return total;\n}\n",
  "if (a) {\n    b();\n  }\n",
  "b();\n} else {\n  c();\n}",
  "foo(a));\n}\n}",
  "\n    return 1\n\ndef other():\n    pass\n",
  "变量 = 价格 * 税率;",
  "const 结果 = 价格 * (1 + 税率);\r\n  return 结果;",
  "import { log } from './log';",
  "file, err := open(path)\n\tif err != nil {\n\t\treturn err\n\t}",
  "😀😀 = '(';",
  "user.get('a', (b) => {\n  c[0];\n})",
];
const garbage = [
  "",
  "\n\n\n",
  "   ",
  "```ts\nconst a = 1;\n```\nI hope this helps!",
  "Sure, here is the completed code:\n\n```\nfoo();\n```",
  "This function takes two arguments and returns their sum.",
  "a();<|endoftext|>b();",
  "<|fim_middle|></s>",
  ")]}",
  "});\n});\n});",
  "x x x x x x x x x x x x x x x x",
  "a();\na();\na();\na();\n",
  "\u0000\uFFFD\u2028",
  "}}}}}\r\n))))",
  "a();\r\r\nb();\rc();",
  "a();  \n  \n\tb(); \n",
];
/** The first value `weight` times as often as each of the others. */
function oftenFirst<const T>(first: T, weight: number, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight, arbitrary: fc.constant(first) },
    { weight: others.length, arbitrary: fc.constantFrom(...others) },
  );
}

/** Of one request. */
const script: fc.Arbitrary<ModelScript> = fc.record({
  answer: fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("text" as const), text: fc.constantFrom(...code) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("text" as const), text: fc.constantFrom(...garbage) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom("suffix" as const, "prefix" as const),
        lines: fc.integer({ min: 1, max: 4 }),
      }),
    },
  ),
  pieces: fc.integer({ min: 1, max: 5 }),
  eachMs: fc.constantFrom(0, 0, 40, 150, 900),
  ending: oftenFirst("done", 9, "never", "failure", "bug"),
});

/** One thing that somebody does, or time that passes. */
export const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("ask" as const),
      trigger: fc.constantFrom("automatic" as const, "automatic" as const, "manual" as const),
      item: fc.boolean(),
      aborted: fc.nat({ max: 19 }).map((chance) => chance === 0),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("type" as const),
      text: fc.constantFrom("a", "r", " ", ";", "\n", "\n  ", "total", "价", "=", "😀", "function f() {\n", "()", "\t"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("typeAlong" as const), chars: fc.integer({ min: 1, max: 6 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("bracket" as const),
      bracket: fc.constantFrom(...Array.from("()[]{}\"'")),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      ms: fc.constantFrom(1, 30, 60, 150, 300, 1_200, 6_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("move" as const), to: fc.nat({ max: 260 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("switch" as const), to: fc.nat({ max: 1 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "backspace" as const,
        "deleteLine" as const,
        "undo" as const,
        "accept" as const,
        "acceptWord" as const,
        "dismiss" as const,
        "rest" as const,
        "clear" as const,
        "cancel" as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "stop" as const }) },
);

/** What stays the same through a sequence. */
export const setting = fc.record({
  first: fc.constantFrom(...documents),
  second: fc.constantFrom(...documents),
  scripts: fc.array(script, { minLength: 1, maxLength: 4 }),
  deaf: fc.boolean(),
  format: fc.constantFrom<CompletionBackend["format"][]>("qwen2.5-coder", "smollm2-fim", "chat-hole", "continuation"),
  backend: oftenFirst("at-once", 9, "later", "never", "refuses", "throws"),
  warms: fc.boolean(),
  /** The editor asks after each change, as editors do. */
  asksItself: fc.boolean(),
  options: fc.record({
    delay: fc.constantFrom(
      { rate: 0, minMs: 0, maxMs: 0 },
      { rate: 1, minMs: 0, maxMs: 300 },
      { rate: 1, minMs: 400, maxMs: 800 },
    ),
    quiet: fc.nat({ max: 9 }).map((chance) => chance === 0),
    alternatives: fc.integer({ min: 1, max: 3 }),
    speculate: fc.constantFrom("local" as const, "always" as const, "never" as const),
  }),
});

export type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never;
