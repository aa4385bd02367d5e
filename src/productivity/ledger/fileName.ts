/** In the ledger's folder. Apart from what opens it: whoever only names it loads no SQLite. */
export const ledgerFileName = "ledger.db";
