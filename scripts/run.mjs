/** `node scripts/run.mjs FILE.ts ARGS…`: for what has no file of its own beside this one. */
import { launch } from "./bootstrap.mjs";

const [script, ...args] = process.argv.slice(2);
await launch(script, args);
