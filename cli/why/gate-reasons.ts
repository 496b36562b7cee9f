// What a phase's last gate had against it, as the beginning of a failure.

import type { PhaseRow } from '../../store/phases.ts';
import type { Began, Standing } from './piece.ts';

export function gateReasons({ attempts }: Pick<Standing, 'attempts'>, phase: PhaseRow): Began[] {
  return attempts
    .filter((attempt) => attempt.phase === phase.phase && attempt.verdict === 'failed')
    .map((attempt) => ({
      at: attempt.endedAt ?? attempt.startedAt,
      piece: `the gate of ${phase.phase}, attempt ${attempt.attempt}`,
      code: 'IdeaMine.GateFailed',
      cause: (attempt.reasons ?? []).join('; ') || 'its report names no reason',
    }));
}
