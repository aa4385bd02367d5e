/** Validators of what a page and its extension say to each other: neither side trusts the other. */
export * from "../text/shapes.ts";
