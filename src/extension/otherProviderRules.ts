/**
 * Who else suggests as one types. VS Code tells no extension which providers there are, so it is inferred: from known
 * extensions that run, from their settings, and from the editor's name where that has suggestions of its own.
 */

export interface OtherProvider {
  /** The extension's, or the editor's name. */
  readonly id: string;
  readonly name: string;
  /** What finds its settings in the settings editor; `undefined` where they are not there. */
  readonly settingsQuery: string | undefined;
}

export interface ProviderInputs {
  /** As the editor names itself. */
  readonly appName: string;
  /** Whether an extension is there and runs. */
  readonly runs: (extensionId: string) => boolean;
  /** The value of a setting by its whole name. */
  readonly setting: (name: string) => unknown;
  /** Somebody is signed in to GitHub, without which Copilot says nothing. */
  readonly signedInToGitHub: boolean;
}

interface Rule {
  /** The extensions that stand for one product. */
  readonly ids: readonly string[];
  readonly name: string;
  /** Settings with the value by which it does not suggest by itself. */
  readonly off?: readonly (readonly [setting: string, value: unknown])[];
  /** A setting with a switch for each language and one for `*`. */
  readonly byLanguage?: string;
  readonly needsGitHub?: boolean;
}

const rules: readonly Rule[] = [
  {
    // VS Code brings the second one along.
    ids: ["GitHub.copilot", "GitHub.copilot-chat"],
    name: "GitHub Copilot",
    off: [
      ["chat.disableAIFeatures", true],
      ["github.copilot.editor.enableAutoCompletions", false],
    ],
    byLanguage: "github.copilot.enable",
    needsGitHub: true,
  },
  { ids: ["Continue.continue"], name: "Continue", off: [["continue.enableTabAutocomplete", false]] },
  { ids: ["TabbyML.vscode-tabby"], name: "Tabby", off: [["tabby.inlineCompletion.triggerMode", "manual"]] },
  { ids: ["sourcegraph.cody-ai"], name: "Cody", off: [["cody.autocomplete.enabled", false]] },
  {
    ids: ["rjmacarthy.twinny"],
    name: "twinny",
    off: [
      ["twinny.enabled", false],
      ["twinny.autoSuggestEnabled", false],
    ],
  },
  { ids: ["ggml-org.llama-vscode"], name: "llama.vscode", off: [["llama-vscode.auto", false]] },
  { ids: ["Codeium.codeium", "Codeium.windsurf"], name: "Windsurf (Codeium)", byLanguage: "codeium.enableConfig" },
  { ids: ["TabNine.tabnine-vscode"], name: "Tabnine" },
  { ids: ["Supermaven.supermaven"], name: "Supermaven" },
  { ids: ["AmazonWebServices.amazon-q-vscode"], name: "Amazon Q" },
  {
    ids: ["Google.geminicodeassist"],
    name: "Gemini Code Assist",
    off: [["geminicodeassist.inlineSuggestions.enableAuto", false]],
  },
  {
    ids: ["Augment.vscode-augment"],
    name: "Augment",
    off: [["augment.completions.enableAutomaticCompletions", false]],
  },
  { ids: ["Alibaba-Cloud.tongyi-lingma"], name: "Lingma" },
  { ids: ["BaiduComate.comate"], name: "Baidu Comate" },
  { ids: ["MarsCode.marscode-extension"], name: "Trae (MarsCode)" },
  { ids: ["aminer.codegeex"], name: "CodeGeeX" },
  { ids: ["Tencent-Cloud.coding-copilot"], name: "CodeBuddy" },
];

/** Editors made of VS Code that suggest by themselves. */
const editors = ["Cursor", "Windsurf", "Antigravity"];

/** Whether an extension runs whose suggestions depend on somebody being signed in to GitHub. */
export function needsGitHub(runs: ProviderInputs["runs"]): boolean {
  return rules.some((rule) => rule.needsGitHub === true && rule.ids.some((id) => runs(id)));
}

/** Those that may suggest in `languageId`, or in any language where it is `undefined`. */
export function activeProviders(inputs: ProviderInputs, languageId?: string): readonly OtherProvider[] {
  const extensions = rules.flatMap((rule): OtherProvider[] => {
    const id = rule.ids.find((candidate) => inputs.runs(candidate));
    if (id === undefined || !suggests(rule, inputs, languageId)) return [];
    return [{ id, name: rule.name, settingsQuery: `@ext:${id}` }];
  });
  const editor = editors.find((name) => inputs.appName.startsWith(name));
  // The editor's own suggestions may come from an extension that it brings along.
  if (editor === undefined || extensions.some(({ name }) => name.startsWith(editor))) return extensions;
  return [...extensions, { id: editor, name: editor, settingsQuery: undefined }];
}

function suggests(rule: Rule, { setting, signedInToGitHub }: ProviderInputs, languageId: string | undefined): boolean {
  if (rule.needsGitHub === true && !signedInToGitHub) return false;
  if (rule.off?.some(([name, value]) => setting(name) === value)) return false;
  return rule.byLanguage === undefined || isOnFor(setting(rule.byLanguage), languageId);
}

/** A language's own switch counts before the one for `*`. What is no such setting switches nothing off. */
function isOnFor(switches: unknown, languageId: string | undefined): boolean {
  if (typeof switches !== "object" || switches === null) return true;
  const known = switches as Readonly<Record<string, unknown>>;
  if (languageId === undefined) return known["*"] !== false || Object.values(known).some((on) => on === true);
  return (Object.hasOwn(known, languageId) ? known[languageId] : known["*"]) !== false;
}
