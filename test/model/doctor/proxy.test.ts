import assert from "node:assert/strict";
import { test } from "node:test";
import { proxyFor } from "../../../src/model/doctor/proxy.ts";

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
