import assert from "node:assert/strict";
import { test } from "node:test";
import { isSameServer, nameForServer, providerAt, readAddress } from "../../src/model/addresses.ts";

function mended(typed: string): string {
  const read = readAddress(typed);
  assert.equal(read.kind, "address", typed);
  return read.kind === "address" ? `${read.url} ${read.mends.join(" ")}`.trim() : "";
}

test("an address that is right stays as it is", () => {
  for (const url of [
    "https://llm.example.com/v1",
    "http://localhost:8080/v1",
    "http://10.0.0.5:8000/v1",
    "https://open.bigmodel.cn/api/paas/v4",
    "https://gateway.example.com/team/openai",
    "https://name.openai.azure.com/openai/deployments/gpt?api-version=2024-10-21",
  ])
    assert.equal(mended(url), url);
});

test("a slash at the end says nothing and is not told of", () => {
  assert.equal(mended("https://llm.example.com/v1/"), "https://llm.example.com/v1");
});

test("an address without http:// gets it: https in the world, http at home", () => {
  assert.equal(mended("llm.example.com/v1"), "https://llm.example.com/v1 scheme");
  assert.equal(mended("localhost:11434/v1"), "http://localhost:11434/v1 scheme");
  assert.equal(mended("192.168.1.20:8000/v1"), "http://192.168.1.20:8000/v1 scheme");
  assert.equal(mended("gpu-box:8000/v1"), "http://gpu-box:8000/v1 scheme");
  assert.equal(mended("[::1]:8080/v1"), "http://[::1]:8080/v1 scheme");
  assert.equal(mended("https:/llm.example.com/v1"), "https://llm.example.com/v1 scheme");
});

test("a missing /v1 is added, and nothing where the path says something else", () => {
  assert.equal(mended("https://llm.example.com"), "https://llm.example.com/v1 path");
  assert.equal(mended("http://127.0.0.1:8080/"), "http://127.0.0.1:8080/v1 path");
  assert.equal(mended("https://name.openai.azure.com/"), "https://name.openai.azure.com/openai/v1 path");
});

test("a key is not to go over the internet unencrypted, and at home it may", () => {
  assert.equal(mended("http://llm.example.com/v1"), "https://llm.example.com/v1 secure");
  assert.equal(mended("http://8.8.8.8/v1"), "https://8.8.8.8/v1 secure");
  for (const url of ["http://10.1.2.3/v1", "http://172.20.0.2/v1", "http://llm.corp/v1", "http://[fd00::1]/v1"])
    assert.equal(mended(url), url);
});

test("https at a usual port of this machine becomes http", () => {
  assert.equal(mended("https://localhost:11434/v1"), "http://localhost:11434/v1 plain");
  assert.equal(mended("https://localhost:8443/v1"), "https://localhost:8443/v1");
});

test("the end point at the end of a pasted address is taken off", () => {
  assert.equal(mended("https://llm.example.com/v1/chat/completions"), "https://llm.example.com/v1 end-point");
  assert.equal(mended("https://llm.example.com/v1/completions/"), "https://llm.example.com/v1 end-point");
  assert.equal(mended("http://localhost:11434/api/tags"), "http://localhost:11434/v1 end-point path");
  assert.equal(mended("https://llm.example.com/v1/models?limit=5#x"), "https://llm.example.com/v1 end-point");
});

test("spaces, line breaks and quotation marks around and in it are left out", () => {
  assert.equal(mended("  https://llm.example.com/v1 \n"), "https://llm.example.com/v1");
  assert.equal(mended('"https://llm.example.com/v1"'), "https://llm.example.com/v1 spaces");
  assert.equal(mended("https://llm. example.com/ v1"), "https://llm.example.com/v1 spaces");
});

test("all at once", () => {
  assert.equal(mended("http://llm.example.com/chat/completions"), "https://llm.example.com/v1 secure end-point path");
});

test("what was typed can be taken as it is where it is an address", () => {
  const asTyped = (typed: string) => {
    const read = readAddress(typed);
    return read.kind === "address" ? read.asTyped : read.problem;
  };
  assert.equal(asTyped("http://llm.example.com/"), "http://llm.example.com");
  assert.equal(asTyped("llm.example.com"), undefined);
  assert.equal(asTyped("https://llm.example.com/v1"), undefined);
});

test("what is no address is said to be none, and why", () => {
  const problem = (typed: string) => {
    const read = readAddress(typed);
    return read.kind === "problem" ? read.problem : read.url;
  };
  assert.equal(problem(" "), "empty");
  assert.equal(problem("http://"), "no-address");
  assert.equal(problem("?!"), "no-address");
  assert.equal(problem("http://-x-/v1"), "no-address");
  assert.equal(problem("ftp://llm.example.com"), "other-scheme");
  assert.equal(problem("https://me:secret@llm.example.com/v1"), "user-name");
});

test("mending a mended address changes nothing", () => {
  for (const typed of [
    "llm.example.com",
    "localhost:8080",
    "http://8.8.8.8/v1/chat/completions",
    "x.openai.azure.com",
  ]) {
    const once = mended(typed).split(" ")[0] ?? "";
    assert.equal(mended(once), once);
  }
});

test("a service's own address is recognised, whatever its path", () => {
  assert.equal(providerAt("https://api.openai.com")?.id, "openai");
  assert.equal(providerAt("https://api.openai.com.evil.example/v1"), undefined);
});

test("this machine has several names", () => {
  assert.ok(isSameServer("http://localhost:8080/v1", "http://127.0.0.1:8080/v1"));
  assert.ok(isSameServer("http://[::1]:8080", "http://localhost:8080/v1"));
  assert.ok(!isSameServer("http://localhost:8080", "http://localhost:8000"));
  assert.ok(!isSameServer("", ""));
});

test("a server of one's own gets a short name that is not taken", () => {
  assert.equal(nameForServer("https://llm.example.com/v1", []), "example");
  assert.equal(nameForServer("https://llm.example.com/v1", ["example"]), "example-2");
  assert.equal(nameForServer("http://10.0.0.5:8000/v1", []), "my-server");
  assert.equal(nameForServer("http://localhost:9000/v1", []), "local-9000");
});

test("the address is found in a command or a line of a configuration that was pasted, and words are no address", () => {
  assert.equal(
    mended("curl -H 'X: y' https://llm.example.com/v1/chat/completions -d @a"),
    "https://llm.example.com/v1 around end-point",
  );
  assert.equal(mended('export OPENAI_BASE_URL="https://llm.example.com/v1"'), "https://llm.example.com/v1 around");
  assert.equal(mended("base_url: http://127.0.0.1:8000/v1,"), "http://127.0.0.1:8000/v1 around");
  for (const words of ["not an address", "my server"])
    assert.deepEqual(readAddress(words), { kind: "problem", problem: "no-address" });
});
