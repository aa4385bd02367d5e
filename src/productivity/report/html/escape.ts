/** Text within an element or a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A number within SVG: no exponents, and no more digits than a screen has. */
export function coordinate(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Of the width of the chart, so that it is as wide as the page and its text keeps its size. */
export const percent = (share: number): string => `${coordinate(share * 100)}%`;
