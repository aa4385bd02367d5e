/** What no half-hour can be, as the end of a sentence. */

import type { Speaker } from "../productivity/report/words/speaker.ts";
import type { RowLimit } from "../productivity/team/rowLimits.ts";

export function limitWords({ t }: Speaker, limit: RowLimit): string {
  switch (limit) {
    case "personIsRandomName":
    case "userIsRandomName":
      return t("a random name has 16 hexadecimal digits");
    case "sizeIsOfGroup":
      return t("a group has two or five half-hours");
    case "positionIsInGroup":
      return t("its group has fewer half-hours");
    case "groupIsOfPlan":
      return t("no experiment has so many groups");
    case "armIsOnOrOff":
      return t("a half-hour is on or off");
    case "slotIsHalfHour":
      return t("no half-hour begins then");
    case "slotIsOfThisCentury":
    case "exportIsOfThisCentury":
      return t("nothing was counted then");
    case "exportIsAfterHalfHour":
      return t("what became of the half-hour was not known yet");
    case "dayIsOfHalfHour":
      return t("the half-hour (slotMs) is of another day");
    case "reasonIsKnown":
      return t("there is no such reason");
    case "reasonIsWhereItDoesNotCount":
      return t("there is a reason where a half-hour does not count (qualifies), and only there");
    case "netCharsAreWritten":
      return t("no more is left than was written (writtenChars)");
    case "netCharsAreTypedOrAccepted":
      return t("it is the sum of netTypedChars and netAiChars");
    case "unknownCharsAreWritten":
      return t("of no more characters nothing is known than were written (writtenChars)");
    case "goneCharsAreDayOld":
      return t("no more is gone than was looked at (dayOldAiChars)");
    case "active60IsOfActive120":
      return t("with longer pauses there is no less time (active120Ms)");
    case "active120IsOfActive300":
      return t("with longer pauses there is no less time (active300Ms)");
    case "active300IsOfFocus":
      return t("nobody works in a window for longer than it is in front (focusedMs)");
    case "charsAreOfHalfHour":
    case "shownAreOfHalfHour":
    case "acceptsAreOfHalfHour":
    case "heldBackAreOfHalfHour":
    case "manualTriggersAreOfHalfHour":
    case "newErrorsAreOfHalfHour":
    case "undosAreOfHalfHour":
    case "changesAreOfHalfHour":
    case "dayOldCharsAreOfHalfHour":
    case "focusIsOfHalfHour":
      return t("so many are of no half-hour");
    case "whatCountsHasActive60":
    case "whatCountsHasWork":
      return t("a half-hour counts with five minutes of work or more");
    case "whatCountsHasFocus":
      return t("a half-hour counts with ten minutes of the window in front or more");
    case "whatCountsCameOnce":
      return t("after its first five minutes a half-hour has 25 minutes");
  }
}
