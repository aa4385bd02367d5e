/** Lets the user choose what a thread asks. */

import * as vscode from "vscode";
import { ModelError } from "../model/model.ts";
import { allChoices, type ChatModelChoice, nearChoices, rememberChosen } from "./chatModelChoices.ts";
import type { ChatModelFacts } from "./chatPorts.ts";
import { modelName, modelNamed } from "./chosenModel.ts";
import { describeFailure } from "./notices.ts";
import type { Ask, Row } from "./quickInputs.ts";
import type { Keys } from "./secrets.ts";

type Facts = Pick<ChatModelFacts, "callsTools" | "sees">;

interface PickNeeds {
  readonly context: vscode.ExtensionContext;
  readonly keys: Keys;
  readonly ask: Ask;
  /** As far as it is known without asking anybody. */
  readonly facts: (reference: string) => Facts;
}

type Choice = { readonly reference: string } | "another";

/** `current` and `standard`: what the thread has, and what the settings say. `undefined` where nothing was chosen. */
export async function pickChatModel(
  { context, keys, ask, facts }: PickNeeds,
  current: string,
  standard: string,
): Promise<string | undefined> {
  const { l10n } = vscode;
  const title = l10n.t("The model that answers in this thread");
  const rows = (choices: readonly ChatModelChoice[]) => rowsOf(choices, current, standard, facts);
  const picked = await ask.pick({
    title,
    placeHolder: l10n.t("Type to find a model or a server"),
    waiting: l10n.t("Asking the servers that you use for their models …"),
    rows: rows(await nearChoices(context)),
    later: async (signal) => rows(await allChoices(context, keys, signal)),
    isFirst: ({ isInUse = false }) => isInUse,
    canGoBack: false,
  });
  if (typeof picked !== "object") return undefined;
  const { value } = picked;
  const reference = value === "another" ? await written(ask, title, current) : value.reference;
  if (reference !== undefined) await rememberChosen(context, reference);
  return reference;
}

/** The thread's own model also where it is none of the choices. */
function rowsOf(
  choices: readonly ChatModelChoice[],
  current: string,
  standard: string,
  facts: PickNeeds["facts"],
): readonly Row<Choice>[] {
  const { l10n } = vscode;
  const isListed = choices.some(({ reference }) => reference === current);
  const own: ChatModelChoice = { reference: current, name: nameOf(current), group: "settings", place: "" };
  const all = isListed ? choices : [own, ...choices];
  const groups = Map.groupBy(all, ({ group }) => group);
  const rows = Array.from(groups, ([group, members]): readonly Row<Choice>[] => [
    { label: groupWords(group), kind: vscode.QuickPickItemKind.Separator },
    ...members.map(({ reference, name, place }): Row<Choice> => {
      const isInUse = reference === current;
      const { callsTools, sees } = facts(reference);
      const marks = [
        place,
        callsTools ? l10n.t("calls tools") : "",
        sees ? l10n.t("sees pictures") : "",
        isInUse ? l10n.t("in use") : "",
        reference === standard ? l10n.t("as the settings say") : "",
      ];
      return {
        label: name,
        iconPath: new vscode.ThemeIcon(isInUse ? "check" : ICONS[group]),
        description: marks.filter((mark) => mark !== "").join(" · "),
        detail: reference,
        value: { reference },
        isInUse,
      };
    }),
  ]);
  const another: Row<Choice> = {
    label: l10n.t("Another model…"),
    iconPath: new vscode.ThemeIcon("add"),
    detail: l10n.t("provider/model, such as openai/gpt-4.1"),
    value: "another",
  };
  return [...rows.flat(), { label: "", kind: vscode.QuickPickItemKind.Separator }, another];
}

function groupWords(group: ChatModelChoice["group"]): string {
  const { l10n } = vscode;
  switch (group) {
    case "settings":
      return l10n.t("In your settings");
    case "before":
      return l10n.t("Chosen before");
    case "local":
      return l10n.t("On this machine");
    case "server":
      return l10n.t("On servers that you use");
    case "editor":
      return l10n.t("VS Code's");
  }
}

async function written(ask: Ask, title: string, current: string): Promise<string | undefined> {
  const typed = await ask.text({
    title,
    prompt: vscode.l10n.t("provider/model, such as openai/gpt-4.1"),
    value: current,
    canGoBack: false,
    check: (text) => {
      try {
        modelNamed(text.trim());
        return undefined;
      } catch (error) {
        const message = error instanceof ModelError ? describeFailure(error.failure).text : String(error);
        return { message, severity: "error" };
      }
    },
  });
  return typeof typed === "string" ? typed.trim() : undefined;
}

function nameOf(reference: string): string {
  try {
    return modelName(modelNamed(reference));
  } catch {
    return reference;
  }
}

const ICONS = {
  settings: "settings-gear",
  before: "history",
  local: "vm",
  server: "cloud",
  editor: "vscode",
} as const satisfies Record<ChatModelChoice["group"], string>;
