/** Which files of a repository say little of what matters in it, by their paths alone. */

/**
 * Tests, examples, documentation, what is generated or copied in: they use the rest of a repository and are not what it is
 * about. What is said by the text alone, such as a note at the head of a generated file, the index does not keep.
 */
export function isMinor(path: string): boolean {
  return MINOR_FOLDER.test(path) || MINOR_NAME.test(path);
}

/**
 * The same for files that are one module in several forms, such as `cart.js`, `cart.cjs` and `cart.d.ts`; else the path.
 * A header in C and what it declares are not: people write both.
 */
export function moduleOf(path: string): string {
  return path.replace(FORM, (_, ending: string) => (ending.startsWith("py") ? ".py" : ".js"));
}

/** Of one module's forms the one with the lowest number is read by people. */
export function formOf(path: string): number {
  const ending = FORM.exec(path)?.[1];
  return ending === undefined ? 0 : FORMS.findIndex((form) => form.test(ending));
}

const MINOR_FOLDER =
  /(?:^|\/)(?:__tests__|__mocks__|__snapshots__|__fixtures__|tests?|specs?|testing|testdata|fixtures?|mocks?|e2e|examples?|samples?|demos?|docs?|bench|benchmarks?|vendor|vendored|_vendor|third[-_]party|generated|gen|dist|out|node_modules|site-packages)\//i;
const MINOR_NAME =
  /(?:[._-](?:tests?|specs?|stories|bench|min|bundle|generated|gen|pb)\.[^./]+|_pb2(?:_grpc)?\.pyi?|\.g\.(?:cs|dart)|\.designer\.cs|(?:^|\/)(?:test_[^/]*|conftest|_*version_*)\.py|(?:Test|Tests|IT)\.(?:java|kt|cs|php|swift))$/;
const FORM = /\.((?:d\.)?[cm]?tsx?|[cm]?jsx?|pyi?)$/;
const FORMS = [/^(?:[cm]?tsx?|py)$/, /^d\.ts$/, /^d\.[cm]ts$/, /^pyi$/, /^jsx?$/, /^mjs$/, /^cjs$/];
