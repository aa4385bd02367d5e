/** The model that tests run with: the file that PAIRWISE_TEST_MODEL names. */
export async function ensureTestModel(): Promise<string> {
  const path = process.env["PAIRWISE_TEST_MODEL"];
  if (path === undefined || path === "") throw new Error("PAIRWISE_TEST_MODEL must name the GGUF file of the model");
  return path;
}
