/** Reviews of changes that a model has no room for at once. */

import assert from "node:assert/strict";
import { reviewChanges } from "../../src/extension/reviewChanges.ts";
import type { ReviewComments } from "../../src/extension/reviewComments.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { eventually } from "./editor.ts";
import { askedAndTold, changedInGit, needsOf, reviewing, withProgressTold } from "./reviewRig.ts";

const NAMES = Array.from({ length: 12 }, (_, index) => `f${String.fromCharCode(97 + index)}.ts`);
const files = (text: string, lines: number): Readonly<Record<string, string>> =>
  Object.fromEntries(
    NAMES.map((name) => [
      name,
      Array.from({ length: lines }, (_, row) => `export const ${text}${row} = ${row};\n`).join(""),
    ]),
  );
const SMALL = { contextTokens: 3_000, answerTokens: 500 };
/** Finds one thing in each file that it is shown. */
const finding = (text: string) => ({
  pieces: Array.from(
    text.matchAll(/File: (\S+)\n`{3}diff\n[^]*?\+(export const \S+ = \d+;)/g),
    ([, path, line]) => `- **high** ${path} \`${line}\`: wrong\n`,
  ),
});
const found = ({ threads }: ReviewComments): readonly string[] =>
  threads.map(({ uri, range }) => `${uri.path.split("/").at(-1)}:${(range?.start.line ?? -1) + 1}`);

export const reviewChangesTests: readonly HostTest[] = [
  reviewing(
    "changes that are larger than the model's room are reviewed some files at a time, with progress, and none is left out",
    files("old", 40),
    finding,
    async (rig) => {
      await changedInGit(rig.folder, files("young", 40));
      await withProgressTold(async (reported) => {
        await askedAndTold({}, async (told) => {
          await reviewChanges(needsOf(rig), false);
          assert.deepEqual(told, []);
        });
        assert.ok(reported.length > 3 && reported.length <= 12, reported.join());
        assert.equal(reported[0], "1 of 12 files");
        for (const each of reported) assert.match(each, /^\d+ of 12 files$/);
      });
      assert.deepEqual(
        found(rig.comments).toSorted(),
        NAMES.map((name) => `${name}:1`),
      );
      for (const { messages } of rig.server.asked) assert.ok(JSON.stringify(messages).length < 2_500 * 4);
    },
    SMALL,
  ),
  reviewing(
    "a file that is too long by itself is reviewed in pieces, with the lines that it has after the change",
    { "long.ts": "start\n", "gone.ts": "x\n", "package-lock.json": "{}\n" },
    (text) => {
      const line = /\+(export const young\d+ = \d+;)/.exec(text)?.[1] ?? "";
      return { pieces: [`- **high** long.ts \`${line}\`: wrong`] };
    },
    async (rig) => {
      const long = `start\n${files("young", 400)["fa.ts"]}`;
      await changedInGit(rig.folder, { "long.ts": long, "gone.ts": undefined, "package-lock.json": '{ "a": 1 }\n' });
      await withProgressTold(async (reported) => {
        await askedAndTold({}, async (told) => {
          await reviewChanges(needsOf(rig), false);
          assert.match(told.join(), /Lock files and what is generated are not reviewed: \S*package-lock\.json\./);
          assert.match(told.join(), /Deleted, so that there is nothing to comment on: \S*gone\.ts\./);
        });
        assert.match(reported[1] ?? "", /^1 of 1 files, part 2 of \d+$/);
        assert.equal(reported.length, rig.server.asked.length);
      });
      const lines = rig.comments.threads.map(({ range }) => range?.start.line ?? 0);
      assert.equal(lines.length, rig.server.asked.length);
      assert.deepEqual(
        lines,
        lines.toSorted((one, other) => one - other),
        "each in its own piece",
      );
      assert.equal(new Set(lines).size, lines.length);
    },
    SMALL,
  ),
  reviewing(
    "what was found stays where a later part fails or is stopped, and what was not reviewed is told",
    files("old", 40),
    (text, count) => (count === 3 ? { pieces: [], refusal: { status: 401, message: "no" } } : finding(text)),
    async (rig) => {
      await changedInGit(rig.folder, files("young", 40));
      await askedAndTold({}, async (told) => {
        await reviewChanges(needsOf(rig), false);
        await eventually("what was reviewed", () => told.join().includes("Reviewed: ") || undefined);
        const [, done] =
          /Reviewed: (\d+) of 12 files\. Not, or not to their end: .*files more: \d+\./.exec(told.join()) ?? [];
        assert.equal(found(rig.comments).length, Number(done));
        assert.ok(Number(done) >= 3);
        assert.equal(told.length, 2, "the failure and what came of it");
      });
      await withProgressTold(async (reported, stop) => {
        await askedAndTold({}, async (told) => {
          const reviewed = reviewChanges(needsOf(rig), false);
          await eventually("the second part", () => reported.length >= 2 || undefined);
          stop();
          await reviewed;
          assert.match(told.join(), /^Findings in the changes: \d+\. Reviewed: \d+ of 12 files/);
        });
      });
    },
    SMALL,
  ),
  reviewing(
    "where files were deleted alone nothing is asked, and that is told",
    { "gone.ts": "x\n" },
    finding,
    async (rig) => {
      await changedInGit(rig.folder, { "gone.ts": undefined });
      await askedAndTold({}, async (told) => {
        await reviewChanges(needsOf(rig), false);
        assert.match(told.join(), /^Deleted, so that there is nothing to comment on: \S*gone\.ts\.$/);
      });
      assert.equal(rig.server.asked.length, 0);
    },
  ),
  reviewing(
    "of what can't be commented on it is told why: deleted, too large or binary",
    { "gone.ts": "x\n", "large.ts": "x\n".repeat(1_100_000), "cart.ts": "one\n", "data.bin": "text\n" },
    () => ({ pieces: ["No issues found."] }),
    async (rig) => {
      const large = `${"x\n".repeat(1_100_000)}y\n`;
      await changedInGit(rig.folder, {
        "gone.ts": undefined,
        "large.ts": large,
        "cart.ts": "two\n",
        "data.bin": "\u0000",
      });
      await askedAndTold({}, async (told) => {
        await reviewChanges(needsOf(rig), false);
        assert.match(told.join(), /Deleted, so that there is nothing to comment on: [^ ,]*gone\.ts\./);
        assert.match(told.join(), /Too large to be reviewed: [^ ,]*large\.ts\./);
        assert.match(told.join(), /data\.bin is a binary file/);
      });
      assert.equal(rig.server.asked.length, 1);
    },
  ),
  reviewing(
    "a file whose name is a pattern for git is reviewed alone, and nothing is sent of an ignored one that the pattern fits",
    { "[id].ts": "one\n", "i.ts": "one\n", "d.ts": "one\n", ".pairwiseignore": "i.ts\n" },
    () => ({ pieces: ["No issues found."] }),
    async (rig) => {
      await changedInGit(rig.folder, { "[id].ts": "two\n", "i.ts": "zebra\n", "d.ts": "three\n" });
      await askedAndTold({}, async () => reviewChanges(needsOf(rig), false));
      const sent = JSON.stringify(rig.server.asked.map(({ messages }) => messages));
      assert.doesNotMatch(sent, /zebra/);
      assert.equal(sent.match(/three/g)?.length, 1);
      assert.match(sent, /two/);
    },
  ),
];
