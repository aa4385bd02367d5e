/** The fetch of the host, looked up at each call: VS Code replaces it with one that knows the user's proxy and certificates. */
export const hostFetch: typeof fetch = (input, init) => globalThis.fetch(input, init);
