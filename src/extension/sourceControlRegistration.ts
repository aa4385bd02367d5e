import * as vscode from "vscode";
import { commands } from "./contributions.ts";
import type { GitRepository } from "./gitApi.ts";
import type { Lazy } from "./lazy.ts";
import type { Refactorings } from "./refactorParts.ts";

/** What is written about changes of a git repository. Nothing is loaded before it is asked for. */
export function registerSourceControl(refactorings: Lazy<Refactorings>): vscode.Disposable[] {
  const inRepository = (work: (repository: GitRepository) => Promise<void>) => async (from: unknown) => {
    const { chosenRepository } = await import("./sourceControlRepository.ts");
    const repository = await chosenRepository(from);
    if (repository) await work(repository);
  };
  const writeMessage = inRepository(async (repository) => {
    await (await refactorings.get()).commitMessages.write(repository);
  });
  const describe = inRepository(async (repository) => {
    const { writePullRequest } = await import("./sourceControlDocuments.ts");
    await writePullRequest(repository, await refactorings.get());
  });
  const explain = inRepository(async (repository) => {
    const { explainCommit } = await import("./sourceControlDocuments.ts");
    await explainCommit(repository, await refactorings.get());
  });
  return [
    vscode.commands.registerCommand(commands.commitMessage, writeMessage),
    vscode.commands.registerCommand(commands.pullRequest, describe),
    vscode.commands.registerCommand(commands.explainCommit, explain),
  ];
}
