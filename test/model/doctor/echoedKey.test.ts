import assert from "node:assert/strict";
import { test } from "node:test";
import { check } from "../../support/checkedServer.ts";
import { serve } from "../localServer.ts";

test("a key that a server repeats in its refusals is in nothing that is found", async () => {
  const key = "sk-secret-0123456789";
  for (const status of [400, 401, 403, 404, 422, 500]) {
    await using server = await serve((request, response) => {
      const isList = request.method === "GET" && status < 401;
      const body = isList
        ? { data: [{ id: "coder" }] }
        : { error: { message: `No: ${request.headers.authorization} ${key}`, code: key } };
      response.writeHead(isList ? 200 : status, { "content-type": "application/json", "x-key": key });
      response.end(JSON.stringify(body));
    });
    const { told, bad } = await check({ reference: "own/coder", address: `${server.url}/v1`, apiKey: key });
    assert.ok(bad.length > 0);
    assert.ok(!JSON.stringify(told).includes(key), `${status}: ${JSON.stringify(bad)}`);
  }
});
