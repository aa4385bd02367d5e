import assert from "node:assert/strict";
import { test } from "node:test";
import { promptInUse } from "../../../src/model/prompts/promptInUse.ts";

const of = (words: string) => `# user\n${words}{{before}}{{hole}}{{after}}\n`;
const BROKEN = "# user\n{{before}}\n";
const used = (texts: { repository?: string; user?: string }, isTrusted: boolean) => {
  const { override, refused } = promptInUse("suggestion", texts, isTrusted);
  return [override?.owner ?? "built-in", ...refused.map(({ owner }) => `refused ${owner}`)];
};

test("the repository's prompt comes before the user's, and the user's before the built-in one", () => {
  assert.deepEqual(used({ repository: of("r"), user: of("u") }, true), ["repository"]);
  assert.deepEqual(used({ user: of("u") }, true), ["user"]);
  assert.deepEqual(used({}, true), ["built-in"]);
});

test("the prompt of a repository that is not trusted counts for nothing, whole or broken", () => {
  assert.deepEqual(used({ repository: of("r"), user: of("u") }, false), ["user"]);
  assert.deepEqual(used({ repository: of("r") }, false), ["built-in"]);
  assert.deepEqual(used({ repository: BROKEN }, false), ["built-in"]);
});

test("a broken prompt is refused, and the next one is used", () => {
  assert.deepEqual(used({ repository: BROKEN, user: of("u") }, true), ["user", "refused repository"]);
  assert.deepEqual(used({ repository: BROKEN, user: "" }, true), ["built-in", "refused repository", "refused user"]);
});
