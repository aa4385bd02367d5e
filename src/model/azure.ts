/**
 * Azure OpenAI has two interfaces, both with the key in `api-key`: since August 2025 one like OpenAI's own at
 * `/openai/v1`, and the classic one, where the deployment stands in the path and a version in the query
 * (`/openai/deployments/DEPLOYMENT/chat/completions?api-version=…`).
 * Source: learn.microsoft.com, "Azure OpenAI in Azure AI Foundry Models API lifecycle" and "… REST API reference".
 */

/** The latest classic version that is not a preview. */
const CLASSIC_VERSION = "2024-10-21";

/**
 * The address to send requests to, made of what people copy from Azure's pages: the resource's address alone, either
 * interface's, or a whole one with the operation at its end. A dated version in the query means the classic
 * interface. What is no address is given back as it is.
 */
export function azureBaseUrl(address: string, deployment: string): string {
  const url = URL.parse(address.trim());
  if (!url) return address;
  const path = url.pathname
    .replace(/\/(chat\/completions|completions|responses|embeddings)\/*$/, "")
    .replace(/\/+$/, "");
  if (path.endsWith("/openai/v1")) url.pathname = path;
  else if (/\/openai\/deployments\/[^/]+$/.test(path)) {
    url.pathname = path;
    if (!url.searchParams.has("api-version")) url.searchParams.set("api-version", CLASSIC_VERSION);
  } else {
    const root = path.replace(/\/openai(\/deployments)?$/, "");
    const version = url.searchParams.get("api-version") ?? "";
    const isClassic = /^\d{4}-/.test(version) || path.endsWith("/deployments");
    url.pathname = isClassic ? `${root}/openai/deployments/${encodeURIComponent(deployment)}` : `${root}/openai/v1`;
    if (isClassic && version === "") url.searchParams.set("api-version", CLASSIC_VERSION);
  }
  return url.href;
}
