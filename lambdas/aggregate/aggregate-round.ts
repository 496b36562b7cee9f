// Puts a round's results together. The last round of an attempt hands its artifacts on: each is checked against its
// schema, written by its hash, indexed by its type and put on the ledger, in one transaction with the round's count.

import { IdeaMineError } from '../../core/errors.ts';
import type { Phase } from '../../core/pipeline/model.ts';
import { anotherRound } from '../../core/scheduling/waves.ts';
import { artifactItem, type Envelope, putEnvelope } from '../../store/artifacts.ts';
import { getAttempt, recordRound } from '../../store/attempts.ts';
import { roundPath } from '../../store/keys.ts';
import type { Bucket } from '../../store/objects.ts';
import { putObject } from '../../store/payload.ts';
import type { Table } from '../../store/table.ts';
import { listRoundTasks, listTasks, type TaskRow } from '../../store/task-row.ts';
import type { RoundMessage, RoundState } from '../messages.ts';
import { loadPinned, type Pipelines, phaseOf } from '../pinned.ts';
import { type Made, madeBy } from '../round-results.ts';
import { workingPhase } from '../working-phase.ts';
import { budgetEvents } from './alerts.ts';
import { artifactEntry, type KeptArtifact } from './artifact-entry.ts';
import { withKnown } from './clarified.ts';
import { draftedBy } from './drafted-by.ts';
import { lateMs, timeoutTold } from './overdue.ts';
import { schemaProblem } from './schema-problem.ts';
import { aggregateStage, firstStage } from './stage.ts';
import { stricter } from './stricter.ts';

export interface AggregateDeps {
  readonly table: Table;
  readonly bucket: Bucket;
  readonly pipelines: Pipelines;
  readonly now: () => string;
}

export async function aggregateRound(deps: AggregateDeps, message: RoundMessage): Promise<RoundState> {
  const { run, pipeline } = await loadPinned(deps.table, deps.pipelines, message.runId);
  const attempt = await getAttempt(deps.table, message.runId, message.phase, message.attempt);
  if (attempt === undefined) {
    throw new IdeaMineError('IdeaMine.NoSuchAttempt', `${message.phase} has no attempt ${message.attempt}`);
  }
  const declared = phaseOf(pipeline, message.phase);
  const phase = workingPhase(declared, attempt);
  const rows = await listRoundTasks(deps.table, message);
  const made = await madeBy(deps.bucket, phase, rows);
  if (attempt.stage) {
    const next = await aggregateStage(deps, message, { run, pipeline, phase: declared, attempt, rows, made });
    return { ...message, round: message.round + 1, next };
  }
  const at = deps.now();
  const late = lateMs(phase, attempt, at);
  const goesOn =
    run.status === 'RUNNING' && late === undefined && anotherRound(phase.mode, message.round, saidDone(rows));
  const timeout = timeoutTold(attempt, phase.budget.wallMinutes, message.round, late);
  const checked = goesOn
    ? { contents: made.contents, entries: [] }
    : await stricter(deps, message.runId, declared, attempt, await withKnown(deps.bucket, attempt, made.contents));
  const last = await putObject(deps.bucket, message.runId, checked.contents);
  const { kept, refused } = goesOn
    ? { kept: [], refused: [] }
    : await keep(deps, message, phase, { ...made, contents: checked.contents }, rows);
  const stage =
    goesOn || run.status !== 'RUNNING'
      ? undefined
      : await firstStage(deps, { pipeline, phase: declared, attempt, contents: checked.contents });
  await recordRound(
    deps.table,
    attempt,
    { round: message.round, last, refused, stage, knowledge: attempt.knowledge, judgements: attempt.judgements },
    kept.map(({ type, ref }) => artifactItem(deps.table, { ...message, type, ...ref, at })),
    {
      id: `round.${roundPath(message)}`,
      at,
      entries: [
        ...timeout.entries,
        ...checked.entries,
        ...kept.map((kept) => artifactEntry(message, kept, rows, made.agents)),
      ],
      events: [
        ...timeout.events,
        ...budgetEvents(run, phase.id, await listTasks(deps.table, message.runId), rows),
        ...(goesOn ? [] : [readyEvent(message, kept, refused, rows)]),
      ],
    },
  );
  return { ...message, round: message.round + 1, next: goesOn || stage !== undefined ? 'round' : 'gate' };
}

/** An agent that does not decide says nothing; those that do must agree, for each has its own part of the list. */
function saidDone(rows: readonly TaskRow[]): boolean {
  const decided = rows.filter((row) => row.status === 'committed' && typeof row.done === 'boolean');
  return decided.length > 0 && decided.every((row) => row.done);
}

async function keep(
  deps: AggregateDeps,
  message: RoundMessage,
  phase: Phase,
  made: Made,
  rows: readonly TaskRow[],
): Promise<{ kept: KeptArtifact[]; refused: string[] }> {
  const drafters = await draftedBy(deps, rows, made.agents);
  const kept: KeptArtifact[] = [];
  const refused: string[] = [];
  for (const type of phase.makes) {
    const content = made.contents[type];
    const problem = content === undefined ? 'no agent made it' : schemaProblem(type, content);
    if (content === undefined || problem !== undefined) {
      refused.push(`${type}: ${problem}`);
      continue;
    }
    const model = drafters.get(type) ?? null;
    const envelope: Envelope = {
      type,
      schemaVersion: 1,
      madeBy: {
        phase: phase.id,
        agents: made.agents[type] ?? [],
        provider: model?.provider ?? null,
        model: model?.model ?? null,
      },
      content,
    };
    kept.push({ type, ref: await putEnvelope(deps.bucket, message.runId, envelope), model });
  }
  return { kept, refused };
}

function readyEvent(
  message: RoundMessage,
  kept: readonly KeptArtifact[],
  refused: readonly string[],
  rows: readonly TaskRow[],
) {
  return {
    type: 'phase.ready' as const,
    phase: message.phase,
    detail: {
      attempt: message.attempt,
      artifacts: kept.map(({ type }) => type),
      missing: [...refused],
      tasks: rows.length,
      setAside: rows.filter((row) => row.status !== 'committed').map((row) => row.task),
    },
  };
}
