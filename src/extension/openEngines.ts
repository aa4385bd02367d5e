/** The local models that chats have open. */

import { basename } from "node:path";
import type * as vscode from "vscode";
import { catalogue } from "../model/catalogue.ts";
import { readChatContext } from "../model/embedded/chatContext.ts";
import { EmbeddedModel } from "../model/embedded/embeddedModel.ts";
import type { Model } from "../model/model.ts";
import { wrappedStream } from "../model/wrappedStream.ts";
import { type LocalModel, localModel, modelNamed } from "./chosenModel.ts";
import { embeddedOptions } from "./embeddedBackend.ts";
import { isFile } from "./modelSource.ts";
import { chatReference, suggestionReferences } from "./settings.ts";

export interface OnDisk {
  /** In the catalogue, or the file's name. */
  readonly id: string;
  /** As in the settings. */
  readonly reference: string;
  readonly local: LocalModel;
}

/** Those of the catalogue, and files that the settings name. Whether they are there is not asked. */
export function localCandidates(context: vscode.ExtensionContext): readonly OnDisk[] {
  const listed = catalogue.map((entry): OnDisk => {
    const local = localModel(context, { kind: "catalogue", entry });
    return { id: entry.id, reference: `embedded/${entry.id}`, local };
  });
  const files = [...new Set([...suggestionReferences(), chatReference()])].flatMap((reference): readonly OnDisk[] => {
    const path = fileOf(reference);
    if (path === undefined) return [];
    return [{ id: basename(path), reference, local: localModel(context, { kind: "file", path }) }];
  });
  return [...listed, ...files];
}

function fileOf(reference: string): string | undefined {
  try {
    const chosen = modelNamed(reference);
    return chosen.kind === "file" ? chosen.path : undefined;
  } catch {
    return undefined;
  }
}

export interface ChatRoom {
  /** Prompt and answer together. */
  readonly contextTokens: number;
  /** What is given to an answer. */
  readonly maxTokens: number;
}

/** `undefined` where the model was not taught to chat, or its file can't be read. The file is looked into, and not loaded. */
export async function chatRoom({ path }: LocalModel): Promise<ChatRoom | undefined> {
  if (!(await isFile(path))) return undefined;
  // One that can't be read is none that could be asked.
  const contextTokens = await readChatContext(path).catch(() => undefined);
  if (contextTokens === undefined) return undefined;
  return { contextTokens, maxTokens: Math.min(LONGEST_ANSWER_TOKENS, Math.floor(contextTokens / 4)) };
}

interface Open {
  /** Another one means other settings. */
  readonly key: string;
  readonly model: EmbeddedModel;
  /** That it is giving. */
  answers: number;
  /** It is to be closed when it has answered. */
  isLeft: boolean;
}

export class OpenEngines implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #open = new Map<string, Open>();

  constructor(context: vscode.ExtensionContext) {
    this.#context = context;
  }

  /** As suggestions load it, so that all have it from one load where they mean the same model. Good until `release`. */
  model({ id, local }: Pick<OnDisk, "id" | "local">): Model {
    const open = this.#opened(id, local);
    const { model } = open;
    return {
      name: model.name,
      stream(request, signal) {
        const inner = model.stream(request, signal);
        return wrappedStream(
          () => inner,
          async function* () {
            open.answers += 1;
            try {
              yield* inner;
            } finally {
              open.answers -= 1;
              if (open.isLeft) closeUnused(open);
            }
          },
        );
      },
    };
  }

  /** Closes the models; one that is answering, when it has answered. */
  release(): void {
    const left = [...this.#open.values()];
    this.#open.clear();
    left.forEach(leave);
  }

  dispose(): void {
    for (const { model } of this.#open.values()) void model.dispose();
    this.#open.clear();
  }

  #opened(id: string, local: LocalModel): Open {
    const options = embeddedOptions(this.#context, local);
    const key = JSON.stringify(options);
    const known = this.#open.get(id);
    if (known?.key === key) return known;
    if (known) leave(known);
    const open = { key, model: new EmbeddedModel(options), answers: 0, isLeft: false };
    this.#open.set(id, open);
    return open;
  }
}

function leave(open: Open): void {
  open.isLeft = true;
  closeUnused(open);
}

function closeUnused({ answers, model }: Open): void {
  if (answers === 0) void model.dispose();
}

const LONGEST_ANSWER_TOKENS = 1_024;
