// Evaluates a gate: guards first, then the weighted criteria.
//   1. A broken guard fails the gate whatever the score.
//   2. Unmeasured fails what is required, and counts as 0 in the score. `when-available` only lowers the certainty, of the guard and of the criterion
//      that rests on the same evidence.
//   3. The weight of a judged criterion without a judge, of one that does not apply, and of one that is unmeasured under a
//      `when-available` guard is shared among the others in proportion, and the report says so.

import { IdeaMineError } from '../errors.ts';
import { canonicalJson } from '../json.ts';
import type { Gate, Guard as GuardUse } from '../pipeline/model.ts';
import type { Criterion, Evaluation, Evidence, Finding } from './criterion.ts';
import { fixOf } from './fixes.ts';
import type { Guard, GuardOutcome } from './guard.ts';
import { findCriterion, findGuard } from './registry.ts';
import type { CriterionReport, GateReport, GuardReport, Issue } from './report.ts';

/** Issues of one source that are listed; of more, the number is said. */
const MOST_ISSUES = 20;

interface Checked {
  readonly use: GuardUse;
  readonly guard: Guard;
  readonly outcome: GuardOutcome;
}

interface Weighed {
  readonly criterion: Criterion;
  readonly weight: number;
  readonly evaluation: Evaluation;
  /** Left out of the score, its weight shared among the others. */
  readonly shared: boolean;
}

/** @throws IdeaMineError `IdeaMine.UnknownCriterion`; BadInput when a guard's parameter is missing or of the wrong kind. */
export function evaluateGate(gate: Gate, evidence: Evidence): GateReport {
  const checked = gate.guards.map((use) => check(use, evidence));
  const weighed = Object.entries(gate.weights).map(([id, weight]) => weigh(id, weight, checked, evidence));
  const counted = weighed.filter(({ shared }) => !shared).reduce((sum, { weight }) => sum + weight, 0);
  const anyKnown = weighed.some(({ evaluation }) => evaluation.status === 'measured');
  const points = weighed.reduce((sum, one) => sum + pointsOf(one), 0);
  const score = anyKnown ? rounded(points / counted) : null;
  const failures = [...checked.flatMap(guardIssues), ...weighed.flatMap(unmeasuredIssues)];
  const low = score === null || score < gate.minimum;
  const verdict = failures.length === 0 && !low ? 'passed' : 'failed';
  const issues = verdict === 'passed' ? [] : distinct([...failures, ...(low ? weighed.flatMap(findingIssues) : [])]);
  return {
    verdict,
    score,
    minimum: gate.minimum,
    certainty: certaintyOf(weighed, checked),
    criteria: weighed.map((one) => criterionReport(one, counted)),
    guards: checked.map(guardReport),
    issues,
    reasons: verdict === 'passed' ? [] : reasonsOf(checked, weighed, low, score, gate.minimum),
    notes: notesOf(weighed, checked),
  };
}

function check(use: GuardUse, evidence: Evidence): Checked {
  const guard = findGuard(use.criterion);
  if (guard === undefined) throw unknownCriterion(use.criterion, 'guard');
  const { criterion: _criterion, required: _required, ...parameters } = use;
  return { use, guard, outcome: guard.check(evidence, parameters) };
}

function weigh(id: string, weight: number, checked: readonly Checked[], evidence: Evidence): Weighed {
  const criterion = findCriterion(id);
  if (criterion === undefined) throw unknownCriterion(id, 'criterion');
  const evaluation = criterion.evaluate(evidence);
  const guarded = checked.filter(({ guard }) => guard.criterion === id);
  const whenAvailable = guarded.length > 0 && guarded.every(({ use }) => use.required === 'when-available');
  const shared =
    evaluation.status === 'inapplicable' ||
    (evaluation.status === 'unmeasured' && (criterion.kind === 'judged' || whenAvailable));
  return { criterion, weight, evaluation, shared };
}

const unknownCriterion = (id: string, what: string): IdeaMineError =>
  new IdeaMineError('IdeaMine.UnknownCriterion', `there is no ${what} ${id}`);

const pointsOf = ({ weight, evaluation }: Weighed): number =>
  evaluation.status === 'measured' ? weight * evaluation.score : 0;

/** Six decimals: sums of weights such as .3 + .4 must not fail a gate by a last binary digit. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

function guardIssues({ use, guard, outcome }: Checked): Issue[] {
  if (outcome.status === 'broken') return listed(guard.id, outcome.findings);
  if (outcome.status === 'held' || use.required === 'when-available') return [];
  return [unmeasuredIssue(guard.id, outcome.reason)];
}

function unmeasuredIssues({ criterion, evaluation, shared }: Weighed): Issue[] {
  return evaluation.status === 'unmeasured' && !shared ? [unmeasuredIssue(criterion.id, evaluation.reason)] : [];
}

function findingIssues({ criterion, evaluation }: Weighed): Issue[] {
  return evaluation.status === 'measured' ? listed(criterion.id, evaluation.findings) : [];
}

const unmeasuredIssue = (source: string, reason: string): Issue => ({
  kind: 'other',
  fix: fixOf.other,
  source,
  text: `${source} is unmeasured: ${reason}`,
});

function listed(source: string, findings: readonly Finding[]): Issue[] {
  const issues = findings
    .slice(0, MOST_ISSUES)
    .map((finding): Issue => ({ ...finding, fix: fixOf[finding.kind], source }));
  const rest = findings.slice(MOST_ISSUES);
  const [first] = rest;
  if (first === undefined) return issues;
  return [
    ...issues,
    { kind: first.kind, fix: fixOf[first.kind], source, text: `and ${rest.length} more of ${source}` },
  ];
}

/** The same finding of a guard and of a criterion is one issue; the guard's comes first. */
function distinct(issues: readonly Issue[]): Issue[] {
  const byText = new Map<string, Issue>();
  for (const issue of issues) if (!byText.has(issue.text)) byText.set(issue.text, issue);
  return [...byText.values()];
}

/** A criterion that does not apply asks for no evidence. */
function certaintyOf(weighed: readonly Weighed[], checked: readonly Checked[]): number {
  const asked = weighed.filter(({ evaluation }) => evaluation.status !== 'inapplicable');
  const weightOf = (some: readonly Weighed[]): number => some.reduce((sum, { weight }) => sum + weight, 0);
  const measured = asked.filter(({ evaluation }) => evaluation.status === 'measured');
  const criteria = asked.length === 0 ? 1 : weightOf(measured) / weightOf(asked);
  const known = checked.filter(({ outcome }) => outcome.status !== 'unmeasured');
  const guards = checked.length === 0 ? 1 : known.length / checked.length;
  return rounded((criteria + guards) / 2);
}

function criterionReport({ criterion, weight, evaluation, shared }: Weighed, counted: number): CriterionReport {
  const { id, kind, evidence, formula } = criterion;
  const measured = evaluation.status === 'measured';
  return {
    id,
    kind,
    weight,
    counted: shared || counted === 0 ? 0 : rounded(weight / counted),
    status: evaluation.status,
    score: measured ? rounded(evaluation.score) : null,
    detail: measured ? evaluation.detail : evaluation.reason,
    evidence,
    formula,
    findings: measured ? evaluation.findings.length : 0,
  };
}

function guardReport({ use, guard, outcome }: Checked): GuardReport {
  const { criterion: _criterion, required, ...parameters } = use;
  return {
    id: guard.id,
    parameters: canonicalJson(parameters),
    required: required ?? true,
    status: outcome.status,
    detail: detailOf(outcome),
  };
}

function detailOf(outcome: GuardOutcome): string {
  if (outcome.status === 'held') return outcome.detail;
  if (outcome.status === 'unmeasured') return outcome.reason;
  return `found ${outcome.found}, expected ${outcome.expected}`;
}

function reasonsOf(
  checked: readonly Checked[],
  weighed: readonly Weighed[],
  low: boolean,
  score: number | null,
  minimum: number,
): string[] {
  const guards = checked.flatMap(({ use, guard, outcome }) => {
    if (outcome.status === 'broken') {
      const first = outcome.findings[0]?.text;
      return [`guard ${guard.id}: ${detailOf(outcome)}${first === undefined ? '' : ` (${first})`}`];
    }
    return outcome.status === 'unmeasured' && use.required !== 'when-available'
      ? [`guard ${guard.id} is unmeasured: ${outcome.reason}`]
      : [];
  });
  const criteria = weighed.flatMap(unmeasuredIssues).map(({ text }) => `criterion ${text}`);
  const scores = low ? [score === null ? 'no criterion could be evaluated' : `score ${score} is below ${minimum}`] : [];
  return [...guards, ...criteria, ...scores];
}

function notesOf(weighed: readonly Weighed[], checked: readonly Checked[]): string[] {
  const weights = weighed.flatMap(({ criterion, weight, evaluation, shared }) => {
    if (evaluation.status === 'measured') return [];
    const what = `${criterion.id} (${criterion.kind})`;
    if (!shared) return [`${what} is required and unmeasured: it counts as 0`];
    return [`${what} does not count: ${evaluation.reason}; its weight of ${weight} is shared among the others`];
  });
  const uncertain = checked.flatMap(({ use, guard, outcome }) =>
    outcome.status === 'unmeasured' && use.required === 'when-available'
      ? [`guard ${guard.id} could not be checked, which lowers the certainty: ${outcome.reason}`]
      : [],
  );
  return [...weights, ...uncertain];
}
