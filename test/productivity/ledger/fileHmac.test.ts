import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { fileHmac, SECRET_BYTES } from "../../../src/productivity/ledger/fileHmac.ts";

const secret = new Uint8Array(SECRET_BYTES).fill(7);

test("an address becomes the first 16 digits of its HMAC-SHA256, also after it was forgotten", () => {
  const hmac = fileHmac(secret, 2);
  const expected = createHmac("sha256", secret).update("file:///café.ts").digest("hex").slice(0, 16);
  assert.equal(hmac("file:///café.ts"), expected);
  for (const other of ["a", "b", "c"]) hmac(other);
  assert.equal(hmac("file:///café.ts"), expected);
});

test("another installation has another HMAC for the same address", () => {
  assert.notEqual(fileHmac(secret)("file:///a.ts"), fileHmac(new Uint8Array(SECRET_BYTES))("file:///a.ts"));
});

test("a secret that is too short is none", () => {
  assert.throws(() => fileHmac(new Uint8Array(8)), /8 bytes instead of 32/);
});
