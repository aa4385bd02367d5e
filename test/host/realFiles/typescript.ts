import { both, type PublishedCode } from "./publishedCode.ts";

const setOnline =
  "  setOnline(online: boolean): void {\n    const changed = this.#online !== online\n\n    if (changed) {\n      this.#online = online\n      this.listeners.forEach((listener) => {\n        listener(online)\n      })\n    }\n  }\n";
const unsubscribed = (head: string): string =>
  `${head}\n    if (!this.hasListeners()) {\n      this.#cleanup?.()\n      this.#cleanup = undefined\n    }\n  }\n`;

/** Two files of `@tanstack/query-core`. */
export const typescript: PublishedCode = {
  language: "TypeScript",
  languageId: "typescript",
  fence: "ts",
  files: { "src/onlineManager.ts": "onlineManager.ts", "src/subscribable.ts": "subscribable.ts" },
  beside: {
    // What of the package's own file is used here.
    "src/utils.ts": "export const isServer = typeof window === 'undefined' || 'Deno' in globalThis\n",
    "package.json": '{ "type": "module", "devDependencies": { "vitest": "3" } }\n',
    "tsconfig.json":
      '{ "compilerOptions": { "strict": true, "noImplicitOverride": true, "target": "es2022", "module": "esnext", "moduleResolution": "bundler", "lib": ["es2022", "dom"], "types": [] }, "include": ["src"] }\n',
  },
  fix: {
    change: both(["  protected onUnsubscribe() {", "  protected override onUnsubscribe() {"], unsubscribed),
    mark: "onUnsubscribe() {",
    message:
      "This member must have an 'override' modifier because it overrides a member in the base class 'Subscribable<Listener>'.",
  },
  edits: [
    [
      "simplify",
      "        const onlineListener = () => onOnline(true)\n        const offlineListener = () => onOnline(false)\n        // Listen to online\n        window.addEventListener('online', onlineListener, false)\n        window.addEventListener('offline', offlineListener, false)\n",
      "        const offlineListener = onOnline.bind(undefined, false)\n        const onlineListener = onOnline.bind(undefined, true)\n        window.addEventListener('offline', offlineListener)\n        window.addEventListener('online', onlineListener)\n",
    ],
    [
      "docs",
      "  isOnline(): boolean {\n    return this.#online\n  }\n",
      "  /**\n   * Whether the network was there when it last changed.\n   */\n  isOnline(): boolean {\n    return this.#online\n  }\n",
    ],
    [
      "simplify",
      setOnline,
      "  setOnline(online: boolean): void {\n    if (this.#online === online) return\n    this.#online = online\n    this.listeners.forEach((listener) => listener(online))\n  }\n",
    ],
    [
      "optimize",
      "      this.listeners.forEach((listener) => {\n        listener(online)\n      })\n",
      "      for (const listener of this.listeners) listener(online)\n",
    ],
    [
      "extract",
      setOnline,
      "  setOnline(online: boolean): void {\n    const changed = this.#online !== online\n\n    if (changed) {\n      this.#online = online\n      this.#notify(online)\n    }\n  }\n\n  #notify(online: boolean): void {\n    this.listeners.forEach((listener) => {\n      listener(online)\n    })\n  }\n",
    ],
    ["types", ...both(["  protected onUnsubscribe() {", "  protected onUnsubscribe(): void {"], unsubscribed)],
    [
      "errors",
      ...both(
        [
          "  setEventListener(setup: SetupFn): void {\n",
          "  setEventListener(setup: SetupFn): void {\n    if (typeof setup !== 'function') {\n      throw new TypeError('setEventListener takes a function')\n    }\n",
        ],
        (head) =>
          `${head}    this.#setup = setup\n    this.#cleanup?.()\n    this.#cleanup = setup(this.setOnline.bind(this))\n  }\n`,
      ),
    ],
    [
      "implement",
      "        // Listen to online\n        window.addEventListener('online', onlineListener, false)\n        window.addEventListener('offline', offlineListener, false)\n",
      "        // Listen to online\n        for (const [name, listener] of [['online', onlineListener], ['offline', offlineListener]] as const) {\n          window.addEventListener(name, listener, false)\n        }\n",
    ],
  ],
  implement: {
    behind: "  isOnline(): boolean {\n    return this.#online\n  }\n",
    comment: "\n  // Resolves as soon as the network is there.\n",
    code: "  whenOnline(): Promise<void> {\n    if (this.#online) return Promise.resolve()\n    return new Promise((resolve) => {\n      const unsubscribe = this.subscribe((online) => {\n        if (!online) return\n        unsubscribe()\n        resolve()\n      })\n    })\n  }\n",
  },
  explain: unsubscribed("  protected onUnsubscribe() {"),
  tests: {
    from: "src/onlineManager.ts",
    to: "src/onlineManager.test.ts",
    framework: "Vitest",
    text: "import { expect, test } from 'vitest'\nimport { OnlineManager } from './onlineManager.ts'\n\ntest('a listener is told when the network goes', () => {\n  const manager = new OnlineManager()\n  const told: boolean[] = []\n  manager.subscribe((online) => told.push(online))\n  manager.setOnline(false)\n  manager.setOnline(false)\n  expect(told).toEqual([false])\n})\n",
  },
  translate: {
    code: setOnline,
    to: "Python",
    result:
      "# Private fields of JavaScript are fields with an underscore.\ndef set_online(self, online: bool) -> None:\n    changed = self._online is not online\n    if changed:\n        self._online = online\n        for listener in self.listeners:\n            listener(online)\n",
  },
  review: {
    path: "src/onlineManager.ts",
    answer:
      "Two findings:\n\n- **medium** `this.#cleanup = setup(this.setOnline.bind(this))`: a setup that throws leaves the old clean-up behind. Set it to `undefined` first.\n- **high** `this.listeners.forEach((listener) => {`: one listener that throws keeps the others from being told.\n",
    found: [
      [52, "Medium", "a setup that throws leaves the old clean\\-up behind\\. Set it to ` undefined ` first\\."],
      [60, "High", "one listener that throws keeps the others from being told\\."],
    ],
  },
  rename: {
    declared: "src/subscribable.ts",
    old: "hasListeners",
    name: "isObserved",
    answer:
      "- `hasListeners` → `isObserved`: reads as a question\n- `hasListeners` → `hasSubscribers`: goes with subscribe\n",
  },
};
