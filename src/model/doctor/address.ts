/** The address as the setting has it, before anything is sent there. */

import { endPointOf, readAddress, shownAddress } from "../addresses.ts";
import { type Provider, providers } from "../providers.ts";
import { bad, good, type StepResult, OPEN_SERVERS } from "./findings.ts";

export function checkAddress(address: string, provider: Provider): StepResult {
  const url = URL.parse(address.trim());
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:") || url.hostname === "") {
    const read = readAddress(address);
    const ways = read.kind === "address" ? [setAddress(read.url)] : [];
    return bad("address", { kind: "address-invalid" }, [...ways, OPEN_SERVERS]);
  }
  if (url.username !== "" || url.password !== "")
    return bad("address", { kind: "address-credentials" }, [OPEN_SERVERS]);
  // Azure's pages show whole addresses, which `azure.ts` takes as they are.
  const path = provider.protocol === "azure" ? "" : endPointOf(url);
  if (path !== "") {
    const mended = new URL(url);
    mended.pathname = url.pathname.slice(0, -path.length);
    const ways = [setAddress(shownAddress(mended)), OPEN_SERVERS];
    return bad("address", { kind: "address-end-point", path: path.replace(/\/+$/, "") }, ways);
  }
  return good("address", { kind: "address", address: shownAddress(url) });
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

function setAddress(address: string) {
  return { kind: "set-address", address } as const;
}
