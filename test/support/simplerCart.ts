/** In pieces, as it comes: what a good model makes of the two functions of `sample/cart.ts` that change a cart. */
export const simplerCart = [
  "```ts\n",
  "export function addItem(cart: Cart, item: Item): Cart {\n",
  "  const items = cart.items.concat(item);\n",
  "  return { ...cart, items };\n",
  "}\n",
  "\n",
  "export function removeItem(cart: Cart, name: string): Cart {\n",
  "  const items = cart.items.filter((item) => item.name !== name);\n",
  "  return { ...cart, items };\n",
  "}\n",
  "```\n",
  "The items have a name of their own.\n",
];
