/** Files that are dropped anywhere on the page. */

import { element } from "./dom.ts";

/** What VS Code's own views give along, and what the system does. */
const URI_LISTS = ["application/vnd.code.uri-list", "text/uri-list"];
const MOST_DROPPED = 100;

export interface DropActions {
  readonly uris: (uris: readonly string[]) => void;
  readonly files: (files: FileList) => void;
}

export function acceptDrops(words: string, { uris, files }: DropActions): HTMLElement {
  const overlay = element(
    "div",
    { class: "drop", attributes: { "aria-hidden": "true" } },
    element("p", { text: words }),
  );
  overlay.hidden = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener("dragover", (event) => {
    const types = event.dataTransfer?.types ?? [];
    if (!types.includes("Files") && !URI_LISTS.some((type) => types.includes(type))) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
    overlay.hidden = false;
    // There is no event for every way in which a drag may end.
    clearTimeout(timer);
    timer = setTimeout(() => (overlay.hidden = true), 500);
  });
  document.addEventListener("drop", (event) => {
    overlay.hidden = true;
    const { dataTransfer } = event;
    if (!dataTransfer) return;
    const list = URI_LISTS.map((type) => dataTransfer.getData(type)).find((text) => text !== "") ?? "";
    const dropped = list.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
    if (dropped.length === 0 && dataTransfer.files.length === 0) return;
    event.preventDefault();
    if (dropped.length > 0) uris(dropped.slice(0, MOST_DROPPED));
    else files(dataTransfer.files);
  });
  return overlay;
}
