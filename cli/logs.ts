// Where the functions' logs go: nowhere, or with --debug to standard error, one JSON object a line.

export type OnLog = (entry: Readonly<Record<string, unknown>>) => void;

export function logTo(debug: boolean): OnLog | undefined {
  return debug ? (entry) => void process.stderr.write(`${JSON.stringify(entry)}\n`) : undefined;
}
