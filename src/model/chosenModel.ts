/** What a reference in the settings stands for. */

import { catalogue, type CatalogueEntry } from "./catalogue.ts";
import { ModelError } from "./model.ts";
import { EDITOR, EMBEDDED, namesFile, splitReference } from "./modelReference.ts";
import { type Provider, providers } from "./providers.ts";

/** What a reference stands for. */
export type ChosenModel =
  | { readonly kind: "catalogue"; readonly entry: CatalogueEntry }
  /** A GGUF file of the user's own; `~` stands for the home folder. */
  | { readonly kind: "file"; readonly path: string }
  | ChosenEditor
  | ChosenServer;

export type ChosenLocal = Extract<ChosenModel, { readonly kind: "catalogue" | "file" }>;

/** A chat model that the editor has from another extension. */
export interface ChosenEditor {
  readonly kind: "editor";
  /** `undefined` where the reference has the model's id alone. */
  readonly vendor: string | undefined;
  /** The family of the vendor's models, or an id. */
  readonly model: string;
}

export interface ChosenServer {
  readonly kind: "server";
  readonly provider: Provider;
  readonly baseUrl: string;
  /** As the server knows it. */
  readonly model: string;
}

/** Addresses by the provider's id. A name that is no provider's makes one that speaks like OpenAI. */
export type Servers = Readonly<Record<string, unknown>>;

/** @throws {ModelError} `reference-unknown`, or `address-missing` */
export function chosenModel(reference: string, servers: Servers): ChosenModel {
  const [id, model] = splitReference(reference) ?? [];
  if (id === undefined || model === undefined) throw new ModelError({ kind: "reference-unknown", reference });
  if (id === EMBEDDED) {
    if (namesFile(model)) return { kind: "file", path: model };
    const entry = catalogue.find((each) => each.id === model);
    if (!entry) throw new ModelError({ kind: "reference-unknown", reference });
    return { kind: "catalogue", entry };
  }
  if (id === EDITOR) {
    const [vendor, family] = splitReference(model) ?? [];
    return { kind: "editor", vendor, model: family ?? model };
  }
  const own = addressIn(servers, id);
  const provider = providers.find((each) => each.id === id) ?? (own === undefined ? undefined : unlisted(id));
  if (!provider) throw new ModelError({ kind: "reference-unknown", reference });
  const baseUrl = own ?? provider.baseUrl;
  if (baseUrl === undefined) throw new ModelError({ kind: "address-missing", provider: provider.name });
  return { kind: "server", provider, baseUrl, model };
}

/** What those of the references stand for that name a model; the others are left out. */
export function knownModels(references: readonly string[], servers: Servers): readonly ChosenModel[] {
  return references.flatMap((reference) => {
    try {
      return [chosenModel(reference, servers)];
    } catch {
      return [];
    }
  });
}

/** The servers among them, one for each origin: keys are kept by it. */
export function serversOf(models: readonly ChosenModel[]): readonly ChosenServer[] {
  const servers = models.filter((model) => model.kind === "server");
  const origins = servers.map(({ baseUrl }) => URL.parse(baseUrl)?.origin ?? baseUrl);
  return servers.filter((_, place) => origins.indexOf(origins[place] ?? "") === place);
}

/** Settings are written by hand: what is no text, or empty, says nothing. */
function addressIn(servers: Servers, id: string): string | undefined {
  const address = Object.hasOwn(servers, id) ? servers[id] : undefined;
  return typeof address === "string" && address.trim() !== "" ? address.trim() : undefined;
}

function unlisted(id: string): Provider {
  return { id, name: id, protocol: "openai", baseUrl: undefined, key: "optional", exampleModel: "" };
}
