import type { AcceptRecord, EndRecord } from "../records.ts";

/**
 * What somebody does in the editor, one after the other. A step is over when its effect is there.
 *
 * Who runs them sees to it that the editor does nothing else meanwhile: no list of completions, no formatting but by `save`, no
 * other extension that suggests.
 */
export type Step =
  /**
   * From here on the model suggests the choices at this caret, and what is left of them where their start is there already. Over when
   * the first one is visible.
   */
  | { readonly do: "suggest"; readonly choices: readonly string[] }
  /** Waits until what is left of the suggestion is visible again. */
  | { readonly do: "see" }
  /** Key by key; closing brackets and quotes that the editor has added are typed over. Without line breaks. */
  | { readonly do: "type"; readonly text: string }
  /** With an input method: the letters `keys` one by one, which then become `text`. */
  | { readonly do: "compose"; readonly keys: string; readonly text: string }
  | { readonly do: "paste"; readonly text: string }
  /** Text as a snippet of the editor, with its places to fill in. */
  | { readonly do: "snippet"; readonly text: string }
  | { readonly do: "accept" }
  | { readonly do: "acceptWord" }
  | { readonly do: "acceptLine" }
  /** VS Code's own commands for the same, which tell nobody that they ran. */
  | { readonly do: "editorsWord" }
  | { readonly do: "editorsLine" }
  | { readonly do: "nextChoice" }
  | { readonly do: "escape" }
  /** The caret goes to the start of the document. */
  | { readonly do: "move" }
  | { readonly do: "undo" }
  /** The document is saved, and a formatter makes `formatted` of it. */
  | { readonly do: "save" }
  | { readonly do: "wait"; readonly forMs: number }
  /** The window is loaded anew. */
  | { readonly do: "reload" }
  /** Another extension that suggests is active from here on, to the end of the sample. */
  | { readonly do: "otherProvider" };

/** With the keys of a keyboard from outside, or by the editor's commands from inside of it. */
export type Runner = "keys" | "commands";

const unsupported: Readonly<Record<Runner, readonly Step["do"][]>> = {
  // There is no key for it.
  keys: ["snippet"],
  // It would end the command itself.
  commands: ["reload"],
};

export interface TrueAccept {
  readonly part: AcceptRecord["part"];
  /** Inserted at one caret beyond what it replaced; a line break is one. */
  readonly chars: number;
  readonly carets: number;
}

/** What really happened, as the steps make it. */
export interface Truth {
  readonly accepts: readonly TrueAccept[];
  readonly outcome: EndRecord["outcome"];
  readonly isRegretted: boolean;
  readonly isContaminated: boolean;
}

export interface Sample {
  readonly scenario: string;
  readonly languageId: string;
  /** Where `║` is there is a caret; the first one is the primary. Line breaks are `\n` here and in all texts. */
  readonly document: string;
  /** How the editor indents in it. */
  readonly indentUnit: string;
  /** What the document has instead. */
  readonly lineBreak: "\n" | "\r\n";
  readonly steps: readonly Step[];
  readonly truth: Truth;
  /** The document after the steps. Where it is another one, the steps didn't do what they say, and the sample tells nothing. */
  readonly documentAfter: string;
  /** It can't be told from something else, so that what is missed here is no error of the detector: it is counted apart. */
  readonly isException: boolean;
}

export function canRun(runner: Runner, sample: Sample): boolean {
  return !sample.steps.some((step) => unsupported[runner].includes(step.do));
}

/** How long its steps wait in any case. */
export function waitingMs(sample: Sample): number {
  return sample.steps.reduce((sum, step) => sum + (step.do === "wait" ? step.forMs : 0), 0);
}

/** What the formatter of the step `save` makes: a tab of each two spaces at the start of a line. */
export function formatted(text: string): string {
  return text.replaceAll(/^(?: {2})+/gmu, (indentation) => "\t".repeat(indentation.length / 2));
}
