// Where the time goes in the loops that are measured and in a rehearsal. Calls into SQLite and JSON are native: V8 counts
// them in the function that makes them.

import type { BenchCase, CaseResult, Options } from '../case.ts';
import { choiceLoop, mapOf } from '../definitions.ts';
import { openEngine, runner } from '../engine.ts';
import { type Profile, profile, type Share } from '../profile.ts';
import { openRehearsals } from '../rehearsal.ts';

async function run(options: Options): Promise<CaseResult> {
  const times = options.quick ? 2 : 10;
  const text: string[] = [];
  for (const durability of ['memory', 'durable'] as const) {
    const engine = await openEngine(durability);
    const where = durability === 'memory' ? 'in memory' : 'durable';
    for (const [name, measured] of [
      [`Choice loop, ${where}`, choiceLoop(6_200)],
      [`inline Map of 5,000, ${where}`, mapOf(5_000, 'INLINE')],
      [`distributed Map of 5,000, ${where}`, mapOf(5_000, 'DISTRIBUTED')],
    ] as const) {
      const once = await runner(engine, name.replaceAll(/[^A-Za-z0-9]/g, ''), measured);
      await once();
      const taken = await profile(async () => {
        for (let i = 0; i < times; i++) await once();
      });
      text.push(...section(name, taken));
    }
    await engine.close();
  }
  const rehearsals = await openRehearsals(50);
  text.push(...section('rehearsal of 50 hours, in memory', await profile(() => rehearsals.once('memory'))));
  rehearsals.close();
  return { figures: [], text };
}

function section(name: string, { areas, functions }: Profile): string[] {
  return [
    `### ${name}`,
    '',
    '| area | share |',
    '|---|---:|',
    ...areas.map(row),
    '',
    '| function itself | share |',
    '|---|---:|',
    ...functions.map(row),
    '',
  ];
}

const row = ({ name, share }: Share): string => `| ${name.replaceAll('|', '\\|')} | ${(share * 100).toFixed(1)} % |`;

export const profiles: BenchCase = { name: 'profile', title: 'Where the time goes', run };
