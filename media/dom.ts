/** Elements with text in them. Text is only ever text: nothing here parses HTML. */

interface Properties {
  readonly class?: string;
  readonly text?: string;
  readonly title?: string;
  /** Other attributes, such as `role` and `aria-label`. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { class: className, text, title, attributes = {} }: Properties = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== undefined) made.className = className;
  if (text !== undefined) made.textContent = text;
  if (title !== undefined) made.title = title;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

export function button(properties: Properties, onClick: (event: MouseEvent) => void): HTMLButtonElement {
  const made = element("button", { ...properties, attributes: { type: "button", ...properties.attributes } });
  made.addEventListener("click", onClick);
  return made;
}

/** A selection or a screen reader's place in it stays where nothing has changed. */
export function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** In the user's language and time zone. */
export function timeWords(milliseconds: number): string {
  return new Intl.DateTimeFormat(document.documentElement.lang || undefined, { timeStyle: "medium" }).format(
    milliseconds,
  );
}
