// What another attempt does otherwise than the one before: the fixes of its gate's issues, as the attempt carries them out.

import type { Phase } from '../pipeline/model.ts';
import type { IssueKind } from './criterion.ts';
import type { Fix } from './fixes.ts';
import type { Issue } from './report.ts';

/** The share of the scope that is left after a reduction (spec §6). */
const SCOPE_FACTOR = 0.7;

export interface Directions {
  /** Statements that their spans do not support, or that contradict what was handed on, are withdrawn before the gate. */
  readonly validation: 'normal' | 'strict';
  /** Share of a long list of the phase's own making that may be kept, 0 to 1. */
  readonly scope: number;
  /** Agents beyond those the pipeline names. */
  readonly added: readonly string[];
  /** Agents that work again even where nothing they read has changed. */
  readonly rerun: readonly string[];
  /** What the last gate found, for the agents that made it. */
  readonly issues: readonly DirectedIssue[];
}

type DirectedIssue = Pick<Issue, 'kind' | 'text' | 'artifacts'>;

export const noDirections: Directions = { validation: 'normal', scope: 1, added: [], rerun: [], issues: [] };

/** The issues that concern an agent which makes `types`; one that names no artifact concerns every agent. */
export function issuesFor({ issues }: Directions, types: readonly string[]): DirectedIssue[] {
  return issues.filter(({ artifacts }) => artifacts === undefined || artifacts.some((type) => types.includes(type)));
}

/** The phase with agents that a fix has added, on the tier of its first one. */
export function phaseWith(phase: Phase, added: readonly string[]): Phase {
  const tier = phase.agents[0]?.tier ?? '';
  const more = added.filter((id) => phase.agents.every((agent) => agent.id !== id));
  return more.length === 0
    ? phase
    : { ...phase, agents: [...phase.agents, ...more.map((id) => ({ id, tier, tools: [] }))] };
}

/** A fix that the next attempt carries out. */
interface CarriedOut {
  readonly issue: string;
  readonly fix: Fix;
  readonly add?: readonly string[];
  readonly rerun?: readonly string[];
  readonly artifacts?: readonly string[];
}

/** Issues an attempt is told of; their number is bounded because they travel with its row. */
const MOST_ISSUES = 40;
const LONGEST_ISSUE = 500;

/** Strictness, scope and added agents last for the phase; what to do again and what was found are the last gate's. */
export function directionsAfter(before: Directions, fixes: readonly CarriedOut[]): Directions {
  const named = (fix: Fix) => fixes.some((one) => one.fix === fix);
  const strict = named('stricter-validation') || named('ask-again-stricter');
  return {
    validation: strict ? 'strict' : before.validation,
    scope: named('reduce-scope') ? Math.round(before.scope * SCOPE_FACTOR * 1e6) / 1e6 : before.scope,
    added: [...new Set([...before.added, ...fixes.flatMap(({ add = [] }) => add)])],
    rerun: [...new Set(fixes.flatMap(({ rerun = [] }) => rerun))],
    issues: fixes.slice(0, MOST_ISSUES).map(({ issue, artifacts }) => {
      const at = issue.indexOf(': ');
      const kind = issue.slice(0, at) as IssueKind;
      return { kind, text: issue.slice(at + 2, at + 2 + LONGEST_ISSUE), ...(artifacts ? { artifacts } : {}) };
    }),
  };
}
