import assert from "node:assert/strict";
import { test } from "node:test";
import { plainChat } from "../../src/model/plainChat.ts";
import { failureOf, requestFor, textOf } from "../support/answers.ts";
import { ScriptedModel } from "../support/scriptedModel.ts";

const never = new AbortController().signal;

test("a picture for a model that reads nothing but text is not sent, and the failure says which model it is", async () => {
  const scripted = new ScriptedModel();
  const pictures = [{ mediaType: "image/png", base64: "AAAA" }] as const;
  const request = requestFor({ kind: "chat", messages: [{ role: "user", content: "what is it?", pictures }] });
  assert.deepEqual(await failureOf(plainChat(scripted).stream(request, never)), {
    kind: "pictures-unseen",
    model: "scripted",
  });
  assert.equal(scripted.streams.length, 0);
});

test("tools are left out, and the roles alternate", async () => {
  const scripted = new ScriptedModel();
  const tools = [{ name: "read_file", description: "Reads.", parameters: { type: "object" } }];
  const messages = [
    { role: "user", content: "a" },
    { role: "user", content: "b" },
  ] as const;
  const answer = textOf(plainChat(scripted).stream(requestFor({ kind: "chat", messages, tools }), never));
  await new Promise(setImmediate);
  scripted.last.say("c").done();
  assert.equal(await answer, "c");
  assert.deepEqual(scripted.last.request.prompt, { kind: "chat", messages: [{ role: "user", content: "a\n\nb" }] });
});
