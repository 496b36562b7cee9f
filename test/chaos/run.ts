// `npm run chaos -- [--kills N] [--seed N]`: SIGKILL at N random moments (1,000 unless told) over the mixed world. One world is one
// test; the last line is `N passed, M failed`.

import { parseArgs } from 'node:util';
import { killMany } from './kill-many.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});
const wanted = Number(values.kills);
const seed = Number(values.seed);
if (!Number.isInteger(wanted) || wanted < 1 || !Number.isInteger(seed)) {
  process.stderr.write(
    `chaos: --kills expects a whole number from 1, --seed a whole number; found '${values.kills}', '${values.seed}'\n`,
  );
  process.exit(2);
}
const began = Date.now();
let [kills, atWork, passed, failed] = [0, 0, 0, 0];
for await (const world of killMany(wanted, seed)) {
  kills += world.kills;
  atWork += world.atWork;
  if (world.problems.length === 0) passed += 1;
  else failed += 1;
  const seconds = Math.round((Date.now() - began) / 1000);
  process.stdout.write(`${kills} of ${wanted} kills, ${atWork} at work, ${passed + failed} worlds, ${seconds} s\n`);
  for (const problem of world.problems) process.stdout.write(`  world ${passed + failed}: ${problem}\n`);
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
