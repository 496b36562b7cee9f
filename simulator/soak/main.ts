// `npm run soak -- [--hours 48] [--json]`: days in virtual time. `npm run soak -- --minutes 20`: real time, real processes, killed.
// Exit code 1 when something was lost or done twice.

import { parseArgs } from 'node:util';
import { openStage } from '../stage/open-stage.ts';
import { soakReally } from './real.ts';
import { soakVirtually } from './virtual.ts';

const { values } = parseArgs({
  options: { hours: { type: 'string' }, minutes: { type: 'string' }, json: { type: 'boolean', default: false } },
});
for (const [option, given] of [
  ['--hours', values.hours],
  ['--minutes', values.minutes],
] as const) {
  if (given === undefined || /^[1-9]\d{0,4}$/.test(given)) continue;
  process.stderr.write(`soak: ${option}: found '${given}', expected a whole number from 1\n`);
  process.exit(2);
}
const say = (line: string) => void process.stderr.write(`${line}\n`);

if (values.minutes !== undefined) {
  const { runs, kills, problems } = await soakReally(Number(values.minutes), say);
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ runs, kills, problems })}\n`
      : `${runs} runs, killed ${kills} times; ${problems.length === 0 ? 'nothing was lost' : problems.join('; ')}\n`,
  );
  if (problems.length > 0) process.exitCode = 1;
} else {
  const stage = await openStage();
  const soaked = await soakVirtually(stage, Number(values.hours ?? 48), say);
  stage.close();
  const { runs, ended, stalled, acts, heapMb, violations } = soaked;
  const [first, last] = [heapMb[Math.floor(heapMb.length / 4)], heapMb.at(-1)];
  process.stdout.write(
    values.json
      ? `${JSON.stringify(soaked)}\n`
      : `${runs} runs (${Object.entries(ended)
          .map(([status, n]) => `${status} ${n}`)
          .join(', ')}), ${stalled} tasks stalled, ${acts} outside acts; ` +
          `heap ${first?.mb} MB at hour ${first?.hour}, ${last?.mb} MB at hour ${last?.hour}; ${violations.length} violations\n` +
          violations.map(({ invariant, what }) => `  ${invariant}: ${what}\n`).join(''),
  );
  if (violations.length > 0) process.exitCode = 1;
}
