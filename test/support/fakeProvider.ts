import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** An extension, in this folder, with the name of one that suggests as one types; it does nothing. */
export function fakeProvider(folder: string): string {
  const manifest = {
    publisher: "Continue",
    name: "continue",
    version: "1.0.0",
    engines: { vscode: "^1.101.0" },
    activationEvents: ["onStartupFinished"],
    main: "./main.js",
    contributes: {
      configuration: { properties: { "continue.enableTabAutocomplete": { type: "boolean", default: true } } },
    },
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "main.js"), "exports.activate = () => {};\n");
  return folder;
}
