// Which tool says it made something: in ledger entries and artifacts.

export const TOOL = { name: 'ideamine', version: '0.1.0' } as const;
