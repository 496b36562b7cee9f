// The phase as an attempt works on it: with the agents that a fix has added, and in a later stage with those of the stage,
// which get their working paper beside what the phase has made.

import { phaseWith } from '../core/gates/directions.ts';
import { judgedCriteria } from '../core/gates/judged-criteria.ts';
import type { Phase } from '../core/pipeline/model.ts';
import { stagePhase } from '../core/scheduling/stages.ts';
import type { AttemptRow } from '../store/attempts.ts';
import type { Bucket } from '../store/objects.ts';
import { getObject } from '../store/payload.ts';
import { knowledgeOf, paperFor } from './aggregate/clarified.ts';
import type { Contents } from './round-results.ts';

export function workingPhase(phase: Phase, attempt: Pick<AttemptRow, 'stage' | 'directions'>): Phase {
  if (attempt.stage) return stagePhase(phase, attempt.stage);
  return phaseWith(phase, attempt.directions?.added ?? []);
}

/** @param own what earlier waves of the round have made. */
export async function paperBeside(
  bucket: Bucket,
  phase: Phase,
  attempt: AttemptRow,
  own: Contents,
  deterministic: boolean,
): Promise<Contents> {
  if (!attempt.stage || attempt.last === null) return own;
  const work = (await getObject(bucket, attempt.runId, attempt.last)) as Contents;
  if (attempt.stage === 'judge') {
    const asked = judgedCriteria(phase.gate).map(({ id, evidence }) => ({ id, rubric: evidence }));
    return { ...work, Judgements: { asked } };
  }
  const paper = {
    ...paperFor(phase, await knowledgeOf(bucket, attempt), attempt.clarified ?? 0, deterministic),
    ...(own.Clarification as object | undefined),
  };
  return { ...work, Clarification: paper as unknown as Contents[string] };
}
