/** Languages in which code is written alike, by VS Code's identifiers. */

const families: readonly (readonly string[])[] = [
  ["typescript", "typescriptreact", "javascript", "javascriptreact", "vue", "svelte", "astro"],
  ["c", "cpp", "objective-c", "objective-cpp", "cuda-cpp"],
  ["css", "scss", "less"],
  ["java", "kotlin", "scala", "groovy"],
  ["html", "handlebars", "razor"],
  ["json", "jsonc"],
];

const familyNames = new Map(families.flatMap((family) => family.map((id) => [id, String(family[0])])));

/** The same for languages of one family; a language of none is one by itself. */
export function familyOf(languageId: string): string {
  return familyNames.get(languageId) ?? languageId;
}
