/** Links of answers. Their text is a model's: nothing but the web and files of the workspace is opened. */

import * as vscode from "vscode";
import { isFile, openAt } from "./openPlace.ts";
import { workspacePlaces } from "./workspacePlaces.ts";

/** Whether it was opened. */
export async function openLink(href: string): Promise<boolean> {
  if (/^https?:\/\//i.test(href)) return vscode.env.openExternal(vscode.Uri.parse(href, true));
  const place = placeIn(href);
  if (!place) return false;
  for (const uri of workspacePlaces(place.path)) {
    if (!(await isFile(uri))) continue;
    await openAt(uri, place.line);
    return true;
  }
  return false;
}

/** `src/a.ts`, `./src/a.ts:12`, `src/a.ts#L12`. `undefined` where it has a scheme, or can't be read. */
function placeIn(href: string): { readonly path: string; readonly line: number } | undefined {
  const match = /^(?:\.\/)?([^?#]+?)(?::(\d+)(?::\d+)?|#L(\d+)(?:-L?\d+)?)?$/.exec(href);
  const [, encoded = "", colon, hash] = match ?? [];
  if (encoded === "" || /^[a-z][a-z0-9+.-]*:/i.test(encoded)) return undefined;
  try {
    return { path: decodeURIComponent(encoded), line: Math.max(0, Number(colon ?? hash ?? 1) - 1) };
  } catch {
    return undefined;
  }
}
