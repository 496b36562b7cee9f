// The figures the ledger function gives to the alarms: spend and how tasks ended, each item counted once.

import { expect, it } from '@jest/globals';
import { append } from '../../lambdas/ledger/append.ts';
import { tallyOf } from '../../lambdas/ledger/tally.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { openTables, START } from '../store/tables.ts';

const entry = (kind: 'task' | 'cost' | 'decision', body: object) => ({
  kind,
  who: 'w',
  tool: { name: 't', version: '1' },
  inputs: [],
  body: { ...body },
});
const row = (id: string, ...entries: ReturnType<typeof entry>[]): OutboxRow => ({
  runId: 'r1',
  id,
  at: START,
  entries,
});

it('sums costs and counts how tasks ended, and knows no other outcome', () => {
  const committed = row('a', entry('task', { outcome: 'committed' }), entry('cost', { usdMicros: 300 }));
  const more = row('b', entry('task', { outcome: 'committed' }), entry('cost', { usdMicros: 45 }));
  const given = row('c', entry('task', { outcome: 'set-aside' }), entry('task', { outcome: 'retried' }));
  expect(tallyOf([committed, more, given])).toEqual({ spend: 345, tasksCommitted: 2, tasksSetAside: 1 });
});

it('says nothing of what there was none of', () => {
  expect(tallyOf([row('a', entry('decision', { decided: 'opened' }))])).toBeUndefined();
  expect(tallyOf([row('a', entry('cost', { usdMicros: 7 }))])).toEqual({ spend: 7 });
});

it('is made of items that were numbered for the first time', async () => {
  const tables = await openTables();
  const told: string[] = [];
  const deps = { ...tables, publish: async () => {}, onAppended: ({ id }: OutboxRow) => void told.push(id) };
  await append(deps, row('a', entry('cost', { usdMicros: 7 })), undefined);
  await append(deps, row('a', entry('cost', { usdMicros: 7 })), undefined);
  expect(told).toEqual(['a']);
  await tables.world.close();
});
