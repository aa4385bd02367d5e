/** The words for prompts and for what is wrong with their files. */

import * as vscode from "vscode";
import type { PromptName } from "../model/prompts/promptKinds.ts";
import type { PromptFault } from "../model/prompts/promptFile.ts";
import type { PromptOwnerPlace, PromptPlace } from "./promptPlaces.ts";
import { sentences } from "./punctuation.ts";
import { number } from "./sentWords.ts";

/** What is asked for with it. */
export function promptWords(name: PromptName): string {
  switch (name) {
    case "suggestion":
      return vscode.l10n.t("Suggestions of models that chat");
    case "chat":
      return vscode.l10n.t("The chat");
  }
}

export function ownerWords(owner: PromptOwnerPlace): string {
  const { l10n } = vscode;
  return owner === "user" ? l10n.t("for you, in all workspaces") : l10n.t("for the folder {0}", owner.name);
}

/** That a file is not used, and what is. */
export function refusalWords(
  { name, owner }: Pick<PromptPlace, "name" | "owner">,
  fault: PromptFault,
  isUsersUsed: boolean,
): string {
  const { l10n } = vscode;
  const used = isUsersUsed ? l10n.t("Your own prompt is used.") : l10n.t("The built-in prompt is used.");
  const file = `${name}.md (${ownerWords(owner)})`;
  return sentences(
    l10n.t("The prompt file {0} is not used. Line {1}: {2}", file, fault.line + 1, faultWords(fault)),
    used,
  );
}

/** What stands above the built-in text in a new file. */
export function promptHelp(name: PromptName): readonly string[] {
  const { l10n } = vscode;
  switch (name) {
    case "suggestion":
      return [
        l10n.t("How models that chat are asked for a suggestion. Nothing of this block is sent."),
        l10n.t("# system and the examples may be left out. Blank lines beside a heading: one is left out."),
        l10n.t(
          "{0} is the mark at the caret; {1} and {2} are the text around it.",
          "{{hole}}",
          "{{before}}",
          "{{after}}",
        ),
        l10n.t(
          "{0} and {1} are those of the file, and {2} is code of other files.",
          "{{path}}",
          "{{language}}",
          "{{context}}",
        ),
        l10n.t(
          "{0} stands where there is such code, {1} where there is none.",
          "{{#context}}…{{/context}}",
          "{{^context}}…{{/context}}",
        ),
      ];
    case "chat":
      return [
        l10n.t("What models are told in the chat. Nothing of this block is sent."),
        l10n.t("{0} is the language to answer in, and {1} is what was asked.", "{{language}}", "{{question}}"),
        l10n.t("What is attached follows the question, whatever stands here."),
      ];
  }
}

/** A sentence for one who looks at its line. */
export function faultWords(fault: PromptFault): string {
  const { l10n } = vscode;
  switch (fault.kind) {
    case "too-long":
      return l10n.t("The file has more than {0} characters.", number(fault.most));
    case "too-many-examples":
      return l10n.t("There are more than {0} examples.", number(fault.most));
    case "front-matter-unclosed":
      return l10n.t("The block that begins here has no end, which is a line of three hyphens.");
    case "front-matter-unknown":
      return l10n.t("This block may have comments (#) and a description, and not: {0}", fault.name);
    case "text-outside":
      return l10n.t("This text is in no part: it stands above all headings, or right below # example.");
    case "heading-misplaced":
      return l10n.t(
        "{0} can't stand here. The parts are # system, # example with ## user and ## assistant below it, and # user.",
        fault.name,
      );
    case "part-missing":
      return l10n.t("{0} is missing.", fault.name);
    case "part-twice":
      return l10n.t("{0} is here a second time.", fault.name);
    case "part-empty":
      return l10n.t("{0} has no text.", fault.name);
    case "placeholder-unknown":
      return fault.known.length === 0
        ? l10n.t(
            "This part has no placeholders, and {0} looks like one. A backslash in front makes it text.",
            tag(fault.name),
          )
        : l10n.t(
            "{0} is no placeholder of this part, which may have {1}. A backslash in front makes it text.",
            tag(fault.name),
            fault.known.map(tag).join(", "),
          );
    case "section-unclosed":
      return l10n.t("{0} is missing: what begins here has no end.", tag(`/${fault.name}`));
    case "section-unopened":
      return l10n.t("{0} ends nothing that has begun.", tag(`/${fault.name}`));
    case "hole-missing":
      return l10n.t(
        "# user has to have {0} once, just so and in no section: the text around the caret, with the mark between.",
        "{{before}}{{hole}}{{after}}",
      );
    case "question-missing":
      return l10n.t("# user has to have {0} once, and in no section.", tag("question"));
    case "example-hole-missing":
      return l10n.t("Each example has to have {0} once in what the user says: the answer stands for it.", tag("hole"));
    case "mark-written-out":
      return l10n.t("Write {0} for the mark: it is another one where the file has it already.", tag("hole"));
  }
}

function tag(name: string): string {
  return `{{${name}}}`;
}
