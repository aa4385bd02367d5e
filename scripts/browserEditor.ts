/** Runs VS Code's own server, which shows the workbench in a browser and has the real extension host. */

import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { endTree } from "./toolchain.mjs";

export interface BrowserEditorOptions {
  /** From `editor.ts`. */
  readonly serverMain: string;
  /** Settings, state and logs are kept in it; created when missing. */
  readonly dataFolder: string;
  /** The user settings of a new `dataFolder`. Those of an existing one stay, unless `resetSettings`. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly resetSettings?: boolean;
  /** Folders of extensions that are there as if installed, without being copied. */
  readonly extensions?: readonly string[];
  /** Where the secret of the address is kept; in `dataFolder` by default. */
  readonly tokenFile?: string;
  /** Taken if it is free; else, and without it, any free one. */
  readonly preferredPort?: number;
  /** Lets the page take an extension under development and a test suite from its address. For tests alone. */
  readonly testDriver?: boolean;
  /** Display language, such as `zh-cn`. */
  readonly locale?: string;
  /** Gets what the server writes, line by line. */
  readonly onLog?: (line: string) => void;
  /** Called when the server ends without having been asked to. */
  readonly onExit?: (code: number | null) => void;
  /** Added to the environment of the server, and so of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface PageOptions {
  /** Absolute path of a folder, or of a `.code-workspace` file. */
  readonly open: string;
  /** A file that is opened in it, with the caret at a place: `/path/file.ts:26:13`. */
  readonly file?: string;
  readonly extensionDevelopmentPath?: string;
  readonly extensionTestsPath?: string;
}

export interface BrowserEditor {
  readonly port: number;
  /** The address to open in a browser. It contains the secret without which the server answers nobody. */
  url(page: PageOptions): string;
  /** Ends the server and everything that it started. */
  stop(): Promise<void>;
}

/** For tests: nothing of VS Code's own that asks, suggests, connects or takes room in a picture. */
export const quietSettings = {
  "chat.disableAIFeatures": true,
  "editor.inlineSuggest.enabled": true,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "git.openRepositoryInParentFolders": "never",
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
} as const;

/** In a browser VS Code saves by itself; here a file is saved when a test says so. */
export const testSettings = { ...quietSettings, "files.autoSave": "off" } as const;

/** endWithParent.mjs knows it too. */
const SCRATCH_PREFIX = "pairwise-vscode-";

const START_LIMIT_MS = 60_000;

/** Resolves when the server answers. */
export async function startBrowserEditor(options: BrowserEditorOptions): Promise<BrowserEditor> {
  const { dataFolder } = options;
  const port = await freePort(options.preferredPort);
  const tokenFile = options.tokenFile ?? join(dataFolder, "token");
  const token = keptToken(tokenFile);
  writeSettings(options);
  writeExtensions(join(dataFolder, "extensions"), options.extensions ?? []);

  // VS Code leaves sockets and caches in the temporary folder, so it gets one that is removed with it.
  const scratch = mkdtempSync(join(tmpdir(), SCRATCH_PREFIX));
  const child = spawn(
    process.execPath,
    [
      `--import=${pathToFileURL(join(import.meta.dirname, "endWithParent.mjs")).href}`,
      options.serverMain,
      "--host=127.0.0.1",
      `--port=${port}`,
      `--connection-token-file=${tokenFile}`,
      `--user-data-dir=${join(dataFolder, "user")}`,
      `--server-data-dir=${join(dataFolder, "server")}`,
      `--extensions-dir=${join(dataFolder, "extensions")}`,
      "--accept-server-license-terms",
      "--disable-workspace-trust",
      "--telemetry-level=off",
      ...(options.testDriver === true ? ["--enable-smoke-test-driver"] : []),
      ...(options.locale === undefined ? [] : [`--locale=${options.locale}`]),
    ],
    {
      cwd: dataFolder,
      env: { ...process.env, TMPDIR: scratch, TEMP: scratch, TMP: scratch, ...options.env },
      // Standard input is what endWithParent.mjs watches.
      stdio: ["pipe", "pipe", "pipe"],
      detached: process.platform !== "win32",
    },
  );
  const { pid } = child;
  let stopping = false;
  const ended = new Promise<void>((settle) => {
    const end = (code: number | null): void => {
      if (!stopping) options.onExit?.(code);
      settle();
    };
    child.once("exit", end);
    child.once("error", () => end(null));
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      log = (log + text).slice(-4_000);
      for (const line of text.split("\n")) if (line !== "") options.onLog?.(line);
    });
  }

  const stop = async (): Promise<void> => {
    stopping = true;
    if (pid !== undefined) endTree(pid);
    await ended;
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  };
  const answers = await Promise.race([isUp(port, token), ended.then(() => false)]);
  if (!answers) {
    await stop();
    throw new Error(`VS Code's server did not start. Its last words:\n${log}`);
  }
  return { port, url: (page) => pageUrl(port, token, page), stop };
}

function pageUrl(port: number, token: string, page: PageOptions): string {
  const host = `127.0.0.1:${port}`;
  const address = new URL(`http://${host}/`);
  // The server takes the secret into a cookie and removes it from the address.
  address.searchParams.set("tkn", token);
  address.searchParams.set(page.open.endsWith(".code-workspace") ? "workspace" : "folder", uriPath(page.open));
  const payload = (["extensionDevelopmentPath", "extensionTestsPath"] as const).flatMap((name) => {
    const path = page[name];
    return path === undefined ? [] : [[name, `vscode-remote://${host}${uriPath(path)}`]];
  });
  if (page.file !== undefined) {
    payload.push(["openFile", `vscode-remote://${host}${uriPath(page.file)}`], ["gotoLineMode", "true"]);
  }
  if (payload.length > 0) address.searchParams.set("payload", JSON.stringify(payload));
  // These may stand as they are, and the address is for people, too.
  return address.href.replaceAll("%2F", "/").replaceAll("%3A", ":");
}

/** `C:\x` is `/C:/x` in an address. */
function uriPath(path: string): string {
  return decodeURIComponent(pathToFileURL(path).pathname);
}

async function isUp(port: number, token: string): Promise<boolean> {
  const signal = AbortSignal.timeout(START_LIMIT_MS);
  while (!signal.aborted) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/version?tkn=${token}`, { signal });
      if (response.ok) return true;
    } catch {
      // Not yet.
    }
    await new Promise((wake) => setTimeout(wake, 100));
  }
  return false;
}

/** The same from run to run, so that a page that is still open finds the server again. Readable by its owner alone. */
function keptToken(file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  if (!existsSync(file)) writeFileSync(file, randomBytes(16).toString("hex"), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

function writeSettings({ dataFolder, settings, resetSettings }: BrowserEditorOptions): void {
  const file = join(dataFolder, "user", "User", "settings.json");
  if (existsSync(file) && resetSettings !== true) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(settings, null, 2)}\n`);
}

/** The list that VS Code keeps of what is installed may name folders anywhere. */
function writeExtensions(folder: string, extensions: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  const listed = extensions.map((path) => {
    const manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as Record<string, string>;
    return {
      identifier: { id: `${manifest["publisher"]}.${manifest["name"]}` },
      version: manifest["version"],
      location: { $mid: 1, scheme: "file", path: uriPath(path) },
      metadata: { installedTimestamp: Date.now(), source: "file", pinned: true },
    };
  });
  writeFileSync(join(folder, "extensions.json"), JSON.stringify(listed));
}

async function freePort(preferred = 0): Promise<number> {
  const server = createServer();
  const port = await new Promise<number | undefined>((settle) => {
    server.once("error", () => settle(undefined));
    server.listen(preferred, "127.0.0.1", () => {
      const address = server.address();
      settle(address !== null && typeof address === "object" ? address.port : undefined);
    });
  });
  server.close();
  if (port !== undefined) return port;
  if (preferred === 0) throw new Error("No port is free on 127.0.0.1.");
  return freePort();
}
