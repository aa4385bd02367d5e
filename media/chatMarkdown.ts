/**
 * An answer's Markdown as elements. Its text is a model's: HTML in it is text, what comes out of the parser goes through
 * a sanitizer, links lead nowhere by themselves, and pictures are not loaded.
 */

import DOMPurify from "dompurify";
import MarkdownIt, { type Env, type Token } from "markdown-it";

export const markdown = new MarkdownIt({ html: false });

const { utils, renderer } = markdown;
/** Addresses of the web and of files beside, also `cart.ts:14`; a scheme of another kind makes it no link at all, since nothing would open it. */
markdown.validateLink = (href) => /^https?:/i.test(href) || !/^[\s\p{Cc}]*[a-z][\w+.-]*:(?!\d+(?::\d+)?$)/iu.test(href);

renderer.rules["link_open"] = (tokens, index) => linkStart(String(tokens[index]?.attrGet("href") ?? ""));
renderer.rules["image"] = (tokens, index) => {
  const token = tokens[index];
  const href = String(token?.attrGet("src") ?? "");
  const name = token?.content ?? "";
  return `${utils.escapeHtml(name)} (${linkStart(href)}${utils.escapeHtml(href)}</a>)`;
};
renderer.rules["fence"] = (_, index) => `<div data-fence="${index}"></div>`;
// The heading of a turn is one of the second level.
for (const rule of ["heading_open", "heading_close"])
  renderer.rules[rule] = (tokens, index) => {
    const { tag = "h6", nesting = 1 } = tokens[index] ?? {};
    return `<${nesting < 0 ? "/" : ""}h${Math.min(6, Number(tag.slice(1)) + 2)}>`;
  };
for (const tag of ["th", "td"])
  renderer.rules[`${tag}_open`] = (tokens, index) => {
    const align = /left|center|right/.exec(String(tokens[index]?.attrGet("style") ?? ""))?.[0];
    return align === undefined ? `<${tag}>` : `<${tag} data-align="${align}">`;
  };

function linkStart(href: string): string {
  const shown = utils.escapeHtml(href);
  return `<a role="link" tabindex="0" title="${shown}" data-href="${shown}">`;
}

const tags = "p h3 h4 h5 h6 ul ol li blockquote pre code em strong s a hr br div table thead tbody tr th td";
const answerRules = {
  ALLOWED_TAGS: ["#text", ...tags.split(" ")],
  ALLOWED_ATTR: ["role", "tabindex", "title", "start", "data-href", "data-align", "data-fence"],
  ALLOW_DATA_ATTR: false,
  // They are text: nothing leads there but a message to the extension, which looks at it itself.
  ADD_URI_SAFE_ATTR: ["data-href", "title"],
};

/** `code` makes the element of a fenced code block; its token's lines are those of the text that was parsed. */
export function rendered(tokens: readonly Token[], env: Env, code: (token: Token) => HTMLElement): DocumentFragment {
  const list = [...tokens];
  const html = renderer.render(list, markdown.options, env);
  const fragment = DOMPurify.sanitize(html, { ...answerRules, RETURN_DOM_FRAGMENT: true });
  for (const place of fragment.querySelectorAll<HTMLElement>("[data-fence]")) {
    const token = list[Number(place.dataset["fence"])];
    if (token) place.replaceWith(code(token));
  }
  // What is wider than the page is scrolled by itself.
  for (const table of fragment.querySelectorAll("table")) {
    const scroll = document.createElement("div");
    scroll.className = "table";
    scroll.tabIndex = 0;
    table.replaceWith(scroll);
    scroll.append(table);
  }
  return fragment;
}
