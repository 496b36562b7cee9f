// The end of a clarification round: answers that were accepted become bindings and knowledge frames, fill what the phase left
// UNKNOWN, and are told in `kmap.delta`; what nobody could answer becomes an assumption, on the ledger with its owner.

import { applyFrames } from '../../core/clarification/apply.ts';
import { gapsOf } from '../../core/clarification/gaps.ts';
import { type Knowledge, learn, noKnowledge, settle, stillOpen, usable } from '../../core/clarification/knowledge.ts';
import type { ClarificationPaper } from '../../core/clarification/paper.ts';
import { chooseQuestions } from '../../core/clarification/question.ts';
import type { Evidence } from '../../core/gates/criterion.ts';
import type { Json } from '../../core/json.ts';
import type { LedgerEntryDraft } from '../../core/ledger/entry.ts';
import type { EventDraft } from '../../core/ledger/event.ts';
import type { Phase } from '../../core/pipeline/model.ts';
import type { AttemptRow } from '../../store/attempts.ts';
import type { Bucket } from '../../store/objects.ts';
import { getObject } from '../../store/payload.ts';
import { decision } from '../entries.ts';
import type { Contents } from '../round-results.ts';

export async function knowledgeOf(
  bucket: Bucket,
  { runId, knowledge }: Pick<AttemptRow, 'runId' | 'knowledge'>,
): Promise<Knowledge> {
  if (knowledge === undefined || knowledge === null) return noKnowledge;
  return (await getObject(bucket, runId, knowledge)) as unknown as Knowledge;
}

/** What an earlier attempt found out fills what this one leaves open too. */
export async function withKnown(bucket: Bucket, attempt: AttemptRow, contents: Contents): Promise<Contents> {
  const frames = usable(await knowledgeOf(bucket, attempt));
  return applyFrames(contents, frames).contents as Contents;
}

export interface Clarified {
  readonly knowledge: Knowledge;
  /** With what the frames fill. */
  readonly contents: Contents;
  readonly changed: readonly string[];
  /** There is something to ask that was not asked, and a round left. */
  readonly goesOn: boolean;
  readonly events: readonly EventDraft[];
  readonly entries: readonly LedgerEntryDraft[];
}

/** Whether the phase leaves anything open that may still be asked. */
export function leavesOpen(phase: Phase, evidence: Evidence, known: Knowledge, clarified: number): boolean {
  const { questions, rounds } = phase.clarification;
  if (clarified >= rounds) return false;
  return chooseQuestions(gapsOf(evidence), questions, known.questions).length > 0;
}

export function clarify(
  phase: Phase,
  attempt: AttemptRow,
  paper: Partial<ClarificationPaper>,
  before: Knowledge,
  contents: Contents,
  evidenceWith: (contents: Contents) => Evidence,
  deterministic: boolean,
): Clarified {
  const { questions = [], answers = [], validations = [] } = paper;
  const now = settle(phase.id, { questions, answers, validations });
  const knowledge = learn(before, now);
  const applied = applyFrames(contents, usable(knowledge));
  const round = (attempt.clarified ?? 0) + 1;
  const grounded = groundedShare(knowledge);
  const conflicts = knowledge.conflicts.slice(before.conflicts.length);
  return {
    knowledge,
    contents: applied.contents as Contents,
    changed: applied.changed,
    goesOn:
      leavesOpen(phase, evidenceWith(applied.contents as Contents), knowledge, round) ||
      asksAgain(phase, knowledge, round, deterministic),
    events: now.bindings.length === 0 ? [] : [deltaEvent(phase.id, attempt.attempt, now, conflicts)],
    entries: [
      decision('clarification', {
        phase: phase.id,
        attempt: attempt.attempt,
        round,
        decided: 'clarified',
        asked: questions.length,
        bindings: now.bindings as unknown as Json,
        assumptions: now.assumptions as unknown as Json,
        conflicts: conflicts as unknown as Json,
        filled: [...applied.used],
        grounded,
        groundingWanted: phase.clarification.grounding,
      }),
    ],
  };
}

/** Share of the questions asked so far that have an accepted, grounded answer; 1 while none was asked. */
const groundedShare = ({ questions, bindings }: Knowledge): number =>
  questions.length === 0 ? 1 : Math.round((bindings.length / questions.length) * 1e6) / 1e6;

/** Too few answers are grounded for the phase, and its author may answer otherwise. */
function asksAgain({ clarification }: Phase, known: Knowledge, clarified: number, deterministic: boolean): boolean {
  const few = groundedShare(known) < clarification.grounding;
  return few && !deterministic && clarified < clarification.rounds && stillOpen(known).length > 0;
}

function deltaEvent(
  phase: string,
  attempt: number,
  { frames, bindings }: Knowledge,
  conflicts: Knowledge['conflicts'],
) {
  return {
    type: 'kmap.delta' as const,
    phase,
    detail: {
      attempt,
      frames: frames.map(({ id, binding, decision: { artifact, pointer } }) => ({ id, binding, artifact, pointer })),
      bindings: bindings.map(({ id, question, answer }) => ({ id, question, answer })),
      conflicts: conflicts as unknown as Json,
    },
  };
}

/** Where the round's agents start from. */
export function paperFor(
  phase: Phase,
  known: Knowledge,
  clarified: number,
  deterministic: boolean,
): ClarificationPaper {
  const again = clarified > 0 && asksAgain(phase, known, clarified, deterministic) ? { again: stillOpen(known) } : {};
  return { makes: phase.makes, most: phase.clarification.questions, known, ...again };
}
