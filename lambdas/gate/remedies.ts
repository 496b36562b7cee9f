// What another attempt would really do about a gate's issues. A fix that this attempt cannot carry out, or has carried
// out already with nothing left to change, is left to people.

import type { Issue } from '../../core/gates/report.ts';
import type { Remedy } from '../../store/attempts.ts';

export interface Circumstances {
  /** The attempt's prompts were stricter already. */
  readonly strict: boolean;
  /** The same request always gets the same answer. */
  readonly deterministic: boolean;
  /** Some of the attempt's tasks made nothing. */
  readonly tasksLost: boolean;
}

/** Each distinct issue gets its fix once. */
export function remediesFor(issues: readonly Issue[], circumstances: Circumstances): Remedy[] {
  return issues.map((issue) => ({ issue: issueText(issue), fix: issue.fix, ...effectOf(issue, circumstances) }));
}

/** Kind and text: two attempts with the same texts have made no progress. */
export const issueText = (issue: Pick<Issue, 'kind' | 'text'>): string => `${issue.kind}: ${issue.text}`;

function effectOf({ fix }: Issue, now: Circumstances): Pick<Remedy, 'automatic' | 'strict'> {
  switch (fix) {
    case 'ask-again-stricter':
    case 'stricter-validation':
      return { automatic: !now.strict || !now.deterministic, strict: true };
    case 'add-missing-agents':
      return { automatic: now.tasksLost || !now.deterministic, strict: false };
    case 'rerun-security':
      return { automatic: !now.deterministic, strict: false };
    case 'reduce-scope':
    case 'manual':
      return { automatic: false, strict: false };
  }
}
