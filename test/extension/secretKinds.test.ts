import assert from "node:assert/strict";
import { test } from "node:test";
import * as preset from "@secretlint/secretlint-rule-preset-recommend";
import { ruleNames } from "../../src/context/gates/secretRules.ts";
import { kindOfSecret } from "../../src/extension/secretKinds.ts";

test("everything that can be replaced has a name for people", () => {
  const rules = ruleNames(preset);
  assert.ok(rules.includes("aws") && rules.includes("jwt") && rules.length > 80);
  assert.deepEqual(
    rules.filter((rule) => kindOfSecret(rule) === undefined),
    [],
  );
  assert.deepEqual(kindOfSecret("github"), { kind: "service", service: "GitHub" });
  assert.deepEqual(kindOfSecret("aws"), { kind: "aws-key" });
});
