// Every function of store/ that reaches a table or a bucket is among the cases that run on local/, dynalite and an endpoint.

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..', '..');
const text = (pattern: string) =>
  globSync(pattern, { cwd: ROOT })
    .sort()
    .map((file) => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n');

it('has a case', () => {
  const declared =
    /^export (?:async )?(?:function|const) (\w+)(?:<\w+>)?(?: = (?:async )?)?\(\s*(?:table|ledger|bucket|sealed|data): (?:Table|Bucket)/gm;
  const calls = [...text('store/*.ts').matchAll(declared)].map(([, name]) => name as string);
  expect(calls.length).toBeGreaterThan(50);
  const cases = text('test/store/*.test.ts');
  // What other calls are made of is covered by them; so are parts of their transactions.
  const inner = new Set([
    'getRow',
    'queryRows',
    'queryIndex',
    'collect',
    'update',
    'changed',
    'attemptItem',
    'outboxItem',
    'leaseCheck',
  ]);
  expect(calls.filter((name) => !inner.has(name) && !new RegExp(`\\b${name}\\b`).test(cases))).toEqual([]);
});
