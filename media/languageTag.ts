/**
 * uPlot makes a format of numbers of the browser's language when it is loaded, and where the system's is "C" or "POSIX" Chromium
 * names one that there is not (`en-US@posix`). To be imported before it.
 */

try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, "language", { value: document.documentElement.lang || "en", configurable: true });
}
