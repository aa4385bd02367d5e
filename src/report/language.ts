/** The command line's language: the same sentences as the editor's, from the same bundle. */
import chinese from "../../l10n/bundle.l10n.zh-cn.json" with { type: "json" };
import type { Speaker } from "../productivity/report/words/speaker.ts";
import { speakerWith } from "./speakerWith.ts";

const bundles: Readonly<Record<string, Readonly<Record<string, string>>>> = { en: {}, "zh-cn": chinese };

export const languages = Object.keys(bundles);

/** Undefined for a language that there is not. */
export function speakerOf(language: string): Speaker | undefined {
  const name = language.toLowerCase();
  const bundle = Object.hasOwn(bundles, name) ? bundles[name] : undefined;
  return bundle && speakerWith(name, bundle);
}
