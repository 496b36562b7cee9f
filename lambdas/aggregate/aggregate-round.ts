// Puts a round's results together. The last round of an attempt hands its artifacts on: each is checked against its
// schema, written by its hash, indexed by its type and put on the ledger, in one transaction with the round's count.

import { artifactSchema, isArtifactType } from '../../core/artifacts/registry.ts';
import { IdeaMineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { LedgerEntryDraft } from '../../core/ledger/entry.ts';
import type { Phase } from '../../core/pipeline/model.ts';
import { anotherRound } from '../../core/scheduling/waves.ts';
import { type ArtifactRef, artifactItem, type Envelope, putEnvelope } from '../../store/artifacts.ts';
import { getAttempt, recordRound } from '../../store/attempts.ts';
import { roundPath } from '../../store/keys.ts';
import type { Bucket } from '../../store/objects.ts';
import { putObject } from '../../store/payload.ts';
import type { Table } from '../../store/table.ts';
import { listRoundTasks, listTasks, type TaskRow } from '../../store/task-row.ts';
import type { RoundMessage, RoundState } from '../messages.ts';
import { loadPinned, type Pipelines, phaseOf } from '../pinned.ts';
import { type Made, madeBy } from '../round-results.ts';
import { TOOL } from '../version.ts';
import { budgetEvents } from './alerts.ts';
import { draftedBy } from './drafted-by.ts';

export interface AggregateDeps {
  readonly table: Table;
  readonly bucket: Bucket;
  readonly pipelines: Pipelines;
  readonly now: () => string;
}

export async function aggregateRound(deps: AggregateDeps, message: RoundMessage): Promise<RoundState> {
  const { run, pipeline } = await loadPinned(deps.table, deps.pipelines, message.runId);
  const phase = phaseOf(pipeline, message.phase);
  const attempt = await getAttempt(deps.table, message.runId, message.phase, message.attempt);
  if (attempt === undefined) {
    throw new IdeaMineError('IdeaMine.NoSuchAttempt', `${message.phase} has no attempt ${message.attempt}`);
  }
  const rows = await listRoundTasks(deps.table, message);
  const made = await madeBy(deps.bucket, phase, rows);
  const goesOn = run.status === 'RUNNING' && anotherRound(phase.mode, message.round, saidDone(rows));
  const at = deps.now();
  const last = await putObject(deps.bucket, message.runId, made.contents);
  const { kept, refused } = goesOn ? { kept: [], refused: [] } : await keep(deps, message, phase, made, rows);
  await recordRound(
    deps.table,
    attempt,
    { round: message.round, last, refused },
    kept.map(({ type, ref }) => artifactItem(deps.table, { ...message, type, ...ref, at })),
    {
      id: `round.${roundPath(message)}`,
      at,
      entries: kept.map((kept) => artifactEntry(message, kept, rows, made)),
      events: [
        ...budgetEvents(run, phase.id, await listTasks(deps.table, message.runId), rows),
        ...(goesOn ? [] : [readyEvent(message, kept, refused, rows)]),
      ],
    },
  );
  return { ...message, round: message.round + 1, next: goesOn ? 'round' : 'gate' };
}

/** An agent that does not decide says nothing; those that do must agree, for each has its own part of the list. */
function saidDone(rows: readonly TaskRow[]): boolean {
  const decided = rows.filter((row) => row.status === 'committed' && typeof row.done === 'boolean');
  return decided.length > 0 && decided.every((row) => row.done);
}

interface Kept {
  readonly type: string;
  readonly ref: ArtifactRef;
  /** Who drafted some of it; null when it was derived. */
  readonly model: NonNullable<TaskRow['model']> | null;
}

async function keep(
  deps: AggregateDeps,
  message: RoundMessage,
  phase: Phase,
  made: Made,
  rows: readonly TaskRow[],
): Promise<{ kept: Kept[]; refused: string[] }> {
  const drafters = await draftedBy(deps, rows, made.agents);
  const kept: Kept[] = [];
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

/** Names the first fields that do not fit. */
function schemaProblem(type: string, content: Json): string | undefined {
  if (!isArtifactType(type)) return undefined;
  const parsed = artifactSchema(type).safeParse(content);
  if (parsed.success) return undefined;
  return parsed.error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'content'}: ${issue.message}`)
    .join('; ');
}

function artifactEntry(
  message: RoundMessage,
  { type, ref, model }: Kept,
  rows: readonly TaskRow[],
  made: Made,
): LedgerEntryDraft {
  const results = rows.flatMap((row) => (row.status === 'committed' && row.result ? [row.result.sha256] : []));
  return {
    kind: 'artifact',
    who: `phase:${message.phase}`,
    tool: TOOL,
    inputs: [...new Set(results)].sort(),
    body: {
      type,
      phase: message.phase,
      attempt: message.attempt,
      sha256: ref.sha256,
      bytes: ref.bytes,
      agents: [...(made.agents[type] ?? [])],
      model,
    },
  };
}

function readyEvent(
  message: RoundMessage,
  kept: readonly Kept[],
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
