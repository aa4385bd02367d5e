/** What the headless program is told, one object a line. bench/headless.ts says what each of them does. */

import { formatNames, type FormatName } from "../../src/model/templates.ts";
import type { CompletionOptions } from "../../src/completion/options.ts";
import type { Trigger } from "../../src/completion/suggestion.ts";
import type { TextChange } from "./editorDocument.ts";
import { Fields, InvalidMessage } from "./fields.ts";
import type { ScriptedAnswer } from "./scriptedModel.ts";

export type ModelSetting =
  | { readonly kind: "scripted"; readonly format?: FormatName | undefined }
  | {
      readonly kind: "openai";
      readonly baseUrl: string;
      readonly name: string;
      readonly apiKey?: string | undefined;
      readonly format?: FormatName | undefined;
    }
  | {
      readonly kind: "embedded";
      /** A GGUF file; without it the default model, as the extension has it. */
      readonly path?: string | undefined;
      readonly threads?: number | undefined;
      readonly format?: FormatName | undefined;
    };

export type Message =
  | { readonly do: "folder"; readonly path: string }
  | {
      readonly do: "open";
      readonly path: string;
      readonly text: string | undefined;
      readonly languageId: string | undefined;
      readonly version: number | undefined;
      readonly indentUnit: string | undefined;
    }
  | {
      readonly do: "change";
      readonly path: string | undefined;
      readonly version: number | undefined;
      readonly changes: readonly TextChange[];
      readonly caret: number | undefined;
    }
  | { readonly do: "language"; readonly path: string | undefined; readonly languageId: string }
  | { readonly do: "close"; readonly path: string }
  | { readonly do: "text"; readonly path: string | undefined }
  | { readonly do: "caret"; readonly path: string | undefined; readonly offset: number }
  | {
      readonly do: "ask";
      readonly trigger: Trigger;
      readonly selected: { readonly text: string; readonly replaces: number } | undefined;
      /** Put at the caret just before, as a key does. */
      readonly typed: string | undefined;
    }
  | { readonly do: "cancel"; readonly ask: Id }
  | { readonly do: "shown" | "rest" | "stats" | "index" | "quit" }
  | { readonly do: "requests"; readonly prompts: boolean }
  | { readonly do: "accept"; readonly part: "all" | "word" | "line" }
  | { readonly do: "dismiss" }
  | ({ readonly do: "answer" } & ScriptedAnswer)
  | {
      readonly do: "settings";
      readonly options: Partial<CompletionOptions> | undefined;
      readonly model: ModelSetting | undefined;
      readonly context: boolean | undefined;
      readonly prompts: boolean | undefined;
    };

export type Id = string | number;

/** @throws {InvalidMessage} */
export function parseMessage(value: unknown): { readonly id: Id; readonly message: Message } {
  const id = readId(value);
  if (id === undefined) throw new InvalidMessage("message.id must be a text or a number");
  const fields = new Fields(value, "message", ["id"]);
  const message = read(fields);
  fields.end();
  return { id, message };
}

/** `undefined` where there is none, for an answer to what could not be understood. */
export function readId(value: unknown): Id | undefined {
  const id = typeof value === "object" && value !== null && "id" in value ? value.id : undefined;
  return typeof id === "string" || typeof id === "number" ? id : undefined;
}

const names = [
  "folder",
  "open",
  "change",
  "language",
  "close",
  "text",
  "caret",
  "ask",
  "cancel",
  "shown",
  "rest",
  "stats",
  "requests",
  "accept",
  "dismiss",
  "answer",
  "settings",
  "index",
  "quit",
] as const satisfies readonly Message["do"][];

function read(fields: Fields): Message {
  const name = fields.choice("do", names);
  switch (name) {
    case "folder":
    case "close":
      return { do: name, path: fields.text("path") };
    case "open":
      return {
        do: name,
        path: fields.text("path"),
        text: fields.optionalText("text"),
        languageId: fields.optionalText("languageId"),
        version: fields.optionalCount("version"),
        indentUnit: fields.optionalText("indentUnit"),
      };
    case "change":
      return {
        do: name,
        path: fields.optionalText("path"),
        version: fields.optionalCount("version"),
        changes: fields.list("changes", (change) => ({
          offset: change.count("offset"),
          length: change.count("length"),
          text: change.text("text"),
        })),
        caret: fields.optionalCount("caret"),
      };
    case "language":
      return { do: name, path: fields.optionalText("path"), languageId: fields.text("languageId") };
    case "text":
      return { do: name, path: fields.optionalText("path") };
    case "caret":
      return { do: name, path: fields.optionalText("path"), offset: fields.count("offset") };
    case "ask":
      return {
        do: name,
        trigger: fields.optionalChoice("trigger", ["automatic", "manual"]) ?? "automatic",
        selected: readSelected(fields.optionalFields("selected")),
        typed: fields.optionalText("typed"),
      };
    case "cancel":
      return { do: name, ask: fields.id("ask") };
    case "requests":
      return { do: name, prompts: fields.optionalFlag("prompts") ?? false };
    case "accept":
      return { do: name, part: fields.optionalChoice("part", ["all", "word", "line"]) ?? "all" };
    case "answer":
      return {
        do: name,
        text: fields.text("text"),
        afterMs: fields.optionalNumber("afterMs") ?? 0,
        pieceMs: fields.optionalNumber("pieceMs") ?? 0,
      };
    case "settings":
      return {
        do: name,
        options: readOptions(fields.optionalFields("options")),
        model: readModel(fields.optionalFields("model")),
        context: fields.optionalFlag("context"),
        prompts: fields.optionalFlag("prompts"),
      };
    case "shown":
    case "rest":
    case "stats":
    case "dismiss":
    case "index":
    case "quit":
      return { do: name };
  }
}

function readSelected(fields: Fields | undefined) {
  if (fields === undefined) return undefined;
  const selected = { text: fields.text("text"), replaces: fields.count("replaces") };
  fields.end();
  return selected;
}

function readModel(fields: Fields | undefined): ModelSetting | undefined {
  if (fields === undefined) return undefined;
  const kind = fields.choice("kind", ["scripted", "openai", "embedded"]);
  const format = fields.optionalChoice("format", formatNames);
  let model: ModelSetting;
  switch (kind) {
    case "scripted":
      model = { kind, format };
      break;
    case "openai": {
      const apiKey = fields.optionalText("apiKey");
      model = { kind, format, baseUrl: fields.text("baseUrl"), name: fields.text("name"), apiKey };
      break;
    }
    case "embedded":
      model = { kind, format, path: fields.optionalText("path"), threads: fields.optionalCount("threads") };
  }
  fields.end();
  return model;
}

/** What is not named is as the extension has it. */
function readOptions(fields: Fields | undefined): Partial<CompletionOptions> | undefined {
  if (fields === undefined) return undefined;
  const delay = fields.optionalFields("delay");
  const scopes = fields.optionalFields("scopes");
  const options = {
    timeLimitMs: fields.optionalNumber("timeLimitMs"),
    maxLines: fields.optionalCount("maxLines"),
    lingerMs: fields.optionalNumber("lingerMs"),
    quiet: fields.optionalFlag("quiet"),
    alternatives: fields.optionalCount("alternatives"),
    speculate: fields.optionalChoice("speculate", ["local", "always", "never"]),
    delay: delay && { rate: delay.number("rate"), minMs: delay.number("minMs"), maxMs: delay.number("maxMs") },
    scopes: scopes && { comments: scopes.flag("comments"), strings: scopes.flag("strings") },
  };
  for (const each of [fields, delay, scopes]) each?.end();
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
