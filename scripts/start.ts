/** `npm start`: sets up what is missing and opens the sample project in VS Code with the extension loaded. */

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { quietSettings, startBrowserEditor } from "./browserEditor.ts";
import { build } from "./build.ts";
import { openDesktop, runCommand } from "./desktop.ts";
import { browserEditor, type Editor, editorForUse, hasScreen } from "./editor.ts";
import { endModelProcess } from "./endModelProcess.ts";
import { ensureSmallModel } from "./model.ts";
import { cacheFolder, root, SetUpError, step } from "./toolchain.mjs";
import { caretInSample, trySuggestion } from "./trySuggestion.ts";

/** The same from run to run, so that the address of yesterday still works. */
const USUAL_PORT = 41_917;

const { noOpen } = options(process.argv.slice(2));
const folder = join(cacheFolder(), "start");
/** What a desktop VS Code wrote at the last start. */
const logFile = join(folder, "desktop.log");
const stopping = new AbortController();
let opening = false;
const untilStopped = Promise.withResolvers<void>();

function options(args: readonly string[]): { readonly noOpen: boolean } {
  const unknown = args.filter((arg) => arg !== "--no-open");
  if (unknown.length > 0) {
    console.error(`There is no ${unknown.join(" ")}. Usage: npm start [-- --no-open]`);
    process.exit(1);
  }
  return { noOpen: args.includes("--no-open") };
}

async function main(): Promise<void> {
  // The extension, and whatever else is started from here, looks in the same place.
  process.env["PAIRWISE_CACHE"] = cacheFolder();
  process.chdir(root);
  await step("Building", async () => build("development"));
  const modelFile = await ensureSmallModel(stopping.signal);
  const editor = await editorForUse();
  const project = sampleCopy();
  // Of the clone, not of the copy: there a person may have filled the gap.
  const cursor = caretInSample(join(root, "sample"));
  const tried = await step("Asking the model for a suggestion", () =>
    trySuggestion({ cursor, modelFile, engineFolder: join(folder, "engine") }),
  );
  console.log(`  ${tried.line}▏${tried.suggestion}`);
  console.log(`  came after ${tried.milliseconds} ms, of which most is the start of the model`);
  opening = true;
  const lines = cursor.prefix.split("\n");
  const place = `${join(project, cursor.path)}:${lines.length}:${(lines.at(-1) ?? "").length + 1}`;
  await open(editor, project, place);
}

/** A copy, in which a person may type without changing the repository. */
function sampleCopy(): string {
  const project = join(cacheFolder(), "sample");
  if (!existsSync(project)) {
    mkdirSync(cacheFolder(), { recursive: true });
    cpSync(join(root, "sample"), project, { recursive: true });
  }
  return project;
}

/** `place` is a file with line and column. Resolves when there is nothing left that this process has to look after. */
async function open(editor: Editor, project: string, place: string): Promise<void> {
  const development = [`--extensionDevelopmentPath=${root}`, project, "--goto", place];
  switch (editor.kind) {
    case "installed":
      // Its windows belong to the VS Code that the person uses anyway; it is not for us to end it.
      if (!noOpen) await runCommand(editor.command, ["--new-window", ...development], logFile);
      ready(project);
      return;
    case "downloaded":
      if (!noOpen) await openDownloaded(editor.executable, development, project, place);
      else ready(project);
      return;
    case "browser":
      await openInBrowser(editor.serverMain, project, place);
  }
}

/** In the browser after all, where the desktop one does not start. */
async function openDownloaded(
  executable: string,
  args: readonly string[],
  project: string,
  place: string,
): Promise<void> {
  const ownFolders = [`--user-data-dir=${join(folder, "desktop")}`, `--extensions-dir=${join(folder, "extensions")}`];
  const desktop = await openDesktop({ executable, args: [...ownFolders, ...args], logFile, signal: stopping.signal });
  if (desktop.kind === "failed") {
    if (stopping.signal.aborted) return;
    console.error("The VS Code that was downloaded does not start; the one for the browser is used. Its last words:");
    console.error(desktop.lastWords);
    opening = false;
    const { serverMain } = await browserEditor();
    opening = true;
    await openInBrowser(serverMain, project, place);
    return;
  }
  if (!stopping.signal.aborted) ready(project);
  if (desktop.kind === "handed-over") return;
  await Promise.race([untilStopped.promise, desktop.ended]);
  desktop.end();
}

async function openInBrowser(serverMain: string, project: string, place: string): Promise<void> {
  // One for each clone, since the list of installed extensions is in it.
  const dataFolder = join(folder, createHash("sha256").update(root).digest("hex").slice(0, 12));
  const server = await startBrowserEditor({
    serverMain,
    dataFolder,
    // One for all: a browser keeps one secret for all ports of an address.
    tokenFile: join(folder, "token"),
    settings: quietSettings,
    extensions: [root],
    preferredPort: USUAL_PORT,
    onExit: () => {
      console.error("VS Code's server has ended by itself.");
      process.exitCode = 1;
      untilStopped.resolve();
    },
  });
  if (server.port !== USUAL_PORT) {
    console.log(`Port ${USUAL_PORT} is taken, perhaps by another npm start; this one uses ${server.port}.`);
  }
  const address = server.url({ open: project, file: place });
  if (!noOpen && hasScreen()) openAddress(address);
  ready(address);
  await untilStopped.promise;
  // First: its socket may be in the temporary folder of the server. Where two run at once they share the process, which
  // the later one leaves to the first; it ends by itself when nobody is connected.
  if (server.port === USUAL_PORT) {
    const { id, version } = extension();
    await endModelProcess(join(dataFolder, "user", "User", "globalStorage", id, "engine"), version);
  }
  await server.stop();
}

function extension(): { readonly id: string; readonly version: string } {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Readonly<Record<string, string>>;
  return { id: `${manifest["publisher"]}.${manifest["name"]}`, version: manifest["version"] ?? "" };
}

function openAddress(address: string): void {
  const [command, ...args] =
    process.platform === "darwin"
      ? ["open", address]
      : process.platform === "win32"
        ? ["rundll32", "url.dll,FileProtocolHandler", address]
        : ["xdg-open", address];
  // The address is printed in any case.
  spawn(command ?? "", args, { stdio: "ignore", detached: true })
    .on("error", () => undefined)
    .unref();
}

function ready(place: string): void {
  console.log(`Pairwise is ready: ${place}`);
}

function stop(): void {
  stopping.abort();
  untilStopped.resolve();
  // What is being installed is ended and removed on the way out; the model's process ends when its client is gone.
  if (!opening) process.exit(1);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
// The process that started this one is gone.
process.on("disconnect", stop);
process.channel?.unref();

try {
  await main();
} catch (error) {
  console.error(error instanceof SetUpError ? error.message : error);
  process.exitCode = 1;
}
