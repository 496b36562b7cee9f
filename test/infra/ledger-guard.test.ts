// What keeps the ledger as it was written: nobody's role may update or delete there, an entry that is there is not put again, and
// what IAM cannot forbid (a put can overwrite) is found by the chain.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type LocalStage, openLocalStage } from '../../cli/local-stage.ts';
import { verifyChain } from '../../core/ledger/verify.ts';
import { pinPipeline } from '../../core/pipeline/pin.ts';
import { bundleHandlers } from '../../infra/bundles.ts';
import { readPipeline } from '../../infra/pipeline.ts';
import { ledgerKey, outboxKey } from '../../store/keys.ts';
import { appendLedger, readLedger } from '../../store/ledger.ts';
import { SCENES_PIPELINE } from './scenes.ts';
import { root, synthesize } from './synthesize.ts';

const bundles = bundleHandlers({
  handlers: join(root, 'lambdas'),
  into: mkdtempSync(join(tmpdir(), 'ideamine-bundles-')),
  pipeline: pinPipeline(readPipeline(SCENES_PIPELINE)),
});
let stage: LocalStage;

beforeAll(async () => {
  const { dir } = synthesize({ pipeline: SCENES_PIPELINE }, bundles);
  stage = await openLocalStage({ assemblyDir: dir, clock: { kind: 'virtual', start: Date.UTC(2026, 0, 1) } });
  for (const id of ['a', 'b', 'c']) {
    const entry = { kind: 'decision', who: 'w', tool: { name: 't', version: '1' }, inputs: [], body: { decided: id } };
    const row = { ...outboxKey('r1', id), runId: 'r1', id, at: '2026-01-01T00:00:00.000Z', entries: [entry] };
    await stage.world.call('DynamoDB', 'PutItem', { TableName: stage.table.name, Item: marshall(row) });
  }
  await stage.world.run(() => false);
});
afterAll(() => stage.world.close());

const roles = () =>
  [...(stage.world.assembly?.resources.values() ?? [])].flatMap(({ type, arn }) =>
    type === 'AWS::IAM::Role' && arn !== undefined ? [arn] : [],
  );
const entryKey = marshall(ledgerKey('r1', 2));

it('no role of the stage may update or delete an entry, and one may put', async () => {
  const writers: string[] = [];
  for (const principal of roles()) {
    const name = stage.ledger.name;
    const change = {
      TableName: name,
      Key: entryKey,
      UpdateExpression: 'SET who = :x',
      ExpressionAttributeValues: marshall({ ':x': 'me' }),
    };
    await expect(stage.world.call('DynamoDB', 'UpdateItem', change, { principal })).rejects.toThrow(/not authorized/);
    const gone = stage.world.call('DynamoDB', 'DeleteItem', { TableName: name, Key: entryKey }, { principal });
    await expect(gone).rejects.toThrow(/not authorized/);
    const Item = marshall({ ...ledgerKey('r2', 1), by: principal });
    const put = stage.world.call('DynamoDB', 'PutItem', { TableName: name, Item }, { principal });
    await put.then(
      () => writers.push(principal),
      (error: Error) => expect(error.message).toMatch(/not authorized/),
    );
  }
  expect(writers).toEqual([expect.stringContaining('Functionsledger')]);
});

it('an entry that is there is not put again', async () => {
  const [first] = await readLedger(stage.ledger, 'r1');
  const again = { outboxId: 'd', entries: [first as NonNullable<typeof first>], events: [], eventsBefore: 0 };
  expect(await appendLedger(stage.ledger, stage.table, 'r1', again)).toBe('moved');
});

it('an entry overwritten behind the system’s back breaks the chain, and is named', async () => {
  const before = await readLedger(stage.ledger, 'r1');
  expect(before).toHaveLength(3);
  expect(verifyChain(before)).toMatchObject({ ok: true });
  const forged = { ...before[1], body: { decided: 'something else' } };
  const ledgerRole = roles().find((arn) => arn.includes('Functionsledger'));
  const Item = marshall({ ...ledgerKey('r1', 2), ...forged });
  // The one role that may put could do it: IAM knows no put that only adds.
  await stage.world.call('DynamoDB', 'PutItem', { TableName: stage.ledger.name, Item }, { principal: ledgerRole });
  const check = verifyChain(await readLedger(stage.ledger, 'r1'));
  expect(check).toMatchObject({ ok: false, fault: 'content', position: 2 });
});
