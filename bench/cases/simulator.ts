// Scenarios a second of the simulator, faults and invariants on: over the default draw, and the built-in pipeline alone.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulate } from '../../simulator/simulate.ts';
import { openStage } from '../../simulator/stage/open-stage.ts';
import type { BenchCase, CaseResult, Options } from '../case.ts';
import { rate, repeat, timed } from '../measure.ts';

async function run(options: Options): Promise<CaseResult> {
  const home = mkdtempSync(join(tmpdir(), 'ideamine-bench-'));
  const stage = await openStage(home);
  try {
    let tasks = 0;
    const scenarios = (seeds: number, only?: 'built-in') => async () => {
      const trial = await timed(seeds, async () => {
        const summary = await simulate(stage, { from: 1, seeds, ...(only === undefined ? {} : { only }) });
        tasks = summary.tasks / summary.seeds;
      });
      return trial;
    };
    const runs = options.quick ? 1 : 3;
    const drawn = await repeat(runs, options.quick ? 0 : 1, scenarios(options.quick ? 10 : 40));
    const note = `${tasks.toFixed(0)} tasks each on average`;
    const builtIn = await repeat(runs, 0, scenarios(options.quick ? 2 : 8, 'built-in'));
    return {
      figures: [
        rate('scenarios of the default draw', 'scenarios/s', drawn, note),
        rate('scenarios of the built-in pipeline', 'scenarios/s', builtIn, `${tasks.toFixed(0)} tasks each on average`),
      ],
    };
  } finally {
    stage.close();
    rmSync(home, { recursive: true, force: true });
  }
}

export const simulatorCase: BenchCase = { name: 'simulator', title: 'The simulator', run };
