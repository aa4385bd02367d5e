import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { EmbeddedModel } from "../../../src/model/embedded/embeddedModel.ts";
import type { EmbeddedOptions } from "../../../src/model/embedded/embeddedOptions.ts";
import type { EngineState } from "../../../src/model/embedded/engineState.ts";
import { endpointFile, readEndpoint } from "../../../src/model/embedded/endpoint.ts";
import type { ModelRequest, ModelStream, PromptPart } from "../../../src/model/model.ts";
import { ensureTestModel } from "../../support/testModel.ts";

export const root = path.join(import.meta.dirname, "../../..");
export const never = new AbortController().signal;

/** Windows of one user: models that share a folder, all ended by `end`. */
export async function makeWindows() {
  const modelPath = await ensureTestModel();
  const folder = mkdtempSync(path.join(tmpdir(), "pairwise-test-"));
  const opened: EmbeddedModel[] = [];
  const open = (changes: Partial<EmbeddedOptions> & { readonly path?: string } = {}) => {
    const model = new EmbeddedModel({
      folder,
      processFile: path.join(root, "src/model/embedded/process.ts"),
      execPath: process.execPath,
      model: {
        name: "small",
        path: changes.path ?? modelPath,
        adapterPath: path.join(root, "models/smollm2-135m-fim-lora.q8_0.gguf"),
        contextTokens: 2048,
      },
      // Tests run beside each other, and llama.cpp's threads wait for each other in loops.
      threads: 1,
      idleUnloadMs: 0,
      version: "test",
      ...changes,
    });
    opened.push(model);
    return model;
  };
  const pid = () => readEndpoint(endpointFile(folder, "test"))?.pid;
  const end = async () => {
    await Promise.all(opened.map((model) => model.dispose()));
    const last = pid();
    if (last !== undefined) await endProcess(last);
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, modelPath, open, pid, end };
}

async function endProcess(pid: number): Promise<void> {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
  await gone(pid);
}

export async function gone(pid: number): Promise<void> {
  // A test that waited for ever would keep its file from ending.
  for (let tries = 0; tries < 3_000; tries += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`process ${pid} did not end within 60 s`);
}

/** Settles when `model` comes into a state of this kind. */
export function reaches(model: EmbeddedModel, kind: EngineState["kind"]): Promise<EngineState> {
  return new Promise((resolve) => {
    if (model.state.kind === kind) return resolve(model.state);
    const remove = model.onDidChangeState((state) => {
      if (state.kind !== kind) return;
      remove();
      resolve(state);
    });
  });
}

const special = (text: string): PromptPart => ({ text, special: true });
const plain = (text: string): PromptPart => ({ text, special: false });

export function hole(prefix: string, suffix = "\n", changes: Partial<ModelRequest> = {}): ModelRequest {
  const parts = [
    special("<file_sep>"),
    plain("src/math.py\n"),
    special("<issue_start>"),
    plain(suffix),
    special("<issue_comment>"),
    plain(prefix),
  ];
  return {
    prompt: { kind: "raw", parts },
    purpose: "suggestion",
    maxTokens: 24,
    temperature: 0,
    stop: [],
    ...changes,
  };
}

export async function textOf(stream: ModelStream): Promise<string> {
  let text = "";
  for await (const piece of stream) text += piece;
  return text;
}

/** Python of about `lines` x 12 tokens. */
export function longCode(lines: number): string {
  return Array.from({ length: lines }, (_, i) => `def add_${i}(a, b):\n    return a + b + ${i}\n`).join("\n");
}
