import { languages } from "./language.ts";

export const reportHelp = `pairwise-report FILE… [--html FILE] [--json FILE] [--csv FOLDER] [--copilot FILE] [--otel FILE] [--otlp URL]
                      [--workday-hours HOURS] [--language ${languages.join("|")}]
  the report of a ledger: its verdict in words, and all of it as a page or as data; its tables as CSV, its counts as GitHub
  has them of Copilot (NDJSON), its figures as OpenTelemetry metrics in a file, or sent to the URL (OTLP as JSON over HTTP,
  with the headers of OTEL_EXPORTER_OTLP_HEADERS; without encryption, as http:, to this machine alone). Nothing is sent
  without --otlp.
  The time at the code is held against a working day of 8 hours, or of HOURS.
  FILE is a ledger (ledger.db), which is only read, or all the files of one that were exported as JSON Lines.
  Exit codes: 0 with a report; 2 where the call is wrong; 4 where a file can't be read or written;
  5 where the URL did not take all of the figures, or nobody knows whether it did.
`;

export const blocksHelp = `pairwise-report blocks LEDGER --out FILE.jsonl|FILE.parquet [--person NAME] [--language ${languages.join("|")}]
  the half-hours of the ledger's experiments, as rows for a team's report: figures alone, by random names. Whoever has more
  than one ledger gives the person's name of the first file (person in its rows) to the others: else they count as two people.
  Exit codes: 0 where the file is written; 2 where the call is wrong; 3 where there is nothing to hand in;
  4 where a file can't be read or written.
`;

export const teamHelp = `pairwise-report team FILE… [--html FILE] [--json FILE] [--language ${languages.join("|")}]
pairwise-report team --sums FILE… [--html FILE] [--json FILE] [--language ${languages.join("|")}]
  what the experiments of five people or more say together. FILE is what people have handed in (blocks, above), as JSON
  Lines or Parquet; with --sums, sums of many such rows that a warehouse has made (docs/team-scale.md).
  Exit codes: 0 with a result; 2 where the call is wrong; 3 where there are too few people; 4 where a file can't be
  read or written.
`;
