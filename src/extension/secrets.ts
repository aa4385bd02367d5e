import type * as vscode from "vscode";
import { checkedAddress } from "../model/serverAddress.ts";

/**
 * Keys, one for each server: a key that was entered for one is never sent to another, whatever
 * `pairwise.model.servers` becomes. What can't be the address of one has none.
 */
export interface Keys {
  get(baseUrl: string): Promise<string | undefined>;
  /** @throws {ModelError} `unreachable` where the address can't be one */
  store(baseUrl: string, key: string): Promise<void>;
  remove(baseUrl: string): Promise<void>;
}

export function keysIn(secrets: vscode.SecretStorage): Keys {
  return {
    get: async (baseUrl) => (isAddress(baseUrl) ? secrets.get(nameFor(baseUrl)) : undefined),
    store: async (baseUrl, key) => secrets.store(nameFor(baseUrl), key),
    remove: async (baseUrl) => {
      if (isAddress(baseUrl)) await secrets.delete(nameFor(baseUrl));
    },
  };
}

/** For messages; the address itself where it is not one. */
export function hostOf(baseUrl: string): string {
  return URL.parse(baseUrl)?.host || baseUrl;
}

/** @throws {ModelError} for what is no address: `localhost:8080` has no origin, and would share its key with all such */
function nameFor(baseUrl: string): string {
  return `key:${new URL(checkedAddress(baseUrl).baseUrl).origin}`;
}

/** Whether it can be a server's, so that a key can be kept for it. */
export function isAddress(baseUrl: string): boolean {
  try {
    checkedAddress(baseUrl);
    return true;
  } catch {
    return false;
  }
}
