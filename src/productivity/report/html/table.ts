import type { Table } from "../words/text.ts";
import { escaped } from "./escape.ts";

/** One with nothing in it is its caption alone. */
export function tableHtml({ caption, head, rows }: Table): string {
  if (rows.length === 0) return `<p>${escaped(caption)}</p>`;
  const heads = head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join("");
  const body = rows.map(
    ([name = "", ...cells]) =>
      `<tr><th scope="row">${escaped(name)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`,
  );
  return (
    `<div class="table" role="region" tabindex="0" aria-label="${escaped(caption)}"><table><caption>${escaped(caption)}</caption>` +
    `<thead><tr>${heads}</tr></thead><tbody>${body.join("")}</tbody></table></div>`
  );
}
