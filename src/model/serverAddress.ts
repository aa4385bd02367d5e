import { isKey } from "./keyText.ts";
import { ModelError } from "./model.ts";

/**
 * An address as the user wrote it. Refuses those with a name and password in them, too: they would be in logs, and
 * `fetch` does not take them.
 * @throws {ModelError} `unreachable`
 */
export function checkedAddress(address: string): { readonly baseUrl: string; readonly host: string } {
  const url = URL.parse(address.trim());
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:") || url.username !== "" || url.password !== "") {
    throw new ModelError({ kind: "unreachable", host: url?.host ?? "", code: "ERR_INVALID_URL" });
  }
  url.hash = "";
  return { baseUrl: url.href, host: url.host };
}

/** The key as a header takes it; `undefined` where there is none. @throws {ModelError} `key-unusable` when it can't be one */
export function checkedKey(key: string | undefined, host: string): string | undefined {
  const apiKey = key?.trim() || undefined;
  if (apiKey !== undefined && !isKey(apiKey)) throw new ModelError({ kind: "key-unusable", host });
  return apiKey;
}
