// What a failed gate does about each kind of issue (spec §6). Each distinct issue gets its fix once per round.

import type { IssueKind } from './criterion.ts';

export type Fix =
  | 'ask-again-stricter'
  | 'add-missing-agents'
  | 'rerun-security'
  | 'stricter-validation'
  | 'reduce-scope'
  | 'manual';

export const fixOf: Readonly<Record<IssueKind, Fix>> = {
  grounding: 'ask-again-stricter',
  coverage: 'add-missing-agents',
  missing: 'add-missing-agents',
  vulnerability: 'rerun-security',
  contradiction: 'stricter-validation',
  ambiguity: 'stricter-validation',
  scope: 'reduce-scope',
  other: 'manual',
};
