/** A file's path as it stands in the settings: `~/models/mine.gguf`, so that they hold for other machines, too. */
export function ggufReference(path: string, home: string): string {
  const start = home.replace(/[\\/]+$/, "");
  if (start === "" || !path.startsWith(start) || !/^[\\/]/.test(path.slice(start.length))) return path;
  return `~${path.slice(start.length).replaceAll("\\", "/")}`;
}
