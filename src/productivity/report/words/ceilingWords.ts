import type { Ceiling } from "../ceiling.ts";
import type { Known } from "../model.ts";
import { knownWords } from "./lacks.ts";
import { boundWords, joined, minutesWords, percentWords, type Speaker } from "./speaker.ts";

/** What no work at the code can do for the whole job. */
export function ceilingWords(speaker: Speaker, ceiling: Known<Ceiling>): string {
  const { t } = speaker;
  return joined(speaker, [
    t("A ceiling:"),
    knownWords(speaker, ceiling, ({ activeMinutesADay, workdayMinutes, share, ceiling: most }) =>
      joined(speaker, [
        t(
          "on a day with work {0} were spent at the code, which is {1} of a working day of {2}.",
          minutesWords(speaker, activeMinutesADay),
          percentWords(speaker, share),
          minutesWords(speaker, workdayMinutes),
        ),
        most === undefined
          ? t("With all of the day spent there, nothing bounds the whole job.")
          : t(
              "Even if that took no time at all, the whole job could not become more than {0} times what it is (Amdahl's law). For 3 times the share has to be 67%, for 10 times 90%.",
              boundWords(speaker, most),
            ),
      ]),
    ),
  ]);
}
