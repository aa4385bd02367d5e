import type * as vscode from "vscode";
import type { ModelFailure } from "../model/failure.ts";
import { ModelError } from "../model/model.ts";
import { localModel, modelNamed } from "./chosenModel.ts";
import { isFile, missingFile } from "./modelSource.ts";
import { hostOf, type Keys } from "./secrets.ts";
import type { NamedModel } from "./setUp.ts";
import { suggestionReferences } from "./settings.ts";

/** The models that the settings name, with what can be told of them without asking anybody. */
export function namedModels(context: vscode.ExtensionContext, keys: Keys): Promise<readonly NamedModel[]> {
  return Promise.all(
    suggestionReferences().map(async (reference) => ({
      reference,
      failure: await failureOf(reference, context, keys),
    })),
  );
}

async function failureOf(
  reference: string,
  context: vscode.ExtensionContext,
  keys: Keys,
): Promise<ModelFailure | undefined> {
  try {
    const chosen = modelNamed(reference);
    if (chosen.kind === "editor") return undefined;
    if (chosen.kind === "server") {
      const { provider, baseUrl } = chosen;
      // A gateway of one's own, under a service's name, may want none.
      const isMissing =
        baseUrl === provider.baseUrl && provider.key === "needed" && (await keys.get(baseUrl)) === undefined;
      return isMissing ? { kind: "key-missing", host: hostOf(baseUrl) } : undefined;
    }
    const { path } = localModel(context, chosen);
    return (await isFile(path)) ? undefined : missingFile(path, chosen);
  } catch (error) {
    if (error instanceof ModelError) return error.failure;
    throw error;
  }
}
