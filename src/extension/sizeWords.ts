import * as vscode from "vscode";

export function sizeWords(bytes: number): string {
  const { language } = vscode.env;
  if (bytes < 1e9) return `${Math.round(bytes / 1e6).toLocaleString(language)} MB`;
  return `${(bytes / 1e9).toLocaleString(language, { maximumFractionDigits: 1 })} GB`;
}
