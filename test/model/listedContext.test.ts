import assert from "node:assert/strict";
import { test } from "node:test";
import { listedContext } from "../../src/model/listedContext.ts";
import { deadUrl, serve } from "./localServer.ts";

const contextAt = (url: string, model = "m-1") =>
  listedContext({ baseUrl: `${url}/v1`, apiKey: "sk-test", fetch }, model);

test("the context that a server lists for the model is known before the first prompt", async () => {
  await using server = await serve((_request, response) => {
    const data = [{ id: "m-0", max_model_len: 4_096 }, { id: "m-1", max_model_len: 2_048 }, { id: "m-2" }];
    response.end(JSON.stringify({ data }));
  });
  assert.equal(await contextAt(server.url), 2_048);
  assert.equal(await contextAt(server.url, "m-2"), undefined);
  assert.equal(await contextAt(server.url, "m-3"), undefined);
  const [asked] = server.requests;
  assert.deepEqual([asked?.url, asked?.headers.authorization], ["/v1/models", "Bearer sk-test"]);
});

test("a server that lists nothing, or is not there, is nobody's failure, and a service is not asked", async () => {
  await using server = await serve((_request, response) => void response.writeHead(404).end());
  assert.equal(await contextAt(server.url), undefined);
  assert.equal(await contextAt(await deadUrl()), undefined);
  const options = {
    baseUrl: "https://api.example.com/v1",
    apiKey: "sk-test",
    fetch: () => assert.fail("asked"),
  };
  assert.equal(await listedContext(options, "m-1"), undefined);
  assert.equal(await listedContext({ ...options, baseUrl: "nothing" }, "m-1"), undefined);
});
