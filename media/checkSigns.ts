/** One sign for each state, told apart by its shape and not by its colour alone. */

import type { CheckRow } from "../src/extension/checkProtocol.ts";

const NAMESPACE = "http://www.w3.org/2000/svg";

/** Lines on a square of 16. */
const paths: Readonly<Record<CheckRow["state"], string>> = {
  running: "M8 2a6 6 0 1 1-6 6",
  good: "M3 8.5 6.5 12 13 4.5",
  warning: "M8 2.5 14.5 13.5H1.5ZM8 6.5V10M8 11.2V12",
  bad: "M8 2a6 6 0 1 1 0 12A6 6 0 1 1 8 2M5.8 5.8 10.2 10.2M10.2 5.8 5.8 10.2",
  skipped: "M4 8H12",
};

export function stateSign(state: CheckRow["state"]): SVGElement {
  const sign = document.createElementNS(NAMESPACE, "svg");
  sign.setAttribute("viewBox", "0 0 16 16");
  const path = document.createElementNS(NAMESPACE, "path");
  path.setAttribute("d", paths[state]);
  sign.append(path);
  return sign;
}
