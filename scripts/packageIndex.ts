/** Where a file of the Python package index is, without pip but with the index that pip is set to. */

import { spawnSync } from "node:child_process";
import { errorCode } from "../src/model/errorCode.ts";
import { SourceError } from "../src/model/downloadError.ts";

/** PEP 691; the older form is a page of links (PEP 503), and some mirrors have that one alone. */
const ACCEPTED = "application/vnd.pypi.simple.v1+json, text/html;q=0.5";
const WITHIN_MS = 30_000;

/** The address of the project's file of that name. @throws {SourceError} `unreachable`, `refused`, `not-found` */
export async function findDistribution(
  project: string,
  file: string,
  signal: AbortSignal,
  index = configuredIndex(),
): Promise<string> {
  const page = `${index.replace(/\/+$/, "")}/${project}/`;
  const either = AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]);
  const response = await fetch(page, { headers: { accept: ACCEPTED }, signal: either }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new SourceError("unreachable", errorCode(error), { cause: error });
  });
  if (!response.ok) {
    throw response.status === 404 ? new SourceError("not-found") : new SourceError("refused", String(response.status));
  }
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  const links = isJson ? linksInJson(await response.json()) : linksInPage(await response.text());
  const found = links.find((link) => nameOf(link) === file);
  if (found === undefined) throw new SourceError("not-found");
  return new URL(found, response.url).href;
}

function linksInJson(answer: unknown): readonly string[] {
  const { files = [] } = answer as { readonly files?: readonly { readonly url: string }[] };
  return files.map(({ url }) => url);
}

function linksInPage(html: string): readonly string[] {
  return [...html.matchAll(/<a\s[^>]*href\s*=\s*["']([^"']+)["']/gi)].map(([, link = ""]) =>
    link.replaceAll("&amp;", "&"),
  );
}

/** Behind the `#` may stand the file's digest. */
function nameOf(link: string): string {
  return decodeURIComponent(link.replace(/[?#].*$/, "").replace(/^.*\//, ""));
}

/**
 * As pip has it: from the environment, from its files, or the public one that it knows itself.
 * @throws {SourceError} `pip-not-found`
 */
function configuredIndex(): string {
  const { PIP_INDEX_URL } = process.env;
  if (PIP_INDEX_URL) return PIP_INDEX_URL;
  for (const args of [SET, PUBLIC]) {
    for (const command of ["python3", "python"]) {
      const { status, stdout } = spawnSync(command, ["-I", ...args], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
      if (status === 0 && stdout.trim() !== "") return stdout.trim();
    }
  }
  throw new SourceError("pip-not-found");
}

const SET = ["-m", "pip", "config", "get", "global.index-url"];
const PUBLIC = ["-c", "from pip._internal.models.index import PyPI; print(PyPI.simple_url)"];
