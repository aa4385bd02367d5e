import * as vscode from "vscode";
import { activeProviders, type OtherProvider } from "./otherProviderRules.ts";
import { setting } from "./settings.ts";

/** Others that suggest as one types, and the message about each of them that is shown once. */
export class OtherProviders implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #listeners: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;
  #signedInToGitHub = false;

  /** `memory` keeps of whom the user was told. */
  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    this.#listeners = [
      vscode.extensions.onDidChange(() => this.#checkSoon()),
      vscode.authentication.onDidChangeSessions(() => this.#checkSoon()),
    ];
    this.#checkSoon();
  }

  /** Those that may suggest in `languageId`, or in any language where it is `undefined`. */
  active(languageId?: string): readonly OtherProvider[] {
    const inputs = {
      appName: vscode.env.appName,
      runs: (id: string) => vscode.extensions.getExtension(id)?.isActive === true,
      setting: (name: string) => vscode.workspace.getConfiguration().get(name),
      signedInToGitHub: this.#signedInToGitHub,
    };
    return activeProviders(inputs, languageId);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener.dispose();
  }

  #checkSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), SETTLED_MS);
  }

  async #check(): Promise<void> {
    this.#signedInToGitHub = await signedInToGitHub();
    if (!setting("enable")) return;
    for (const provider of this.active()) {
      const told = this.#memory.get<readonly string[]>(TOLD, []);
      if (told.includes(provider.name)) continue;
      await this.#memory.update(TOLD, [...told, provider.name]);
      await tell(provider);
    }
  }
}

async function tell({ name, settingsQuery }: OtherProvider): Promise<void> {
  const { l10n } = vscode;
  const settings = l10n.t("Open its settings");
  const answer = await vscode.window.showInformationMessage(
    l10n.t(
      "{0} may suggest as you type, too. VS Code shows one suggestion at a time; it is best to turn one of the two off.",
      name,
    ),
    ...(settingsQuery === undefined ? [] : [settings]),
    l10n.t("OK"),
  );
  if (answer === settings)
    await vscode.commands.executeCommand("workbench.action.openSettings", { query: settingsQuery });
}

/** Asks for no access: only whether there is an account. */
async function signedInToGitHub(): Promise<boolean> {
  const lists = await Promise.allSettled(
    ["github", "github-enterprise"].map((provider) => vscode.authentication.getAccounts(provider)),
  );
  return lists.some((list) => list.status === "fulfilled" && list.value.length > 0);
}

const TOLD = "otherProviders.told";
/** Extensions that start with the editor have started by then, and our own start is long over. */
const SETTLED_MS = 5_000;
