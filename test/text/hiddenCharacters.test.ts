import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutHidden } from "../../src/text/hiddenCharacters.ts";

test("characters that nobody sees go, and emoji that are joined stay joined", () => {
  assert.equal(withoutHidden("a\u200Bb\u202Ec\u0007\uFEFF\u00AD d\te\n"), "abc d\te\n");
  const joined = "👩‍💻 👩🏽‍🚀 🏳️‍🌈 ❤️‍🔥";
  assert.equal(withoutHidden(joined), joined);
  assert.equal(withoutHidden("ad\u200Dmin 👩\u200D"), "admin 👩");
});
