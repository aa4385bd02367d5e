/** What there is to choose from in the model picker, as data; the words are in `modelRows.ts`. */

import { isSameServer, nameForServer } from "../model/addresses.ts";
import type { CatalogueEntry } from "../model/catalogue.ts";
import type { Servers } from "../model/chosenModel.ts";
import type { FoundServer } from "../model/discovery.ts";
import { splitReference } from "../model/modelReference.ts";
import { type Provider, providers } from "../model/providers.ts";
import { runsHere } from "../model/runsHere.ts";

export interface LocalChoice {
  readonly entry: CatalogueEntry;
  /** What it needs and the machine does not have, both in GiB. */
  readonly tooMuch: { readonly needed: number; readonly there: number } | undefined;
  /** Its file is on this machine. */
  readonly isHere: boolean;
  readonly isInUse: boolean;
  /** Measured here; `undefined` where it was not used yet. */
  readonly tokensPerSecond: number | undefined;
}

export interface Surroundings {
  readonly memoryBytes: number;
  /** Ids of entries whose files are here. */
  readonly here: ReadonlySet<string>;
  /** As the settings name the model. */
  readonly reference: string;
  speedOf(name: string): number | undefined;
}

export function localChoices(entries: readonly CatalogueEntry[], surroundings: Surroundings): readonly LocalChoice[] {
  const { here, reference, memoryBytes } = surroundings;
  // A machine of 8 GB tells a little less.
  const there = Math.round(memoryBytes / GIB);
  return entries.map((entry) => ({
    entry,
    tooMuch: entry.recommendedMemoryGiB > there ? { needed: entry.recommendedMemoryGiB, there } : undefined,
    isHere: here.has(entry.id),
    isInUse: reference.trim() === `embedded/${entry.id}`,
    tokensPerSecond: surroundings.speedOf(entry.name),
  }));
}

/** The machine's memory, or what a container may use of it, in bytes. */
export function memoryFor(total: number, limit: number | undefined): number {
  return limit !== undefined && limit > 0 ? Math.min(total, limit) : total;
}

/** A server as the picker goes on with it. */
export interface ServerChoice {
  /** As in a reference. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** `undefined`: the user has to tell. */
  readonly baseUrl: string | undefined;
  /** To choose from, the usual one first; empty where there is nothing to choose. */
  readonly addresses: readonly string[];
  readonly key: Provider["key"];
  readonly keyPage: string | undefined;
  /** Whose documentation is known; `undefined` for servers of the user's own. */
  readonly provider: Provider | undefined;
}

/** The services of the world, then servers of the user's own. Programs on this machine are found, not listed. */
export function serviceChoices(known: readonly Provider[], servers: Servers): readonly ServerChoice[] {
  const services = known.filter(({ protocol, baseUrl }) => {
    if (protocol === "embedded" || protocol === "editor") return false;
    return baseUrl === undefined || !runsHere(baseUrl, "");
  });
  const own = Object.entries(servers)
    .filter((entry): entry is [string, string] => typeof entry[1] === "string" && entry[1].trim() !== "")
    .filter(([id]) => !services.some((service) => service.id === id));
  return [
    ...services.map((provider) => choiceOf(provider, servers)),
    ...own.map(([id, address]) => {
      const provider = known.find((each) => each.id === id);
      return provider ? choiceOf(provider, servers) : ownChoice(id, address.trim());
    }),
  ];
}

export function choiceOf(provider: Provider, servers: Servers): ServerChoice {
  const { id, name, baseUrl, alternatives = [], key, keyPage } = provider;
  const set = Object.hasOwn(servers, id) ? servers[id] : undefined;
  const address = typeof set === "string" && set.trim() !== "" ? set.trim() : undefined;
  const documented = baseUrl === undefined ? [] : [baseUrl, ...alternatives];
  const addresses = [...new Set([...(address === undefined ? [] : [address]), ...documented])];
  return {
    id,
    name,
    baseUrl: address ?? baseUrl,
    addresses: addresses.length > 1 ? addresses : [],
    key,
    keyPage,
    provider,
  };
}

export function ownChoice(id: string, baseUrl: string): ServerChoice {
  return { id, name: id, baseUrl, addresses: [], key: "optional", keyPage: undefined, provider: undefined };
}

/**
 * A server that was found on this machine. It has told its address itself, so none is asked for. Where the settings have
 * another server under its name, it gets a name of its own: what the user has set is not overwritten.
 */
export function foundChoice({ provider: id, baseUrl }: FoundServer, servers: Servers): ServerChoice {
  const set = Object.entries(servers).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const isTaken = set.some(
    ([name, address]) => name === id && address.trim() !== "" && !isSameServer(address, baseUrl),
  );
  const provider = isTaken ? undefined : providers.find((each) => each.id === id);
  if (provider) return { ...choiceOf(provider, {}), baseUrl, addresses: [] };
  const known = set.find(([name, address]) => !isProvider(name) && isSameServer(address, baseUrl));
  const taken = [...Object.keys(servers), ...providers.map((each) => each.id)];
  return ownChoice(known?.[0] ?? nameForServer(baseUrl, taken), baseUrl);
}

function isProvider(name: string): boolean {
  return providers.some(({ id }) => id === name);
}

/** `pairwise.model.servers` with the address of one of them. What a provider has by itself does not stand there. */
export function serversWith(servers: Servers, { id, provider }: ServerChoice, address: string): Record<string, string> {
  const others = Object.entries(servers).filter(([name]) => name !== id) as [string, string][];
  const usual = provider?.baseUrl;
  const isUsual = usual !== undefined && (usual === address || (runsHere(usual, "") && isSameServer(usual, address)));
  return Object.fromEntries(isUsual ? others : [...others, [id, address]]);
}

/** The model in use, where it is one of this server. */
export function modelInUse(reference: string, id: string): string | undefined {
  const [provider, model] = splitReference(reference) ?? [];
  return provider === id ? model : undefined;
}

const GIB = 2 ** 30;
