// What a gate says: plain JSON, kept as an object and shown in the dossier.

import type { CriterionKind, IssueKind } from './criterion.ts';
import type { Fix } from './fixes.ts';

export interface CriterionReport {
  readonly id: string;
  readonly kind: CriterionKind;
  /** As the pipeline says. */
  readonly weight: number;
  /** Its share of the score after the weights of criteria that could not count were shared among the others. */
  readonly counted: number;
  readonly status: 'measured' | 'unmeasured' | 'inapplicable';
  /** 0 to 1; null unless measured. */
  readonly score: number | null;
  /** The formula's numbers, or why there are none. */
  readonly detail: string;
  readonly evidence: string;
  readonly formula: string;
  readonly findings: number;
}

export interface GuardReport {
  readonly id: string;
  /** As the pipeline gives them, in canonical JSON. */
  readonly parameters: string;
  readonly required: true | 'when-available' | 'always';
  readonly status: 'held' | 'broken' | 'unmeasured';
  readonly detail: string;
}

export interface Issue {
  readonly kind: IssueKind;
  readonly fix: Fix;
  /** Id of the guard or criterion that found it. */
  readonly source: string;
  readonly text: string;
  /** Types it was found in; absent when it concerns all that the phase makes. */
  readonly artifacts?: readonly string[];
}

export interface GateReport {
  readonly verdict: 'passed' | 'failed';
  /** 0 to 1, to six decimals; null when no criterion was measured. */
  readonly score: number | null;
  readonly minimum: number;
  /** Share of the evidence asked for that was there, 0 to 1: weights of criteria and guards count half each. */
  readonly certainty: number;
  readonly criteria: readonly CriterionReport[];
  readonly guards: readonly GuardReport[];
  /** Why it failed, each once; none when it passed. */
  readonly issues: readonly Issue[];
  /** Why it failed, in sentences; none when it passed. */
  readonly reasons: readonly string[];
  /** What a reader of the score must know, such as weights that were shared. */
  readonly notes: readonly string[];
}
