import assert from "node:assert/strict";
import { test } from "node:test";
import { tellableMessage } from "../../../src/context/sources/diagnosticWords.ts";

const seen = "import { Deal } from './deal';\nconst total: Deal = {};\n";

test("what names only what stands in the file is told", () => {
  for (const message of [
    "Cannot find name 'total'.",
    "Type 'string' is not assignable to type 'Deal'.",
    "Missing semicolon",
  ])
    assert.equal(tellableMessage(message, seen), message);
});

test("a message that quotes a type or a member of another file is not told", () => {
  for (const message of [
    "Argument of type '{}' is not assignable to parameter of type '{ acquisitionPrice: number; }'.",
    "Type 'Deal' is not assignable to type 'HushCustomer'.",
    'Argument missing for parameters "price", "company"',
    "The method pay(int) is undefined for the type HushCustomer",
    "expected struct `Hush`, found `Deal`",
    "field acquisition_price is missing",
  ])
    assert.equal(tellableMessage(message, seen), undefined, message);
});

test("the properties that a value lacks are cut off", () => {
  const message = "Type '{}' is missing the following properties from type 'Deal': price, company, and 3 more.";
  assert.equal(tellableMessage(message, seen), "Type '{}' is missing the following properties from type 'Deal'");
});
