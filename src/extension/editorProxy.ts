import * as vscode from "vscode";
import { proxyFor } from "../model/doctor/proxy.ts";

/** As the editor's settings and the environment have it for this address; `undefined` where it is reached without one. */
export function proxyOf(baseUrl: string): string | undefined {
  const url = URL.parse(baseUrl);
  const http = vscode.workspace.getConfiguration("http");
  if (url === null || http.get("proxySupport") === "off") return undefined;
  const proxy: unknown = http.get("proxy");
  const noProxy: unknown = http.get("noProxy");
  return proxyFor(url, {
    proxy: typeof proxy === "string" ? proxy : "",
    noProxy: Array.isArray(noProxy) ? noProxy.filter((each) => typeof each === "string") : [],
    environment: process.env,
  });
}
