import assert from "node:assert/strict";
import { test } from "node:test";
import { findDistribution } from "../../scripts/packageIndex.ts";
import { SourceError } from "../../src/model/downloadError.ts";
import { deadUrl, serve } from "../model/localServer.ts";

const never = new AbortController().signal;
const failsWith = (reason: string) => (error: unknown) => error instanceof SourceError && error.reason === reason;
const find = (index: string) => findDistribution("some-tool", "some_tool-1.0.tar.gz", never, index);

test("a file is found on an index's page of JSON, and on one of links, as mirrors have it", async () => {
  for (const [type, page, expected] of [
    [
      "application/vnd.pypi.simple.v1+json",
      JSON.stringify({
        files: [
          { url: "https://files.test/some_tool-1.0-py3-none-any.whl" },
          { url: "https://files.test/some_tool-1.0.tar.gz" },
        ],
      }),
      () => "https://files.test/some_tool-1.0.tar.gz",
    ],
    [
      "text/html",
      '<a href="../../files/some_tool-0.9.tar.gz">a</a>\n<a data-x="" href="../../files/some_tool-1.0.tar.gz#sha256=0a">b</a>',
      (url: string) => `${url}/files/some_tool-1.0.tar.gz#sha256=0a`,
    ],
  ] as const) {
    await using server = await serve((_request, response) => {
      response.writeHead(200, { "content-type": type }).end(page);
    });
    assert.equal(await find(`${server.url}/simple/`), expected(server.url));
    assert.deepEqual(
      server.requests.map(({ url }) => url),
      ["/simple/some-tool/"],
    );
  }
});

test("an index that lacks the project or the file, refuses, or can't be reached says which", async () => {
  for (const [status, reason] of [
    [404, "not-found"],
    [403, "refused"],
    [200, "not-found"],
  ] as const) {
    await using server = await serve((_request, response) => void response.writeHead(status).end("<p>none</p>"));
    await assert.rejects(find(server.url), failsWith(reason));
  }
  await assert.rejects(find(await deadUrl()), failsWith("unreachable"));
});
