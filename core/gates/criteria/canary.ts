import type { CanaryRules } from '../../artifacts/canary-rules.ts';
import { type Criterion, type Evaluation, type Evidence, type Unmeasured, unmeasured } from '../criterion.ts';
import { contentOf } from '../evidence/look.ts';
import { measurement } from '../evidence/measurement.ts';

/** Requests of the canary window; unmeasured below the number at which the window says anything. */
export function canaryRequests(evidence: Evidence): { readonly total: number; readonly errors: number } | Unmeasured {
  const requests = measurement<{ total: number; errors: number }>(evidence, 'CanaryResults', 'requests');
  if (!('value' in requests)) return requests;
  const least = Math.max(1, contentOf<CanaryRules>(evidence, 'CanaryRules')?.minimumRequests ?? 1);
  const { total } = requests.value;
  return total < least
    ? unmeasured(`the window had ${total} requests; below ${least} it says nothing`)
    : requests.value;
}

export const canary: Criterion = {
  id: 'canary',
  kind: 'measured',
  evidence: 'CanaryResults.requests over the canary window',
  formula: '1 - requests that failed / requests',
  evaluate(evidence): Evaluation {
    const requests = canaryRequests(evidence);
    if ('status' in requests) return requests;
    const { total, errors } = requests;
    const findings =
      errors > 0 ? [{ kind: 'other' as const, text: `${errors} of ${total} canary requests failed` }] : [];
    return { status: 'measured', score: 1 - errors / total, detail: `${errors} of ${total} requests failed`, findings };
  },
};
