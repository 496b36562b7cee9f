// One rehearsal of the built-in pipeline as `ideamine rehearse` makes it: the synthesized app, the deployed handlers,
// virtual time.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemblyFor } from '../cli/assembly.ts';
import { follow } from '../cli/follow.ts';
import { installation, makeHome } from '../cli/home.ts';
import { openLocalStage } from '../cli/local-stage.ts';
import { prepareRun, pushRun } from '../cli/new-run.ts';
import { BUILT_IN_PIPELINE } from '../cli/pipeline-file.ts';
import { startExecution } from '../cli/stage.ts';
import { pinPipeline } from '../core/pipeline/pin.ts';
import { stretch } from '../core/pipeline/rehearsal.ts';
import type { Durability } from './engine.ts';
import { type Trial, timed } from './measure.ts';

const START = Date.UTC(2026, 0, 1);
const LOOK_EVERY_MS = 3_600_000;
const SEED = 1;

export interface Rehearsal {
  readonly tasks: number;
  readonly virtualHours: number;
}

export interface Rehearsals {
  /** `count` of the trial: virtual hours. */
  once(durability: Durability): Promise<{ readonly trial: Trial; readonly rehearsal: Rehearsal }>;
  close(): void;
}

/** Synthesizes the app once; each rehearsal opens a new world on it. */
export async function openRehearsals(hours: number): Promise<Rehearsals> {
  const dir = mkdtempSync(join(tmpdir(), 'ideamine-bench-'));
  const idea = join(installation, 'examples', 'ideas', 'tool-library.md');
  const prepared = prepareRun(idea, { pipeline: BUILT_IN_PIPELINE, gates: 'advise', offline: true });
  const pinned = pinPipeline(stretch(prepared.pinned.pipeline, hours, SEED));
  const assembly = await assemblyFor(pinned, BUILT_IN_PIPELINE, makeHome(dir));
  let made = 0;
  return {
    async once(durability) {
      const home = durability === 'durable' ? makeHome(join(dir, `home-${++made}`)) : undefined;
      let rehearsal: Rehearsal = { tasks: 0, virtualHours: 0 };
      const trial = await timed(1, async () => {
        const clock = { kind: 'virtual', start: START } as const;
        const stage = await openLocalStage({ assemblyDir: assembly.dir, clock, seed: SEED, home });
        const executionArn = await startExecution(stage, 'bench', await pushRun(stage, { ...prepared, pinned }));
        const { execution, snapshot } = await follow(stage, {
          runId: 'bench',
          executionArn,
          everyMs: LOOK_EVERY_MS,
          declines: true,
        });
        if (execution.status !== 'SUCCEEDED')
          throw new Error(`the rehearsal ended ${execution.status}: ${execution.cause}`);
        rehearsal = {
          tasks: snapshot?.tasks.length ?? 0,
          virtualHours: (stage.world.fabric.clock.now() - START) / 3_600_000,
        };
        await stage.world.close();
      });
      return { trial: { ...trial, count: rehearsal.virtualHours }, rehearsal };
    },
    close: () => rmSync(dir, { recursive: true, force: true }),
  };
}
