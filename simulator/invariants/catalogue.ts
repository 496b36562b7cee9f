// All invariants; the name of each is that of its file.

import { attemptsCountUp } from './attempts-count-up.ts';
import { chainIsWhole } from './chain-is-whole.ts';
import { committedIsFinal } from './committed-is-final.ts';
import { costsAddUp } from './costs-add-up.ts';
import { effectsHappenOnce } from './effects-happen-once.ts';
import { epochsRise } from './epochs-rise.ts';
import { eventsInOrder } from './events-in-order.ts';
import { eventsWithoutGaps } from './events-without-gaps.ts';
import { everyRunEnds } from './every-run-ends.ts';
import { gateSpeaksOnce } from './gate-speaks-once.ts';
import { handedOnIsFinal } from './handed-on-is-final.ts';
import type { Invariant } from './invariant.ts';
import { lawfulMoves } from './lawful-moves.ts';
import { leaseIsWhole } from './lease-is-whole.ts';
import { ledgerIsAppendOnly } from './ledger-is-append-only.ts';
import { needsComeFirst } from './needs-come-first.ts';
import { nestedExecutionsEnd } from './nested-executions-end.ts';
import { newerArtifactsWin } from './newer-artifacts-win.ts';
import { noGateIsSkipped } from './no-gate-is-skipped.ts';
import { noOrphanSchedule } from './no-orphan-schedule.ts';
import { noTokenIsHeld } from './no-token-is-held.ts';
import { nothingStaysActive } from './nothing-stays-active.ts';
import { outboxIsWrittenOnce } from './outbox-is-written-once.ts';
import { phaseWithinBudget } from './phase-within-budget.ts';
import { queuesRunDry } from './queues-run-dry.ts';
import { resultsAreThere } from './results-are-there.ts';
import { resumedEqualsUndisturbed } from './resumed-equals-undisturbed.ts';
import { runEndsOnce } from './run-ends-once.ts';
import { setAsideIsTold } from './set-aside-is-told.ts';
import { shareIsKept } from './share-is-kept.ts';
import { siblingsLive } from './siblings-live.ts';
import { stepsAreKept } from './steps-are-kept.ts';
import { timersFireOnce } from './timers-fire-once.ts';
import { triesCountUp } from './tries-count-up.ts';

export const invariants: readonly Invariant[] = [
  attemptsCountUp,
  chainIsWhole,
  committedIsFinal,
  costsAddUp,
  effectsHappenOnce,
  epochsRise,
  eventsInOrder,
  eventsWithoutGaps,
  everyRunEnds,
  gateSpeaksOnce,
  handedOnIsFinal,
  lawfulMoves,
  leaseIsWhole,
  ledgerIsAppendOnly,
  needsComeFirst,
  nestedExecutionsEnd,
  newerArtifactsWin,
  noGateIsSkipped,
  noOrphanSchedule,
  noTokenIsHeld,
  nothingStaysActive,
  outboxIsWrittenOnce,
  phaseWithinBudget,
  queuesRunDry,
  resultsAreThere,
  resumedEqualsUndisturbed,
  runEndsOnce,
  setAsideIsTold,
  shareIsKept,
  siblingsLive,
  stepsAreKept,
  timersFireOnce,
  triesCountUp,
];
