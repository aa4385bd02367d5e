/** A place in a file where text is wanted, as data. */

import type { Neighbour } from "./neighbours.ts";

export interface Hole {
  /** Relative to the workspace folder, with `/`; empty where there is none. */
  readonly path: string;
  readonly languageId: string;
  /** Text that ends at the caret and starts at the start of a line. */
  readonly prefix: string;
  /** Text that starts at the caret. */
  readonly suffix: string;
  /** The name of the project, where it is known: two families were taught with it. */
  readonly repository?: string;
  /** Code of other files, the most telling last; written in front of the file. */
  readonly neighbours?: readonly Neighbour[];
}
