// A process to be killed: runs ten workloads on a file, going on where the last process stopped; prints `done` at the end.

import { DatabaseSync } from 'node:sqlite';
import { begin, drive, openWorkload } from './workload.ts';

const file = process.argv[2] as string;
const seed = Number(process.argv[3]);

const memory = new DatabaseSync(`${file}.clock`);
memory.exec('CREATE TABLE IF NOT EXISTS clock (one INTEGER PRIMARY KEY, now INTEGER)');
const last = memory.prepare('SELECT now FROM clock').get() as { now: number } | undefined;
const world = openWorkload({ file, seed, fine: true, ...(last ? { start: last.now } : {}) });
const keep = memory.prepare('INSERT OR REPLACE INTO clock VALUES (1, ?)');

const runs = Array.from({ length: 10 }, (_, i) => {
  const arn = `arn:aws:states:us-east-1:111111111111:execution:parent:run-${i}`;
  try {
    world.describe(arn);
    return arn;
  } catch {
    return begin(world, `run-${i}`);
  }
});
process.stdout.write('begun\n');
for (const arn of runs) {
  while (!(await drive(world, arn, 10))) keep.run(world.now);
}
process.stdout.write('done\n');
