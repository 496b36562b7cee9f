// Virtual hours a second: the built-in pipeline over 50 hours.

import type { BenchCase, CaseResult, Options } from '../case.ts';
import type { Durability } from '../engine.ts';
import { cost, rate, repeat } from '../measure.ts';
import { openRehearsals, type Rehearsal } from '../rehearsal.ts';

async function run(options: Options): Promise<CaseResult> {
  const rehearsals = await openRehearsals(50);
  try {
    let last: Rehearsal = { tasks: 0, virtualHours: 0 };
    const subject = (durability: Durability) => async () => {
      const { trial, rehearsal } = await rehearsals.once(durability);
      last = rehearsal;
      return trial;
    };
    const runs = options.quick ? 1 : 3;
    const trials = {
      memory: await repeat(runs, options.quick ? 0 : 1, subject('memory')),
      // Warm by then; each waits for tens of thousands of commits.
      durable: await repeat(Math.min(runs, 2), 0, subject('durable')),
    };
    const whole = (kind: Durability) => trials[kind].map((trial) => ({ ...trial, count: 1 }));
    const note = `${last.tasks} tasks, ${last.virtualHours.toFixed(1)} virtual hours, ledger and dossier included`;
    return {
      figures: [
        rate('rehearsal of the built-in pipeline, in memory', 'virtual hours/s', trials.memory, note),
        cost('a whole rehearsal, in memory', 's', 1, whole('memory')),
        rate('rehearsal of the built-in pipeline, durable', 'virtual hours/s', trials.durable),
        cost('a whole rehearsal, durable', 's', 1, whole('durable')),
      ],
    };
  } finally {
    rehearsals.close();
  }
}

export const rehearsalCase: BenchCase = { name: 'rehearsal', title: 'Rehearsals', run };
