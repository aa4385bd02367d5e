/** The repositories that the context is measured with: packages that ship their sources, each pinned. */

import { seeded } from "../replay/random.ts";

export interface Package {
  readonly name: string;
  readonly version: string;
  readonly language: "typescript" | "python";
  /** Where its sources are, in the package. */
  readonly folder: string;
}

const SEED = 20_261_125;

/**
 * Nothing was tuned on any of these, and none of `development` is among them. The first four are those that other
 * extensions were measured with; the others were drawn by a seed from lists that were written down before.
 */
export const evaluated: readonly Package[] = [
  typescript("zod", "4.1.12"),
  typescript("rxjs", "7.8.2"),
  typescript("@reduxjs/toolkit", "2.9.2"),
  typescript("@trpc/server", "11.7.1"),
  ...drawn(
    [
      typescript("ethers", "6.16.0", "src.ts"),
      typescript("msw", "3.0.5"),
      typescript("langium", "4.4.0"),
      typescript("chevrotain", "13.2.0"),
      typescript("@tiptap/core", "3.35.0"),
      typescript("ai", "7.0.173"),
      typescript("@antv/g2", "5.4.8"),
    ],
    4,
  ),
  ...drawn(
    [
      python("requests", "2.32.5"),
      python("jinja2", "3.1.6"),
      python("werkzeug", "3.1.3"),
      python("fastapi", "0.120.0"),
      python("starlette", "0.48.0"),
      python("marshmallow", "4.0.1"),
      python("networkx", "3.5"),
      python("pytest", "8.4.2"),
      python("celery", "5.5.3"),
      python("pydantic", "2.12.3"),
    ],
    4,
  ),
];

/**
 * What weights and values were fitted to, or what was looked at while sources were written. Whatever is to be tried is
 * tried on these (`npm run bench -- context --development`), and none of them is ever evaluated.
 */
export const development: readonly Package[] = [
  typescript("mobx", "6.15.0"),
  typescript("redux", "5.0.1"),
  typescript("viem", "2.21.0", "."),
  typescript("openai", "6.7.0"),
  typescript("effect", "3.18.4"),
  typescript("@tanstack/router-core", "1.171.39"),
  typescript("@tanstack/query-core", "5.90.5"),
  python("rich", "14.2.0"),
  python("httpx", "0.28.1"),
  python("flask", "3.1.2"),
  python("click", "8.3.0"),
  python("sqlalchemy", "2.0.44"),
];

/** Together with those above more than 10,000 files, to measure what the index of so many costs. */
export const large: readonly Package[] = [
  { ...python("homeassistant", "2024.3.3"), folder: "homeassistant" },
  { ...python("django", "5.2.7"), folder: "django" },
];

function typescript(name: string, version: string, folder = "src"): Package {
  return { name, version, language: "typescript", folder };
}

function python(name: string, version: string): Package {
  return { name, version, language: "python", folder: "." };
}

function drawn<Item>(items: readonly Item[], count: number): readonly Item[] {
  const random = seeded(SEED);
  const left = [...items];
  return Array.from({ length: count }, () => left.splice(Math.floor(random() * left.length), 1)).flat();
}
