import type { Ceiling } from "../ceiling.ts";
import type { Known } from "../model.ts";
import type { WholeJob } from "../wholeJob.ts";
import { knownWords } from "./lacks.ts";
import { boundWords, joined, minutesWords, numberWords, percentWords, type Speaker } from "./speaker.ts";

/** What no work at the code can do for the whole job as it is. */
export function ceilingWords(speaker: Speaker, ceiling: Known<Ceiling>): string {
  const { t } = speaker;
  return joined(speaker, [
    t("A ceiling:"),
    knownWords(speaker, ceiling, (day) =>
      joined(speaker, [dayWords(speaker, day), ...(day.share === undefined ? [] : [boundOf(speaker, day)])]),
    ),
    wholeDaysWords(speaker),
  ]);
}

function boundOf(speaker: Speaker, { ceiling }: Ceiling): string {
  const { t } = speaker;
  return joined(speaker, [
    ceiling === undefined
      ? t("With all of the day spent there, nothing bounds the whole job.")
      : t(
          "Even if that took no time at all, the whole job could not become more than {0} times what it is (Amdahl's law). For 3 times the share has to be 67%, for 10 times 90%.",
          boundWords(speaker, ceiling),
        ),
    t("That is of days as they are, with suggestions: what these do already is not in it."),
  ]);
}

/** What none can do for it beside what it is without suggestions. */
export function ceilingWithoutWords(speaker: Speaker, { ceiling, without }: WholeJob): string {
  const { t } = speaker;
  return joined(speaker, [
    t("A ceiling:"),
    knownWords(speaker, ceiling, (day) => dayWords(speaker, day)),
    ...(without
      ? [
          t(
            "Of that time {0} was without suggestions. Without any, the same work would have taken {1} to {2} of the day, if they make the same difference in all the time with them.",
            percentWords(speaker, without.offShare),
            percentWords(speaker, without.share.lower),
            percentWords(speaker, without.share.upper),
          ),
          without.ceiling === undefined
            ? t("With all of the day spent there, nothing bounds the whole job.")
            : t(
                "Even if that took no time at all, the whole job could not become more than {0} times what it is without suggestions (Amdahl's law). For 3 times the share has to be 67%, for 10 times 90%.",
                boundWords(speaker, without.ceiling),
              ),
        ]
      : []),
    wholeDaysWords(speaker),
  ]);
}

/** Which of the days are not in it. */
function wholeDaysWords({ t }: Speaker): string {
  return t("The day that goes on, and the first one of the ledger, are no whole days and not in it.");
}

function dayWords(speaker: Speaker, { activeMinutesADay, days, workdayMinutes, share }: Ceiling): string {
  const { t } = speaker;
  const [spent, of, day] = [
    minutesWords(speaker, activeMinutesADay),
    numberWords(speaker, days),
    minutesWords(speaker, workdayMinutes),
  ];
  return share === undefined
    ? t(
        "on a day with work {0} were spent at the code (on average over {1} whole days). That is more than the {2} that a working day is said to have, so no share of it and no ceiling can be told.",
        spent,
        of,
        day,
      )
    : t(
        "on a day with work {0} were spent at the code (on average over {1} whole days), which is {2} of a working day of {3}.",
        spent,
        of,
        percentWords(speaker, share),
        day,
      );
}
