// docs/compatibility.md says what the wire tests hold endpoints to, row by row, and names tests that exist.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { repository } from '../cli/command.ts';
import { MINISTACK } from './differences.ts';
import { LEFT_OUT_ON_MINISTACK } from './parts-left-out.ts';

const text = readFileSync(join(repository, 'docs', 'compatibility.md'), 'utf8');
const rows = [...text.matchAll(/^\| .* \|$/gm)].map(([row]) => row);

it('has a row for every difference and every part left out, and no other', () => {
  const expected = [
    ...MINISTACK.map(({ aws, endpoint, coveredBy }) => `| ${aws} | ${endpoint} | ${coveredBy} |`),
    ...LEFT_OUT_ON_MINISTACK.map(({ context, why, coveredBy }) => `| \`-c ${context}\` | ${why} | ${coveredBy} |`),
  ];
  expect(rows.filter((row) => !/^\| (AWS|setting) \|/.test(row)).sort()).toEqual(expected.sort());
});

it.each([...MINISTACK, ...LEFT_OUT_ON_MINISTACK].flatMap(({ coveredBy }) => coveredBy.split(', ')))(
  'names a test that exists: %s',
  (path) => expect(existsSync(join(repository, path))).toBe(true),
);
