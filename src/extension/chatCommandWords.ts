import * as vscode from "vscode";
import { completeSlash, slashNames, type SlashName } from "../chat/slashCommands.ts";
import { actionWords } from "./actionWords.ts";
import type { ShownCompletion } from "./chatProtocol.ts";

export interface SlashWords {
  readonly name: SlashName;
  readonly title: string;
  readonly detail: string;
}

/** The commands with their words, in the order in which they are offered. */
export function slashWords(): readonly SlashWords[] {
  return slashNames.map((name) => {
    const [title, detail] = wordsOf(name);
    return { name, title, detail };
  });
}

/** What may stand behind a `/`. */
export function slashCompletions(typed: string): readonly ShownCompletion[] {
  return completeSlash(typed, slashWords()).map(({ name, title, detail }) => ({
    label: `/${name}`,
    detail: `${title} · ${detail}`,
    insert: `/${name} `,
    attach: "",
  }));
}

/** Of a command that there is not. */
export function unknownCommandWords(name: string, nearest: SlashName | undefined): string {
  const { l10n } = vscode;
  return nearest === undefined
    ? l10n.t("There is no command /{0}. Nothing was sent. Type / for those that there are.", name)
    : l10n.t("There is no command /{0}. Nothing was sent. Did you mean /{1}?", name, nearest);
}

function wordsOf(name: SlashName): readonly [title: string, detail: string] {
  const { l10n } = vscode;
  return name === "tutor"
    ? [l10n.t("Tutor"), l10n.t("Learn by questions and hints; /tutor off ends it")]
    : actionWords(name);
}
