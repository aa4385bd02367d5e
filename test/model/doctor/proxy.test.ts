import assert from "node:assert/strict";
import { test } from "node:test";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { placeOf, systemNetwork } from "../../../src/model/doctor/network.ts";
import { proxyFor } from "../../../src/model/doctor/proxy.ts";
import { certificate } from "../../support/certificate.ts";
import { check } from "../../support/checkedServer.ts";
import { listener, secureServer } from "../../support/troubledServers.ts";

const settings = { proxy: "", noProxy: [], environment: {} };

test("the proxy of a server is that of the editor's settings, else that of the environment", () => {
  const url = new URL("https://api.example.com/v1");
  assert.equal(proxyFor(url, settings), undefined);
  assert.equal(proxyFor(url, { ...settings, proxy: "http://p:1" }), "http://p:1");
  const environment = { HTTPS_PROXY: "p:2", http_proxy: "http://p:3" };
  assert.equal(proxyFor(url, { ...settings, environment }), "http://p:2");
  assert.equal(proxyFor(new URL("http://api.example.com"), { ...settings, environment }), "http://p:3");
  assert.equal(proxyFor(url, { ...settings, proxy: "http://p:1", environment }), "http://p:1");
});

test("no proxy is asked for this machine, nor for what is left out of it", () => {
  const withProxy = { ...settings, proxy: "http://p:1" };
  for (const address of ["http://localhost:1", "http://127.0.0.1", "http://[::1]:8080"])
    assert.equal(proxyFor(new URL(address), withProxy), undefined);
  const url = new URL("https://api.example.com/v1");
  for (const without of ["*", "example.com", ".example.com", "api.example.com", "api.example.com:443", "*.example.com"])
    assert.equal(proxyFor(url, { ...withProxy, noProxy: [without] }), undefined, without);
  for (const without of ["ample.com", "api.example.com:8443", "other.com", ""])
    assert.equal(proxyFor(url, { ...withProxy, noProxy: [without] }), "http://p:1", without);
  assert.equal(proxyFor(url, { ...withProxy, environment: { NO_PROXY: "a.com, example.com" } }), undefined);
});

const far = { reference: "vllm/coder", address: "https://models.example.com/v1" };
const near = { reference: "vllm/coder", address: "http://models.example.com/v1" };
const failing = { fetch: () => Promise.reject(new TypeError("fetch failed")) };

test("the log-in for an https or a SOCKS proxy never leaves this machine unencrypted", async () => {
  for (const scheme of ["https", "socks5", "socks"]) {
    await using plain = await listener();
    const { last } = await check({
      ...far,
      proxy: `${scheme}://user:pw@${plain.host}`,
      network: failing,
      limitMs: 500,
    });
    assert.doesNotMatch(plain.heard(), /authorization|CONNECT|dXNlcjpwdw/i, scheme);
    const { state, finding } = last.get("proxy") ?? assert.fail();
    // Something listens there: a SOCKS proxy can't be asked more, and what has no TLS is no https proxy.
    if (scheme === "https") assert.equal(finding?.kind, "proxy-unreachable");
    else assert.deepEqual([state, finding?.kind], ["good", "proxy"]);
  }
  assert.equal(placeOf(new URL("https://proxy.example.com")).port, 443);
  assert.equal(placeOf(new URL("http://proxy.example.com")).port, 80);
  assert.equal(placeOf(new URL("socks5://proxy.example.com")).port, 1080);
});

test("an https proxy gets its log-in where its certificate is trusted, and not where it is not", async () => {
  const made = certificate({ names: ["localhost"] });
  await using server = await secureServer(made);
  // The sign % that stands for itself.
  const proxy = `https://user:10%@localhost:${server.port}`;
  const untrusted = await check({ ...far, proxy, network: failing });
  assert.equal(untrusted.last.get("proxy")?.finding?.kind, "proxy-unreachable");
  assert.deepEqual(server.logins, []);
  const before = getCACertificates("default");
  setDefaultCACertificates([...before, made.cert]);
  try {
    const host = `localhost:${server.port}`;
    const { last } = await check({ ...far, proxy, network: failing });
    assert.deepEqual(last.get("proxy")?.finding, { kind: "proxy-refused", host, status: 403 });
    assert.deepEqual(server.logins, [`Basic ${Buffer.from("user:10%").toString("base64")}`]);
  } finally {
    setDefaultCACertificates(before);
  }
});

test("no tunnel to an unencrypted server is asked for, which many proxies forbid; what the request was told counts", async () => {
  await using plain = await listener("HTTP/1.1 403 Forbidden\r\n\r\n");
  const proxy = `http://${plain.host}`;
  const { last } = await check({ ...near, proxy, network: failing });
  assert.equal(last.get("proxy")?.state, "good");
  assert.equal(plain.heard(), "");
  const cause = new Error("Proxy response (502) !== 200 when HTTP Tunneling");
  const told = { fetch: () => Promise.reject(new TypeError("fetch failed", { cause })) };
  const refused = await check({ ...near, proxy, network: told });
  assert.deepEqual(refused.last.get("proxy")?.finding, { kind: "proxy-refused", host: plain.host, status: 502 });
});

test("something at the proxy's port that speaks no HTTP ends the question", async () => {
  for (const answer of ["SSH-2.0-OpenSSH_9.6 and a long greeting behind it\r\n", ""]) {
    await using other = await listener(answer);
    await assert.rejects(systemNetwork.tunnel(new URL(`http://${other.host}`), "a:443", AbortSignal.timeout(2_000)), {
      code: answer === "" ? "ECONNRESET" : "ERR_INVALID_HTTP_RESPONSE",
    });
  }
});
