// Hands a phase on, or fails it: the row, the decision on the ledger and the event in one transaction.

import type { Json } from '../../core/json.ts';
import { endPhase, getPhase, type PhaseEnd, type PhaseRow } from '../../store/phases.ts';
import { phaseEndId } from '../close/settled.ts';
import { decision } from '../entries.ts';
import type { PhaseState } from '../messages.ts';
import { type PhaseDeps, stateOf } from './deps.ts';

export async function end(
  deps: Pick<PhaseDeps, 'table' | 'now'>,
  row: PhaseRow,
  how: Omit<PhaseEnd, 'at'>,
  who = 'phase',
): Promise<PhaseState> {
  const at = deps.now();
  const { phase, attempt } = row;
  const body: Json = {
    phase,
    attempt,
    decided: how.verdict,
    because: how.reason,
    ...(how.waiver === undefined ? {} : { waiver: { ...how.waiver } }),
  };
  const detail = { verdict: how.verdict, score: how.score, attempts: attempt, reason: how.reason };
  await endPhase(
    deps.table,
    row,
    { ...how, at },
    {
      id: phaseEndId(row),
      at,
      entries: [decision(who, body)],
      events: [{ type: how.verdict === 'failed' ? 'phase.error' : 'phase.completed', phase, detail }],
    },
  );
  // Whoever ended it, the row says how.
  const now = await getPhase(deps.table, row.runId, phase);
  return stateOf(now ?? row, 'done');
}
