/**
 * What package.json declares, as the code uses it. Imports nothing, so that a test in plain Node
 * holds the two together.
 */

export const commands = {
  suggest: "pairwise.suggest",
  dismiss: "pairwise.dismiss",
  acceptWord: "pairwise.acceptWord",
  acceptLine: "pairwise.acceptLine",
  toggle: "pairwise.toggle",
  toggleLanguage: "pairwise.toggleLanguage",
  toggleQuiet: "pairwise.toggleQuiet",
  snooze: "pairwise.snooze",
  wake: "pairwise.wake",
  showMenu: "pairwise.showMenu",
  enterKey: "pairwise.enterKey",
  removeKey: "pairwise.removeKey",
  chooseModel: "pairwise.chooseModel",
  trySample: "pairwise.trySample",
  restartModel: "pairwise.restartModel",
  checkModel: "pairwise.checkModel",
  allowEditorModel: "pairwise.allowEditorModel",
  rebuildIndex: "pairwise.rebuildIndex",
  showRepositoryMap: "pairwise.showRepositoryMap",
  stopIndex: "pairwise.stopIndex",
  showIndex: "pairwise.showIndex",
  copyDiagnostics: "pairwise.copyDiagnostics",
  showLog: "pairwise.showLog",
  showSent: "pairwise.showSent",
  showSpending: "pairwise.showSpending",
  showReport: "pairwise.showReport",
  showLedger: "pairwise.showLedger",
  exportLedger: "pairwise.exportLedger",
  exportReport: "pairwise.exportReport",
  deleteLedger: "pairwise.deleteLedger",
  testCounting: "pairwise.testCounting",
  startExperiment: "pairwise.startExperiment",
  pauseExperiment: "pairwise.pauseExperiment",
  resumeExperiment: "pairwise.resumeExperiment",
  stopExperiment: "pairwise.stopExperiment",
  simulateExperiment: "pairwise.simulateExperiment",
  exportTeamBlocks: "pairwise.exportTeamBlocks",
  whySuggestion: "pairwise.whySuggestion",
  editPrompt: "pairwise.editPrompt",
  resetPrompt: "pairwise.resetPrompt",
  tryPrompt: "pairwise.tryPrompt",
  chat: "pairwise.showChat",
  newThread: "pairwise.newThread",
  askSelection: "pairwise.askSelection",
  chatInEditor: "pairwise.chatInEditor",
  reviewTools: "pairwise.reviewTools",
  acceptChange: "pairwise.acceptChange",
  rejectChange: "pairwise.rejectChange",
  edit: "pairwise.edit",
  acceptEdit: "pairwise.acceptEdit",
  rejectEdit: "pairwise.rejectEdit",
  acceptHunk: "pairwise.acceptHunk",
  rejectHunk: "pairwise.rejectHunk",
  nextHunk: "pairwise.nextHunk",
  previousHunk: "pairwise.previousHunk",
  refineEdit: "pairwise.refineEdit",
  undoHunk: "pairwise.undoHunk",
  commitMessage: "pairwise.commitMessage",
  pullRequest: "pairwise.pullRequest",
  explainCommit: "pairwise.explainCommit",
  review: "pairwise.review",
  reviewChanges: "pairwise.reviewChanges",
  fixFinding: "pairwise.fixFinding",
  resolveFinding: "pairwise.resolveFinding",
  dismissFinding: "pairwise.dismissFinding",
  dismissFindings: "pairwise.dismissFindings",
  suggestNames: "pairwise.suggestNames",
  explain: "pairwise.explain",
  fix: "pairwise.fix",
  writeTests: "pairwise.writeTests",
  document: "pairwise.document",
  simplify: "pairwise.simplify",
  optimize: "pairwise.optimize",
  extract: "pairwise.extract",
  addTypes: "pairwise.addTypes",
  handleErrors: "pairwise.handleErrors",
  implement: "pairwise.implement",
  translate: "pairwise.translate",
  explainOutput: "pairwise.explainOutput",
  explainSelectedOutput: "pairwise.explainSelectedOutput",
  suggestCommand: "pairwise.suggestCommand",
  fixTest: "pairwise.fixTest",
} as const;

export const views = {
  chat: "pairwise.chatView",
  chatEditor: "pairwise.chatEditor",
  report: "pairwise.report",
} as const;

/** As menus of package.json name it. */
export const REVIEW_CONTROLLER = "pairwise.reviewComments";

/** Commands that other parts of the product run and no menu or palette shows; package.json does not declare them. */
export const internalCommands = {
  /** Runs after a suggestion was accepted whole; its argument is the suggestion's id. */
  accepted: "pairwise.internal.accepted",
} as const;

/** What `when` clauses of package.json ask for. */
export const contextKeys = {
  /** Suggestions are snoozed in the window or in the active file. */
  snoozed: "pairwise.snoozed",
  /** The model that the settings name can be used; stays for the window. */
  modelReady: "pairwise.modelReady",
  /** There was a suggestion in this window. */
  suggested: "pairwise.suggested",
  /** An edit was accepted a moment ago. */
  editAccepted: "pairwise.editAccepted",
  /** What is in front is nothing that a model may see and change. Not set before that is known. */
  unchangeable: "pairwise.unchangeable",
  /** How the experiment that goes on stands: `running` or `paused`. */
  experiment: "pairwise.experiment",
} as const;

export const section = "pairwise";

/** As VS Code names the walkthrough: the extension's id, and its own. */
export const walkthrough = "pairwise.pairwise#start";

/** The settings with their defaults, by their names below `pairwise`. */
export const defaults = {
  enable: true as boolean,
  languages: { "*": true, log: false, scminput: false, "search-result": false } as Readonly<Record<string, boolean>>,
  "suggestions.automatic": true as boolean,
  "suggestions.quiet": false as boolean,
  "suggestions.inComments": true as boolean,
  "suggestions.inStrings": true as boolean,
  "suggestions.alternatives": 3 as number,
  "suggestions.speculate": "local" as "local" | "always" | "never",
  "suggestions.timeLimitSeconds": 15 as number,
  "context.maxTokens": 3_500 as number,
  "index.enable": true as boolean,
  "index.embeddingModel": "" as string,
  "context.clipboard": false as boolean,
  "model.suggestions": "embedded/smollm2-135m-instruct" as string,
  "model.chat": "" as string,
  "model.fallbacks": [] as readonly string[],
  "model.servers": {} as Readonly<Record<string, string>>,
  "model.capabilities": {} as Readonly<Record<string, unknown>>,
  "model.mirror": "" as string,
  "model.format": "auto" as string,
  "model.threads": 0 as number,
  "model.unloadAfterMinutes": 10 as number,
  "model.warmUp": true as boolean,
  "cost.softLimit": 0 as number,
  "cost.hardLimit": 0 as number,
  "cost.currency": "USD" as "USD" | "CNY",
  "cost.yuanPerDollar": 7 as number,
  "cost.prices": {} as Readonly<Record<string, unknown>>,
  "ledger.enabled": true as boolean,
  "ledger.retentionDays": 180 as number,
  "report.otlpEndpoint": "" as string,
  "report.workdayHours": 8 as number,
} as const;

export type SettingName = keyof typeof defaults;

/** What a number may be. VS Code shows these bounds in its settings editor and does not enforce them in settings.json. */
export const limits = {
  "suggestions.alternatives": { type: "integer", minimum: 1, maximum: 5 },
  "suggestions.timeLimitSeconds": { type: "number", minimum: 1, maximum: 120 },
  "context.maxTokens": { type: "integer", minimum: 0, maximum: 4_500 },
  "model.threads": { type: "integer", minimum: 0, maximum: 256 },
  "model.unloadAfterMinutes": { type: "number", minimum: 1, maximum: 1440 },
  "cost.softLimit": { type: "number", minimum: 0, maximum: 100_000 },
  "cost.hardLimit": { type: "number", minimum: 0, maximum: 100_000 },
  "cost.yuanPerDollar": { type: "number", minimum: 1, maximum: 20 },
  "ledger.retentionDays": { type: "integer", minimum: 0, maximum: 3_650 },
  "report.workdayHours": { type: "number", minimum: 1, maximum: 24 },
} as const satisfies Partial<Record<SettingName, { type: string; minimum: number; maximum: number }>>;
