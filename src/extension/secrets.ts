import type * as vscode from "vscode";

/**
 * Keys, one for each server: a key that was entered for one is never sent to another, whatever
 * `pairwise.model.servers` becomes.
 */
export interface Keys {
  get(baseUrl: string): Promise<string | undefined>;
  store(baseUrl: string, key: string): Promise<void>;
  remove(baseUrl: string): Promise<void>;
}

export function keysIn(secrets: vscode.SecretStorage): Keys {
  return {
    get: async (baseUrl) => secrets.get(nameFor(baseUrl)),
    store: async (baseUrl, key) => secrets.store(nameFor(baseUrl), key),
    remove: async (baseUrl) => secrets.delete(nameFor(baseUrl)),
  };
}

/** For messages; the address itself where it is not one. */
export function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}

function nameFor(baseUrl: string): string {
  return `key:${URL.canParse(baseUrl) ? new URL(baseUrl).origin : baseUrl}`;
}
