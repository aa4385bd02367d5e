import type { ReportModel } from "./model.ts";
import { forecastSection } from "./words/experimentWords.ts";
import { keystrokesSection } from "./words/keystrokeWords.ts";
import { singlesSection } from "./words/singlesWords.ts";
import { headlineWords } from "./words/headlineWords.ts";
import { ladderSection } from "./words/ladderWords.ts";
import { funnelSection, survivalSection } from "./words/flowWords.ts";
import { breakdownSection, costSection, shareSection, trendSection } from "./words/groupWords.ts";
import { guardrailsSection, methodsSection, studiesSection } from "./words/methodWords.ts";
import { dayWords, fitting, joined, numberWords, type Speaker } from "./words/speaker.ts";
import type { ReportText } from "./words/text.ts";
import { verdictNotes } from "./words/verdictWords.ts";
import { wholeJobSection } from "./words/wholeJobWords.ts";
import { waitingSection } from "./words/waitingWords.ts";

/** The report in the reader's language: the same words for the page, the panel and the terminal. */
export function reportWords(model: ReportModel, ofReader: Speaker): ReportText {
  const speaker = fitting(ofReader);
  const { t, language } = speaker;
  const { firstMs, lastMs, sessions } = model.range;
  const ladder = ladderSection(speaker, model);
  const waiting = waitingSection(speaker, model);
  return {
    language: /^zh/i.test(language) ? "zh-CN" : language,
    title: t("Pairwise's report"),
    headline: headlineWords(speaker, model),
    notes: verdictNotes(speaker, model),
    sections: [
      // Where nothing was measured, what bounds it matters more than who claims what.
      ...(model.verdict.kind === "no-experiment"
        ? [...waiting, ladder]
        : [ladder, ...wholeJobSection(speaker, model), ...waiting]),
      ...forecastSection(speaker, model),
      ...singlesSection(speaker, model),
      ...keystrokesSection(speaker, model),
      funnelSection(speaker, model),
      survivalSection(speaker, model),
      trendSection(speaker, model),
      breakdownSection(speaker, model),
      ...costSection(speaker, model),
      shareSection(speaker, model),
      guardrailsSection(speaker, model),
      studiesSection(speaker, model),
      methodsSection(speaker, model),
    ],
    imprint: joined(speaker, [
      t("Made on {0} by Pairwise, on this machine alone.", dayWords(speaker, model.madeMs)),
      firstMs === undefined || lastMs === undefined
        ? t("Nothing was counted yet.")
        : t(
            "Counted from {0} to {1}; sessions in which a suggestion could be seen for 300 ms, also with another extension: {2}.",
            dayWords(speaker, firstMs),
            dayWords(speaker, lastMs),
            numberWords(speaker, sessions),
          ),
    ]),
    dataLabel: t("As a table"),
  };
}
