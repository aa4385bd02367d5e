/** Parts of a diff, or of search and replace, in the places that they name by what stands there. */

import { isBlank } from "../text/lines.ts";
import { type Replacement, withoutBlankEnds } from "./blockFormats.ts";
import { CannotApply } from "./draft.ts";
import { unitOf } from "./indentation.ts";
import { type Fit, type LineIndex, runsInUnits, runsOf } from "./placing.ts";
import type { Place } from "./verdict.ts";

/** Of several places for one part, the order of the parts may leave one. */
export function withReplacements(
  index: LineIndex,
  parts: readonly Replacement[],
  hint: Place | undefined,
): readonly string[] {
  const lines = index.lines;
  const fileUnit = unitOf(lines);
  const found = parts.map((part) => {
    const [read] = [part, ...(part.bare ? [part.bare] : [])].flatMap((each) => placesOf(each, index, fileUnit) ?? []);
    if (read) return read;
    throw new CannotApply({ reason: "no-place", text: part.search.find((line) => !isBlank(line))?.trim() ?? "" });
  });
  const chosen = found.map(({ fits }, at) => {
    if (fits.length === 1) return fits[0];
    const before = Math.max(
      0,
      ...found.slice(0, at).map((other) => (other.fits.length === 1 ? (other.fits[0]?.to ?? 0) : 0)),
    );
    const after = Math.min(
      lines.length,
      ...found
        .slice(at + 1)
        .map((other) => (other.fits.length === 1 ? (other.fits[0]?.from ?? lines.length) : lines.length)),
    );
    const between = found.length > 1 ? fits.filter(({ from, to }) => from >= before && to <= after) : fits;
    const hinted = hint ? fits.filter(({ from, to }) => from < hint.to && hint.from < to) : [];
    const left = hinted.length === 1 ? hinted : between;
    if (left.length === 1) return left[0];
    throw new CannotApply({ reason: "ambiguous", candidates: fits.slice(0, 10).map(({ from, to }) => ({ from, to })) });
  });
  const sorted = chosen
    .flatMap((fit, at) => (fit ? [{ fit, replace: found[at]?.replace ?? [] }] : []))
    .toSorted((a, b) => a.fit.from - b.fit.from);
  const result: string[] = [];
  let row = 0;
  for (const { fit, replace } of sorted) {
    if (fit.from < row)
      throw new CannotApply({ reason: "ambiguous", candidates: sorted.map(({ fit: { from, to } }) => ({ from, to })) });
    for (; row < fit.from; row += 1) result.push(lines[row] ?? "");
    for (const line of replace) result.push(fit.indenter.indent(line));
    row = fit.to;
  }
  for (; row < lines.length; row += 1) result.push(lines[row] ?? "");
  return result;
}

export function newFileOf(parts: readonly Replacement[]): readonly string[] {
  const [first, ...others] = parts;
  if (!first || others.length > 0 || first.search.some((line) => !isBlank(line)))
    throw new CannotApply({ reason: "no-place", text: first?.search.find((line) => !isBlank(line))?.trim() ?? "" });
  return first.replace;
}

interface Found {
  readonly fits: readonly Fit[];
  readonly replace: readonly string[];
}

function placesOf({ search, replace }: Replacement, index: LineIndex, fileUnit: string | undefined): Found | undefined {
  const own = unitOf([...search, ...replace]);
  const units = { block: own ?? fileUnit ?? "  ", file: fileUnit ?? own ?? "  " };
  const exact = runsOf(index, search, units);
  // Blank lines at its ends are seldom meant, so that they decide nothing.
  const bare = runsOf(index, withoutBlankEnds(search), units);
  const isExact = exact.length > 0 && exact.length === bare.length;
  const fits = isExact ? exact : bare.length > 0 ? bare : runsInUnits(index, withoutBlankEnds(search), units);
  return fits.length === 0 ? undefined : { fits, replace: isExact ? replace : withoutBlankEnds(replace) };
}
