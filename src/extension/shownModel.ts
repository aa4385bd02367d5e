import { namesFile } from "../model/modelReference.ts";

/** For people: llama.cpp's server calls a model by the path of its file, which is too long for a row or a sentence. */
export function shownModel(model: string): string {
  return namesFile(model) ? (model.split(/[\\/]/).at(-1) ?? model) : model;
}
