/**
 * Whether a path with `/`, relative to a folder, can only lead to something inside of it: it has no empty, `.` or `..`
 * segment, and nothing that a file system takes for a separator, a drive or an end.
 */
export function isInnerPath(path: string): boolean {
  return !/^[a-z]:/i.test(path) && path.split("/").every((segment) => INNER_SEGMENT.test(segment));
}

/** At least one character, not only dots and spaces, which Windows leaves out. */
// oxlint-disable-next-line no-control-regex
const INNER_SEGMENT = /^(?![. ]+$)[^\\\0]+$/;
