/** What a field may be; `undefined` and `null` are an empty one. */
export type CsvValue = string | number | boolean | null | undefined;

/** A line as RFC 4180 has it. */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvField).join(",")}\r\n`;
}

function csvField(value: CsvValue): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "number") return String(value);
  // Spreadsheets take such a text for a formula, and run it (CWE-1236); with the full-width signs some do, where they are usual.
  const text = String(value).replace(/^[=+\-@\t\r\n＝＋－＠]/, "'$&");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
