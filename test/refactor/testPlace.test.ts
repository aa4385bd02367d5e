import assert from "node:assert/strict";
import { test } from "node:test";
import { frameworkOf } from "../../src/refactor/testFrameworks.ts";
import { type Code, testPlace, testsNear } from "../../src/refactor/testPlace.ts";

const languages: Readonly<Record<string, string>> = {
  ts: "typescript",
  tsx: "typescriptreact",
  js: "javascript",
  mjs: "javascript",
  py: "python",
  go: "go",
  rs: "rust",
  java: "java",
  kt: "kotlin",
};

function code(path: string, text = ""): Code {
  return { path, languageId: languages[path.slice(path.lastIndexOf(".") + 1)] ?? "", text };
}

function place(path: string, files: readonly string[], framework = "", root = ""): string {
  const found = testPlace(code(path), files, root, framework);
  return found ? `${found.path}${found.isThere ? " +" : ""}` : "";
}

test("a test goes to the test that the file has already, wherever it is", () => {
  assert.equal(place("src/cart.ts", ["src/cart.test.ts", "src/other.test.ts"]), "src/cart.test.ts +");
  assert.equal(place("src/cart.ts", ["test/cart.spec.js"]), "test/cart.spec.js +");
  assert.equal(place("src/shop/cart.ts", ["test/shop/cart.test.ts"]), "test/shop/cart.test.ts +");
  assert.equal(place("src/shop/cart.ts", ["src/shop/__tests__/cart.test.ts"]), "src/shop/__tests__/cart.test.ts +");
  assert.equal(place("shop/cart.py", ["tests/test_cart.py"]), "tests/test_cart.py +");
  assert.equal(place("cart.go", ["cart_test.go"]), "cart_test.go +");
  assert.equal(
    place("src/main/java/shop/Cart.java", ["src/test/java/shop/CartTests.java"]),
    "src/test/java/shop/CartTests.java +",
  );
});

test("the test of another file of the same name is left alone", () => {
  assert.equal(place("src/a/index.ts", ["src/b/index.test.ts"]), "src/a/index.test.ts");
  assert.equal(place("a/cart.go", ["b/cart_test.go"]), "a/cart_test.go");
  assert.equal(place("src/a/index.ts", ["test/b/index.test.ts"]), "test/a/index.test.ts");
});

test("a new test is named and placed as the nearest one", () => {
  assert.equal(place("src/cart.ts", ["src/other.spec.ts"]), "src/cart.spec.ts");
  assert.equal(place("src/shop/cart.ts", ["src/__tests__/other.test.ts"]), "src/shop/__tests__/cart.test.ts");
  assert.equal(place("src/shop/cart.ts", ["test/other.test.ts"]), "test/cart.test.ts");
  assert.equal(place("src/shop/cart.ts", ["test/goods/other.test.ts"]), "test/shop/cart.test.ts");
  assert.equal(place("src/App.tsx", ["src/Cart.test.tsx"]), "src/App.test.tsx");
  assert.equal(place("shop/cart.py", ["shop/other_test.py"]), "shop/cart_test.py");
  assert.equal(place("shop/cart.py", ["tests/unit/test_other.py"]), "tests/unit/test_cart.py");
  assert.equal(
    place("src/main/java/shop/Cart.java", ["src/test/java/goods/OtherTests.java"]),
    "src/test/java/shop/CartTests.java",
  );
  assert.equal(
    place("packages/a/src/cart.ts", ["packages/a/test/x.test.ts", "packages/b/src/y.spec.ts"], "", "packages/a"),
    "packages/a/test/cart.test.ts",
  );
});

test("without a test near by, it goes where the language or the framework has them", () => {
  assert.equal(place("src/cart.ts", [], "Vitest"), "src/cart.test.ts");
  assert.equal(place("src/shop/cart.js", [], "Mocha"), "test/shop/cart.test.js");
  assert.equal(place("src/cart.js", [], "Jasmine"), "spec/cartSpec.js");
  assert.equal(place("shop/cart.py", [], "pytest"), "tests/test_cart.py");
  assert.equal(place("py/shop/cart.py", [], "pytest", "py"), "py/tests/test_cart.py");
  assert.equal(place("shop/cart.go", []), "shop/cart_test.go");
  assert.equal(place("app/src/main/java/shop/Cart.java", [], "JUnit 5"), "app/src/test/java/shop/CartTest.java");
  assert.equal(place("src/main/kotlin/shop/Cart.kt", []), "src/test/kotlin/shop/CartTest.kt");
  assert.equal(place("Cart.java", []), "CartTest.java");
});

test("unit tests of Rust stand in the file, unless it names another one", () => {
  assert.equal(place("src/cart.rs", ["tests/shop.rs"]), "src/cart.rs +");
  const apart = "pub fn a() {}\n\n#[cfg(test)]\nmod tests;\n";
  assert.deepEqual(testPlace(code("src/cart.rs", apart), [], "", "#[test]"), {
    path: "src/cart/tests.rs",
    isThere: false,
  });
  assert.deepEqual(testPlace(code("src/lib.rs", apart), ["src/tests.rs"], "", "#[test]"), {
    path: "src/tests.rs",
    isThere: true,
  });
});

test("a test gets more tests, and a language without a known custom has no place", () => {
  assert.equal(place("src/cart.test.ts", []), "src/cart.test.ts +");
  assert.equal(place("cart.zig", []), "");
});

test("the nearest tests come first, and what is no test does not count", () => {
  assert.deepEqual(
    testsNear(code("src/a/x.ts"), ["test/z.test.ts", "src/a/y.ts", "src/a/y.test.ts", "src/b.test.ts"]),
    ["src/a/y.test.ts", "src/b.test.ts", "test/z.test.ts"],
  );
});

function framework(languageId: string, manifests: Readonly<Record<string, string>>, sample = ""): string | undefined {
  return frameworkOf(languageId, { manifests: new Map(Object.entries(manifests)), sample });
}

test("the framework is the one that a test beside uses, whatever else is installed", () => {
  const both = { "package.json": '{ "devDependencies": { "jest": "1", "vitest": "1" } }' };
  assert.equal(framework("typescript", both, 'import { test } from "node:test";'), "node:test");
  assert.equal(framework("typescript", both, "jest.mock('./a')"), "Jest");
  assert.equal(framework("python", { "pyproject.toml": "[tool.pytest.ini_options]" }, "import unittest\n"), "unittest");
  assert.equal(framework("go", { "go.mod": "require github.com/stretchr/testify v1" }, 'import "testing"'), "testing");
  assert.equal(framework("java", { "pom.xml": "junit-jupiter" }, "import org.junit.Test;"), "JUnit 4");
});

test("without a test, the project's own files tell the framework, the nearest first", () => {
  const of = (dependency: string) => ({ "package.json": `{ "devDependencies": { "${dependency}": "1" } }` });
  assert.equal(framework("typescript", of("vitest")), "Vitest");
  assert.equal(framework("javascriptreact", of("@types/jest")), "Jest");
  assert.equal(framework("javascript", of("mocha")), "Mocha");
  assert.equal(framework("javascript", { "package.json": '{ "scripts": { "test": "node --test" } }' }), "node:test");
  assert.equal(
    framework("typescript", { "packages/a/package.json": '{ "devDependencies": { "ava": "1" } }', ...of("jest") }),
    "AVA",
  );
  assert.equal(framework("python", { "requirements-dev.txt": "pytest==8.0\n" }), "pytest");
  assert.equal(framework("python", { "tests/conftest.py": "" }), "pytest");
  assert.equal(
    framework("go", { "go.mod": "require (\n\tgithub.com/stretchr/testify v1.9\n)" }),
    "testing with testify",
  );
  assert.equal(framework("rust", { "Cargo.toml": '[dev-dependencies]\nrstest = "0.2"\n' }), "#[test] and rstest");
  assert.equal(framework("java", { "build.gradle": "test { useJUnitPlatform() }" }), "JUnit 5");
  assert.equal(framework("java", { "pom.xml": "<artifactId>junit</artifactId>" }), "JUnit 4");
  assert.equal(framework("kotlin", { "build.gradle.kts": 'testImplementation(kotlin("test"))' }), "kotlin.test");
});

test("where nothing tells, it is what comes with the language", () => {
  assert.equal(framework("typescript", {}), "node:test");
  assert.equal(framework("python", {}), "unittest");
  assert.equal(framework("go", {}), "testing");
  assert.equal(framework("rust", {}), "#[test]");
  assert.equal(framework("zig", {}), undefined);
});
