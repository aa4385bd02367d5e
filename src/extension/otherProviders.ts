import * as vscode from "vscode";
import { activeProviders, needsGitHub, type OtherProvider, type ProviderInputs } from "./otherProviderRules.ts";
import { setting } from "./settings.ts";

/** Others that suggest as one types, and the message about each of them that is shown once. */
export class OtherProviders implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #listeners: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;
  /** Asked for only where it matters, since VS Code then looks for sessions in the system's keychain. */
  #signedInToGitHub: boolean | undefined;

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
    return activeProviders(this.#inputs(this.#signedInToGitHub ?? false), languageId);
  }

  /** Whether surely nobody else suggests in `languageId`. */
  noneIn(languageId: string): boolean {
    return activeProviders(this.#inputs(this.#signedInToGitHub ?? true), languageId).length === 0;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener.dispose();
  }

  #inputs(signedInToGitHub: boolean): ProviderInputs {
    return {
      appName: vscode.env.appName,
      runs,
      setting: (name) => vscode.workspace.getConfiguration().get(name),
      signedInToGitHub,
    };
  }

  #checkSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), SETTLED_MS);
  }

  async #check(): Promise<void> {
    this.#signedInToGitHub = needsGitHub(runs) ? await signedInToGitHub() : undefined;
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

function runs(id: string): boolean {
  return vscode.extensions.getExtension(id)?.isActive === true;
}

/** Asks for no access: only whether there is an account. VS Code waits some seconds for a kind that nothing offers. */
async function signedInToGitHub(): Promise<boolean> {
  for (const provider of ["github", "github-enterprise"]) {
    const accounts = await vscode.authentication.getAccounts(provider).then(
      (found) => found,
      () => [],
    );
    if (accounts.length > 0) return true;
  }
  return false;
}

const TOLD = "otherProviders.told";
/** Extensions that start with the editor have started by then, and our own start is long over. */
const SETTLED_MS = 5_000;
