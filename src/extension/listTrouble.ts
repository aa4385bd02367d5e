import { chosenModel } from "../model/chosenModel.ts";
import { checkServer } from "../model/doctor/checkup.ts";
import type { StepResult } from "../model/doctor/findings.ts";
import { systemNetwork } from "../model/doctor/network.ts";
import { ModelError } from "../model/model.ts";
import { findingWords } from "./checkWords.ts";
import { proxyOf } from "./editorProxy.ts";

interface ListTrouble {
  /** In the words of the check. */
  readonly words: string;
  /** To use instead, the best one first. */
  readonly addresses: readonly string[];
}

/**
 * Why a server has not told its models, by the steps of a check that cost nothing; `undefined` where they find nothing.
 * Rejects with the signal's reason.
 */
export async function listTrouble(
  id: string,
  baseUrl: string,
  apiKey: string | undefined,
  signal: AbortSignal,
): Promise<ListTrouble | undefined> {
  const chosen = chosenModel(`${id}/${ANY_MODEL}`, { [id]: baseUrl });
  if (chosen.kind !== "server") return undefined;
  const check = {
    network: systemNetwork,
    now: () => performance.now(),
    proxy: proxyOf(baseUrl),
    limitMs: LIMIT_MS,
    // No model is chosen yet that could be asked.
    open: () => Promise.reject(new ModelError({ kind: "reference-unknown", reference: id })),
  };
  const troubles: StepResult[] = [];
  const hear = (result: StepResult): void => {
    if (result.state === "bad" && !OF_MODEL.has(result.step)) troubles.push(result);
  };
  await checkServer({ ...chosen, apiKey }, check, hear, signal);
  const [first] = troubles;
  if (first?.finding === undefined) return undefined;
  const addresses = first.ways.flatMap((way) => (way.kind === "set-address" ? way.address : []));
  return { words: findingWords(first.finding), addresses };
}

const ANY_MODEL = "any";
const OF_MODEL: ReadonlySet<StepResult["step"]> = new Set(["model", "context", "holes", "speed"]);
const LIMIT_MS = 5000;
