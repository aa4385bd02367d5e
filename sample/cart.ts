/** A shopping cart. All prices are in cents. */

export interface Item {
  readonly name: string;
  readonly price: number;
  readonly quantity: number;
}

export interface Cart {
  readonly customer: string;
  readonly items: readonly Item[];
}

export function addItem(cart: Cart, item: Item): Cart {
  return { ...cart, items: [...cart.items, item] };
}

export function removeItem(cart: Cart, name: string): Cart {
  return { ...cart, items: cart.items.filter((item) => item.name !== name) };
}

/** What all items cost together. */
export function totalPrice(cart: Cart): number {
  let total = 0;
  for (const item of cart.items) {
    // Put the caret at the end of the next line and type a space.
    total +=
  }
  return total;
}

/** How many pieces are in the cart. */
export function countPieces(cart: Cart): number {
  // Put the caret at the end of the next line and press Alt+\.
  return cart.items.
}

/** Whether there is nothing in the cart. */
export function isEmpty(cart: Cart): boolean {
  // Put the caret at the end of the next line and type a space.
  return
}
