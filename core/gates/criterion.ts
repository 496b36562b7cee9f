// What a gate criterion is. Three kinds, and each says which it is:
//   measured   read from a tool's report inside an artifact
//   computed   a formula over artifacts that anyone can recompute
//   judged     an opinion of a judge model that is not the author, against a rubric, citing spans

import type { Cite } from '../artifacts/claim.ts';
import type { Json } from '../json.ts';

export type CriterionKind = 'measured' | 'computed' | 'judged';

/** What a gate may look at. Artifacts by type: all that the phase makes and needs, so that every cite can be followed. */
export interface Evidence {
  readonly idea: string;
  readonly artifacts: Readonly<Record<string, Json>>;
  /** The types this phase makes; they are what is judged. */
  readonly makes: readonly string[];
  /** By criterion id; absent without a judge model. */
  readonly judgements?: Readonly<Record<string, Judgement>>;
  /** Models that wrote the artifacts, `provider/model`: none of them may judge. */
  readonly authors?: readonly string[];
  /** Share of the scope that the attempt was directed to keep, 0 to 1. @default 1 */
  readonly scope?: number;
  /** Share of a claim's words that its cited spans must have, 0 to 1. @default 0.6 */
  readonly groundingOverlap?: number;
}

export interface Judgement {
  /** 0 to 1. */
  readonly score: number;
  /** `provider/model`. */
  readonly judge: string;
  readonly rationale: string;
  readonly cites: readonly Cite[];
}

/** What kind of trouble a finding is; it decides the fix. */
export type IssueKind =
  | 'grounding'
  | 'coverage'
  | 'missing'
  | 'vulnerability'
  | 'contradiction'
  | 'ambiguity'
  | 'scope'
  | 'other';

export interface Finding {
  readonly kind: IssueKind;
  /** For people: names what and where. */
  readonly text: string;
  /** Types it was found in; absent when it concerns all that the phase makes. */
  readonly artifacts?: readonly string[];
}

export interface Scored {
  readonly status: 'measured';
  /** 0 to 1. */
  readonly score: number;
  /** The formula with its numbers filled in. */
  readonly detail: string;
  readonly findings: readonly Finding[];
}

/** Evidence is missing: nobody knows. */
export interface Unmeasured {
  readonly status: 'unmeasured';
  readonly reason: string;
}

/** There is nothing the criterion could apply to, such as grounding where no claims are made. */
export interface Inapplicable {
  readonly status: 'inapplicable';
  readonly reason: string;
}

export type Evaluation = Scored | Unmeasured | Inapplicable;

export interface Criterion {
  readonly id: string;
  readonly kind: CriterionKind;
  /** What it is read or computed from. */
  readonly evidence: string;
  readonly formula: string;
  evaluate(evidence: Evidence): Evaluation;
}

/** A score that is a share; whole must be above 0. */
export function share(part: number, whole: number, what: string, findings: readonly Finding[] = []): Scored {
  return { status: 'measured', score: part / whole, detail: `${part} of ${whole} ${what}`, findings };
}

export const unmeasured = (reason: string): Unmeasured => ({ status: 'unmeasured', reason });

export const inapplicable = (reason: string): Inapplicable => ({ status: 'inapplicable', reason });
