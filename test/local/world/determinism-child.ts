// Runs the workload in virtual time and prints one hash over its whole log.

import { createHash } from 'node:crypto';
import { openWorld } from '../../../local/world.ts';
import { begin, countOf } from './workload.ts';

const [folder = '', seed = '1'] = process.argv.slice(2);
const hash = createHash('sha256');
const world = await openWorld({
  clock: { kind: 'virtual', start: Date.UTC(2026, 0, 1) },
  seed: Number(seed),
  onLog: ({ trace: _, stack: __, ...entry }) => hash.update(`${JSON.stringify(entry)}\n`),
});
await begin(world, folder, 200);
await world.run(() => false, { deadline: Date.UTC(2026, 0, 2) });
const items = await world.call('DynamoDB', 'Scan', { TableName: 'done' });
hash.update(JSON.stringify(items.Items));
console.log(`${await countOf(world, 'counted')} ${hash.digest('hex')}`);
await world.close();
