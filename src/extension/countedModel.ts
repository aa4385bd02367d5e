import { namesFile, splitReference } from "../model/modelReference.ts";

/** A model as the ledger names it. How a file of the user's is called, and where it is, is written down nowhere. */
export function countedModel(reference: string): string {
  const [provider = "", model = ""] = splitReference(reference) ?? [];
  return namesFile(model) ? `${provider}/file` : reference;
}
