/** The values in Kubernetes' manifests of secrets, whatever their names. */

import type { Span } from "./spans.ts";

/** `text` is a whole one. Costs next to nothing where there is no such manifest. */
export function* kubernetesSecrets(text: string): Generator<Span, void, undefined> {
  let done = 0;
  for (const { index } of text.matchAll(KIND)) {
    if (index < done) continue;
    DOCUMENT_END.lastIndex = index;
    const end = DOCUMENT_END.exec(text)?.index ?? text.length;
    done = end;
    const from = text.lastIndexOf("\n---", index) + 1;
    const manifest = text.slice(from, end);
    for (const { groups, indices } of manifest.matchAll(BLOCK)) {
      const start = from + (indices?.groups?.["entries"]?.[0] ?? 0);
      for (const entry of (groups?.["entries"] ?? "").matchAll(ENTRY)) {
        const [valueStart = 0, valueEnd = 0] = entry.indices?.groups?.["value"] ?? [];
        yield { start: start + valueStart, end: start + valueEnd };
      }
    }
  }
}

const KIND = /^kind:[ \t]*["']?Secret["']?[ \t]*\r?$/gm;
const DOCUMENT_END = /^---/gm;
const BLOCK = /^(?:data|stringData):[ \t]*\r?\n(?<entries>(?:[ \t]+\S.*(?:\n|$))+)/dgm;
const ENTRY =
  /^[ \t]+(?:["']?[\w.-]+["']?:[ \t]*(?![|>]))?["']?(?<value>(?![\w.-]+:(?:[ \t]|$))[^\s"']{4,}.*?)["']?[ \t]*\r?$/dgm;
