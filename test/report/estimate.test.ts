import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { estimate } from "../../src/report/estimate.ts";
import { estimators } from "../../src/report/estimators.ts";
import { arms, eightPairs, published, sixStrata } from "../support/estimates.ts";

const root = join(import.meta.dirname, "..", "..");

/** The command line as somebody runs it, with `input` on its standard input. */
function run(args: readonly string[], input: string) {
  const entry = join(root, "src", "report", "commandLine.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...args], { input, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** The same in this process, for what does not hang on the process. */
async function ran(name: string, input: unknown) {
  return estimate([name], async () => (typeof input === "string" ? input : JSON.stringify(input)));
}

/** One field of each estimator's result, by dots, as it was published; the names and the inputs are what others rely on. */
const known: Readonly<Record<string, readonly [input: object, values: Readonly<Record<string, number>>]>> = {
  wilson: [
    { k: 27, n: 100 },
    { estimate: 0.27, lower: 0.192696, upper: 0.364321 },
  ],
  clusteredRatio: [
    { y: [12, 3, 30, 7, 0, 18, 22, 5, 9, 14], x: [40, 25, 70, 30, 12, 60, 55, 40, 35, 41] },
    { estimate: 0.294118, se: 0.0373151, upper: 0.384881, df: 9 },
  ],
  logRatioOfSums: [arms, { estimate: 1.470274, lower: 0.793336, df: 5.036859 }],
  meanOfLogs: [arms, { estimate: 1.489053, upper: 2.825556, df: 5.628246, "claims.2.pAtLeast": 0.0185004 }],
  pairs: [eightPairs, { estimate: 1.208077, upper: 1.414086, p: 0.03125 }],
  strata: [{ strata: sixStrata }, { lower: 1.252979, upper: 1.767341 }],
  permutation: [{ strata: sixStrata }, { p: 0.000128, assignments: 15_625 }],
  evalue: [
    { strata: sixStrata, claim: 2 },
    { e: 16.5322, ePlus: 16.5322 },
  ],
  evalueInterval: [{ strata: sixStrata }, { lower: 1.029391, upper: 2.154812 }],
  confidenceSequence: [
    { d: [0.3, 0.1], tStar: 20 },
    { t: 2, theta: 0.2 },
  ],
  kaplanMeier: [
    { t: [15, 30, 30], event: [1, 0, 0] },
    { "steps.0.estimate": 2 / 3, n: 3 },
  ],
  team: [
    { theta: [0.2, 0.2], se: [0.1, 0.1] },
    { theta: 0.2, se: 0.1 * Math.SQRT1_2, tau2: 0, q: 1 },
  ],
  microRandomised: [
    {
      rows: [
        ["a", 1, 20],
        ["a", 0, 40],
        [2, true, 30],
        [2, false, 50],
      ],
    },
    { theta: Math.log((40 * 50) / (20 * 30)) / 2, df: 1, sessions: 2 },
  ],
  keystrokeModel: [
    {
      survivingChars: 6200,
      charsPerSecond: 3.1,
      shown: 420,
      readSeconds: 1.6,
      accepted: 118,
      fixSeconds: 2,
      activeMinutes: 240,
    },
    { estimate: 1.075833, netSeconds: 1092 },
  ],
  amdahl: [
    { f: 0.35, s: 2 },
    { estimate: 1.212121, ceiling: 1.538462 },
  ],
  power: [
    { sd: 0.5, truth: 1.2, claim: 2 },
    { blocksPerArm: 12, estimate: 11.84657 },
  ],
};

test("every estimator that the command line has is tried here", () => {
  assert.deepEqual(Object.keys(known).toSorted(), Object.keys(estimators).toSorted());
});

for (const [name, [input, values]] of Object.entries(known))
  test(`estimate ${name} prints the published result`, async () => {
    const { exitCode, output, errors } = await ran(name, input);
    assert.deepEqual([exitCode, errors], [0, ""]);
    for (const [path, value] of Object.entries(values)) {
      const found = path
        .split(".")
        .reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], JSON.parse(output));
      published(found as number, value);
    }
  });

for (const [name, [input]] of Object.entries(known))
  test(`estimate ${name} says which field is missing and which is not known`, async () => {
    const withOther = await ran(name, { ...input, colour: 1 });
    assert.equal(withOther.exitCode, 2);
    assert.match(withOther.errors, /There is no field "colour"/);
    const empty = await ran(name, {});
    assert.equal(empty.exitCode, 2);
    assert.match(empty.errors, /is missing/);
    assert.equal(empty.output, "");
  });

test("a result goes to standard output as JSON, with exit code 0", () => {
  const { status, stdout, stderr } = run(["estimate", "wilson"], '{"k": 27, "n": 100}');
  assert.deepEqual([status, stderr], [0, ""]);
  published(JSON.parse(stdout).lower, 0.192696);
});

test("too little data is told as JSON, with exit code 3", () => {
  const { status, stdout, stderr } = run(["estimate", "pairs"], '{"on": [2], "off": [1]}');
  assert.deepEqual([status, stderr], [3, ""]);
  assert.deepEqual(JSON.parse(stdout), { insufficient: "Too few pairs: there are 1, and it takes at least 2." });
});

test("malformed input is told on standard error, with exit code 2 and nothing on standard output", () => {
  const { status, stdout, stderr } = run(["estimate", "wilson"], '{"k": 5, "n": 2}');
  assert.deepEqual([status, stdout], [2, ""]);
  assert.equal(stderr, "k must not be more than n.\n");
});

test("the help lists every name with what it takes and gives, and reads no input", () => {
  const { status, stdout } = run(["estimate", "--help"], "");
  assert.equal(status, 0);
  for (const [name, { takes, gives }] of Object.entries(estimators)) {
    assert.ok(stdout.includes(`\n${name}\n  takes  ${takes}\n  gives  ${gives}\n`), name);
  }
});

test("the help names every field that a result has", async () => {
  for (const [name, [input]] of Object.entries(known)) {
    const { output } = await ran(name, input);
    JSON.stringify(JSON.parse(output), (field, value: unknown) => {
      const isName = field !== "" && !/^\d+$/.test(field);
      assert.ok(!isName || estimators[name]?.gives.includes(field), `${name} does not tell of ${field}`);
      return value;
    });
  }
});

test("without a command, or with one that there is not, the usage is told and it fails", () => {
  const none = run([], "");
  assert.deepEqual([none.status, none.stdout], [2, ""]);
  assert.match(none.stderr, /pairwise-report estimate NAME/);
  assert.match(run(["guess"], "").stderr, /^There is no file guess\./);
  assert.equal(run(["--help"], "").status, 0);
});

test("an estimator that there is not is answered with those that there are", async () => {
  for (const name of ["wilsom", "toString"]) {
    const { exitCode, errors } = await ran(name, {});
    assert.equal(exitCode, 2);
    assert.match(errors, new RegExp(`^There is no "${name}"; there are wilson, clusteredRatio`));
  }
});

for (const [input, reason] of [
  ["", /^The input is not JSON/],
  ["[1]", /^The input must be one JSON object/],
  ['{"on": [[1, 2]], "off": 3}', /^off must be a list/],
  ['{"on": [[1, 2, 3]], "off": []}', /^on\[0\] must be \[characters, minutes\]/],
  ['{"on": [["1", 2]], "off": []}', /^on\[0\]\[0\] must be a number/],
  ['{"on": [[1, 0]], "off": []}', /^on\[0\], the minutes, must be above 0/],
  ['{"on": [[1e999, 1]], "off": []}', /^on\[0\], the characters, must be a finite number/],
] as const)
  test(`as blocks, ${input || "nothing"} is malformed: ${reason.source}`, async () => {
    const { exitCode, output, errors } = await ran("meanOfLogs", input);
    assert.deepEqual([exitCode, output], [2, ""]);
    assert.match(errors, reason);
  });

test("strata and rows of another shape are malformed", async () => {
  const strata = await ran("strata", { strata: [{ values: [1, 2], on: 1 }] });
  assert.match(strata.errors, /^strata\[0\] must be/);
  const rows = await ran("microRandomised", { rows: [["a", 2, 30]] });
  assert.match(rows.errors, /^rows\[0\]\[1\] must be 0 or 1/);
  const noTime = await ran("microRandomised", { rows: [["a", 1, 0]] });
  assert.equal(noTime.errors, "rows[0], the seconds, must be above 0.\n");
});

test("a lack of anything is one sentence that says what is missing", async () => {
  for (const [name, input, missing] of [
    ["wilson", { k: 0, n: 0 }, /observations: there are 0/],
    ["clusteredRatio", { y: [0, 0], x: [3, 4] }, /accepted is needed/],
    [
      "logRatioOfSums",
      {
        on: [
          [0, 1],
          [0, 1],
        ],
        off: [
          [1, 1],
          [2, 1],
        ],
      },
      /no rate of nothing/,
    ],
    ["strata", { strata: [] }, /strata of two blocks or more: there are 0/],
    ["confidenceSequence", { d: [1, 1], tStar: 2 }, /ones that differ are needed/],
    ["amdahl", { f: 1 }, /s is needed/],
    ["power", { sd: 1, truth: 2, claim: 2 }, /a claim that differs is needed/],
  ] as const) {
    const { exitCode, output } = await ran(name, input);
    assert.equal(exitCode, 3, name);
    assert.match(JSON.parse(output).insufficient, missing);
  }
});

test("package.json has the command under the name that the help uses", () => {
  const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  assert.deepEqual(bin, { "pairwise-report": "dist/pairwise-report.cjs" });
});

test("lists that belong together and differ in length, or in what is a part of what, are told by both names", async () => {
  assert.equal(await refusal("pairs", { on: [1], off: [1, 2] }), "on must be as long as off.\n");
  assert.equal(await refusal("team", { theta: [1, 2], se: [1] }), "se must be as long as theta.\n");
  assert.equal(await refusal("kaplanMeier", { t: [1], event: [] }), "event must be as long as t.\n");
  assert.equal(await refusal("clusteredRatio", { y: [1, 5], x: [4, 4] }), "y[1] must not be more than x[1].\n");
});

test("a field that is there twice is refused, since nobody knows which one was meant", async () => {
  assert.equal(await refusal("wilson", '{"k": 3, "n": 10, "k": 1}'), 'The field "k" is there twice.\n');
  assert.equal(await refusal("wilson", '{"k": 3, "n": 10, "\\u006b": 1}'), 'The field "k" is there twice.\n');
  const strata = '{"strata": [{"values": [1, 2], "off": 0, "off": 1}]}';
  assert.equal(await refusal("strata", strata), 'The field "off" is there twice.\n');
  // The same key in two objects is none.
  const { exitCode } = await ran("strata", '{"strata": [{"values": [1, 2], "off": 0}, {"values": [3, 5], "off": 1}]}');
  assert.equal(exitCode, 0);
  const session = '{"rows": [["{\\"a", 1, 20], ["{\\"a", 0, 40], ["off", 1, 30], ["off", 0, 50]]}';
  assert.equal((await ran("microRandomised", session)).exitCode, 0);
});

/** What is printed where the input is refused. */
async function refusal(name: string, input: unknown): Promise<string> {
  const { exitCode, output, errors } = await ran(name, input);
  assert.deepEqual([exitCode, output], [2, ""], name);
  return errors;
}

test("values whose difference is beyond all numbers are refused, as by strata, and no p is below one of the assignments", async () => {
  const pair = (off: number) => ({ values: [1e308, -1e308], off });
  assert.match(await refusal("permutation", { strata: [pair(0), pair(1)] }), /larger than a number can be/);
  const many = Array.from({ length: 300 }, (_, off) => ({ values: [6e305, -6e305], off: off % 2 }));
  assert.match(await refusal("permutation", { strata: many }), /larger than a number can be/);
  const spread = {
    strata: [
      { values: [1e300, 1], off: 0 },
      { values: [3, 1e-300], off: 1 },
    ],
  };
  const { pUpper, pLower, pTwoSided, assignments } = JSON.parse((await ran("permutation", spread)).output);
  for (const p of [pUpper, pLower, pTwoSided]) assert.ok(p >= 1 / assignments, String(p));
});

test("what can't be counts is refused: halves of an accept, more accepted than shown", async () => {
  assert.equal(await refusal("clusteredRatio", { y: [1.5, 2], x: [4, 4] }), "y[0] must be a whole number.\n");
  assert.equal(await refusal("clusteredRatio", { y: [1, 2], x: [4, 4.5] }), "x[1] must be a whole number.\n");
  const [keystrokes] = known["keystrokeModel"] ?? [];
  const more = await refusal("keystrokeModel", { ...keystrokes, accepted: 421 });
  assert.equal(more, "accepted must not be more than shown.\n");
});

test("a hundred thousand values have a result within seconds, and more are refused", async () => {
  const half = Array.from({ length: 50_000 }, (_, index) => 1 + (index % 7));
  const drawn = JSON.parse(
    (await ran("pairs", { on: half, off: half.map((value, index) => value * (1 + (index % 3))) })).output,
  );
  assert.ok(drawn.signFlips.draws >= 999 && drawn.signFlips.draws < 99_999);
  assert.ok(drawn.p >= 1 / (drawn.signFlips.draws + 1) && drawn.signFlips.monteCarloSe >= 0);
  const one = JSON.parse((await ran("permutation", { strata: [{ values: [...half, ...half], off: 3 }] })).output);
  assert.equal(one.assignments, 100_000);
  const most = Array.from({ length: 100_001 }, () => 1);
  assert.match(await refusal("pairs", { on: most, off: most }), /^on has more than 100,000 values/);
  const strata = most.map(() => ({ values: [1, 2], off: 0 })).slice(0, 50_001);
  assert.match(await refusal("evalueInterval", { strata }), /^strata has more than 100,000 values/);
});

test("a byte order mark before the input is no part of it", async () => {
  const { exitCode } = await ran("wilson", '\uFEFF{"k": 27, "n": 100}');
  assert.equal(exitCode, 0);
});

test("the help names the interval of pairs as Student's and its p as the exact flips', the least of a block, and which fields may lack", () => {
  const gives = (name: string): string => estimators[name]?.gives ?? "";
  assert.match(gives("pairs"), /df: Student's, as pStudent is; p .*: the exact sign flips'/);
  assert.match(gives("pairs"), /draws \(up to 99,999, of seed 1\)/);
  assert.match(gives("meanOfLogs"), /below 1 character counts as 1/);
  assert.match(gives("kaplanMeier"), /at an estimate of 0, a step has no se, lower and upper/);
  assert.match(gives("amdahl"), /ceiling \(not with f = 1/);
});
