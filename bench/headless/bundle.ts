import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../../scripts/toolchain.mjs";

/**
 * Bundles the headless program as the extension is bundled for production, and gives the path of the result. Like the
 * extension it takes the SDK, the parser and the model's process from dist/, which has to be built before.
 */
export async function bundleHeadless(): Promise<string> {
  if (!existsSync(join(root, "dist", "openai.cjs"))) throw new Error("dist/ has to be built first");
  const outfile = join(root, "out", "bench", "headless.cjs");
  await build({
    entryPoints: [join(root, "bench", "headless.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node22.15",
    format: "cjs",
    minify: true,
    define: { "import.meta.dirname": "__dirname" },
    plugins: [
      {
        name: "apart",
        setup(build) {
          build.onResolve({ filter: /^openai(\/|$)/ }, () => ({ path: "../../dist/openai.cjs", external: true }));
          build.onResolve({ filter: /^@secretlint\/secretlint-rule-preset-recommend$/ }, () => ({
            path: "../../dist/secretlint.cjs",
            external: true,
          }));
          build.onResolve({ filter: /^web-tree-sitter$/ }, () => ({
            path: "../../dist/treeSitter.cjs",
            external: true,
          }));
        },
      },
    ],
  });
  return outfile;
}
