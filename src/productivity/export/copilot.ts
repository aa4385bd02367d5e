/**
 * The report's counts in the form of GitHub's Copilot usage metrics, one line for each day of one user: docs.github.com, "Example
 * schema for Copilot usage metrics", user level. Fields that nothing is known of are not there; what GitHub has no field for begins
 * with `x_`. `docs/exports.md` says what each one counts.
 */

import { dayText, daysOf, type ExportDay, type Usage, usageSum } from "./days.ts";
import type { ExportFigures } from "./figures.ts";

/** Neither the ledger nor the report knows who it is. */
const PLACEHOLDER_LOGIN = "pairwise-user";
const FEATURE = "code_completion";

export function copilotLines(figures: ExportFigures): string {
  return daysOf(figures)
    .filter(({ total }) => total.shown > 0)
    .map((day) => `${JSON.stringify(lineOf(day))}\n`)
    .join("");
}

function lineOf({ day, total, groups, activeMinutes, aiChars, typedChars }: ExportDay) {
  // By the names that the line has: what is not known may be missing in one way and in another.
  const named = groups.map((group) => ({ ...group, language: nameOr(group.language), model: nameOr(group.model) }));
  const by = (nameOf: (group: (typeof named)[number]) => string) =>
    [...Map.groupBy(named, nameOf)].flatMap(([, own]) => {
      const [first] = own;
      return first ? [{ language: first.language, model: first.model, counts: countsOf(usageSum(own)) }] : [];
    });
  return {
    day: dayText(day),
    user_login: PLACEHOLDER_LOGIN,
    ...countsOf(total),
    totals_by_ide: [{ ide: "vscode", ...countsOf(total) }],
    totals_by_feature: [{ feature: FEATURE, ...countsOf(total) }],
    totals_by_language_feature: by(({ language }) => language).map(({ language, counts }) => ({
      language,
      feature: FEATURE,
      ...counts,
    })),
    totals_by_language_model: by(({ language, model }) => JSON.stringify([language, model])).map(
      ({ language, model, counts }) => ({ language, model, ...counts }),
    ),
    totals_by_model_feature: by(({ model }) => model).map(({ model, counts }) => ({
      model,
      feature: FEATURE,
      ...counts,
    })),
    x_source: "pairwise",
    x_format: 1,
    x_active_minutes: activeMinutes,
    x_ai_chars_after_10_minutes: aiChars,
    x_typed_chars_after_10_minutes: typedChars,
  };
}

/** As GitHub's own have it. */
const nameOr = (name: string | undefined): string => (name === undefined || name === "" ? "unknown" : name);

function countsOf(usage: Usage) {
  const { shown, acceptedFull, acceptedPartly, onlyInferred, suggestedLines, linesUnknown, acceptedLines } = usage;
  return {
    code_generation_activity_count: shown,
    code_acceptance_activity_count: acceptedFull + acceptedPartly,
    // A sum of which a part is not known is no sum.
    ...(linesUnknown === 0 && { loc_suggested_to_add_sum: suggestedLines }),
    loc_added_sum: acceptedLines,
    x_accepted_only_in_part_count: acceptedPartly,
    x_accepted_by_inference_count: onlyInferred,
    ...(linesUnknown > 0 && { x_loc_suggested_of_others_sum: suggestedLines, x_lines_unknown_count: linesUnknown }),
  };
}
