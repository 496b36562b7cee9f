// The safety table says what the tests hold: every row has tests, every tag a row, every guard stands where it is said to,
// and the table is as fresh as all of them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { SAFETY_ROWS } from './rows.ts';
import { proofOf, readProofs, root, TABLE, tableText, taggedTests } from './table.ts';

const tests = taggedTests();

it.each(SAFETY_ROWS.map((row) => [row.id, row] as const))('%s: its guard stands once, and tests hold it', (id, row) => {
  expect(readFileSync(join(root, row.file), 'utf8').split(row.text)).toHaveLength(2);
  expect(tests.filter((test) => test.id === id).length).toBeGreaterThan(0);
});

it('knows every tag', () => {
  const known = new Set(SAFETY_ROWS.map(({ id }) => id));
  expect(tests.filter(({ id }) => !known.has(id))).toEqual([]);
});

it('is proven: without its guard the tests of each row fail (npm run prove:safety)', () => {
  const proofs = readProofs();
  const unproven = SAFETY_ROWS.filter(
    (row) => proofs[row.id]?.of !== proofOf(row, tests) || proofs[row.id]?.failed === 0,
  );
  expect(unproven.map(({ id }) => id)).toEqual([]);
});

it('is in docs as the tests have it (node test/safety/table.ts)', () => {
  expect(readFileSync(TABLE, 'utf8')).toBe(tableText(SAFETY_ROWS, tests, readProofs()));
});
