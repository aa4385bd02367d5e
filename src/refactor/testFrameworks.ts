/** What a project's tests are written with: told by a test that is there, else by what the project says of itself. */

export interface ProjectFiles {
  /** What says something about a project, by its path from the workspace folder, with `/`; the nearest to the code first. */
  readonly manifests: ReadonlyMap<string, string>;
  /** The text of a test beside; empty where there is none. */
  readonly sample: string;
}

/** As it is named to a model. `undefined` where nothing tells. */
export function frameworkOf(languageId: string, files: ProjectFiles): string | undefined {
  for (const [family, of] of families) if (family.test(languageId)) return of(files);
  return undefined;
}

type Signs = readonly (readonly [name: string, sign: RegExp])[];

function firstIn(signs: Signs, text: string): string | undefined {
  return signs.find(([, sign]) => sign.test(text))?.[0];
}

/** The nearest manifest that says something decides: a package of a workspace before its root. */
function nearest(signs: Signs, { manifests }: ProjectFiles, file: RegExp): string | undefined {
  for (const [path, text] of manifests) {
    const found = file.test(path) ? firstIn(signs, text) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function ofScript(files: ProjectFiles): string {
  return firstIn(scriptImports, files.sample) ?? nearest(scriptPackages, files, /package\.json$/) ?? "node:test";
}

/** What each exports has a name of its own; the plain globals of Jest and Mocha come last. */
const scriptImports: Signs = [
  ["Vitest", /from ["']vitest["']/],
  ["node:test", /["']node:test["']/],
  ["bun:test", /["']bun:test["']/],
  ["Deno.test", /\bDeno\.test\(/],
  ["Jest", /["']@jest\/globals["']|\bjest\.\w+\(/],
  ["AVA", /["']ava["']/],
  ["tap", /["']tap["']/],
  ["uvu", /["']uvu["']/],
  ["Mocha with Chai", /["']chai["']/],
];

/** Dependencies first, then what `scripts` runs. */
const scriptPackages: Signs = [
  ["Vitest", /"vitest"\s*:/],
  ["Jest", /"(?:jest|ts-jest|@jest\/globals|@types\/jest|react-scripts)"\s*:/],
  ["Mocha with Chai", /"mocha"\s*:[^]*"chai"\s*:|"chai"\s*:[^]*"mocha"\s*:/],
  ["Mocha", /"mocha"\s*:/],
  ["AVA", /"ava"\s*:/],
  ["Jasmine", /"jasmine(?:-core)?"\s*:/],
  ["tap", /"tap"\s*:/],
  ["uvu", /"uvu"\s*:/],
  ["bun:test", /"(?:@types\/bun|bun-types)"\s*:|"bun test/],
  ["node:test", /"[^"]*\bnode\b[^"]* --test\b/],
];

function ofPython(files: ProjectFiles): string {
  const told = firstIn(
    [
      ["pytest", /^\s*(?:import|from) pytest\b|^(?:async )?def test_/m],
      ["unittest", /^\s*(?:import|from) unittest\b/m],
    ],
    files.sample,
  );
  // In a manifest of its own name nothing need be written.
  const isPytest = Array.from(files.manifests).some(
    ([path, text]) => /(?:^|\/)(?:pytest\.ini|conftest\.py)$/.test(path) || /\bpytest\b/.test(text),
  );
  return told ?? (isPytest ? "pytest" : "unittest");
}

function ofGo(files: ProjectFiles): string {
  const signs: Signs = [
    ["testing with testify", /stretchr\/testify/],
    ["Ginkgo with Gomega", /onsi\/ginkgo/],
  ];
  // A test that does without says more than a dependency.
  if (files.sample !== "") return firstIn(signs, files.sample) ?? "testing";
  return nearest(signs, files, /go\.mod$/) ?? "testing";
}

function ofRust(files: ProjectFiles): string {
  const extra = nearest([["rstest", /^rstest\s*=/m]], files, /Cargo\.toml$/);
  return extra === undefined ? "#[test]" : "#[test] and rstest";
}

function ofJvm(files: ProjectFiles): string {
  const build = /(?:pom\.xml|build\.gradle(?:\.kts)?|libs\.versions\.toml)$/;
  return firstIn(jvmImports, files.sample) ?? nearest(jvmPackages, files, build) ?? "JUnit 5";
}

const jvmImports: Signs = [
  ["JUnit 5", /\borg\.junit\.jupiter\b/],
  ["TestNG", /\borg\.testng\b/],
  ["Kotest", /\bio\.kotest\b/],
  ["kotlin.test", /\bkotlin\.test\b/],
  ["JUnit 4", /\borg\.junit\.(?:Test|Assert|\*)/],
];

const jvmPackages: Signs = [
  ["JUnit 5", /junit-jupiter|junit\.jupiter|useJUnitPlatform|spring-boot-starter-test|junit-bom/],
  ["TestNG", /\btestng\b/i],
  ["Kotest", /\bio\.kotest\b/],
  ["JUnit 4", /<artifactId>junit<|junit:junit:|\bjunit\s*=\s*["']4/],
  ["kotlin.test", /kotlin\(["']test["']\)|kotlin-test/],
];

const families: readonly (readonly [RegExp, (files: ProjectFiles) => string])[] = [
  [/^(?:type|java)script(?:react)?$/, ofScript],
  [/^python$/, ofPython],
  [/^go$/, ofGo],
  [/^rust$/, ofRust],
  [/^(?:java|kotlin)$/, ofJvm],
];
