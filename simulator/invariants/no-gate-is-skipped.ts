import type { Invariant } from './invariant.ts';

export const noGateIsSkipped: Invariant = {
  id: 'no-gate-is-skipped',
  says: 'a phase is handed on only after its gate has spoken, and as passed only when it passed',
  kinds: ['PHASE'],
  onChange({ before, after }, view) {
    if (after?.status !== 'handed-on' || before?.status === 'handed-on') return undefined;
    const attempt = view.data.get(`${after.pk}|ATTEMPT#${after.phase}#${String(after.attempt).padStart(2, '0')}`);
    if (attempt?.status !== 'gated') return `handed on while its attempt is ${attempt?.status ?? 'not there'}`;
    if (after.verdict === 'passed' && attempt.verdict !== 'passed') return 'passed, though its gate failed';
    const run = view.data.get(`${after.pk}|RUN`);
    if (after.verdict === 'advised' && run?.gates !== 'advise')
      return 'handed on by advice in a run that enforces gates';
    return undefined;
  },
};
