/** What an answer was told, folded into one line; opened it is a list that leads to files and lines. */

import type { ShownPiece } from "../src/extension/chatProtocol.ts";
import { button, element } from "./dom.ts";
import { icon, kindIcons } from "./chatIcons.ts";

export function piecesUsed(
  summary: string,
  pieces: readonly ShownPiece[],
  open: (piece: number) => void,
): HTMLDetailsElement | undefined {
  if (summary === "") return undefined;
  const rows = pieces.map(({ kind, label, title, note, canOpen }, at) =>
    element(
      "li",
      { title },
      icon(kindIcons[kind]),
      canOpen
        ? button({ class: "link place", text: label }, () => open(at))
        : element("span", { class: "place", text: label }),
      element("span", { class: "quiet", text: note }),
    ),
  );
  return element(
    "details",
    { class: "used" },
    element("summary", {}, icon("chevron-right"), element("span", { text: summary })),
    element("ul", { class: "pieces" }, ...rows),
  );
}
