// The rounds of an attempt after its own agents are done: which stage comes next, and the end of a stage's round.

import type { ClarificationPaper } from '../../core/clarification/paper.ts';
import { judgedCriteria } from '../../core/gates/judged-criteria.ts';
import { isDeterministic } from '../../core/pipeline/deterministic.ts';
import type { Phase, Pipeline } from '../../core/pipeline/model.ts';
import { JUDGE_TIER, type Stage } from '../../core/scheduling/stages.ts';
import { artifactItem, type Envelope, getEnvelope, listArtifacts, putEnvelope } from '../../store/artifacts.ts';
import { type AttemptRow, recordRound } from '../../store/attempts.ts';
import { roundPath } from '../../store/keys.ts';
import { getObject, putObject } from '../../store/payload.ts';
import type { RunRow } from '../../store/runs.ts';
import { listTasks, type TaskRow } from '../../store/task-row.ts';
import type { RoundMessage, RoundState } from '../messages.ts';
import { evidenceFor } from '../phase-evidence.ts';
import type { Contents, Made } from '../round-results.ts';
import type { AggregateDeps } from './aggregate-round.ts';
import { budgetEvents } from './alerts.ts';
import { artifactEntry } from './artifact-entry.ts';
import { clarify, knowledgeOf, leavesOpen } from './clarified.ts';
import { schemaProblem } from './schema-problem.ts';

interface Finished {
  readonly pipeline: Pipeline;
  readonly phase: Phase;
  readonly attempt: AttemptRow;
  readonly contents: Contents;
}

/** What the attempt does once its own agents are done; undefined when it goes to its gate. */
export async function firstStage(deps: AggregateDeps, finished: Finished): Promise<Stage | undefined> {
  const { phase, attempt, contents } = finished;
  const known = await knowledgeOf(deps.bucket, attempt);
  const evidence = await evidenceFor(deps, attempt.runId, phase, contents);
  return leavesOpen(phase, evidence, known, 0) ? 'clarify' : judgeStage(finished);
}

/** A judge is asked only where a criterion needs one and the pipeline has one that is not the author. */
function judgeStage({ pipeline, phase }: Pick<Finished, 'pipeline' | 'phase'>): Stage | undefined {
  const judge = pipeline.models[JUDGE_TIER];
  const authors = new Set(phase.agents.map(({ tier }) => pipeline.models[tier]?.provider));
  if (judge === undefined || judge.provider === 'offline' || authors.has(judge.provider)) return undefined;
  return judgedCriteria(phase.gate).length > 0 ? 'judge' : undefined;
}

interface StageRound {
  readonly run: RunRow;
  readonly pipeline: Pipeline;
  readonly phase: Phase;
  readonly attempt: AttemptRow;
  readonly rows: readonly TaskRow[];
  readonly made: Made;
}

export async function aggregateStage(
  deps: AggregateDeps,
  message: RoundMessage,
  round: StageRound,
): Promise<RoundState['next']> {
  return round.attempt.stage === 'judge' ? endJudging(deps, message, round) : endClarification(deps, message, round);
}

async function endClarification(deps: AggregateDeps, message: RoundMessage, round: StageRound) {
  const { run, phase, attempt, rows } = round;
  const work = await lastOf(deps, attempt);
  const given = await evidenceFor(deps, message.runId, phase, {});
  const evidenceWith = (contents: Contents) => ({ ...given, artifacts: { ...given.artifacts, ...contents } });
  const before = await knowledgeOf(deps.bucket, attempt);
  const done = clarify(
    phase,
    attempt,
    (round.made.contents.Clarification ?? {}) as Partial<ClarificationPaper>,
    before,
    work,
    evidenceWith,
    isDeterministic(round.pipeline),
  );
  const changed = await changedArtifacts(deps, message, phase, done.contents, done.changed);
  const stage = run.status !== 'RUNNING' ? undefined : done.goesOn ? 'clarify' : judgeStage(round);
  const at = deps.now();
  await recordRound(
    deps.table,
    attempt,
    {
      round: message.round,
      last: await putObject(deps.bucket, message.runId, done.contents),
      refused: attempt.refused ?? [],
      stage,
      clarified: (attempt.clarified ?? 0) + 1,
      knowledge: await putObject(deps.bucket, message.runId, done.knowledge as unknown as Contents),
      judgements: attempt.judgements,
    },
    changed.map(({ type, ref }) => artifactItem(deps.table, { ...message, type, ...ref, at })),
    {
      id: `round.${roundPath(message)}`,
      at,
      entries: [
        ...done.entries,
        ...changed.map((kept) => artifactEntry(message, kept, rows, { [kept.type]: kept.envelope.madeBy.agents })),
      ],
      events: [...budgetEvents(run, phase.id, await listTasks(deps.table, message.runId), rows), ...done.events],
    },
  );
  return stage === undefined ? 'gate' : 'round';
}

async function endJudging(deps: AggregateDeps, message: RoundMessage, { run, phase, attempt, rows, made }: StageRound) {
  const by = rows.find(({ model }) => model !== undefined)?.model;
  const opinions = (made.contents.Judgements ?? {}) as { readonly [criterion: string]: object };
  const signed = Object.fromEntries(
    Object.entries(opinions).map(([id, opinion]) => [id, { ...opinion, judge: `${by?.provider}/${by?.model}` }]),
  );
  const judgements = await putObject(deps.bucket, message.runId, signed);
  await recordRound(
    deps.table,
    attempt,
    {
      round: message.round,
      last: attempt.last ?? judgements,
      refused: attempt.refused ?? [],
      clarified: attempt.clarified,
      knowledge: attempt.knowledge,
      judgements,
    },
    [],
    {
      id: `round.${roundPath(message)}`,
      at: deps.now(),
      events: budgetEvents(run, phase.id, await listTasks(deps.table, message.runId), rows),
    },
  );
  return 'gate' as const;
}

const lastOf = async (deps: AggregateDeps, { runId, last }: AttemptRow): Promise<Contents> =>
  last === null ? {} : ((await getObject(deps.bucket, runId, last)) as Contents);

/** New envelopes of what the answers have filled; one that no longer fits its schema is left as it was. */
async function changedArtifacts(
  deps: AggregateDeps,
  { runId }: RoundMessage,
  phase: Phase,
  contents: Contents,
  types: readonly string[],
) {
  const rows = (await listArtifacts(deps.table, runId)).filter(
    ({ type, phase: maker }) => maker === phase.id && types.includes(type),
  );
  const changed = [];
  for (const row of rows) {
    const content = contents[row.type];
    if (content === undefined || schemaProblem(row.type, content) !== undefined) continue;
    const before = await getEnvelope(deps.bucket, runId, row);
    const agents = [...before.madeBy.agents.filter((id) => id !== 'clarify-answer'), 'clarify-answer'];
    const envelope: Envelope = { ...before, madeBy: { ...before.madeBy, agents }, content };
    const { provider, model } = before.madeBy;
    changed.push({
      type: row.type,
      ref: await putEnvelope(deps.bucket, runId, envelope),
      model: provider === null || model === null ? null : { provider, model },
      envelope,
    });
  }
  return changed;
}
