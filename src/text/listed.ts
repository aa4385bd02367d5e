/** For people, the first of these alone where they are more than so many. */
export function listed(names: readonly string[], most: number): string {
  return names.length > most ? `${names.slice(0, most).join(", ")} …` : names.join(", ");
}
