// A dead letter: its execution is told by name, and the ledger says so once.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deadLetter } from '../../lambdas/dlq/dead-letter.ts';
import { outboxKey } from '../../store/keys.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { getRow } from '../../store/table.ts';
import { at, openTables, type Tables } from '../store/tables.ts';
import { quietLog, recordTokens } from './recorders.ts';

let tables: Tables;
beforeEach(async () => {
  tables = await openTables();
});
afterEach(() => tables.world.close());

const body = {
  contract: 1,
  token: 't',
  runId: 'r1',
  phase: 'intake',
  attempt: 1,
  round: 1,
  wave: 1,
  task: 'a',
  try: 2,
};
const letter = (text: string, tokens = recordTokens()) =>
  deadLetter({ table: tables.table, tokens, now: () => at(1) }, text, 'm-1', quietLog).then(() => tokens.said);
const outbox = () => getRow<OutboxRow>(tables.table, outboxKey('r1', 'dead-letter.m-1'));

describe('deadLetter', () => {
  it('tells the execution, and puts it on the ledger without the token [safety: silent-dlq]', async () => {
    expect(await letter(JSON.stringify(body))).toEqual(['fail t IdeaMine.Undeliverable']);
    expect(await outbox()).toMatchObject({ entries: [{ kind: 'task', body: { outcome: 'undeliverable', try: 2 } }] });
    expect(JSON.stringify(await outbox())).not.toContain('"t"');
  });

  it('is harmless twice, and when nobody waits any more', async () => {
    await letter(JSON.stringify(body));
    expect(await letter(JSON.stringify(body), recordTokens('gone'))).toEqual(['fail t IdeaMine.Undeliverable']);
  });

  it('tells the execution of a message of another contract version', async () => {
    expect(await letter(JSON.stringify({ contract: 99, token: 'new', shape: 'unknown' }))).toEqual([
      'fail new IdeaMine.Undeliverable',
    ]);
  });

  it('has nobody to tell when there is no token', async () => {
    expect(await letter('{"contract":1}')).toEqual([]);
    expect(await letter('not json')).toEqual([]);
    expect(await letter('[]')).toEqual([]);
  });
});
