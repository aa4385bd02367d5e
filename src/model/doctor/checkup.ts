/** The steps of a check, one after the other. A step that is bad ends those that depend on it. */

import { readKey } from "../keyText.ts";
import type { Model } from "../model.ts";
import type { FormatName } from "../templates.ts";
import { checkAddress } from "./address.ts";
import { askerOf } from "./ask.ts";
import { checkAnswer, checkKey, refusedKey } from "./answer.ts";
import { checkConnection, checkName } from "./connection.ts";
import { good, running, skipped, type StepName, type StepResult } from "./findings.ts";
import { failed } from "./failureWays.ts";
import { checkHoles, type Clean, MOST_HOLE_REQUESTS } from "./holes.ts";
import { checkContext, checkModel } from "./modelSteps.ts";
import type { Network } from "./network.ts";
import { checkProxy } from "./proxy.ts";
import { type CheckedServer, listAddress, reach, type Reached } from "./reach.ts";
import { checkSpeed, SPEED_REQUESTS } from "./speed.ts";
import { checkTls } from "./tls.ts";

/** Short requests that one check sends to a model, at most. */
export const MOST_REQUESTS = MOST_HOLE_REQUESTS + SPEED_REQUESTS;

export const serverSteps: readonly StepName[] = [
  "setting",
  "address",
  "proxy",
  "name",
  "connection",
  "tls",
  "answer",
  "key",
  "model",
  "context",
  "holes",
  "speed",
];

/** The model as suggestions ask it. */
export interface AskedModel {
  readonly model: Model;
  readonly format: FormatName;
  /** Others that the user can have it asked in: what its name speaks for, and a chat. */
  readonly otherFormats: readonly FormatName[];
  readonly clean: Clean;
  /** Its prompts' longest and an answer, in tokens. */
  readonly wantedTokens: number;
  /** What the back-end makes room for, where it decides. */
  readonly contextTokens: number | undefined;
}

export interface ServerCheck {
  readonly network: Network;
  /** Milliseconds of a clock that is never set back. */
  readonly now: () => number;
  /** As the editor's settings and the environment have it for this server, with its log-in. */
  readonly proxy: string | undefined;
  /** For what is asked of the network, in milliseconds. */
  readonly limitMs: number;
  /** With this key. Called when the server has turned out to be there; rejects with `ModelError`. */
  readonly open: (apiKey: string | undefined) => Promise<AskedModel>;
}

/**
 * Calls `tell` for each step when it begins and when its result is there; a step may get another result later, when more
 * is known. Rejects with the signal's reason, and for faults of the program.
 */
export async function checkServer(
  server: CheckedServer,
  check: ServerCheck,
  tell: (result: StepResult) => void,
  signal: AbortSignal,
): Promise<void> {
  tell(good("setting", { kind: "reference", provider: server.provider.name, model: server.model }));
  const address = checkAddress(server.baseUrl, server.provider);
  tell(address);
  if (address.state === "bad") return skipAfter(serverSteps, "address", tell);
  const stored = server.apiKey;
  const read = readKey(stored ?? "");
  const checked = { ...server, apiKey: read.kind === "key" ? read.key : undefined };
  const reached = await checkNetwork(checked, check, tell, signal);
  if (reached === undefined) return;
  const ofKey = checkKey(server, stored, reached);
  tell(ofKey);
  if (ofKey.state === "bad") return skipAfter(serverSteps, "key", tell);
  await checkThere(checked, check, ofKey, tell, signal);
}

/** `undefined` where the server can't be asked; the steps behind are told as skipped then. */
async function checkNetwork(
  server: CheckedServer,
  check: ServerCheck,
  tell: (result: StepResult) => void,
  signal: AbortSignal,
): Promise<Reached | undefined> {
  const { network, limitMs, proxy } = check;
  const url = new URL(server.baseUrl.trim());
  const tellAll = (result: StepResult): boolean => {
    tell(result);
    if (result.state === "bad") skipAfter(serverSteps, result.step, tell);
    return result.state !== "bad";
  };
  // Whether it works at all is told by the very way that requests take; all else is for saying why it does not.
  for (const step of ["proxy", "name", "connection", "tls", "answer"] as const) tell(running(step));
  const reached = await reach(network, listAddress(server), server, limitMs, signal);
  if (!tellAll(await checkProxy(network, proxy, url, reached, limitMs, signal))) return undefined;
  if (proxy !== undefined) {
    tell(skipped("name", { kind: "by-proxy" }));
    tell(skipped("connection", { kind: "by-proxy" }));
  } else {
    const { result, addresses } = await checkName(network, url, limitMs, signal);
    // Where an answer came, somebody knew the name.
    if (
      !tellAll(reached.kind === "answered" && result.state === "bad" ? skipped("name", { kind: "by-proxy" }) : result)
    )
      return undefined;
    const how = { isReached: reached.kind === "answered", provider: server.provider, limitMs };
    if (!tellAll(await checkConnection(network, url, addresses, how, signal))) return undefined;
  }
  if (!tellAll(await checkTls(network, url, reached, limitMs, signal))) return undefined;
  return tellAll(await checkAnswer(network, server, reached, limitMs, signal)) ? reached : undefined;
}

async function checkThere(
  server: CheckedServer,
  { network, now, open, limitMs }: ServerCheck,
  ofKey: StepResult,
  tell: (result: StepResult) => void,
  signal: AbortSignal,
): Promise<void> {
  tell(running("model"));
  const sender = { baseUrl: server.baseUrl, apiKey: server.apiKey, fetch: network.fetch, timeLimitMs: limitMs };
  const there = await checkModel(server, sender, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    return { result: failed("model", error), contextTokens: undefined };
  });
  tell(there.result);
  const isListed = there.result.finding?.kind !== "model-unlisted";
  if (there.result.state === "bad" && isListed) return skipAfter(serverSteps, "model", tell);
  tell(running("context"));
  let asked: AskedModel;
  try {
    asked = await open(server.apiKey);
  } catch (error) {
    signal.throwIfAborted();
    tell(failed("context", error));
    return skipAfter(serverSteps, "context", tell);
  }
  const ofModel = there.contextTokens ?? asked.contextTokens;
  const room = Math.min(ofModel ?? Number.POSITIVE_INFINITY, asked.contextTokens ?? Number.POSITIVE_INFINITY);
  const holes = await askModel(asked, Number.isFinite(room) ? room : undefined, now, tell, signal);
  const failure = holes.finding?.kind === "failure" ? holes.finding.failure : undefined;
  const { host } = new URL(server.baseUrl);
  if (failure?.kind === "key-rejected" || failure?.kind === "key-missing") {
    // Its list is for everybody.
    tell(refusedKey(server, host));
    return skipAfter(serverSteps, "key", tell);
  }
  if (failure === undefined && !isListed) tell(good("model", { kind: "model-answers", model: server.model }));
  if (failure !== undefined && !isListed) skipAfter(serverSteps, "model", tell);
  if (failure === undefined && ofKey.finding?.kind === "key-stored")
    tell(good("key", { kind: "key-stored", host, isProven: true }));
}

/**
 * The steps that a model on a server and one on this machine have in common. Resolves to what the holes came to.
 * Rejects with the signal's reason only.
 */
export async function askModel(
  { model, format, otherFormats, clean, wantedTokens }: AskedModel,
  contextTokens: number | undefined,
  now: () => number,
  tell: (result: StepResult) => void,
  signal: AbortSignal,
): Promise<StepResult> {
  tell(checkContext(contextTokens, wantedTokens));
  tell(running("holes"));
  const ask = askerOf(model, now, signal);
  const holes = await checkHoles(ask, clean, format, otherFormats, signal);
  tell(holes.result);
  if (holes.format === undefined) {
    tell(skipped("speed", { kind: "skipped", because: "holes" }));
    return holes.result;
  }
  tell(running("speed"));
  tell(await checkSpeed(ask, holes.format, signal));
  return holes.result;
}

export function skipAfter(steps: readonly StepName[], bad: StepName, tell: (result: StepResult) => void): void {
  for (const step of steps.slice(steps.indexOf(bad) + 1)) tell(skipped(step, { kind: "skipped", because: bad }));
}
