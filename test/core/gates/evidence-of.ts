// Evidence for gate tests: an idea, artifacts, and claims that cite the idea by its words.

import type { Cite, Claim } from '../../../core/artifacts/claim.ts';
import { unmeasured } from '../../../core/artifacts/measured.ts';
import type { Evaluation, Evidence } from '../../../core/gates/criterion.ts';
import { findCriterion } from '../../../core/gates/registry.ts';
import type { Json } from '../../../core/json.ts';

export const IDEA =
  'Borrow Shed lends tools to members. A member may keep a tool for 7 days. Members must not lend tools to others. ' +
  'Volunteers run the desk on Saturdays.';

export function cite(words: string): Cite {
  const start = IDEA.indexOf(words);
  if (start === -1) throw new Error(`the idea does not say "${words}"`);
  return { source: 'Idea', pointer: '', start, end: start + words.length };
}

/** A claim in the words it cites, or in others. */
export const quote = (words: string, text = words): Claim => ({ text, cites: [cite(words)] });

export const say = (text: string): Claim => ({ text, cites: [] });
export const unknown: Claim = { text: 'UNKNOWN', cites: [] };
export const notMeasured = unmeasured('no tool');
export const measured = <Value>(value: Value) => ({ status: 'measured' as const, value, by: 'tool 1.0' });

/** The phase makes all the artifacts unless told otherwise. */
export function evidenceOf(artifacts: Record<string, unknown>, rest: Partial<Evidence> = {}): Evidence {
  return { idea: IDEA, artifacts: artifacts as Record<string, Json>, makes: Object.keys(artifacts), ...rest };
}

export function evaluate(id: string, artifacts: Record<string, unknown>, rest: Partial<Evidence> = {}): Evaluation {
  const criterion = findCriterion(id);
  if (criterion === undefined) throw new Error(`there is no criterion ${id}`);
  return criterion.evaluate(evidenceOf(artifacts, rest));
}

export const texts = (evaluation: Evaluation): string[] =>
  evaluation.status === 'measured' ? evaluation.findings.map(({ text }) => text) : [];
