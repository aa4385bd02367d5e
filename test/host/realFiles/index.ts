/** Each entry of the catalogue on files of published packages in five languages, from the command to what comes of it. */

import type { HostTest } from "../../support/hostSuite.ts";
import { askingTests } from "./asking.ts";
import { changingTests } from "./changing.ts";
import { go } from "./go.ts";
import { java } from "./java.ts";
import { python } from "./python.ts";
import { rust } from "./rust.ts";
import { typescript } from "./typescript.ts";

export const realFileTests: readonly HostTest[] = [typescript, python, go, java, rust].flatMap((code) => [
  ...changingTests(code),
  ...askingTests(code),
]);
