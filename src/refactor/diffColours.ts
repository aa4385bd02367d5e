/** A diff as it is where git's setting `color.ui` is `always`, without the colours. */
export function withoutColours(diff: string): string {
  return COLOURED.test(diff) ? diff.replaceAll(COLOUR, "") : diff;
}

/** Git's own lines have them, not what is in a file alone. */
// oxlint-disable-next-line no-control-regex
const COLOURED = /^\x1b\[[\d;]*m(?:diff --|@@ |\* Unmerged |Submodule )/m;
// oxlint-disable-next-line no-control-regex
const COLOUR = /\x1b\[[\d;]*[mK]/g;
