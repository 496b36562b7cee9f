// Runs both workloads in one world in virtual time and prints one hash over its whole log, its tables and every execution's history.

import { createHash } from 'node:crypto';
import { openWorld } from '../../../local/world.ts';
import { begin as beginMixed, finish, histories } from '../../chaos/mixed-world.ts';
import { begin, countOf } from './workload.ts';

const [folder = '', mixed = '', seed = '1'] = process.argv.slice(2);
const hash = createHash('sha256');
const world = await openWorld({
  clock: { kind: 'virtual', start: Date.UTC(2026, 0, 1) },
  seed: Number(seed),
  onLog: ({ trace: _, stack: __, ...entry }) => hash.update(`${JSON.stringify(entry)}\n`),
});
await begin(world, folder, 60);
await beginMixed(world, mixed, 3);
await finish(world);
await world.run(() => false, { deadline: Date.UTC(2026, 0, 2) });
const items = await world.call('DynamoDB', 'Scan', { TableName: 'done' });
hash.update(JSON.stringify(items.Items));
const executions = await histories(world);
hash.update(JSON.stringify(executions));
console.log(`${await countOf(world, 'counted')} ${executions.length} ${hash.digest('hex')}`);
await world.close();
