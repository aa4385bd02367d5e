/** Why what a setting names as a model is none, and what may have been meant. */

import { catalogue } from "../catalogue.ts";
import type { Servers } from "../chosenModel.ts";
import { EMBEDDED, splitReference } from "../modelReference.ts";
import { providers } from "../providers.ts";
import { bad, type StepResult, type Way } from "./findings.ts";
import { nearestNames } from "./nearest.ts";

/** `setting` names it, as in settings.json; `servers` are the user's own. For a reference that stands for no model. */
export function checkReference(reference: string, setting: string, servers: Servers): StepResult {
  const [provider, model] = splitReference(reference) ?? [];
  const rest: readonly Way[] = [{ kind: "choose-model" }, { kind: "open-settings", query: setting }];
  if (provider === undefined || model === undefined) {
    if (reference.trim() === "") return bad("setting", { kind: "reference-empty", setting }, rest);
    return bad("setting", { kind: "reference-form", setting, reference }, [...exampleFor(reference), ...rest]);
  }
  if (provider === EMBEDDED) {
    const all = catalogue.map(({ id }) => id);
    const near = nearestNames(model, all);
    const names = near.length > 0 ? near : all;
    const ways = near.map((name) => setReference(EMBEDDED, name));
    return bad("setting", { kind: "embedded-unknown", setting, model, names }, [...ways, ...rest]);
  }
  const known = [...providers.map(({ id }) => id), ...Object.keys(servers)];
  const nearest = nearestNames(provider, known, 2);
  const ways: readonly Way[] = nearest.map((name) => setReference(name, model));
  const ownServer: Way = { kind: "open-settings", query: "pairwise.model.servers" };
  return bad("setting", { kind: "provider-unknown", setting, provider, nearest }, [
    ...ways,
    rest[0] ?? ownServer,
    ownServer,
  ]);
}

/** The name alone of a model of ours, or of a provider. */
function exampleFor(reference: string): readonly Way[] {
  const own = catalogue.find(({ id }) => id === reference.trim());
  if (own) return [setReference(EMBEDDED, own.id)];
  const provider = providers.find(({ id, exampleModel }) => id === reference.trim() && exampleModel !== "");
  return provider ? [setReference(provider.id, provider.exampleModel)] : [];
}

function setReference(provider: string, model: string): Way {
  return { kind: "set-reference", reference: `${provider}/${model}` };
}
