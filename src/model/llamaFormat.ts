/**
 * How a model on llama.cpp's own server is asked to fill a hole: by one of our templates, or by the server's (`/infill`).
 *
 * Ours where the model's family is known, by the name that the user gave or those that the server tells:
 * - they have the makers' layout, with the file's path and the project's name; the server writes `filename` and
 *   `myproject` for them whatever they are;
 * - where the makers taught it they put the suffix first, so that typing only extends the prompt and the server keeps
 *   what it has evaluated. The server's has the suffix behind the prefix: with each key all of it is read again;
 * - they are read ahead in pieces (`llamaServer.ts`), and the effect of a part can be scored;
 * - our budget decides how long a prompt is; the server cuts a prefix beyond 3/4 of its batch and a suffix beyond 1/4,
 *   and leaves out other files where its context is not larger than its batch (2,048 tokens, unless it is told).
 *
 * The server's where the family is not known but the model's file names such tokens. It knows their spelling, and takes
 * the text of files for text alone, also where it looks like one of them.
 */

import { type Model, ModelError, type ModelStream } from "./model.ts";
import { type FormatName, formatForModel, formatHole, knownFormat } from "./templates.ts";
import { wrappedStream } from "./wrappedStream.ts";

/** What is looked at of `LlamaServerFacts`. */
interface Told {
  readonly alias: string | undefined;
  readonly path: string | undefined;
  readonly hasChatTemplate: boolean | undefined;
  readonly hasFillTokens: boolean | undefined;
}

/** `facts` is `undefined` where the server did not tell any. */
export function llamaFormat(modelName: string, facts: Told | undefined): FormatName {
  const names = [modelName, facts?.alias, facts?.path].flatMap((name) => name?.replaceAll("\\", "/") ?? []);
  // `base` in a name says of any family that it continues: its tokens say more.
  const formats = names.map((name) => (isPlainBase(name) ? undefined : knownFormat(name)));
  // The server has no parameter for a suffix.
  const known = formats.find((format) => format !== undefined && format !== "completions-suffix");
  if (known !== undefined) return known;
  if (facts?.hasFillTokens) return "infill";
  // A model that was taught to chat has a template for it.
  return names.some(isPlainBase) || facts?.hasChatTemplate === false ? "continuation" : "chat-hole";
}

/** Nothing but `base` tells how it was taught. */
function isPlainBase(name: string): boolean {
  return knownFormat(name) === "continuation" && knownFormat(name.replace(/base/gi, "")) === undefined;
}

/**
 * A model that is asked by a template from when its server has said that it does not infill (501): another one may have
 * been loaded since it was asked. Goes around the record of what is sent, so that both requests are on it.
 */
export function infillOrTemplate(model: Model): Model {
  let infills = true;
  return {
    get name() {
      return model.name;
    },
    get score() {
      return model.score?.bind(model);
    },
    stream(request, signal) {
      const { prompt } = request;
      if (prompt.kind !== "infill") return model.stream(request, signal);
      let inner: ModelStream | undefined;
      return wrappedStream(
        () => inner,
        async function* () {
          if (infills) {
            try {
              return yield* (inner = model.stream(request, signal));
            } catch (error) {
              if (!isMissing(error)) throw error;
              infills = false;
            }
          }
          const asked = formatHole(formatForModel(model.name), prompt.hole);
          yield* (inner = model.stream({ ...request, ...asked }, signal));
        },
      );
    },
  };
}

/** Nothing has come before such a refusal. */
function isMissing(error: unknown): boolean {
  return error instanceof ModelError && error.failure.kind === "server-error" && error.failure.status === 501;
}
