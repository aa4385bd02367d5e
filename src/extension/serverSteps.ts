import * as vscode from "vscode";
import { hostFetch } from "../model/hostFetch.ts";
import { providerAt } from "../model/addresses.ts";
import { listModels } from "../model/serverModels.ts";
import type { ModelFailure } from "../model/failure.ts";
import { ModelError } from "../model/model.ts";
import { modelsForCode } from "../model/modelsForCode.ts";
import { openAiAccess } from "../model/openAiAccess.ts";
import { providers } from "../model/providers.ts";
import { askForAddress, askForName, offerMended } from "./addressSteps.ts";
import { askForKey } from "./keyStep.ts";
import { choiceOf, modelInUse, ownChoice, type ServerChoice, serversWith } from "./modelChoices.ts";
import { describeFailure } from "./notices.ts";
import { listTrouble } from "./listTrouble.ts";
import { remarkRow } from "./modelRows.ts";
import { sentenceGap } from "./punctuation.ts";
import type { Ask, Row } from "./quickInputs.ts";
import { hostOf, type Keys } from "./secrets.ts";
import { changeModel, changeSetting, setting } from "./settings.ts";
import { shownModel } from "./shownModel.ts";
import { BACK, type Back, type Step } from "./steps.ts";

/** What is known so far. Nothing is written before the model is chosen, so that Escape changes nothing. */
interface Draft {
  readonly server: ServerChoice;
  readonly baseUrl: string;
  /** One that was typed just now. */
  readonly newKey?: string;
}

export interface ServerSteps {
  /** The first question about a server; with `newKey`, the key is asked for also where one is stored. */
  from(server: ServerChoice, newKey?: boolean): Step;
  /** For one that Pairwise does not list. */
  readonly another: Step;
}

/** How a model on a server is chosen. `chosen` is called with its reference when the settings have it. */
export function serverSteps(ask: Ask, keys: Keys, chosen: (reference: string, host: string) => void): ServerSteps {
  const from = (server: ServerChoice, newKey = false): Step => {
    if (server.addresses.length > 0 && !newKey) return () => addressAmong(server);
    const { baseUrl } = server;
    if (baseUrl === undefined) return () => addressTyped(server, undefined);
    return newKey ? () => key({ server, baseUrl }) : () => next({ server, baseUrl });
  };

  async function addressAmong(server: ServerChoice): Promise<Step | Back | undefined> {
    const picked = await ask.pick({
      title: server.name,
      placeHolder: vscode.l10n.t("Which address? A key holds for one of them."),
      rows: server.addresses.map((value) => ({
        label: hostOf(value),
        description: value === server.provider?.baseUrl ? vscode.l10n.t("usual") : "",
        detail: value,
        value,
      })),
      canGoBack: true,
    });
    if (typeof picked !== "object") return picked;
    return afterAddress({ server, baseUrl: picked.value });
  }

  async function addressTyped(
    server: ServerChoice | undefined,
    value: string | undefined,
  ): Promise<Step | Back | undefined> {
    const isAzure = server?.provider?.protocol === "azure";
    const typed = await askForAddress(ask, {
      title: server === undefined ? vscode.l10n.t("Another server") : server.name,
      example: isAzure ? "https://RESOURCE.openai.azure.com/openai/v1" : "https://llm.example.com/v1",
      value,
    });
    if (typed === undefined || typed === BACK) return typed;
    const afterwards = (baseUrl: string) => (server ? afterAddress({ server, baseUrl }) : named(baseUrl));
    const offered = await offerMended(ask, typed);
    // Back to what was typed, to change it.
    if (offered === BACK) return addressTyped(server, typed);
    return offered === undefined ? undefined : afterwards(offered);
  }

  /** Of a service that Pairwise knows, or one that has a name already, the name is not asked for. */
  function named(baseUrl: string): Step {
    const servers = setting("model.servers");
    const provider = providerAt(baseUrl);
    if (provider) return afterAddress({ server: choiceOf(provider, servers), baseUrl });
    const known = Object.entries(servers).find(([, address]) => address === baseUrl);
    if (known) return afterAddress({ server: ownChoice(known[0], baseUrl), baseUrl });
    return () => name(baseUrl);
  }

  async function name(baseUrl: string): Promise<Step | Back | undefined> {
    const typed = await askForName(ask, baseUrl, {
      servers: Object.keys(setting("model.servers")),
      providers: providers.map(({ id }) => id),
    });
    if (typed === undefined || typed === BACK) return typed;
    return afterAddress({ server: ownChoice(typed.trim(), baseUrl), baseUrl });
  }

  function afterAddress(draft: Draft): Step {
    return () => next(draft);
  }

  /** The key, where the server needs one and none is stored; else its models. */
  async function next(draft: Draft): Promise<Step | Back | undefined> {
    const isMissing = draft.server.key === "needed" && (await keys.get(draft.baseUrl)) === undefined;
    return isMissing ? key(draft) : models(draft);
  }

  async function key(draft: Draft): Promise<Step | Back | undefined> {
    const { server, baseUrl } = draft;
    const typed = await askForKey(ask, hostOf(baseUrl), server.keyPage);
    if (typed === undefined || typed === BACK) return typed;
    return () => models({ ...draft, newKey: typed });
  }

  async function models(draft: Draft): Promise<Step | Back | undefined> {
    const { l10n } = vscode;
    const { server, baseUrl } = draft;
    const host = hostOf(baseUrl);
    const picked = await ask.pick<ModelChoice>({
      title: l10n.t("Models of {0}", server.name),
      placeHolder: l10n.t("Which model do suggestions come from?"),
      waiting: l10n.t("Asking {0} for its models …", host),
      rows: [typedRow()],
      later: (signal) => listed(draft, signal),
      canGoBack: true,
    });
    if (typeof picked !== "object") return picked;
    const choice = picked.value;
    if (choice.kind === "key") return () => key(draft);
    if (choice.kind === "typed") return () => model(draft);
    // A key that was typed for one address is not sent to another.
    if (choice.kind === "address") return afterAddress({ server, baseUrl: choice.address });
    if (choice.kind === "change-address") return () => addressTyped(server, baseUrl);
    await finish(draft, choice.model);
    return undefined;
  }

  async function listed(draft: Draft, signal: AbortSignal): Promise<readonly Row<ModelChoice>[]> {
    const { l10n } = vscode;
    const { server, baseUrl, newKey } = draft;
    const host = hostOf(baseUrl);
    try {
      // A deployment's name is the user's own, and the list is one of what could be deployed.
      if (server.provider?.protocol === "azure") return [typedRow()];
      const apiKey = newKey ?? (await keys.get(baseUrl));
      const access = server.provider ? openAiAccess({ provider: server.provider, baseUrl, model: "" }) : { baseUrl };
      const listed = await listModels({ ...access, apiKey, fetch: hostFetch, timeLimitMs: LIST_LIMIT_MS }, signal);
      const filling = new Set(listed.filter(({ fillsHoles }) => fillsHoles).map(({ id }) => id));
      const inUse = modelInUse(setting("model.suggestions"), server.id);
      const rows = modelsForCode(
        listed.map(({ id }) => id),
        server.provider?.exampleModel,
      ).map((model): Row<ModelChoice> => ({
        label: shownModel(model),
        iconPath: new vscode.ThemeIcon(model === inUse ? "check" : "chip"),
        description: [filling.has(model) ? l10n.t("fills holes") : "", model === inUse ? l10n.t("in use") : ""]
          .filter((part) => part !== "")
          .join(" · "),
        // Two files of one name may be in two folders.
        detail: shownModel(model) === model ? "" : model,
        value: { kind: "model", model },
      }));
      return rows.length === 0
        ? [remarkRow("info", l10n.t("{0} has no model yet.", host)), typedRow()]
        : [...rows, typedRow()];
    } catch (error) {
      signal.throwIfAborted();
      const failure = error instanceof ModelError ? error.failure : undefined;
      const text =
        failure === undefined ? l10n.t("The list of models could not be read.") : describeFailure(failure).text;
      if (failure !== undefined && KEY_FAILURES.has(failure.kind))
        return [
          remarkRow("warning", text),
          { label: l10n.t("Enter API key"), iconPath: new vscode.ThemeIcon("key"), value: { kind: "key" } },
          typedRow(),
        ];
      const trouble = await listTrouble(server.id, baseUrl, newKey ?? (await keys.get(baseUrl)), signal);
      return [...troubleRows(trouble?.words ?? text, trouble?.addresses ?? []), typedRow()];
    }
  }

  async function model(draft: Draft): Promise<Step | Back | undefined> {
    const { l10n } = vscode;
    const { server, baseUrl } = draft;
    const isAzure = server.provider?.protocol === "azure";
    const typed = await ask.text({
      title: l10n.t("Models of {0}", server.name),
      prompt: isAzure
        ? l10n.t("The name of your deployment.")
        : l10n.t("The model's name, as {0} takes it.", hostOf(baseUrl)),
      placeHolder: server.provider?.exampleModel ?? "",
      check: () => undefined,
    });
    if (typed === undefined || typed === BACK) return typed;
    await finish(draft, typed.trim());
    return undefined;
  }

  async function finish({ server, baseUrl, newKey }: Draft, model: string): Promise<void> {
    if (newKey !== undefined) await keys.store(baseUrl, newKey);
    const servers = setting("model.servers");
    const after = serversWith(servers, server, baseUrl);
    if (JSON.stringify(after) !== JSON.stringify(servers)) await changeSetting("model.servers", () => after);
    const reference = `${server.id}/${model}`;
    await changeModel(reference);
    chosen(reference, hostOf(baseUrl));
  }

  return { from, another: () => addressTyped(undefined, undefined) };
}

type ModelChoice =
  | { readonly kind: "model"; readonly model: string }
  | { readonly kind: "typed" }
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "change-address" }
  | { readonly kind: "key" };

/** What is wrong, then the ways out of it: the row that Enter takes leads to none of it deeper in. */
function troubleRows(words: string, addresses: readonly string[]): readonly Row<ModelChoice>[] {
  const { l10n } = vscode;
  // A row that is too long is cut off, and what to do stands at its end.
  const [first = words, ...others] = words.split(/(?<=[.!?])\s+|(?<=[。！？])/);
  return [
    { ...remarkRow("warning", first), detail: others.join(sentenceGap()), alwaysShow: true },
    ...addresses.map((address): Row<ModelChoice> => ({
      label: l10n.t("Use {0}", address),
      iconPath: new vscode.ThemeIcon("check"),
      value: { kind: "address", address },
    })),
    {
      label: l10n.t("Change the address"),
      iconPath: new vscode.ThemeIcon("edit"),
      value: { kind: "change-address" },
    },
  ];
}

function typedRow(): Row<ModelChoice> {
  return {
    label: vscode.l10n.t("Type the name of a model …"),
    iconPath: new vscode.ThemeIcon("edit"),
    value: { kind: "typed" },
    alwaysShow: true,
  };
}

const KEY_FAILURES: ReadonlySet<ModelFailure["kind"]> = new Set(["key-missing", "key-rejected", "key-unusable"]);
const LIST_LIMIT_MS = 10_000;
