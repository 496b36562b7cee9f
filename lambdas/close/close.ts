// Closes a run, once for each execution of it, however that ended: the dossier is made of what there is, the run's row
// says how it ended and why, timers are cancelled. Called again, it answers what is on record and finishes what is left.

import { buildDossier } from '../../core/dossier/build.ts';
import { dossierJson } from '../../core/dossier/bytes.ts';
import { renderHtml } from '../../core/dossier/html/page.ts';
import { signedBytes, signedDossier } from '../../core/dossier/signature.ts';
import { sha256 } from '../../core/json.ts';
import type { Sign } from '../../core/ledger/signature.ts';
import { objects } from '../../store/keys.ts';
import { putText } from '../../store/objects.ts';
import { listPhases } from '../../store/phases.ts';
import { endRun, getRun, markInactive, type RunRow } from '../../store/runs.ts';
import { cancelTimer, listTimers } from '../../store/timers.ts';
import type { Schedules } from '../clients/scheduler.ts';
import { decision } from '../entries.ts';
import type { CloseState } from '../messages.ts';
import { loadPinned, type Pipelines } from '../pinned.ts';
import type { Log } from '../serve.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { type SettledDeps, untilNumbered } from './settled.ts';
import { dossierSource, type SourceDeps } from './source.ts';

export interface CloseDeps extends Omit<SourceDeps, 'signs'>, SettledDeps {
  /** Null: the stage has no signing key, and dossiers say so. */
  readonly sign: Sign | null;
  readonly pipelines: Pipelines;
  readonly schedules: Pick<Schedules, 'remove'>;
  readonly now: () => string;
}

export interface Ending {
  readonly runId: string;
  readonly executionArn: string;
  /** Why the execution was ended from outside; undefined when it came to its end. */
  readonly stoppedBy?: string;
}

/** @returns undefined when there is no such run, or another execution carries it now. */
export async function close(deps: CloseDeps, ending: Ending, log: Log): Promise<CloseState | undefined> {
  const run = await getRun(deps.table, ending.runId);
  if (run === undefined || run.executionArn !== ending.executionArn) {
    log.info('nothing to close: the run never opened, or another execution carries it');
    return undefined;
  }
  const ended = run.status === 'RUNNING' ? await endNow(deps, ending, log) : run;
  await tidy(deps, ended);
  return stateOf(ended);
}

async function endNow(deps: CloseDeps, ending: Ending, log: Log): Promise<RunRow> {
  const pinned = await loadPinned(deps.table, deps.pipelines, ending.runId);
  const rows = await listPhases(deps.table, ending.runId);
  const outcome = outcomeOf(pinned.pipeline, rows, ending.stoppedBy);
  if (!(await untilNumbered(deps, rows))) log.warn('the ledger lags: the dossier has what was numbered so far');
  const at = deps.now();
  const dossier = await putDossier(
    deps,
    await dossierSource({ ...deps, signs: deps.sign !== null }, pinned, rows, outcome, at),
  );
  await endRun(
    deps.table,
    ending.runId,
    { ...outcome, executionArn: ending.executionArn, at, dossier },
    {
      id: `run.closed.${pinned.run.openings}`,
      at,
      entries: [decision('close', closedBody(pinned.run, outcome, dossier.sha256), [dossier.sha256])],
      events: [{ type: outcome.status === 'SUCCEEDED' ? 'run.completed' : 'run.failed', detail: { ...outcome } }],
    },
  );
  return (await getRun(deps.table, ending.runId)) ?? pinned.run;
}

async function putDossier(
  deps: CloseDeps,
  source: Awaited<ReturnType<typeof dossierSource>>,
): Promise<NonNullable<RunRow['dossier']>> {
  const unsigned = buildDossier(source);
  const dossier = deps.sign === null ? unsigned : signedDossier(unsigned, await deps.sign(signedBytes(unsigned)));
  const text = dossierJson(dossier);
  const json = objects.dossier(source.run.runId, 'dossier.json');
  const html = objects.dossier(source.run.runId, 'dossier.html');
  await putText(deps.bucket, json, text, 'application/json');
  await putText(deps.bucket, html, renderHtml(dossier), 'text/html; charset=utf-8');
  return { json, html, sha256: sha256(text) };
}

const closedBody = (run: RunRow, outcome: Outcome, dossier: string) => ({
  decided: 'closed',
  opening: run.openings,
  status: outcome.status,
  because: outcome.cause,
  dossier,
});

/** Harmless when it was done before. */
async function tidy(deps: CloseDeps, run: RunRow): Promise<void> {
  for (const timer of await listTimers(deps.table, run.runId)) {
    if (timer.status !== 'armed') continue;
    await deps.schedules.remove(timer.schedule);
    await cancelTimer(deps.table, timer);
  }
  await markInactive(deps.table, run.runId);
}

const stateOf = (run: RunRow): CloseState => ({
  runId: run.runId,
  status: run.status === 'SUCCEEDED' ? 'SUCCEEDED' : 'FAILED',
  cause: run.cause ?? '',
  dossier: { json: run.dossier?.json ?? '', html: run.dossier?.html ?? '' },
});
