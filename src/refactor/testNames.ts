/** How tests are named after what they test, by language. */

export interface TestNames {
  /** What a test's name, without its ending, has before and behind that of its code; the usual one first. */
  readonly affixes: readonly (readonly [before: string, behind: string])[];
  /** Endings that tests of this language have, without a dot. */
  readonly endings: readonly string[];
}

/** `undefined` where tests have no place that is known here. */
export function testNamesOf(languageId: string): TestNames | undefined {
  if (/^(?:type|java)script(?:react)?$/.test(languageId)) return script;
  return others[languageId];
}

/** The name of the code that a test is of; `undefined` where it is no test. */
export function testedBy(
  stem: string,
  { affixes }: TestNames,
): { readonly name: string; readonly affix: number } | undefined {
  for (const [affix, [before, behind]] of affixes.entries()) {
    if (!stem.startsWith(before) || !stem.endsWith(behind) || stem.length <= before.length + behind.length) continue;
    return { name: stem.slice(before.length, stem.length - behind.length), affix };
  }
  return undefined;
}

/** For a search in the workspace. */
export function testGlob({ affixes, endings }: TestNames): string {
  return `**/{${affixes.map(([before, behind]) => `${before}*${behind}`).join(",")}}.{${endings.join(",")}}`;
}

const script: TestNames = {
  affixes: [
    ["", ".test"],
    ["", ".spec"],
    ["", "_test"],
    ["", "-test"],
    ["", "Spec"],
  ],
  endings: ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"],
};

const jvm = (ending: string): TestNames => ({
  affixes: [
    ["", "Test"],
    ["", "Tests"],
    ["", "Spec"],
    ["Test", ""],
  ],
  endings: [ending],
});

const others: Readonly<Record<string, TestNames>> = {
  python: {
    affixes: [
      ["test_", ""],
      ["", "_test"],
    ],
    endings: ["py"],
  },
  go: { affixes: [["", "_test"]], endings: ["go"] },
  rust: { affixes: [], endings: ["rs"] },
  java: jvm("java"),
  kotlin: jvm("kt"),
};
