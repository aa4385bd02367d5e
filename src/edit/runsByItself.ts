/** Files from which something is run without anybody asking for it: what VS Code's own chat does not change unasked, and more of that kind. */

import { parsed } from "./json.ts";

/** Who runs it. */
type Runner = "editor" | "container" | "pipeline" | "git" | "agent" | "packages" | "project" | "shell";

export interface SelfRunning {
  readonly by: Runner;
  /** Of a package's scripts, those that are new or other ones. */
  readonly scripts: readonly string[];
}

/**
 * @param path with `/`, from the workspace folder or its name on: a folder further above may have any name
 * @param before empty where there is no such file yet
 */
export function selfRunning(path: string, before: string, after: string): SelfRunning | undefined {
  // Disks of macOS and Windows take any case.
  const lower = `/${path.toLowerCase()}`;
  const [by] = RUNNERS.find(([, pattern]) => pattern.test(lower)) ?? [];
  if (by !== undefined) return { by, scripts: [] };
  if (!lower.endsWith("/package.json")) return undefined;
  const [old, fresh] = [scriptsOf(before), scriptsOf(after)];
  // What can't be read may have any.
  if (!fresh) return { by: "packages", scripts: [] };
  const scripts = AT_INSTALLATION.filter((name) => fresh[name] !== undefined && fresh[name] !== old?.[name]);
  return scripts.length > 0 ? { by: "packages", scripts } : undefined;
}

function scriptsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  const value = parsed(text);
  if (typeof value !== "object" || value === null) return undefined;
  const scripts: unknown = "scripts" in value ? value.scripts : undefined;
  return typeof scripts === "object" && scripts !== null ? { ...scripts } : {};
}

const RUNNERS: readonly (readonly [Runner, RegExp])[] = [
  ["editor", /\/\.vscode\/|\.code-workspace$|\/\.idea\//],
  ["container", /\/\.devcontainer\/|\/\.devcontainer\.json$|\/\.gitpod\.yml$/],
  ["agent", /\/\.(?:claude|codex|cursor|gemini)\/|\/\.github\/(?:agents|hooks)\/|\/\.?mcp\.json$/],
  [
    "pipeline",
    /\/\.github\/(?:workflows|actions)\/|\/\.gitlab-ci\.yml$|\/\.circleci\/|\/azure-pipelines\.yml$|\/jenkinsfile$|\/\.gitea\/workflows\/|\/bitbucket-pipelines\.yml$/,
  ],
  [
    "git",
    /\/\.(?:husky|githooks|git-hooks)\/|\/\.?lefthook(?:-local)?\.(?:ya?ml|toml|json)$|\/\.pre-commit-config\.yaml$|\/\.huskyrc|\/\.git(?:attributes|modules|config)$|\/\.lintstagedrc/,
  ],
  ["packages", /\/\.(?:npmrc|yarnrc|yarnrc\.yml|pnpmfile\.[cm]?js|pnp\.c?js)$|\/\.yarn\/|\/pnpm-workspace\.yaml$/],
  [
    "project",
    /\/build\.rs$|\.(?:gradle|gradle\.kts|csproj|fsproj|vbproj|vcxproj|proj|targets|props)$|\/gradle\.properties$|\/gradlew(?:\.bat)?$|\/\.cargo\/|\/ruby_lsp\/.*addon|\/server\.xml$|\/web\.config$/,
  ],
  ["shell", /\/\.(?:envrc|env|bashrc|zshrc|profile|bash_profile)$|\/(?:sitecustomize|usercustomize)\.py$/],
];
/** Those that npm and its like run when packages are installed. */
const AT_INSTALLATION = [
  "preinstall",
  "install",
  "postinstall",
  "preprepare",
  "prepare",
  "postprepare",
  "prepublish",
  "dependencies",
];
