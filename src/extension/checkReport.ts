/** A check as text, for somebody who is asked for help: what the view says, without a path of this machine. */

import * as vscode from "vscode";
import type { Finding } from "../model/doctor/findings.ts";
import { providers } from "../model/providers.ts";
import { splitReference } from "../model/modelReference.ts";
import type { CheckedModelState } from "./checkView.ts";
import { findingWords, stepStateWords, stepTitle } from "./checkWords.ts";
import { ended, sentences } from "./punctuation.ts";

/** `clean` takes out what nobody else may see. */
export function checkReport(
  version: string,
  models: readonly CheckedModelState[],
  clean: (text: string) => string,
): string {
  const remote = vscode.env.remoteName ?? "none";
  const head = [
    `Pairwise ${version}, ${vscode.env.appName} ${vscode.version}`,
    `${process.platform} ${process.arch}, remote: ${/^[a-z-]+$/.test(remote) ? remote : "server"}`,
  ];
  const bodies = models.map(({ subject, results }) => {
    const inOrder = subject.steps.flatMap((step) => results.get(step) ?? []);
    const lines = inOrder.map(({ step, state, finding }) => {
      const words = finding === undefined ? "" : findingWords(withoutOwn(finding));
      const said = sentences(ended(`${stepTitle(step)}: ${stepStateWords(state)}`), words);
      return `- ${said} [${kindOf(finding)}]`;
    });
    return [titleOf(subject.reference), ...lines].join("\n");
  });
  return clean(`${[head.join("\n"), ...bodies].join("\n\n")}\n`);
}

/** A file's path stays here. */
function titleOf(reference: string): string {
  const [provider, model = ""] = splitReference(reference) ?? [];
  const isKnown = providers.some(({ id }) => id === provider);
  return /^[~./\\]|[\\]|\.gguf$/i.test(model) ? `${isKnown ? provider : "(own)"}/(file)` : reference;
}

/** Paths, what may be one, and the end of a key stay here. */
function withoutOwn(finding: Finding): Finding {
  if (finding.kind === "reference") return { ...finding, model: withoutFile(finding.model) };
  if (finding.kind === "settings-ignored") return { ...finding, model: withoutFile(finding.model), ignored: [] };
  if (finding.kind === "key-refused") return { ...finding, end: undefined };
  if (finding.kind === "reference-form") return { ...finding, reference: titleOf(finding.reference) };
  if (finding.kind === "embedded-unknown") return { ...finding, model: "(own)" };
  if (finding.kind !== "failure") return finding;
  const { failure } = finding;
  switch (failure.kind) {
    case "model-file-missing":
      return { kind: "failure", failure: { ...failure, path: "(file)" } };
    case "model-file-unusable":
      return { kind: "failure", failure: { ...failure, path: "(file)", detail: "" } };
    case "engine-stopped":
      return { kind: "failure", failure: { ...failure, detail: "" } };
    case "reference-unknown":
      return { kind: "failure", failure: { ...failure, reference: titleOf(failure.reference) } };
    default:
      return finding;
  }
}

function withoutFile(model: string): string {
  return /[\\/].*\.gguf$/i.test(model) ? "(file)" : model;
}

function kindOf(finding: Finding | undefined): string {
  if (finding?.kind === "failure") return finding.failure.kind;
  return finding?.kind ?? "running";
}
