/** What of a text is no comment, roughly: whether a change that is to be of comments alone is one. */

/** Lines without their indentation; none that are empty. A text in quotes that looks like a comment is lost, on both sides of a change alike. */
export function withoutComments(text: string, languageId: string): string {
  const bare = MARKS.reduce(
    (rest, [languages, comment]) => (languages.test(languageId) ? rest.replace(comment, "") : rest),
    text,
  );
  return bare
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
}

const MARKS: readonly (readonly [languages: RegExp, comment: RegExp])[] = [
  // A docstring is one here.
  [/^python$/, /("""|''')[^]*?\1/g],
  [/^(?:python|ruby|shellscript|yaml|r|perl|elixir|julia|makefile|dockerfile|toml|powershell)$/, /#.*$/gm],
  [/^(?:lua|sql|haskell)$/, /--.*$/gm],
  [/^(?:html|xml|markdown|vue|svelte)$/, /<!--[^]*?-->/g],
  [/^(?!python|ruby|shellscript|yaml|r$|perl|elixir|julia|lua|sql|haskell|markdown)/, /\/\*[^]*?\*\/|\/\/.*$/gm],
];
