/** Files that nobody writes by hand, told by their paths. */

export type MinorKind = "lock" | "minified" | "generated";

/** @param path with `/` */
export function minorKind(path: string): MinorKind | undefined {
  if (LOCK.test(path)) return "lock";
  if (MINIFIED.test(path)) return "minified";
  return GENERATED.test(path) ? "generated" : undefined;
}

const LOCK =
  /(?:[-.]lock(?:\.json|\.ya?ml)?|\.lockb?|\.lockfile|(?:^|\/)(?:go\.sum|npm-shrinkwrap\.json|packages\.lock\.json))$/i;
const MINIFIED = /\.(?:min\.\w+|map|bundle\.js)$/i;
const GENERATED =
  /\.snap$|\.pb\.(?:go|cc|h)$|_pb2(?:_grpc)?\.pyi?$|\.(?:g|freezed)\.dart$|\.(?:designer|generated|gen)\.\w+$|(?:^|\/)(?:node_modules|__snapshots__)\//i;
