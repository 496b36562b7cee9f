// RedriveExecution, and the map runs of an execution.

import { AwsError, type Operation } from '../../service.ts';
import type { MapState } from '../definition/program.ts';
import type { MapRun } from '../engine/map-run.ts';
import { startChildren } from '../engine/map-run-children.ts';
import { redrive } from '../engine/redrive.ts';
import { executionMissing, requireArn, resourceMissing, validation } from './errors.ts';
import { findExecution } from './executions.ts';
import type { Host } from './host.ts';
import { page } from './pages.ts';
import { whyNotRedrivable } from './redrivable.ts';

type StoredRun = Omit<MapRun, 'owner' | 'strand' | 'inputs' | 'results'>;

export function redriveOperations(host: Host): Record<string, Operation> {
  const { engine } = host;

  const runOf = (arn: unknown): StoredRun => {
    const text = requireArn(arn, 'mapRun');
    const open = engine.mapRuns.get(text);
    if (open) return open;
    const row = engine.store.get('SELECT body FROM sfn_map_run WHERE arn = ?', text);
    if (!row) throw resourceMissing(text);
    return JSON.parse(row.body as string) as StoredRun;
  };

  return {
    RedriveExecution: (input) => {
      const arn = requireArn(input.executionArn);
      const record = findExecution(host, arn);
      if (!record || record.facts.type === 'EXPRESS') throw executionMissing(arn);
      const reason = whyNotRedrivable(record, engine.now());
      if (reason !== undefined) throw new AwsError('ExecutionNotRedrivable', reason);
      if (record.facts.map) {
        throw new AwsError(
          'ExecutionNotRedrivable',
          'Execution is a child of a Map Run and cannot be redriven by itself',
        );
      }
      for (const execution of engine.changedExecutions()) engine.store.write(execution);
      const execution = redrive(engine, arn);
      return { redriveDate: new Date(execution.redrivenAt as number) };
    },

    DescribeMapRun: (input) => describe(runOf(input.mapRunArn)),

    ListMapRuns: (input) => {
      const arn = requireArn(input.executionArn);
      const record = findExecution(host, arn);
      if (!record) throw executionMissing(arn);
      const stored = engine.store
        .all('SELECT arn, body FROM sfn_map_run WHERE execution = ?', arn)
        .map((row) => JSON.parse(row.body as string) as StoredRun);
      const open = [...engine.mapRuns.values()].filter((run) => run.executionArn === arn);
      const known = new Set(open.map((run) => run.arn));
      const all = [...open, ...stored.filter((run) => !known.has(run.arn))].sort((a, b) => b.startedAt - a.startedAt);
      const { items, nextToken } = page(all, input, 1024);
      return {
        mapRuns: items.map((run) => ({
          executionArn: arn,
          mapRunArn: run.arn,
          stateMachineArn: record.facts.machineArn,
          startDate: new Date(run.startedAt),
          ...(run.stoppedAt === undefined ? {} : { stopDate: new Date(run.stoppedAt) }),
        })),
        ...(nextToken === undefined ? {} : { nextToken }),
      };
    },

    UpdateMapRun: (input) => {
      const arn = requireArn(input.mapRunArn, 'mapRun');
      const run = engine.mapRuns.get(arn);
      if (!run) {
        runOf(arn);
        throw validation('Map Run is not running and cannot be updated');
      }
      const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = input;
      if (maxConcurrency !== undefined) run.maxConcurrency = maxConcurrency > 0 ? maxConcurrency : 10_000;
      run.toleratedCount = toleratedFailureCount ?? run.toleratedCount;
      run.toleratedPercentage = toleratedFailurePercentage ?? run.toleratedPercentage;
      engine.touchRun(run.owner, run);
      engine.guarded(run.owner, () => startChildren(engine, run, run.strand.state as MapState));
      return {};
    },
  };
}

function describe(run: StoredRun): Record<string, unknown> {
  const counts = (of: StoredRun['executions'], total: number) => ({
    ...of,
    total,
    resultsWritten: run.status === 'SUCCEEDED' && run.resultsWritten ? total : 0,
    failuresNotRedrivable: 0,
    pendingRedrive: 0,
  });
  const { pending, running, succeeded, failed, timedOut, aborted } = run.executions;
  return {
    mapRunArn: run.arn,
    executionArn: run.executionArn,
    status: run.status,
    startDate: new Date(run.startedAt),
    ...(run.stoppedAt === undefined ? {} : { stopDate: new Date(run.stoppedAt) }),
    maxConcurrency: run.maxConcurrency === 10_000 ? 0 : run.maxConcurrency,
    toleratedFailurePercentage: run.toleratedPercentage,
    toleratedFailureCount: run.toleratedCount,
    itemCounts: counts(run.itemCounts, run.items),
    executionCounts: counts(run.executions, pending + running + succeeded + failed + timedOut + aborted),
    redriveCount: run.redriveCount,
  };
}
