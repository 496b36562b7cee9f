// A redrive of a distributed Map: its map run goes on; children without success begin again, the others keep their results.

import type { MapState } from '../definition/program.ts';
import { docOfText } from '../json.ts';
import type { Engine } from './engine.ts';
import type { Execution, Strand } from './execution.ts';
import type { MapRun } from './map-run.ts';
import { startChildren } from './map-run-children.ts';

/** Takes up the strand's last map run; false when there is none whose items were read. */
export function redriveMapRun(engine: Engine, execution: Execution, strand: Strand, state: MapState): boolean {
  const { store } = engine;
  const row = store
    .all('SELECT body FROM sfn_map_run WHERE execution = ?', execution.facts.arn)
    .map((each) => JSON.parse(each.body as string) as MapRun)
    .filter((each) => each.strandId === strand.id && each.status !== 'SUCCEEDED')
    .sort((a, b) => b.startedAt - a.startedAt)[0];
  if (!row || !strand.items || row.items === 0) return false;
  const run: MapRun = { ...row, writing: false, owner: execution, strand, inputs: strand.items, results: [] };
  run.status = 'RUNNING';
  run.stoppedAt = undefined;
  run.redriveCount++;
  run.redo = [];
  for (const child of store.all(
    'SELECT map_index, status, output FROM sfn_execution WHERE map_run = ? ORDER BY map_index',
    run.arn,
  )) {
    const index = child.map_index as number;
    if (child.status === 'SUCCEEDED') run.results[index] = docOfText(child.output as string);
    else run.redo.push(index);
  }
  for (const counts of [run.executions, run.itemCounts]) {
    counts.pending += counts.failed + counts.timedOut + counts.aborted + counts.running;
    counts.failed = 0;
    counts.timedOut = 0;
    counts.aborted = 0;
    counts.running = 0;
  }
  strand.fan = { length: 0, started: 0, done: 0, running: 0, maxConcurrency: run.maxConcurrency, mapRun: run.arn };
  strand.phase = 'children';
  engine.mapRuns.set(run.arn, run);
  engine.touchRun(execution, run);
  strand.last = engine.emit(execution, strand.last, 'MapRunRedriven', undefined, undefined, {
    mapRunArn: run.arn,
    redriveCount: run.redriveCount,
  });
  engine.touch(execution, strand);
  startChildren(engine, run, state);
  return true;
}
