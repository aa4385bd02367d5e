/** The address as the setting has it, before anything is sent there. */

import { isNearby } from "../hosts.ts";
import { type Provider, providers } from "../providers.ts";
import { bad, good, type StepResult } from "./findings.ts";

const OPEN_SETTING = { kind: "open-settings", query: "pairwise.model.servers" } as const;

export function checkAddress(address: string, provider: Provider): StepResult {
  const url = URL.parse(address.trim());
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:") || url.hostname === "") {
    const mended = withScheme(address.trim());
    return bad("address", { kind: "address-invalid" }, [...(mended ? [setAddress(mended)] : []), OPEN_SETTING]);
  }
  if (url.username !== "" || url.password !== "")
    return bad("address", { kind: "address-credentials" }, [OPEN_SETTING]);
  // Azure's pages show whole addresses, which `azure.ts` takes as they are.
  const [, path] = (provider.protocol === "azure" ? null : END_POINT.exec(url.pathname)) ?? [];
  if (path !== undefined) {
    const mended = new URL(url);
    mended.pathname = url.pathname.slice(0, -path.length);
    mended.hash = "";
    const ways = [setAddress(shown(mended)), OPEN_SETTING];
    return bad("address", { kind: "address-end-point", path: path.replace(/\/+$/, "") }, ways);
  }
  return good("address", { kind: "address", address: shown(url) });
}

/** Other addresses of the same server at which its interface may be, where it is not at the one that is set. */
export function otherPaths(baseUrl: string, provider: Provider): readonly string[] {
  const url = new URL(baseUrl);
  const documented = providers
    .flatMap(({ baseUrl: own, alternatives = [] }) => [own, ...alternatives])
    .filter((own) => own !== undefined && URL.parse(own)?.host === url.host);
  const path = url.pathname.replace(/\/+$/, "");
  const ends = provider.protocol === "ollama" ? [""] : [`${path}/v1`, "/v1", "/api/v1", "/openai/v1"];
  const all = [...documented, ...ends.map((end) => `${url.origin}${end}`)];
  return [...new Set(all)].flatMap((each) => (each === undefined || each === `${url.origin}${path}` ? [] : [each]));
}

/** Without a name, a password, a query or a fragment, and without a slash at its end. */
export function shown(url: URL): string {
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

function withScheme(text: string): string | undefined {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text) || text === "") return undefined;
  const rest = text.replace(/^\/+/, "");
  const { hostname = "" } = URL.parse(`http://${rest}`) ?? {};
  const url = /^[\w.:[\]-]+$/.test(hostname) ? URL.parse(`${isNearby(hostname) ? "http" : "https"}://${rest}`) : null;
  return url ? shown(url) : undefined;
}

function setAddress(address: string) {
  return { kind: "set-address", address } as const;
}

const END_POINT =
  /(\/+(?:chat\/completions|fim\/completions|completions|embeddings|models|responses|api\/(?:tags|chat|generate|show|version))\/*)$/;
