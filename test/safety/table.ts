// docs/safety-table.md from the rows, the tests that carry their tags, and the proofs. `node test/safety/table.ts` writes it.

import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../core/json.ts';
import { SAFETY_ROWS, type SafetyRow } from './rows.ts';

export const root = join(import.meta.dirname, '..', '..');
export const TABLE = join(root, 'docs', 'safety-table.md');
export const PROOFS = join(root, 'test', 'safety', 'proofs.json');

export interface TaggedTest {
  readonly id: string;
  /** Path from the root. */
  readonly file: string;
  readonly name: string;
}

/** By row: how many of its tests failed without the guard, and the hash of the guard and tests it was tried with. */
export type Proofs = Readonly<Record<string, { readonly failed: number; readonly of: string }>>;

const NAME = /(['"`])((?:(?!\1|\n).)*\[safety: ([a-z-]+)\])\1/g;

export function taggedTests(): TaggedTest[] {
  return globSync('test/**/*.test.ts', { cwd: root })
    .sort()
    .flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(NAME)].map(([, , name = '', id = '']) => ({
        id,
        file,
        name: name.replace(/ \[safety: .*/, ''),
      })),
    );
}

/** Changes with the guard, with how it is taken out, and with the tests that hold it. */
export function proofOf(row: SafetyRow, tests: readonly TaggedTest[]): string {
  const own = tests.filter(({ id }) => id === row.id).map(({ file, name }) => `${file} ${name}`);
  return sha256(JSON.stringify([row.file, row.text, row.without, own])).slice(0, 16);
}

export const readProofs = (): Proofs => JSON.parse(readFileSync(PROOFS, 'utf8')) as Proofs;

export function tableText(rows: readonly SafetyRow[], tests: readonly TaggedTest[], proofs: Proofs): string {
  const lines = rows.map((row) => {
    const own = tests.filter(({ id }) => id === row.id);
    const named = own.map(({ file, name }) => `\`${file.replace('test/', '')}\`: ${name}`).join('<br>');
    const proof = proofs[row.id];
    const proven = proof?.of === proofOf(row, tests) && proof.failed > 0;
    const without = proven ? `${proof.failed} failed` : 'unproven';
    return `| ${row.pitfall} | ${row.fact} | ${row.guard} (\`${row.file}\`) | ${named} | ${without} |`;
  });
  return `${HEAD}${lines.join('\n')}\n`;
}

const HEAD = `# Safety table: a queue, a task token and a function

Written by \`node test/safety/table.ts\` from \`test/safety/rows.ts\`, the tests that carry a row's tag in their name, and what
\`npm run prove:safety\` found: it takes each guard out of a copy of the sources and runs the tests of its row. The last column
says how many of them failed then.

| pitfall | what AWS does | guard | tests | without the guard |
|---|---|---|---|---|
`;

if (import.meta.main) writeFileSync(TABLE, tableText(SAFETY_ROWS, taggedTests(), readProofs()));
