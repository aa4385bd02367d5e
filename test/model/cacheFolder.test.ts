import assert from "node:assert/strict";
import { test } from "node:test";

import { cacheFolder } from "../../src/model/cacheFolder.ts";

test("keeps what is fetched where each platform keeps such things", () => {
  const linux = { platform: "linux", home: "/home/li" } as const;
  assert.equal(cacheFolder({ ...linux, env: {} }), "/home/li/.cache/pairwise");
  assert.equal(cacheFolder({ ...linux, env: { XDG_CACHE_HOME: "/big/cache" } }), "/big/cache/pairwise");
  assert.equal(cacheFolder({ ...linux, env: { XDG_CACHE_HOME: "relative" } }), "/home/li/.cache/pairwise");
  assert.equal(cacheFolder({ platform: "darwin", home: "/Users/li", env: {} }), "/Users/li/Library/Caches/pairwise");
  assert.equal(
    cacheFolder({ platform: "win32", home: "C:\\Users\\li", env: { LOCALAPPDATA: "D:\\Local" } }),
    "D:\\Local\\pairwise\\Cache",
  );
  assert.equal(
    cacheFolder({ platform: "win32", home: "C:\\Users\\li", env: {} }),
    "C:\\Users\\li\\AppData\\Local\\pairwise\\Cache",
  );
});

test("obeys PAIRWISE_CACHE on every platform", () => {
  for (const platform of ["linux", "darwin", "win32"] as const) {
    assert.equal(cacheFolder({ platform, home: "/h", env: { PAIRWISE_CACHE: "/mine" } }), "/mine");
  }
});
