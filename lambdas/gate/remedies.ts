// What another attempt would really do about a gate's issues. A fix that this attempt cannot carry out, that an earlier one has
// carried out in vain, or after which nothing would be different, is left to people.

import type { Directions } from '../../core/gates/directions.ts';
import type { Issue } from '../../core/gates/report.ts';
import { FIX_FAILED, type Remedy } from '../../store/attempts.ts';

export interface Circumstances {
  /** The attempt's prompts were stricter already. */
  readonly strict: boolean;
  /** The same request always gets the same answer. */
  readonly deterministic: boolean;
  /** Some of the attempt's tasks made nothing. */
  readonly tasksLost: boolean;
  /** How the attempt itself was directed. */
  readonly directions: Directions;
  /** Fixes that earlier attempts carried out: `fix: issue`. */
  readonly tried: ReadonlySet<string>;
  /** Agents, not yet in the phase, that make something of these types. */
  readonly makersOf: (types: readonly string[]) => readonly string[];
}

/** Each distinct issue gets its fix once; one that comes back after its fix says that the fix has failed. */
export function remediesFor(issues: readonly Issue[], circumstances: Circumstances): Remedy[] {
  return issues.map((issue): Remedy => {
    const text = issueText(issue);
    const of = issue.artifacts === undefined ? {} : { artifacts: issue.artifacts };
    const remedy = { issue: text, fix: issue.fix, ...of, ...effectOf(issue, circumstances) };
    if (!circumstances.tried.has(`${issue.fix}: ${text}`)) return remedy;
    return { ...remedy, automatic: false, because: FIX_FAILED };
  });
}

/** Kind and text: two attempts with the same texts have made no progress. */
export const issueText = (issue: Pick<Issue, 'kind' | 'text'>): string => `${issue.kind}: ${issue.text}`;

function effectOf(
  issue: Issue,
  now: Circumstances,
): Pick<Remedy, 'automatic' | 'strict' | 'because' | 'add' | 'rerun'> {
  switch (issue.fix) {
    case 'ask-again-stricter':
      return { automatic: !now.strict || !now.deterministic, strict: true };
    case 'stricter-validation':
      return { automatic: now.directions.validation !== 'strict' || !now.deterministic, strict: true };
    case 'add-missing-agents': {
      const add = now.makersOf(issue.artifacts ?? []);
      const automatic = add.length > 0 || now.tasksLost || !now.deterministic;
      return { automatic, strict: false, ...(add.length > 0 ? { add } : {}) };
    }
    case 'rerun-security':
      return { automatic: true, strict: false, rerun: ['*'] };
    case 'reduce-scope':
      return { automatic: true, strict: false };
    case 'manual':
      return { automatic: false, strict: false, because: 'only a person can fix this' };
  }
}
