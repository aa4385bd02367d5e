import { defineConfig } from "oxlint";

/** Which folders of src each folder may import. What is not listed here may not be imported at all. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  text: [],
  model: ["text"],
  context: ["text"],
  completion: ["text", "model", "context"],
  repository: ["text", "context"],
  edit: ["text", "model", "context"],
  chat: ["text", "model", "context", "edit"],
  refactor: ["text", "model", "context", "edit"],
  productivity: ["text"],
  report: ["text", "productivity"],
};
/** The composition root; it may import every folder above, and nothing imports it. */
const root = "extension";

/** Packages with one home, and the folder that is it. */
const packageHomes: Readonly<Record<string, string>> = {
  vscode: root,
  openai: "model",
  "node-llama-cpp": "model",
  tiktoken: "context",
  "web-tree-sitter": "context",
  hyparquet: "productivity",
  "hyparquet-writer": "productivity",
};

function boundaries(folder: string | undefined, allowed: readonly string[]) {
  const foreign = [...Object.keys(mayImport), root].filter((other) => other !== folder && !allowed.includes(other));
  return [
    "error",
    {
      paths: Object.entries(packageHomes)
        .filter(([, home]) => home !== folder)
        .map(([name, home]) => ({ name, message: `Only src/${home} imports ${name}.` })),
      patterns: [
        ...(folder === "model"
          ? []
          : [{ group: ["openai/*", "@node-llama-cpp/*"], message: "Only src/model talks to models." }]),
        ...(folder === "productivity"
          ? []
          : [{ group: ["@stdlib/*"], message: "Quantiles come from src/productivity/statistics/quantiles.ts." }]),
        ...(folder === "productivity"
          ? []
          : [
              { group: ["@opentelemetry/*"], message: "Only src/productivity/export/otlp.ts has OpenTelemetry's SDK." },
            ]),
        ...(folder === "productivity"
          ? [{ group: ["node:*"], message: "Only src/productivity/ledger knows the machine." }]
          : []),
        ...(foreign.length > 0
          ? [
              {
                group: foreign.map((other) => `**/${other}/**`),
                message: "ARCHITECTURE.md says which folder may import which.",
              },
            ]
          : []),
      ],
    },
  ] as const;
}

export default defineConfig({
  plugins: ["typescript", "import", "unicorn", "node", "promise"],
  categories: { correctness: "error", suspicious: "error", perf: "error" },
  options: { typeAware: true },
  ignorePatterns: ["dist/**", "out/**", "sample/**", "test/fixtures/**"],
  rules: {
    "import/no-cycle": "error",
    "import/no-default-export": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/no-explicit-any": "error",
    "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    // A loop that awaits is most often a sequence on purpose: chunks, retries, sources in order.
    "no-await-in-loop": "off",
    // JSON and messages enter through validators that end in an assertion.
    "typescript/no-unsafe-type-assertion": "off",
    "import/no-unassigned-import": "off",
    "typescript/consistent-return": "off",
    "no-shadow": "off",
    // It takes every `postMessage` for the one of a browser's window; those of threads and webviews have no origin.
    "unicorn/require-post-message-target-origin": "off",
    // A helper of one line stands best where it is used.
    "unicorn/consistent-function-scoping": "off",
    "unicorn/prefer-set-has": "off",
    // `import.meta.dirname` in test/, scripts/; the bundle is CommonJS.
    "no-restricted-imports": boundaries(undefined, [...Object.keys(mayImport), root]),
  },
  overrides: [
    ...Object.entries(mayImport).map(([folder, allowed]) => ({
      files: [`src/${folder}/**`],
      rules: { "no-restricted-imports": boundaries(folder, allowed) },
    })),
    {
      // The ledger is a file, which a thread writes. Its clock it is given. "report" is its neighbour here, and not the command line,
      // which imports it.
      files: ["src/productivity/ledger/**"],
      rules: { "no-restricted-imports": boundaries("productivity/ledger", ["text", "productivity", "report"]) },
    },
    {
      // The report that they import is the one beside them, which has the same name as the command line's folder.
      files: ["src/productivity/export/**"],
      rules: { "no-restricted-imports": boundaries("productivity", ["text", "report"]) },
    },
    {
      // Pure code: what it does depends on its arguments alone.
      files: [
        "src/text/**",
        "src/context/**",
        "src/completion/**",
        "src/edit/**",
        "src/chat/**",
        "src/refactor/**",
        "src/productivity/**",
      ],
      rules: {
        "no-restricted-globals": [
          "error",
          { name: "Date", message: "Take a clock as an argument." },
          { name: "performance", message: "Take a clock as an argument." },
          { name: "setTimeout", message: "Take a clock as an argument." },
          { name: "process", message: "Take what is needed as an argument." },
        ],
      },
    },
    { files: [`src/${root}/**`], rules: { "no-restricted-imports": boundaries(root, Object.keys(mayImport)) } },
    {
      // contributions.ts is compared with package.json in plain Node.
      files: ["src/extension/contributions.ts"],
      rules: {
        "no-restricted-imports": [
          "error",
          { patterns: [{ group: ["*", "**/*"], message: "contributions.ts imports nothing." }] },
        ],
      },
    },
    { files: ["*.config.ts"], rules: { "import/no-default-export": "off" } },
    { files: ["test/host/**"], rules: { "no-restricted-imports": "off" } },
    {
      files: ["test/**"],
      rules: {
        "typescript/no-floating-promises": [
          "error",
          {
            allowForKnownSafeCalls: [
              { from: "package", package: "node:test", name: ["test", "describe", "suite", "it"] },
            ],
          },
        ],
      },
    },
  ],
});
