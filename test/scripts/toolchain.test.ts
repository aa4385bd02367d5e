import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { cacheFolder as cacheOfExtension } from "../../src/model/cacheFolder.ts";
import { cacheFolder, installOnce, SetUpError } from "../../scripts/toolchain.mjs";

const cache = mkdtempSync(join(tmpdir(), "pairwise-test-"));
after(() => rmSync(cache, { recursive: true, force: true }));

test("the set-up and the extension look in the same cache folder", () => {
  assert.equal(cacheFolder(), cacheOfExtension());
});

test("a folder appears when it is whole, and is not made again", async () => {
  const folder = join(cache, "whole");
  let fills = 0;
  const install = () =>
    installOnce({
      folder,
      title: "Fetching",
      megabytes: 1,
      fill: async (temporary) => {
        fills++;
        assert.equal(existsSync(folder), false);
        writeFileSync(join(temporary, "file"), "content");
      },
    });
  await install();
  await install();
  assert.equal(fills, 1);
  assert.equal(readFileSync(join(folder, "file"), "utf8"), "content");
});

test("what breaks off leaves nothing, and says why in a sentence", async () => {
  const folder = join(cache, "broken");
  await assert.rejects(
    installOnce({ folder, title: "Fetching", megabytes: 1, fill: breakOff }),
    (error) => error instanceof SetUpError && error.message.includes("Check the network"),
  );
  assert.deepEqual(
    readdirSync(cache).filter((name) => name.startsWith("broken")),
    [],
  );
});

test("removes what a run left that was cut off long ago, and nothing else", async () => {
  const folder = join(cache, "left");
  const leftover = "left.0a1b2c3d.part";
  const others = [
    "left.mine.part",
    "left.0a1b2c3d.part.txt",
    "leftover.0a1b2c3d.part",
    "film.mkv.part",
    "other.0a1b2c3d.part",
  ];
  const longAgo = new Date(Date.now() - 2 * 3_600_000);
  for (const name of [leftover, ...others]) {
    mkdirSync(join(cache, name));
    utimesSync(join(cache, name), longAgo, longAgo);
  }
  mkdirSync(join(cache, "left.ffffffff.part"));
  await installOnce({ folder, title: "Fetching", megabytes: 1, fill: () => Promise.resolve() });
  const names = readdirSync(cache);
  assert.ok(!names.includes(leftover));
  for (const name of [...others, "left.ffffffff.part"]) assert.ok(names.includes(name), name);
});

test("removes what was left for another lock or version, also when the folder is there", async () => {
  const longAgo = new Date(Date.now() - 2 * 3_600_000);
  const leave = (name: string) => {
    mkdirSync(join(cache, name));
    utimesSync(join(cache, name), longAgo, longAgo);
  };
  const ours = [
    "tool-0123456789ab.0a1b2c3d.part",
    "tool-ba9876543210.0a1b2c3d.part",
    "engine-linux-x64-3.21.0.0a1b2c3d.part",
  ];
  const others = [
    "tool-ba9876543210",
    "tool-mine.0a1b2c3d.part",
    "tool-3.21.0.0a1b2c3d.part",
    "tool-more-ba9876543210.0a1b2c3d.part",
    "engine-linux-arm64-3.21.0.0a1b2c3d.part",
    "engine-linux-x64-ba9876543210.0a1b2c3d.part",
  ];
  for (const name of [...ours, ...others]) leave(name);
  for (const name of ["tool-0123456789ab", "engine-linux-x64-3.21.1"]) {
    mkdirSync(join(cache, name));
    const folder = join(cache, name);
    await installOnce({ folder, title: "Fetching", megabytes: 1, fill: () => assert.fail("was fetched") });
  }
  const names = readdirSync(cache);
  assert.deepEqual(
    ours.filter((name) => names.includes(name)),
    [],
  );
  assert.deepEqual(
    others.filter((name) => !names.includes(name)),
    [],
  );
});

test("of two runs at once one wins, and both get the whole folder", async () => {
  const folder = join(cache, "shared");
  const bothFill = Promise.withResolvers<void>();
  let filling = 0;
  const install = () =>
    installOnce({
      folder,
      title: "Fetching",
      megabytes: 1,
      fill: async (temporary) => {
        if (++filling === 2) bothFill.resolve();
        await bothFill.promise;
        writeFileSync(join(temporary, "file"), "content");
      },
    });
  assert.deepEqual(await Promise.all([install(), install()]), [folder, folder]);
  assert.deepEqual(
    readdirSync(cache).filter((name) => name.startsWith("shared")),
    ["shared"],
  );
});

test("a disk that is too small is told before anything is fetched", async () => {
  const folder = join(cache, "large");
  await assert.rejects(
    installOnce({
      folder,
      title: "Fetching",
      megabytes: 1e12,
      fill: () => Promise.resolve(assert.fail("was fetched")),
    }),
    (error) => error instanceof SetUpError && error.message.includes("no disk space"),
  );
});

async function breakOff(temporary: string): Promise<void> {
  writeFileSync(join(temporary, "half"), "");
  throw new Error("connect ECONNREFUSED");
}
