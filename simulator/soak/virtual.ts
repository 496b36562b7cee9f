// Days of a stage in virtual time: a run every quarter of an hour, one task in ten stalls, the store on a disk. What must hold is looked at
// over every change; a run that has ended is looked at as a whole and then forgotten, so that the memory shows what the stage itself keeps.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawScenario } from '../draw/scenario.ts';
import { invariants } from '../invariants/catalogue.ts';
import { openSimulation, START } from '../simulation.ts';
import type { SimulatedStage } from '../stage/open-stage.ts';
import type { Violation } from '../watch.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const EVERY_MINUTES = 15;
const SEED = 20_261_122;
/** Late messages have come back by then, and nothing of an ended run changes any more. */
const SETTLED_MS = 9 * HOUR;
/** A run that is older has failed to end. */
const OVERDUE_MS = 24 * HOUR;

export interface Soaked {
  readonly runs: number;
  readonly ended: Readonly<Record<string, number>>;
  readonly stalled: number;
  readonly acts: number;
  /** Heap in use after collection, MB, by virtual hour. */
  readonly heapMb: readonly { readonly hour: number; readonly mb: number }[];
  readonly violations: readonly Violation[];
}

export async function soakVirtually(
  stage: SimulatedStage,
  hours: number,
  onHour: (line: string) => void = () => {},
): Promise<Soaked> {
  const dir = mkdtempSync(join(tmpdir(), 'ideamine-soak-'));
  const drawn = drawScenario(SEED, { builtIn: stage.builtIn, only: 'generated' });
  const behaviour = { ...drawn.behaviour, failing: 0.05, stalling: 0.1, acting: 0.3, wrong: 0 };
  const scenario = { ...drawn, behaviour, gates: 'advise' as const, faults: [] };
  const simulation = await openSimulation(stage, scenario, { invariants, file: join(dir, 'store.sqlite') });
  const { world, watch, start } = simulation;
  const { clock } = world.fabric;
  const heapMb: { hour: number; mb: number }[] = [];
  const ended: Record<string, number> = {};
  const open = new Map<string, string>();
  let [runs, stalled, acts] = [0, 0, 0];
  const settle = (runId: string, executionArn: string): void => {
    const status = watch.executions.get(executionArn) ?? 'RUNNING';
    ended[status] = (ended[status] ?? 0) + 1;
    if (status === 'RUNNING')
      watch.violations.push({ invariant: 'every-run-ends', what: `${runId} is still on`, at: clock.now() });
    for (const [key, times] of watch.acts) {
      if (!key.startsWith(`${runId}/`)) continue;
      acts += 1;
      if (times > 1)
        watch.violations.push({ invariant: 'effects-happen-once', what: `${key}: ${times} times`, at: clock.now() });
    }
    const late = watch.of('TASK').filter((row) => row.runId === runId);
    stalled += late.filter(({ failures }) => JSON.stringify(failures).includes('Stalled')).length;
    watch.forget(runId);
    open.delete(runId);
  };
  try {
    for (let tick = 0; tick * EVERY_MINUTES < hours * 60; tick += 1) {
      const runId = `soak-${tick}`;
      const input = { idea: scenario.idea, gates: scenario.gates, pipeline: scenario.pinned.pipeline.name };
      open.set(runId, await start(runId, input));
      runs += 1;
      await world.run(() => false, { deadline: START + (tick + 1) * EVERY_MINUTES * MINUTE });
      for (const [id, arn] of [...open]) {
        const age = (tick - Number(id.slice(5))) * EVERY_MINUTES * MINUTE;
        const on = (watch.executions.get(arn) ?? 'RUNNING') === 'RUNNING';
        if (age >= (on ? OVERDUE_MS : SETTLED_MS)) settle(id, arn);
      }
      if ((tick + 1) % (60 / EVERY_MINUTES) !== 0) continue;
      const hour = ((tick + 1) * EVERY_MINUTES) / 60;
      globalThis.gc?.();
      heapMb.push({ hour, mb: Math.round(process.memoryUsage().heapUsed / 2 ** 20) });
      onHour(
        `hour ${hour}: ${runs} runs, heap ${heapMb.at(-1)?.mb} MB, ${watch.violations.length} violations${watch.violations.length === 0 ? '' : `, the last: ${watch.violations.at(-1)?.invariant} ${watch.violations.at(-1)?.what}`}`,
      );
    }
    await world.run(() => false, { deadline: clock.now() + OVERDUE_MS });
    for (const [id, arn] of [...open]) settle(id, arn);
    return { runs, ended, stalled, acts, heapMb, violations: watch.violations };
  } finally {
    await world.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
